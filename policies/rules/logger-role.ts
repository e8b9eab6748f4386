/** Two rules about the role `MediaTailorLogger`: who may assume it, and what it may do. */
import type { PolicyResource } from "@pulumi/policy";
import { isRecord } from "../../limits/problems.ts";
import { allows, conditionsOf, type Statement, statementsOf } from "../policy-statements.ts";
import type { ResourceRule, SeenResource, StackRule } from "../rule.ts";
import { isAbout, ofTypes } from "../stack-resources.ts";
import { ifKnown, member, plain, texts } from "../values.ts";

/** The one name that MediaTailor looks for (reference 4.1). */
export const roleName = "MediaTailorLogger";
const service = "mediatailor.amazonaws.com";
export const externalId = "Midas";

/** Types of roles, and the property that holds the name. */
const nameProperties: Readonly<Record<string, string>> = {
  "aws:iam/role:Role": "name",
  "aws-native:iam:Role": "roleName",
};

const groups = "log-group:MediaTailor/AdDecisionServerInteractions:*";

/** The actions without which a log is not written, and on what (reference 4.1). */
export const neededActions: Readonly<Record<string, string>> = {
  "logs:CreateLogGroup": groups,
  "logs:CreateLogStream": groups,
  "logs:DescribeLogGroups": groups,
  "logs:DescribeLogStreams": groups,
  "logs:PutLogEvents": "log-group:MediaTailor/AdDecisionServerInteractions:log-stream:any",
};

/** Managed policies of AWS that allow all of them; the Live Event Framework insists on both. */
export const sufficientPolicies = ["CloudWatchLogsFullAccess", "CloudWatchFullAccess"];

function isLogger({ type, props }: Pick<SeenResource, "type" | "props">): boolean {
  return props[nameProperties[type] ?? ""] === roleName;
}

export const loggerTrust: ResourceRule = {
  name: "mediatailor-logger-trust",
  description: `Checks that nobody but MediaTailor, with its external id, may assume the role ${roleName}.`,
  why:
    `MediaTailor assumes the role with the external id "${externalId}"; a trust policy without it lets anybody who makes MediaTailor act ` +
    "for them write into this account's logs, and one with another id lets nobody write at all.",
  exception: "None: use the trust policy of `infra/logger-role.ts`.",
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  types: Object.keys(nameProperties),
  check(role, { report }) {
    if (!isLogger(role)) return;
    const granting = statementsOf(role.props.assumeRolePolicy ?? role.props.assumeRolePolicyDocument).filter(
      ({ Effect }) => Effect !== "Deny",
    );
    if (granting.length === 0 || !granting.every(trustsMediaTailorAlone)) {
      report(
        `${roleName} has to trust ${service} alone, with the condition that sts:ExternalId equals "${externalId}". ` +
          "Without it MediaTailor cannot write, or others can",
      );
    }
  },
};

function trustsMediaTailorAlone({ Principal, Action, Condition }: Statement): boolean {
  const actions = texts(Action);
  const [only, ...others] = conditionsOf(Condition);
  return (
    isRecord(Principal) &&
    Object.keys(Principal).join() === "Service" &&
    texts(Principal.Service).join() === service &&
    // None are there where the statement is about all actions but some.
    actions.length > 0 &&
    actions.every((action) => action === "sts:AssumeRole") &&
    others.length === 0 &&
    only?.operator === "StringEquals" &&
    only.key === "sts:externalid" &&
    only.values.join() === externalId
  );
}

export const loggerRights: StackRule = {
  name: "mediatailor-logger-rights",
  description: `Checks that the role ${roleName} may write logs, and nothing else.`,
  why:
    "Without one of the five actions MediaTailor's logs are lost, and nothing says so. With actions of other services the role is " +
    "a way around the account's rules for whoever can change the program.",
  exception:
    "None. Attach one of the managed policies " +
    `${sufficientPolicies.join(", ")}, on which the Live Event Framework insists, or use the policy of \`infra/logger-role.ts\`.`,
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    const loggers = ofTypes(resources, Object.keys(nameProperties)).filter(
      (one) => ifKnown(() => isLogger(one)) === true,
    );
    each(loggers, (role) => {
      const statements = inlineStatements(role, resources);
      const attached = attachedPolicies(role, resources);
      const say = (what: string, list: readonly string[], end: string) => {
        if (list.length > 0) reportOn(role.urn, `${roleName} ${what} ${list.join(", ")}, ${end}`);
      };
      say("may not do", attached.some(suffices) ? [] : lackingActions(statements), "so logs are lost");
      say("may do", foreignActions(statements), "which logging does not need");
      const others = attached.filter((arn) => !suffices(arn));
      say("has the policies", others, "which logging does not need");
    });
  },
};

function lackingActions(statements: readonly Statement[]): readonly string[] {
  return Object.entries(neededActions).flatMap(([action, on]) => (allows(statements, action, on) ? [] : [action]));
}

function foreignActions(statements: readonly Statement[]): readonly string[] {
  return statements
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action, NotAction }) => (NotAction === undefined ? texts(Action) : ["everything but some"]))
    .filter((action) => !action.toLowerCase().startsWith("logs:"));
}

function inlineStatements(role: PolicyResource, resources: readonly PolicyResource[]): readonly Statement[] {
  // Where the program says nothing, the provider asks AWS, so in a first preview it is not known.
  const inside = ifKnown(() => plain(role.props.inlinePolicies ?? role.props.policies));
  const beside = ofTypes(resources, ["aws:iam/rolePolicy:RolePolicy", "aws-native:iam:RolePolicy"]).filter(
    (policy) => isAbout(policy, "role", role, ["name"]) || isAbout(policy, "roleName", role, ["roleName"]),
  );
  return [
    ...(Array.isArray(inside)
      ? inside.map((policy) => member(policy, "policy") ?? member(policy, "policyDocument"))
      : []),
    ...beside.map(({ props }) => props.policy ?? props.policyDocument),
  ].flatMap(statementsOf);
}

/** AWS's own policy, and not one of an account that took its name. */
function suffices(arn: string): boolean {
  const [, name = ""] = /^arn:[a-z-]+:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  return sufficientPolicies.includes(name);
}

/** ARNs of the managed policies, and the names of those that the stack attaches itself. */
function attachedPolicies(role: PolicyResource, resources: readonly PolicyResource[]): readonly string[] {
  const inside = ifKnown(() => plain(role.props.managedPolicyArns));
  const one = ofTypes(resources, ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"]).filter((attachment) =>
    isAbout(attachment, "role", role, ["name"]),
  );
  const several = ofTypes(resources, ["aws:iam/policyAttachment:PolicyAttachment"]).filter((attachment) =>
    hasRole(attachment, role),
  );
  const attachingThemselves = ofTypes(resources, ["aws-native:iam:ManagedPolicy"]).filter((policy) =>
    hasRole(policy, role),
  );
  return [
    ...texts(inside),
    ...[...one, ...several].flatMap(({ props }) => texts(props.policyArn)),
    ...attachingThemselves.map(({ name }) => name),
  ];
}

/** Whether a role is in the list `roles` of something. */
function hasRole(attachment: PolicyResource, role: PolicyResource): boolean {
  const listed = ifKnown(() => plain(attachment.props.roles));
  return texts(listed).includes(roleName) || isAbout(attachment, "roles", role, []);
}
