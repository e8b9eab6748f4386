/** Two rules about the role `MediaTailorLogger`: who may assume it, and what it may do. */
import type { PolicyResource } from "@pulumi/policy";
import { allows, type Statement, statementsOf } from "../policy-statements.ts";
import type { ResourceRule, StackRule } from "../rule.ts";
import { isAbout, ofTypes } from "../stack-resources.ts";
import { ifKnown, isObject, member, plain, texts } from "../values.ts";

/** The one name that MediaTailor looks for (reference 4.1). */
const roleName = "MediaTailorLogger";
const service = "mediatailor.amazonaws.com";
const externalId = "Midas";

const roleTypes = { "aws:iam/role:Role": "name", "aws-native:iam:Role": "roleName" } as const;

/** The actions without which a log is not written (reference 4.1). */
const neededActions = [
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:DescribeLogGroups",
  "logs:DescribeLogStreams",
  "logs:PutLogEvents",
];

/** Managed policies that allow all of them; the Live Event Framework insists on both. */
const sufficientPolicies = ["CloudWatchLogsFullAccess", "CloudWatchFullAccess"];

function isLogger({ type, props }: { type: string; props: Readonly<Record<string, unknown>> }): boolean {
  return props[type === "aws-native:iam:Role" ? "roleName" : "name"] === roleName;
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
  types: Object.keys(roleTypes),
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
  const isService = isObject(Principal) && Object.keys(Principal).every((key) => key === "Service");
  const services = texts(member(Principal, "Service"));
  const ids = texts(member(Condition, "StringEquals", "sts:ExternalId"));
  const conditions = isObject(Condition) ? Object.values(Condition).flatMap((keys) => Object.keys(Object(keys))) : [];
  return (
    isService &&
    services.length === 1 &&
    services[0] === service &&
    texts(Action).every((action) => action === "sts:AssumeRole") &&
    conditions.length === 1 &&
    ids.length === 1 &&
    ids[0] === externalId
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
    each(
      ofTypes(resources, Object.keys(roleTypes)).filter((one) => ifKnown(() => isLogger(one)) === true),
      (role) => {
        const statements = inlineStatements(role, resources);
        const attached = attachedPolicies(role, resources);
        const suffices = attached.some((arn) => sufficientPolicies.some((name) => arn.endsWith(`:policy/${name}`)));
        const lacking = suffices ? [] : neededActions.filter((action) => !allows(statements, action));
        if (lacking.length > 0) reportOn(role.urn, `${roleName} may not do ${lacking.join(", ")}, so logs are lost`);
        const foreign = statements
          .filter(({ Effect }) => Effect === "Allow")
          .flatMap(({ Action, NotAction }) => (NotAction === undefined ? texts(Action) : ["everything but some"]))
          .filter((action) => !action.toLowerCase().startsWith("logs:"));
        if (foreign.length > 0)
          reportOn(role.urn, `${roleName} may do ${foreign.join(", ")}, which logging does not need`);
      },
    );
  },
};

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

/** ARNs of the managed policies. */
function attachedPolicies(role: PolicyResource, resources: readonly PolicyResource[]): readonly string[] {
  const attachments = ofTypes(resources, ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"]).filter((attachment) =>
    isAbout(attachment, "role", role, ["name"]),
  );
  const inside = ifKnown(() => plain(role.props.managedPolicyArns));
  return [...texts(inside), ...attachments.flatMap(({ props }) => texts(props.policyArn))];
}
