import assert from "node:assert/strict";
import { deployerActions } from "../../infra/deployer-actions.ts";
import { deployerPolicies } from "../../infra/deployer-rights.ts";
import { graphOf } from "./graph-of.ts";

/** Stacks that together register every type of the program. */
const stacks = ["tests/infra/stacks/everything.yaml", "tests/infra/stacks/minimal.yaml"];

const statements = deployerPolicies().flatMap(({ Statement }) => Statement);

describe("rights of the deployer", () => {
  it("cover every type that the program registers, and no other", async () => {
    const graphs = await Promise.all(stacks.map(graphOf));
    const types = new Set([...graphs.join("\n").matchAll(/^(aws(?:-native)?:\S+) /gm)].map(([, type]) => type));
    assert.deepEqual([...types].sort(), Object.keys(deployerActions).sort());
  });

  it("name every action in full", () => {
    for (const { Action } of statements) {
      for (const action of Action) assert.match(action, /^[a-z0-9-]+:[A-Za-z0-9]+$/);
    }
  });

  it("fit the length of managed policies, and lose nothing by being more than one", () => {
    for (const policy of deployerPolicies()) assert.ok(JSON.stringify(policy).length <= 6144);
    const granted = new Set(statements.flatMap(({ Action }) => Action));
    for (const action of Object.values(deployerActions).flat()) assert.ok(granted.has(action), action);
  });

  it("pass roles to the services of this program alone", () => {
    const pass = statements.filter(({ Action }) => Action.includes("iam:PassRole"));
    assert.equal(pass.length, 1);
    assert.deepEqual(Object.keys(pass[0]?.Condition?.StringEquals ?? {}), ["iam:PassedToService"]);
  });

  it("use keys through services, and give grants to services, alone", () => {
    const keys = statements.filter(({ Action }) => Action.some((action) => action.startsWith("kms:")));
    assert.deepEqual(
      keys.map(({ Action, Condition }) => [Action, Object.values(Condition ?? {}).flatMap(Object.keys)]),
      [
        [["kms:CreateGrant"], ["kms:GrantIsForAWSResource"]],
        [["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], ["kms:ViaService"]],
      ],
    );
  });
});
