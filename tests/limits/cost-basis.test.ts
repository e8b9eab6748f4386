import assert from "node:assert/strict";
import { parseCostBasis } from "../../limits/cost-basis.ts";
import { busy } from "./cost-fixture.ts";

const plain = (): Record<string, unknown> => JSON.parse(JSON.stringify(busy));

describe("a cost basis", () => {
  it("is read as it was written, as JSON", () => {
    assert.deepEqual(parseCostBasis(plain()), { basis: busy });
  });

  it("keeps what usage replaces, and leaves out what this version does not know", () => {
    const basis = { ...busy, recordBytes: { "mediatailor-ads": 1500 }, assumptions: { scannedShareOfDay: 0.5 } };
    const stored = { ...basis, newer: 1, recordBytes: { ...basis.recordBytes, other: 2 } };
    assert.deepEqual(parseCostBasis(stored), { basis });
  });

  for (const [what, change, message] of [
    ["of another version", { version: 2 }, "version is 2: allowed is 1"],
    ["without a region", { region: undefined }, "region is missing: allowed is a region such as eu-west-1"],
    [
      "with a strange environment",
      { environment: "production" },
      /^environment is "production": allowed is one of dev/,
    ],
    ["without playback", { playback: {} }, "playback is {}: allowed is a list of playback configurations"],
    [
      "with more than all sessions",
      { playback: [{ name: "a", percent: 101, strategies: [], sessionsPerMonth: 1 }] },
      "playback.0.percent is 101: allowed is a number from 0 to 100",
    ],
    [
      "with a strategy that is none",
      { playback: [{ name: "a", percent: 1, strategies: ["S3"], sessionsPerMonth: 1 }] },
      /^playback\.0\.strategies is "S3": allowed is one of LEGACY_CLOUDWATCH, VENDED_LOGS$/,
    ],
    [
      "with a negative number",
      { audit: { cloudTrailEventsPerMonth: -1, auroraRecordsPerMonth: 0 } },
      /^audit\.cloudTrail/,
    ],
    ["without a part", { athena: undefined }, /^athena is missing: allowed is an object$/],
    [
      "with a wrong assumption",
      { assumptions: { scannedShareOfDay: "all" } },
      /^assumptions\.scannedShareOfDay is "all"/,
    ],
  ] as const) {
    it(`${what} is refused, and says why`, () => {
      const { basis, problems } = parseCostBasis({ ...plain(), ...change });
      assert.equal(basis, undefined);
      const [first = ""] = problems ?? [];
      if (typeof message === "string") assert.equal(first, message);
      else assert.match(first, message);
    });
  }

  it("may be anything at all without an exception", () => {
    for (const value of [undefined, null, 1, "basis", [], {}, { version: 1 }]) {
      assert.ok((parseCostBasis(value).problems ?? []).length > 0);
    }
  });
});
