import assert from "node:assert/strict";
import fc from "fast-check";
import {
  environments,
  overrideProblem,
  type PercentOverride,
  percentLimit,
  percentLimits,
  percentProblem,
} from "../../limits/limits.ts";

const noon = Date.UTC(2026, 0, 15, 12);
const override: PercentOverride = {
  configuration: "live",
  percent: 50,
  reason: "cup final",
  owner: "ads",
  expires: "2026-01-15",
};

describe("limits of sampling", () => {
  it("advise what they allow", () => {
    for (const { min, max, advised } of Object.values(percentLimits)) {
      assert.ok(min >= 1 && min <= advised && advised <= max && max <= 100);
    }
  });

  it("treat an environment that nobody knows as production", () => {
    assert.deepEqual(percentLimit("qa"), percentLimits.prod);
  });

  it("allow exactly the percentages between their ends", () => {
    fc.assert(
      fc.property(fc.constantFrom(...environments), fc.integer({ min: -5, max: 105 }), (environment, percent) => {
        const { min, max } = percentLimits[environment];
        const allowed = percentProblem(environment, "live", percent, [], noon) === undefined;
        assert.equal(allowed, percent >= min && percent <= max);
      }),
    );
  });

  it("never allow to log nothing, override or not", () => {
    for (const environment of environments) {
      assert.ok(percentProblem(environment, "live", 0, [override], noon));
    }
  });
});

describe("an override", () => {
  it("permits its own configuration up to its percentage", () => {
    assert.equal(percentProblem("prod", "live", 50, [override], noon), undefined);
    assert.ok(percentProblem("prod", "live", 51, [override], noon));
    assert.ok(percentProblem("prod", "vod", 50, [override], noon));
  });

  it("holds to the end of its last day, UTC", () => {
    const lastMoment = Date.UTC(2026, 0, 15, 23, 59, 59, 999);
    assert.equal(percentProblem("prod", "live", 50, [override], lastMoment), undefined);
    assert.ok(percentProblem("prod", "live", 50, [override], lastMoment + 1));
  });

  it("ends at most seven days ahead, whatever the time of day", () => {
    for (const now of [Date.UTC(2026, 0, 15), noon, Date.UTC(2026, 0, 15, 23, 59)]) {
      assert.equal(overrideProblem({ ...override, expires: "2026-01-22" }, now), undefined);
      assert.ok(overrideProblem({ ...override, expires: "2026-01-23" }, now));
    }
  });

  it("needs a day of the calendar", () => {
    for (const expires of ["2026-02-30", "soon", "2026-1-20", ""]) {
      assert.match(overrideProblem({ ...override, expires }, noon) ?? "", /a day such as/);
    }
  });
});
