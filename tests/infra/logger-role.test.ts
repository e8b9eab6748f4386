import assert from "node:assert/strict";
import { adoptRole, MediaTailorLoggerRole } from "../../infra/logger-role.ts";
import { loggerRoleLacks } from "../../infra/logger-role-check.ts";
import { deployment, useMocks } from "./mocks.ts";
import { registrationsOf } from "./registrations.ts";

function trust(statement: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "mediatailor.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "Midas" } },
        ...statement,
      },
    ],
  });
}

const good = { assumeRolePolicy: trust(), deniedActions: [], attachedPolicyNames: [] };
const trustLack = [
  'its trust policy does not let mediatailor.amazonaws.com do sts:AssumeRole with the external id "Midas" alone',
];

describe("adopting the logger role", () => {
  it("accepts the documented trust, however it is written", () => {
    for (const assumeRolePolicy of [
      trust(),
      trust({
        Action: ["sts:AssumeRole"],
        Principal: { Service: ["medialive.amazonaws.com", "mediatailor.amazonaws.com"] },
      }),
      trust({ Condition: { StringEquals: { "STS:ExternalID": ["Midas"] } } }),
      JSON.stringify({ Statement: JSON.parse(trust()).Statement[0] }),
    ]) {
      assert.deepEqual(loggerRoleLacks({ ...good, assumeRolePolicy }, false), []);
    }
  });

  const wrongTrusts: readonly (readonly [what: string, policy: string])[] = [
    ["another service", trust({ Principal: { Service: "medialive.amazonaws.com" } })],
    ["another external id", trust({ Condition: { StringEquals: { "sts:ExternalId": "Other" } } })],
    ["no external id, which anybody's MediaTailor could use", trust({ Condition: undefined })],
    [
      "one condition more, which MediaTailor does not meet",
      trust({ Condition: { StringEquals: { "sts:ExternalId": "Midas", "aws:SourceAccount": "123456789012" } } }),
    ],
    ["an empty condition", trust({ Condition: { StringEquals: {} } })],
    ["a denial", trust({ Effect: "Deny" })],
    ["another action", trust({ Action: "sts:TagSession" })],
    ["text that is no policy", "not JSON"],
  ];
  for (const [what, assumeRolePolicy] of wrongTrusts) {
    it(`refuses a trust policy with ${what}`, () => {
      assert.deepEqual(loggerRoleLacks({ ...good, assumeRolePolicy }, false), trustLack);
    });
  }

  it("names each action that the role may not do", () => {
    assert.deepEqual(loggerRoleLacks({ ...good, deniedActions: ["logs:PutLogEvents"] }, false), [
      "its policies do not allow logs:PutLogEvents on log groups MediaTailor/*",
    ]);
  });

  it("asks for the two managed policies only for the Live Event Framework", () => {
    const attachedPolicyNames = ["CloudWatchLogsFullAccess"];
    assert.deepEqual(loggerRoleLacks({ ...good, attachedPolicyNames }, false), []);
    assert.deepEqual(loggerRoleLacks({ ...good, attachedPolicyNames }, true), [
      "the managed policy CloudWatchFullAccess, on which the Live Event Framework insists, is not attached",
    ]);
  });
});

/** What AWS says about a role that is there. */
const existing = (assumeRolePolicy: string, allowed: boolean) => ({
  "aws:iam/getRole:getRole": () => ({
    arn: "arn:aws:iam::123456789012:role/MediaTailorLogger",
    name: "MediaTailorLogger",
    assumeRolePolicy,
  }),
  "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation": ({
    actionNames,
  }: {
    actionNames?: unknown;
  }) => ({
    results: (Array.isArray(actionNames) ? actionNames : []).map((actionName) => ({ actionName, allowed })),
  }),
});

for (const preview of [true, false]) {
  describe(`the logger role, in ${preview ? "a preview" : "an update"}`, () => {
    it("is made with the one name, the exact trust and nothing but log groups of MediaTailor", async () => {
      const args = { lefCompatible: false, deployment } as const;
      const made = await registrationsOf(() => new MediaTailorLoggerRole("r", args), { preview });
      const { name, assumeRolePolicy } = made.inputs("Role");
      assert.equal(name, "MediaTailorLogger");
      assert.deepEqual(JSON.parse(String(assumeRolePolicy)), JSON.parse(trust()));
      for (const { Resource } of made.statements("RolePolicy", "r")) {
        assert.match(String(Resource), /^arn:aws:logs:\*:123456789012:log-group:MediaTailor\/\*/);
      }
      assert.deepEqual(made.of("RolePolicyAttachment"), []);
    });

    it("has the two managed policies, and no other, for the Live Event Framework", async () => {
      const args = {
        lefCompatible: true,
        deployment: { ...deployment, partition: "aws-us-gov" },
      } as const;
      const made = await registrationsOf(() => new MediaTailorLoggerRole("r", args), { preview });
      assert.deepEqual(
        made.of("RolePolicyAttachment").map(({ inputs }) => inputs.policyArn),
        [
          "arn:aws-us-gov:iam::aws:policy/CloudWatchFullAccess",
          "arn:aws-us-gov:iam::aws:policy/CloudWatchLogsFullAccess",
        ],
      );
      assert.deepEqual(made.of("RolePolicy"), []);
    });

    it("is adopted where it works, and nothing is made", async () => {
      const made = await registrationsOf(
        async () => {
          const adoptedArn = await adoptRole({ lefCompatible: false, deployment });
          return new MediaTailorLoggerRole("r", { lefCompatible: false, adoptedArn, deployment });
        },
        { preview, calls: existing(trust(), true) },
      );
      assert.equal(made.inputs("MediaTailorLoggerRole").adopted, true);
      assert.deepEqual([made.of("Role"), made.of("RolePolicy")], [[], []]);
    });
  });
}

describe("a logger role that does not work", () => {
  it("fails the deployment with exactly what it lacks", async () => {
    await useMocks({ calls: existing(trust({ Effect: "Deny" }), false) });
    await assert.rejects(
      adoptRole({ lefCompatible: false, deployment }),
      /cannot be adopted: its trust policy .*; its policies do not allow logs:CreateLogGroup .*logs:PutLogEvents/s,
    );
  });
});
