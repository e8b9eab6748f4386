/** Whether a role is what MediaTailor needs to write logs; pure, so that every lack has a test. */

import { RunError } from "@pulumi/pulumi";

/** The one name that MediaTailor looks for. */
export const loggerRoleName = "MediaTailorLogger";

/** What MediaTailor does with its log groups (reference 4.1). */
export const loggerGroupActions = [
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:DescribeLogGroups",
  "logs:DescribeLogStreams",
] as const;
export const loggerStreamActions = ["logs:PutLogEvents"] as const;

/** Managed policies of AWS that the deployment check of the Live Event Framework looks for, by ARN (reference 4.1). */
export const lefPolicyNames = ["CloudWatchLogsFullAccess", "CloudWatchFullAccess"] as const;

export interface LoggerRoleFacts {
  /** JSON text of the trust policy. */
  readonly assumeRolePolicy: string;
  /** Actions that a simulation of the role's policies did not allow. */
  readonly deniedActions: readonly string[];
  readonly attachedPolicyArns: readonly string[];
}

/** ARN of a policy that AWS manages; one of the account's own may have the same name. */
export function awsPolicyArn(partition: string, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}

/** The existing role cannot be adopted; `lacks` has one sentence per reason. Pulumi prints it without a stack trace. */
export class LoggerRoleError extends RunError {
  readonly lacks: readonly string[];

  constructor(lacks: readonly string[]) {
    super(
      `the role ${loggerRoleName} cannot be adopted: ${lacks.join("; ")}. ` +
        "Mend the role, or set aircheck:mediaTailor.loggerRole.mode to create in the one stack that may own it",
    );
    this.name = "LoggerRoleError";
    this.lacks = lacks;
  }
}

/** Everything that keeps the role from working, as sentences; empty for a good one. */
export function loggerRoleLacks(
  role: LoggerRoleFacts,
  wish: { readonly lefCompatible: boolean; readonly partition: string },
): readonly string[] {
  const lacks: string[] = [];
  const trust = statementsOf(role.assumeRolePolicy);
  if (!trust.some(trustsMediaTailor)) {
    lacks.push(
      'its trust policy does not let mediatailor.amazonaws.com do sts:AssumeRole with the external id "Midas" alone',
    );
  }
  if (trust.some(shutsOut)) {
    lacks.push(
      "its trust policy has a statement that denies sts:AssumeRole to everybody or to mediatailor.amazonaws.com",
    );
  }
  for (const action of role.deniedActions)
    lacks.push(`its policies do not allow ${action} on log groups MediaTailor/*`);
  if (wish.lefCompatible) {
    for (const name of lefPolicyNames) {
      const arn = awsPolicyArn(wish.partition, name);
      if (!role.attachedPolicyArns.includes(arn)) {
        lacks.push(`the managed policy ${arn}, on which the Live Event Framework insists, is not attached`);
      }
    }
  }
  return lacks;
}

/** A statement that allows it: the service among the principals, the action, and no condition but the external id. */
function trustsMediaTailor({ Effect, Principal, Action, Condition }: Record<string, unknown>): boolean {
  return Effect === "Allow" && namesMediaTailor(Principal) && isAssumeRole(Action) && isExternalId(Condition);
}

/** A denial wins over what is allowed. One with a condition is taken for met: whether MediaTailor meets it cannot be known here. */
function shutsOut({ Effect, Principal, Action }: Record<string, unknown>): boolean {
  const everybody = Principal === "*" || texts(member(Principal, "AWS")).includes("*");
  return Effect === "Deny" && (everybody || namesMediaTailor(Principal)) && isAssumeRole(Action);
}

function namesMediaTailor(principal: unknown): boolean {
  return texts(member(principal, "Service")).includes("mediatailor.amazonaws.com");
}

function isAssumeRole(action: unknown): boolean {
  return texts(action).some((one) => ["sts:assumerole", "sts:*", "*"].includes(one.toLowerCase()));
}

function isExternalId(condition: unknown): boolean {
  if (!isObject(condition)) return false;
  const [only, ...others] = Object.entries(condition);
  if (!only || others.length > 0) return false;
  const [operator, keys] = only;
  if (!["StringEquals", "StringLike"].includes(operator) || !isObject(keys)) return false;
  const entries = Object.entries(keys);
  return (
    entries.length > 0 &&
    entries.every(([key, value]) => key.toLowerCase() === "sts:externalid" && texts(value).includes("Midas"))
  );
}

function statementsOf(policyJson: string): readonly Record<string, unknown>[] {
  try {
    const statement = member(JSON.parse(policyJson), "Statement");
    return (Array.isArray(statement) ? statement : [statement]).filter(isObject);
  } catch {
    return [];
  }
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
