import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { adoptRole, MediaTailorLoggerRole } from "../../infra/logger-role.ts";
import { loggerGroupActions, loggerRoleLacks, loggerStreamActions } from "../../infra/logger-role-check.ts";
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

const good = { assumeRolePolicy: trust(), deniedActions: [], attachedPolicyArns: [] };
const plain = { lefCompatible: false, partition: "aws" };
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
      assert.deepEqual(loggerRoleLacks({ ...good, assumeRolePolicy }, plain), []);
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
    ["another action", trust({ Action: "sts:TagSession" })],
    ["text that is no policy", "not JSON"],
  ];
  for (const [what, assumeRolePolicy] of wrongTrusts) {
    it(`refuses a trust policy with ${what}`, () => {
      assert.deepEqual(loggerRoleLacks({ ...good, assumeRolePolicy }, plain), trustLack);
    });
  }

  it("refuses a trust policy that allows it and denies it too", () => {
    const shut =
      "its trust policy has a statement that denies sts:AssumeRole to everybody or to mediatailor.amazonaws.com";
    const [allow] = JSON.parse(trust()).Statement;
    for (const deny of [
      { Effect: "Deny", Principal: "*", Action: "sts:*" },
      { Effect: "Deny", Principal: { AWS: "*" }, Action: "sts:AssumeRole", Condition: { Bool: { "aws:Via": "true" } } },
      { ...allow, Effect: "Deny" },
    ]) {
      const assumeRolePolicy = JSON.stringify({ Statement: [allow, deny] });
      assert.deepEqual(loggerRoleLacks({ ...good, assumeRolePolicy }, plain), [shut]);
    }
    const others = { Effect: "Deny", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "sts:AssumeRole" };
    const assumeRolePolicy = JSON.stringify({ Statement: [allow, others] });
    assert.deepEqual(loggerRoleLacks({ ...good, assumeRolePolicy }, plain), []);
  });

  it("names each action that the role may not do", () => {
    assert.deepEqual(loggerRoleLacks({ ...good, deniedActions: ["logs:PutLogEvents"] }, plain), [
      "its policies do not allow logs:PutLogEvents on log groups MediaTailor/*",
    ]);
  });

  it("asks for the two managed policies only for the Live Event Framework", () => {
    const attachedPolicyArns = [
      "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess",
      // The account's own policy of that name is not what the framework's check finds.
      "arn:aws:iam::123456789012:policy/CloudWatchFullAccess",
    ];
    assert.deepEqual(loggerRoleLacks({ ...good, attachedPolicyArns }, plain), []);
    assert.deepEqual(loggerRoleLacks({ ...good, attachedPolicyArns }, { ...plain, lefCompatible: true }), [
      "the managed policy arn:aws:iam::aws:policy/CloudWatchFullAccess, on which the Live Event Framework insists, is not attached",
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

    it("outlives the stack with its rights, in both forms, for services go on logging with it", async () => {
      for (const lefCompatible of [false, true]) {
        const kept = new Map<string, boolean | undefined>();
        await registrationsOf(
          () =>
            runtime.runInPulumiStack(async () => {
              runtime.registerStackTransformation(({ type, name, opts }) => {
                if (type.startsWith("aws:iam/")) kept.set(`${type} ${name}`, opts.retainOnDelete);
                return undefined;
              });
              new MediaTailorLoggerRole("r", { lefCompatible, deployment });
            }),
          { preview },
        );
        assert.deepEqual([...kept.values()], lefCompatible ? [true, true, true] : [true, true]);
      }
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

describe("the simulation of a logger role", () => {
  it("asks for log groups with the end that policies of AWS have, and for streams below them", async () => {
    const asked = new Map<string, unknown>();
    const token = "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation";
    await useMocks({
      calls: {
        ...existing(trust(), true),
        [token]: ({ actionNames, resourceArns }) => {
          asked.set(String(actionNames), resourceArns);
          return { results: [] };
        },
      },
    });
    await adoptRole({ lefCompatible: false, deployment });
    const group = "arn:aws:logs:us-west-2:123456789012:log-group:MediaTailor/AdDecisionServerInteractions";
    assert.deepEqual(asked.get(loggerGroupActions.join()), [`${group}:*`]);
    assert.deepEqual(asked.get(loggerStreamActions.join()), [`${group}:log-stream:any`]);
  });
});

describe("a logger role that does not work", () => {
  it("fails the deployment with exactly what it lacks", async () => {
    await useMocks({ calls: existing(trust({ Action: "sts:TagSession" }), false) });
    await assert.rejects(
      adoptRole({ lefCompatible: false, deployment }),
      /cannot be adopted: its trust policy .*; its policies do not allow logs:CreateLogGroup .*logs:PutLogEvents/s,
    );
  });

  it("fails it where there is none, in the same words", async () => {
    const absent = () => {
      // As the engine hands on what the provider says.
      throw Object.assign(new Error(), { details: "reading IAM Role (MediaTailorLogger): couldn't find resource" });
    };
    await useMocks({ calls: { "aws:iam/getRole:getRole": absent } });
    await assert.rejects(adoptRole({ lefCompatible: false, deployment }), {
      name: "LoggerRoleError",
      message: /MediaTailorLogger cannot be adopted: it does not exist in this account\. .*mode to create/,
    });
  });

  it("is found by the framework's two policies as AWS says they are attached", async () => {
    const attached = (arns: readonly string[]) => ({
      ...existing(trust(), true),
      "aws:iam/getRolePolicyAttachments:getRolePolicyAttachments": () => ({
        attachedPolicies: arns.map((policyArn) => ({ policyArn, policyName: policyArn.split("/").at(-1) })),
      }),
    });
    const both = ["CloudWatchLogsFullAccess", "CloudWatchFullAccess"].map((name) => `arn:aws:iam::aws:policy/${name}`);
    await useMocks({ calls: attached(both) });
    assert.match(await adoptRole({ lefCompatible: true, deployment }), /MediaTailorLogger$/);
    await useMocks({ calls: attached(both.slice(0, 1)) });
    await assert.rejects(adoptRole({ lefCompatible: true, deployment }), /policy\/CloudWatchFullAccess, on which/);
  });
});
