/** A role that one AWS service assumes for one purpose. */
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import type { CustomResourceOptions, Output } from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./policy-document.ts";

export interface ServiceRoleArgs {
  readonly service: string;
  readonly description: string;
  /** Keeps the service from assuming the role for somebody else. */
  readonly condition?: Statement["Condition"];
  readonly statements: readonly Statement[];
}

export interface ServiceRole {
  readonly arn: Output<string>;
  /** Known once the role may do what it is for; services check it when they are told to use a role. */
  readonly ready: Output<string>;
}

/** Makes the role with its one policy. */
export function serviceRole(
  name: string,
  { service, description, condition, statements }: ServiceRoleArgs,
  opts: CustomResourceOptions,
): ServiceRole {
  const role = new Role(
    name,
    {
      description,
      assumeRolePolicy: policyDocument([
        { Principal: { Service: service }, Action: "sts:AssumeRole", ...(condition && { Condition: condition }) },
      ]),
    },
    opts,
  );
  const policy = new RolePolicy(name, { role: role.name, policy: policyDocument(statements) }, opts);
  return { arn: role.arn, ready: policy.id.apply(() => role.arn) };
}
