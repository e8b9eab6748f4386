/** The role `MediaTailorLogger`, with which MediaTailor writes its logs: made here, adopted, or left alone. */
import { getPrincipalPolicySimulation } from "@pulumi/aws/iam/getPrincipalPolicySimulation.js";
import { getRole } from "@pulumi/aws/iam/getRole.js";
import { getRolePolicyAttachments } from "@pulumi/aws/iam/getRolePolicyAttachments.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import type { Deployment } from "./deployment.ts";
import {
  awsPolicyArn,
  LoggerRoleError,
  lefPolicyNames,
  loggerGroupActions,
  loggerRoleLacks,
  loggerRoleName,
  loggerStreamActions,
} from "./logger-role-check.ts";
import { policyDocument, type Statement } from "./policy-document.ts";

/** How the role has to be. */
export interface LoggerRoleWish {
  readonly lefCompatible: boolean;
  readonly deployment: Deployment;
}

export interface LoggerRoleArgs extends LoggerRoleWish {
  /** The role that is there, once {@link adoptRole} has found it to work; without it one is made. */
  readonly adoptedArn?: string | undefined;
}

export class MediaTailorLoggerRole extends ComponentResource {
  readonly arn: Output<string>;
  /** The ARN, known once the role may write. */
  readonly ready: Output<string>;

  constructor(name: string, args: LoggerRoleArgs, opts?: ComponentResourceOptions) {
    super(
      "aircheck:media:MediaTailorLoggerRole",
      name,
      { adopted: args.adoptedArn !== undefined, lefCompatible: args.lefCompatible },
      opts,
    );
    const { adoptedArn } = args;
    const role =
      adoptedArn === undefined ? createRole(name, args, this) : { arn: output(adoptedArn), ready: output(adoptedArn) };
    this.arn = role.arn;
    this.ready = role.ready;
    this.registerOutputs({ arn: this.arn });
  }
}

function createRole(name: string, { lefCompatible, deployment }: LoggerRoleWish, parent: ComponentResource) {
  // Services go on logging with it when the stack goes, or when `mode` changes from create to adopt.
  const kept = { parent, retainOnDelete: true };
  const role = new Role(
    name,
    {
      // MediaTailor looks for this name; there is one per account.
      name: loggerRoleName,
      description: "MediaTailor writes its logs to CloudWatch Logs",
      assumeRolePolicy: policyDocument([
        {
          Principal: { Service: "mediatailor.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "Midas" } },
        },
      ]),
    },
    kept,
  );
  const grants = lefCompatible
    ? lefPolicyNames.map(
        (policy) =>
          new RolePolicyAttachment(
            `${name}-${policy}`,
            { role: role.name, policyArn: awsPolicyArn(deployment.partition, policy) },
            kept,
          ).id,
      )
    : [new RolePolicy(name, { role: role.name, policy: policyDocument(loggerStatements(deployment)) }, kept).id];
  return { arn: role.arn, ready: output(grants).apply(() => role.arn) };
}

/** Any region: the role is the account's only one. */
function groupsOf({ partition, accountId }: Deployment): string {
  return `arn:${partition}:logs:*:${accountId}:log-group:MediaTailor/*`;
}

function loggerStatements(deployment: Deployment): readonly Statement[] {
  const groups = groupsOf(deployment);
  return [
    { Sid: "Groups", Action: loggerGroupActions, Resource: groups },
    { Sid: "Events", Action: loggerStreamActions, Resource: `${groups}:log-stream:*` },
  ];
}

/**
 * The ARN of the role that is there, once it has been found to work; asked for before anything is registered.
 *
 * @throws LoggerRoleError with everything it lacks
 */
export async function adoptRole({ lefCompatible, deployment }: LoggerRoleWish): Promise<string> {
  const { partition, region, accountId } = deployment;
  const role = await getRole({ name: loggerRoleName }).catch((error: unknown) => {
    throw isAbsent(error) ? new LoggerRoleError(["it does not exist in this account"]) : error;
  });
  const group = `arn:${partition}:logs:${region}:${accountId}:log-group:MediaTailor/AdDecisionServerInteractions`;
  const ask = (actionNames: readonly string[], resource: string) =>
    getPrincipalPolicySimulation({
      policySourceArn: role.arn,
      actionNames: [...actionNames],
      resourceArns: [resource],
    });
  const [groups, streams, attached] = await Promise.all([
    // As IAM has the ARN of a log group: policies of AWS end in `:*` too, and would not match it without.
    ask(loggerGroupActions, `${group}:*`),
    ask(loggerStreamActions, `${group}:log-stream:any`),
    lefCompatible ? getRolePolicyAttachments({ roleName: loggerRoleName }) : undefined,
  ]);
  const lacks = loggerRoleLacks(
    {
      assumeRolePolicy: role.assumeRolePolicy,
      deniedActions: [...groups.results, ...streams.results]
        .filter(({ allowed }) => !allowed)
        .map(({ actionName }) => actionName),
      attachedPolicyArns: (attached?.attachedPolicies ?? []).map(({ policyArn }) => policyArn),
    },
    { lefCompatible, partition },
  );
  if (lacks.length > 0) throw new LoggerRoleError(lacks);
  return role.arn;
}

/** The provider's words for a role that is not there, and IAM's. */
function isAbsent(error: unknown): boolean {
  return /couldn't find resource|empty result|NoSuchEntity/.test(String(error));
}
