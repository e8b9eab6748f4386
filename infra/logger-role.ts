/** The role `MediaTailorLogger`, with which MediaTailor writes its logs: made here, adopted, or left alone. */
import {
  getPrincipalPolicySimulation,
  getRole,
  getRolePolicyAttachments,
  Role,
  RolePolicy,
  RolePolicyAttachment,
} from "@pulumi/aws/iam/index.js";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import type { Deployment } from "./deployment.ts";
import {
  LoggerRoleError,
  lefPolicyNames,
  loggerGroupActions,
  loggerRoleLacks,
  loggerRoleName,
  loggerStreamActions,
} from "./logger-role-check.ts";
import { policyDocument, type Statement } from "./policy-document.ts";

export interface LoggerRoleArgs {
  readonly mode: "create" | "adopt";
  readonly lefCompatible: boolean;
  readonly deployment: Deployment;
}

export class MediaTailorLoggerRole extends ComponentResource {
  readonly arn: Output<string>;
  /** The ARN, known once the role may write. */
  readonly ready: Output<string>;

  /** @throws LoggerRoleError through its outputs, where the adopted role would not work */
  constructor(name: string, args: LoggerRoleArgs, opts?: ComponentResourceOptions) {
    super("aircheck:media:MediaTailorLoggerRole", name, { mode: args.mode, lefCompatible: args.lefCompatible }, opts);
    if (args.mode === "create") {
      const role = createRole(name, args, this);
      this.arn = role.arn;
      this.ready = role.ready;
    } else {
      this.arn = output(adoptRole(args));
      this.ready = this.arn;
    }
    this.registerOutputs({ arn: this.arn });
  }
}

function createRole(name: string, { lefCompatible, deployment }: LoggerRoleArgs, parent: ComponentResource) {
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
    { parent },
  );
  const grants = lefCompatible
    ? lefPolicyNames.map(
        (policy) =>
          new RolePolicyAttachment(
            `${name}-${policy}`,
            { role: role.name, policyArn: `arn:${deployment.partition}:iam::aws:policy/${policy}` },
            { parent },
          ).id,
      )
    : [new RolePolicy(name, { role: role.name, policy: policyDocument(loggerStatements(deployment)) }, { parent }).id];
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
 * The ARN of the role that is there, once it has been found to work.
 *
 * @throws LoggerRoleError with everything it lacks; the provider's error where there is no such role
 */
export async function adoptRole({ lefCompatible, deployment }: Omit<LoggerRoleArgs, "mode">): Promise<string> {
  const { partition, region, accountId } = deployment;
  const role = await getRole({ name: loggerRoleName });
  const group = `arn:${partition}:logs:${region}:${accountId}:log-group:MediaTailor/AdDecisionServerInteractions`;
  const ask = (actionNames: readonly string[], resource: string) =>
    getPrincipalPolicySimulation({
      policySourceArn: role.arn,
      actionNames: [...actionNames],
      resourceArns: [resource],
    });
  const [groups, streams, attached] = await Promise.all([
    ask(loggerGroupActions, group),
    ask(loggerStreamActions, `${group}:log-stream:any`),
    lefCompatible ? getRolePolicyAttachments({ roleName: loggerRoleName }) : undefined,
  ]);
  const lacks = loggerRoleLacks(
    {
      assumeRolePolicy: role.assumeRolePolicy,
      deniedActions: [...groups.results, ...streams.results]
        .filter(({ allowed }) => !allowed)
        .map(({ actionName }) => actionName),
      attachedPolicyNames: (attached?.attachedPolicies ?? []).map(({ policyName }) => policyName),
    },
    lefCompatible,
  );
  if (lacks.length > 0) throw new LoggerRoleError(lacks);
  return role.arn;
}
