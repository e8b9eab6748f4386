/** IAM policy documents as data. */
import { type Input, jsonStringify, type Output } from "@pulumi/pulumi";

export interface Statement {
  readonly Sid?: string;
  readonly Effect?: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, Input<string> | readonly Input<string>[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: Input<string> | readonly Input<string>[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Input<string> | readonly Input<string>[]>>>>;
}

/** The document; a statement without effect allows. */
export function policyDocument(statements: readonly Statement[]): Output<string> {
  return jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map(({ Sid, Effect = "Allow", ...rest }) => ({ ...(Sid && { Sid }), Effect, ...rest })),
  });
}

/** What a role, or a service for which AWS acts, needs to do with objects under a customer's key; nothing without one. */
export function keyStatements(
  kmsKeyArn: string | undefined,
  ...actions: readonly ("kms:Decrypt" | "kms:GenerateDataKey")[]
): readonly Statement[] {
  return kmsKeyArn === undefined ? [] : [{ Sid: "UseKey", Action: actions, Resource: kmsKeyArn }];
}
