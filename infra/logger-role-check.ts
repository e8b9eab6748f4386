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

/** Managed policies that the deployment check of the Live Event Framework looks for by name. */
export const lefPolicyNames = ["CloudWatchLogsFullAccess", "CloudWatchFullAccess"] as const;

export interface LoggerRoleFacts {
  /** JSON text of the trust policy. */
  readonly assumeRolePolicy: string;
  /** Actions that a simulation of the role's policies did not allow. */
  readonly deniedActions: readonly string[];
  readonly attachedPolicyNames: readonly string[];
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
export function loggerRoleLacks(role: LoggerRoleFacts, lefCompatible: boolean): readonly string[] {
  const lacks: string[] = [];
  if (!trustsMediaTailor(role.assumeRolePolicy)) {
    lacks.push(
      'its trust policy does not let mediatailor.amazonaws.com do sts:AssumeRole with the external id "Midas" alone',
    );
  }
  for (const action of role.deniedActions)
    lacks.push(`its policies do not allow ${action} on log groups MediaTailor/*`);
  if (lefCompatible) {
    for (const name of lefPolicyNames) {
      if (!role.attachedPolicyNames.includes(name)) {
        lacks.push(`the managed policy ${name}, on which the Live Event Framework insists, is not attached`);
      }
    }
  }
  return lacks;
}

/** A statement that allows it: the service among the principals, the action, and no condition but the external id. */
function trustsMediaTailor(policyJson: string): boolean {
  return statementsOf(policyJson).some((statement) => {
    const { Effect, Principal, Action, Condition } = statement;
    return (
      Effect === "Allow" &&
      texts(member(Principal, "Service")).includes("mediatailor.amazonaws.com") &&
      texts(Action).some((action) => ["sts:assumerole", "sts:*", "*"].includes(action.toLowerCase())) &&
      isExternalId(Condition)
    );
  });
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
