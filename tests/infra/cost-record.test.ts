import assert from "node:assert/strict";
import type { CostBasis } from "../../limits/cost-basis.ts";
import { costBasisType } from "../../limits/cost-basis.ts";
import { busy } from "../limits/cost-fixture.ts";
import { registrationsOf } from "./registrations.ts";

/** The record of a stack whose last deployment left `outputs`. */
async function recordOf(outputs: Readonly<Record<string, unknown>>) {
  const { CostRecord } = await import("../../infra/cost-record.ts");
  let before: CostBasis | undefined | "not asked" = "not asked";
  const registrations = await registrationsOf(
    () => {
      new CostRecord("cost", busy).before.apply((basis) => {
        before = basis;
      });
    },
    { stack: "prod", stackOutputs: outputs },
  );
  return { before, registrations };
}

describe("the cost record", () => {
  it("has the basis as its inputs, and nothing of the last deployment among them", async () => {
    const { registrations } = await recordOf({ cost: { monthlyUsd: 1, basis: { ...busy, environment: "dev" } } });
    assert.deepEqual(registrations.inputs(costBasisType), JSON.parse(JSON.stringify(busy)));
  });

  it("reads what the stack itself had before", async () => {
    const earlier = { ...busy, environment: "dev" };
    const { before, registrations } = await recordOf({ cost: { monthlyUsd: 1, basis: earlier } });
    assert.deepEqual(before, earlier);
    assert.equal(registrations.inputs("pulumi:pulumi:StackReference").name, "organization/aircheck/prod");
  });

  for (const [what, outputs] of [
    ["a first deployment", {}],
    ["a region without prices", { cost: null }],
    ["an output of that name that is something else", { cost: "12 dollars" }],
    ["a basis of another version", { cost: { monthlyUsd: 1, basis: { ...busy, version: 99 } } }],
    ["a basis that is cut off", { cost: { monthlyUsd: 1, basis: { version: 1 } } }],
  ] as const) {
    it(`knows nothing of before after ${what}, and goes on`, async () => {
      assert.equal((await recordOf(outputs)).before, undefined);
    });
  }
});
