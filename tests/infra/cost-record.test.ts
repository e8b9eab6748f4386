import assert from "node:assert/strict";
import type { CostBasis } from "../../limits/cost-basis.ts";
import { costBasisType } from "../../limits/cost-basis.ts";
import { busy } from "../limits/cost-fixture.ts";
import { registrationsOf } from "./registrations.ts";

/** The record of the stack prod, where the engine answers `read`. */
async function recordOf(read: (inputs: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>) {
  const { CostRecord } = await import("../../infra/cost-record.ts");
  let before: CostBasis | undefined | "not asked" = "not asked";
  const registrations = await registrationsOf(
    () => {
      new CostRecord("cost", busy).before.apply((basis) => {
        before = basis;
      });
    },
    { stack: "prod", calls: { "pulumi:pulumi:readStackOutputs": read } },
  );
  return { before, registrations };
}

/** What the engine answers where the last deployment left `outputs`. */
const left = (outputs: Readonly<Record<string, unknown>>) => () => ({ outputs, secretOutputNames: [] });

describe("the cost record", () => {
  it("has the basis as its inputs, and nothing of the last deployment among them", async () => {
    const { registrations } = await recordOf(left({ cost: { basis: { ...busy, environment: "dev" } } }));
    assert.deepEqual(registrations.inputs(costBasisType), JSON.parse(JSON.stringify(busy)));
  });

  it("reads what the stack itself had before", async () => {
    const earlier = { ...busy, environment: "dev" };
    const asked: unknown[] = [];
    const { before } = await recordOf((inputs) => {
      asked.push(inputs.name);
      return left({ cost: { monthlyUsd: 1, basis: earlier } })();
    });
    assert.deepEqual(before, earlier);
    assert.deepEqual(asked, ["organization/aircheck/prod"]);
  });

  for (const [what, outputs] of [
    ["a first deployment", {}],
    ["a region without prices", { cost: null }],
    ["an output of that name that is something else", { cost: "12 dollars" }],
    ["a basis of another version", { cost: { monthlyUsd: 1, basis: { ...busy, version: 99 } } }],
    ["a basis that is cut off", { cost: { monthlyUsd: 1, basis: { version: 1 } } }],
  ] as const) {
    it(`knows nothing of before after ${what}, and goes on`, async () => {
      assert.equal((await recordOf(left(outputs))).before, undefined);
    });
  }

  it("knows nothing of before where the engine cannot read it, and goes on", async () => {
    const { before } = await recordOf(() => assert.fail("no such stack"));
    assert.equal(before, undefined);
  });
});
