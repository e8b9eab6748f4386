import assert from "node:assert/strict";
import {
  lefPolicyNames,
  loggerGroupActions,
  loggerRoleName,
  loggerStreamActions,
} from "../../../infra/logger-role-check.ts";
import {
  loggerRights,
  loggerTrust,
  neededActions,
  roleName,
  sufficientPolicies,
} from "../../../policies/rules/logger-role.ts";
import { type Given, testsOf, unknown } from "../judging.ts";

const trust = (change: object = {}) => ({
  Effect: "Allow",
  Principal: { Service: "mediatailor.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "sts:ExternalId": "Midas" } },
  ...change,
});
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const role = (assumeRolePolicy: unknown, name: unknown = "MediaTailorLogger"): Given => ({
  type: "aws:iam/role:Role",
  name: "logger",
  props: { name, assumeRolePolicy },
});
const wrong = [
  "logger: MediaTailorLogger has to trust mediatailor.amazonaws.com alone, with the condition that sts:ExternalId equals " +
    '"Midas". Without it MediaTailor cannot write, or others can',
];

testsOf(loggerTrust, [
  { it: "passes if it trusts MediaTailor with its external id", resources: [role(document(trust()))] },
  {
    it: "passes if the other provider's role does, written as an object",
    resources: [
      {
        type: "aws-native:iam:Role",
        props: {
          roleName: "MediaTailorLogger",
          assumeRolePolicyDocument: {
            Statement: [trust({ Condition: { StringEquals: { "sts:ExternalId": ["Midas"] } } })],
          },
        },
      },
    ],
  },
  { it: "passes if another role trusts others", resources: [role(document(trust({ Principal: "*" })), "other")] },
  { it: "fails if there is no external id", resources: [role(document(trust({ Condition: undefined })))], says: wrong },
  {
    it: "fails if the external id is another",
    resources: [role(document(trust({ Condition: { StringEquals: { "sts:ExternalId": "Mediatailor" } } })))],
    says: wrong,
  },
  {
    it: "fails if one of several external ids is another",
    resources: [role(document(trust({ Condition: { StringEquals: { "sts:ExternalId": ["Midas", "other"] } } })))],
    says: wrong,
  },
  {
    it: "fails if there is a condition that MediaTailor does not meet",
    resources: [
      role(
        document(
          trust({ Condition: { StringEquals: { "sts:ExternalId": "Midas", "aws:SourceAccount": "123456789012" } } }),
        ),
      ),
    ],
    says: wrong,
  },
  { it: "fails if everybody may assume it", resources: [role(document(trust({ Principal: "*" })))], says: wrong },
  {
    it: "fails if an account may assume it too",
    resources: [
      role(
        document(trust({ Principal: { Service: "mediatailor.amazonaws.com", AWS: "arn:aws:iam::123456789012:root" } })),
      ),
    ],
    says: wrong,
  },
  {
    it: "fails if another service may assume it too",
    resources: [
      role(document(trust({ Principal: { Service: ["mediatailor.amazonaws.com", "ec2.amazonaws.com"] } }))),
      role(document(trust(), trust({ Principal: { Service: "ec2.amazonaws.com" } }))),
    ],
    says: [...wrong, ...wrong],
  },
  { it: "fails if it may be tagged as well", resources: [role(document(trust({ Action: "sts:*" })))], says: wrong },
  { it: "fails if it says nothing, or no JSON", resources: [role(document()), role("{")], says: [...wrong, ...wrong] },
  {
    it: "fails if it allows all but some",
    resources: [role(document(trust({ Action: undefined, NotAction: "sts:TagSession" })))],
    says: wrong,
  },
  { it: "fails if it allows no action", resources: [role(document(trust({ Action: [] })))], says: wrong },
  {
    it: "passes if the key is written in lower case",
    resources: [role(document(trust({ Condition: { StringEquals: { "sts:externalid": "Midas" } } })))],
  },
  {
    it: "fails if the external id only has to be like it",
    resources: [role(document(trust({ Condition: { StringLike: { "sts:ExternalId": "Midas" } } })))],
    says: wrong,
  },
  { it: "fails if it only denies", resources: [role(document(trust({ Effect: "Deny" })))], says: wrong },
  {
    it: "passes if it denies somebody beside",
    resources: [role(document(trust(), trust({ Effect: "Deny", Principal: { AWS: "*" } })))],
  },
  { it: "fails in prod if it cannot be known", resources: [role(unknown.text)], unknown: "assumeRolePolicy" },
  {
    it: "fails in prod if the name cannot be known",
    resources: [role(document(trust()), unknown.text)],
    unknown: "name",
  },
]);

const logger = role(document(trust()));
const rights = (...Action: readonly string[]) => ({ Effect: "Allow", Action, Resource: "*" });
const complete = rights("logs:CreateLog*", "logs:Describe*", "logs:PutLogEvents");
const inline = (policy: unknown, of = "logger"): Given => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name: "rights",
  props: { policy, role: unknown.text },
  madeFrom: { role: [of] },
});
const attached = (policyArn: unknown): Given => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "attachment",
  props: { policyArn, role: "MediaTailorLogger" },
});
const lacking = (...actions: readonly string[]) => [
  `logger: MediaTailorLogger may not do ${actions.join(", ")}, so logs are lost`,
];
const all = [
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:DescribeLogGroups",
  "logs:DescribeLogStreams",
  "logs:PutLogEvents",
];

