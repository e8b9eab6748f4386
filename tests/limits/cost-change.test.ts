import assert from "node:assert/strict";
import type { CostEstimate, CostGroup } from "../../limits/cost.ts";
import { compareCosts, costChangeLine } from "../../limits/cost-change.ts";
import { cents, usdChangeText, usdText } from "../../limits/money.ts";

/** An estimate of one part for each group. */
const of = (groups: Partial<Record<CostGroup, number>>): CostEstimate => {
  const parts = (["fixed", "audit", "mediaPackage", "mediaTailor"] as const).flatMap((group) => {
    const usd = groups[group];
    return usd === undefined
      ? []
      : [{ id: `${group}.a`, label: "a", group, service: "S3" as const, quantity: 1, unit: "GB", usd }];
  });
  return { region: "us-east-1", monthlyUsd: parts.reduce((sum, { usd }) => sum + usd, 0), parts, unconfirmed: [] };
};

describe("the cost of a change", () => {
  it("is told in one line, the largest change first", () => {
    assert.equal(
      costChangeLine(of({ fixed: 123.45, mediaTailor: 111.11 }), of({ fixed: 123.45, mediaTailor: 1111.1 })),
      "estimated USD 1,234.55 a month (was 234.56, +999.99): MediaTailor +999.99",
    );
    assert.equal(
      costChangeLine(of({ fixed: 10, mediaTailor: 5, audit: 1 }), of({ fixed: 11, mediaTailor: 2, audit: 1 })),
      "estimated USD 14.00 a month (was 16.00, -2.00): MediaTailor -3.00, Fixed +1.00",
    );
  });

  it("says when nothing changes, and when nothing is known of before", () => {
    assert.equal(
      costChangeLine(of({ fixed: 10 }), of({ fixed: 10.001 })),
      "estimated USD 10.00 a month (was 10.00, ±0.00)",
    );
    assert.equal(
      costChangeLine(undefined, of({ fixed: 10, mediaPackage: 20 })),
      "estimated USD 30.00 a month (nothing known of before): MediaPackage 20.00, Fixed 10.00",
    );
  });

  it("has every part of either side", () => {
    const { parts, groups, beforeUsd, afterUsd, changeUsd } = compareCosts(
      of({ fixed: 1, audit: 2 }),
      of({ fixed: 4 }),
    );
    assert.deepEqual([beforeUsd, afterUsd, changeUsd], [3, 4, 1]);
    assert.deepEqual(
      parts.map(({ id, beforeUsd: was, afterUsd: is }) => [id, was, is]),
      [
        ["fixed.a", 1, 4],
        ["audit.a", 2, 0],
      ],
    );
    assert.equal(groups.length, 4);
    assert.equal(compareCosts(undefined, of({ fixed: 4 })).beforeUsd, undefined);
  });
});

describe("money", () => {
  it("is rounded to the cent, half a cent away from zero", () => {
    assert.deepEqual([cents(1.005), cents(-1.005), cents(0.004), cents(-0.004)], [1.01, -1.01, 0, 0]);
    assert.deepEqual([usdText(1234.5), usdText(0)], ["1,234.50", "0.00"]);
    assert.deepEqual(
      [usdChangeText(1000), usdChangeText(-0.5), usdChangeText(-0.001)],
      ["+1,000.00", "-0.50", "±0.00"],
    );
  });
});