testsOf(loggerRights, [
  { it: "passes if a policy beside it allows all actions", resources: [logger, inline(document(complete))] },
  { it: "passes if the stack has no such role", resources: [inline(document())] },
  { it: "fails if it has no policy", resources: [logger], says: lacking(...all) },
  {
    it: "fails if the policy is another role's",
    resources: [logger, inline(document(complete), "other")],
    says: lacking(...all),
  },
  {
    it: "fails if an action is missing",
    resources: [logger, inline(document(rights("logs:CreateLog*", "logs:Describe*")))],
    says: lacking("logs:PutLogEvents"),
  },
  {
    it: "fails if an action is only allowed on a condition",
    resources: [
      logger,
      inline(
        document(rights("logs:CreateLog*", "logs:Describe*"), {
          ...rights("logs:PutLogEvents"),
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        }),
      ),
    ],
    says: lacking("logs:PutLogEvents"),
  },
  {
    it: "passes if it is denied on a condition that may never hold",
    resources: [
      logger,
      inline(
        document(complete, {
          ...rights("logs:*"),
          Effect: "Deny",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      ),
    ],
  },
  {
    it: "passes if a managed policy is attached that suffices",
    resources: [logger, attached("arn:aws-cn:iam::aws:policy/CloudWatchLogsFullAccess")],
  },
  {
    it: "fails if the attached policy does not suffice",
    resources: [logger, attached("arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess")],
    says: [
      ...lacking(...all),
      "logger: MediaTailorLogger has the policies arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess, which logging does not need",
    ],
  },
  {
    it: "fails if the managed policy is an account's own of that name",
    resources: [logger, attached("arn:aws:iam::123456789012:policy/CloudWatchLogsFullAccess")],
    says: [
      ...lacking(...all),
      "logger: MediaTailorLogger has the policies arn:aws:iam::123456789012:policy/CloudWatchLogsFullAccess, which logging does not need",
    ],
  },
  {
    it: "fails if another managed policy is attached, in whatever way",
    resources: [
      logger,
      attached("arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"),
      attached("arn:aws:iam::aws:policy/AdministratorAccess"),
      {
        type: "aws:iam/policyAttachment:PolicyAttachment",
        name: "several",
        props: { policyArn: "arn:aws:iam::aws:policy/PowerUserAccess", roles: [unknown.text] },
        madeFrom: { roles: ["logger"] },
      },
      {
        type: "aws-native:iam:ManagedPolicy",
        name: "own",
        props: { roles: ["MediaTailorLogger"], policyDocument: {} },
      },
      { type: "aws-native:iam:ManagedPolicy", name: "of-others", props: { roles: ["other"], policyDocument: {} } },
    ],
    says: [
      "logger: MediaTailorLogger has the policies arn:aws:iam::aws:policy/AdministratorAccess, " +
        "arn:aws:iam::aws:policy/PowerUserAccess, own, which logging does not need",
    ],
  },
  {
    it: "passes if several roles have the managed policy",
    resources: [
      logger,
      {
        type: "aws:iam/policyAttachment:PolicyAttachment",
        name: "several",
        props: { policyArn: "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess", roles: ["MediaTailorLogger"] },
      },
    ],
  },
  {
    it: "fails if an allowed action is denied",
    resources: [logger, inline(document(complete, { ...rights("logs:Put*"), Effect: "Deny" }))],
    says: lacking("logs:PutLogEvents"),
  },
  {
    it: "fails if the actions are allowed on other log groups",
    resources: [logger, inline(document({ ...complete, Resource: "arn:aws:logs:*:123456789012:log-group:other/*" }))],
    says: lacking(...all),
  },
  {
    it: "fails if it may do more than log",
    resources: [logger, inline(document(complete, rights("s3:GetObject", "*")))],
    says: ["logger: MediaTailorLogger may do s3:GetObject, *, which logging does not need"],
  },
  {
    it: "fails if it may do everything but some",
    resources: [logger, inline(document(complete, { Effect: "Allow", NotAction: "iam:*", Resource: "*" }))],
    says: ["logger: MediaTailorLogger may do everything but some, which logging does not need"],
  },
  {
    it: "passes if the other provider's role has all inside",
    resources: [
      {
        type: "aws-native:iam:Role",
        name: "logger",
        props: {
          roleName: "MediaTailorLogger",
          policies: [{ policyName: "logs", policyDocument: { Statement: complete } }],
          managedPolicyArns: [],
        },
      },
    ],
  },
  {
    it: "passes if what AWS would fill in cannot be known",
    resources: [
      { ...logger, props: { ...logger.props, inlinePolicies: unknown.list, managedPolicyArns: unknown.list } },
      inline(document(complete)),
    ],
  },
  { it: "fails in prod if the policy cannot be known", resources: [logger, inline(unknown.text)], unknown: "policy" },
]);

describe("what the rules know of the role", () => {
  it("is what the program makes", () => {
    assert.equal(roleName, loggerRoleName);
    assert.deepEqual(Object.keys(neededActions), [...loggerGroupActions, ...loggerStreamActions]);
    assert.deepEqual(sufficientPolicies, [...lefPolicyNames]);
  });
});
