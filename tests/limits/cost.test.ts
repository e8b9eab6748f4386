import assert from "node:assert/strict";
import fc from "fast-check";
import { assumptionNames, assumptions } from "../../limits/assumptions.ts";
import { costGroups, dearestQueryUsd, estimateCost, groupUsd } from "../../limits/cost.ts";
import type { CostBasis, PlaybackUsage } from "../../limits/cost-basis.ts";
import { compareCosts } from "../../limits/cost-change.ts";
import { priceList } from "../../limits/price-list.ts";
import { UnknownRegionError } from "../../limits/prices.ts";
import { busy, estimate, idle, live, usdOf } from "./cost-fixture.ts";

/** Sums of the same numbers in another order differ in their last bits. */
const near = (actual: number, expected: number, what = "") =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected)),
    `${what} ${actual} is not ${expected}`,
  );

const percent = fc.integer({ min: 0, max: 100 });
const volume = fc.integer({ min: 0, max: 1_000_000_000 });
const days = fc.integer({ min: 1, max: 3650 });

const strategies = fc.constantFrom<PlaybackUsage["strategies"]>(
  ["LEGACY_CLOUDWATCH"],
  ["VENDED_LOGS"],
  ["LEGACY_CLOUDWATCH", "VENDED_LOGS"],
);
const configuration: fc.Arbitrary<PlaybackUsage> = fc.record({
  name: fc.stringMatching(/^[a-z]{1,9}$/),
  percent,
  strategies,
  sessionsPerMonth: volume,
});
const requests = fc.record({ egressRequestsPerMonth: volume, ingressRequestsPerMonth: volume });
const basis: fc.Arbitrary<CostBasis> = fc.record({
  version: fc.constant(1 as const),
  region: fc.constantFrom(...Object.keys(priceList)),
  environment: fc.constantFrom("dev" as const, "staging" as const, "prod" as const),
  playback: fc.array(configuration, { maxLength: 4 }),
  mediaPackage: fc.record({ v1: requests, v2: requests }),
  audit: fc.record({ cloudTrailEventsPerMonth: volume, auroraRecordsPerMonth: volume }),
  logs: fc.record({
    class: fc.constantFrom("STANDARD" as const, "INFREQUENT_ACCESS" as const),
    retentionDays: days,
  }),
  retentionDays: fc.record({ landing: days, access: days, ads: days, audit: days, noncurrent: days }),
  firehose: fc.record({
    subscriptionBufferMiB: fc.integer({ min: 1, max: 16 }),
    vendedBufferMiB: fc.integer({ min: 1, max: 128 }),
    bufferSeconds: fc.integer({ min: 60, max: 900 }),
  }),
  transform: fc.record({ functions: fc.integer({ min: 0, max: 2 }), memoryMiB: fc.integer({ min: 512, max: 10_240 }) }),
  athena: fc.record({
    queriesPerMonth: fc.integer({ min: 0, max: 10_000 }),
    scannedDaysPerQuery: fc.integer({ min: 0, max: 30 }),
    scanLimitGiB: fc.integer({ min: 1, max: 1000 }),
  }),
  watch: fc.record({
    alarmMetrics: fc.integer({ min: 0, max: 100 }),
    customMetrics: fc.integer({ min: 0, max: 100 }),
    dashboards: fc.integer({ min: 0, max: 3 }),
  }),
  recordBytes: fc.constant({}),
  assumptions: fc.constant({}),
});

/** Cheaper or dearer by one change, whatever the rest is. */
function neverCheaper(change: (given: CostBasis, more: number) => CostBasis): void {
  fc.assert(
    fc.property(basis, fc.integer({ min: 1, max: 1_000_000 }), (given, more) => {
      const [before, after] = [estimate(given).monthlyUsd, estimate(change(given, more)).monthlyUsd];
      assert.ok(after >= before - 1e-9 * before, `${before} became ${after}`);
    }),
    { numRuns: 60 },
  );
}

describe("the cost model", () => {
  it("shows ten times the MediaTailor part, and nothing else, when percent goes from 10 to 100", () => {
    const logged = (percentOfSessions: number) =>
      estimate({ ...busy, playback: [{ ...live, percent: percentOfSessions }] });
    const [ten, hundred] = [logged(10), logged(100)];
    near(groupUsd(hundred, "mediaTailor"), 10 * groupUsd(ten, "mediaTailor"));
    const changed = compareCosts(ten, hundred).parts.filter(({ changeUsd }) => changeUsd !== 0);
    assert.deepEqual([...new Set(changed.map(({ group }) => group))], ["mediaTailor"]);
    assert.ok(changed.length > 10);
    for (const { id, beforeUsd, afterUsd } of changed) near(afterUsd, 10 * beforeUsd, id);
  });

  it("changes only the MediaTailor part with percent, whatever the volume, by ten times or, beyond a tier, by less", () => {
    fc.assert(
      fc.property(basis, fc.integer({ min: 1, max: 10 }), (given, low) => {
        const logged = (times: number) =>
          estimate({ ...given, playback: given.playback.map((one) => ({ ...one, percent: low * times })) });
        const [one, ten] = [logged(1), logged(10)];
        for (const group of costGroups) {
          if (group !== "mediaTailor") assert.equal(groupUsd(ten, group), groupUsd(one, group), group);
        }
        const [before, after] = [groupUsd(one, "mediaTailor"), groupUsd(ten, "mediaTailor")];
        assert.ok(after >= before && after <= 10 * before * (1 + 1e-9), `${before} became ${after}`);
      }),
      { numRuns: 100 },
    );
  });

  it("never gets cheaper by more percent", () =>
    neverCheaper((given, more) => ({
      ...given,
      playback: given.playback.map((one) => ({ ...one, percent: Math.min(100, one.percent + more) })),
    })));

  it("never gets cheaper by more sessions", () =>
    neverCheaper((given, more) => ({
      ...given,
      playback: given.playback.map((one) => ({ ...one, sessionsPerMonth: one.sessionsPerMonth + more })),
    })));

  it("never gets cheaper by more requests, of either version, or more audit records", () => {
    const add = (usage: CostBasis["mediaPackage"]["v1"], more: number) => ({
      egressRequestsPerMonth: usage.egressRequestsPerMonth + more,
      ingressRequestsPerMonth: usage.ingressRequestsPerMonth + more,
    });
    neverCheaper((given, more) => ({
      ...given,
      mediaPackage: { ...given.mediaPackage, v1: add(given.mediaPackage.v1, more) },
    }));
    neverCheaper((given, more) => ({
      ...given,
      mediaPackage: { ...given.mediaPackage, v2: add(given.mediaPackage.v2, more) },
    }));
    neverCheaper((given, more) => ({
      ...given,
      audit: {
        cloudTrailEventsPerMonth: given.audit.cloudTrailEventsPerMonth + more,
        auroraRecordsPerMonth: given.audit.auroraRecordsPerMonth + more,
      },
    }));
  });

  it("never gets cheaper by longer retention, of any kind, or by more queries", () => {
    for (const key of ["landing", "access", "ads", "audit", "noncurrent"] as const) {
      neverCheaper((given, more) => ({
        ...given,
        retentionDays: { ...given.retentionDays, [key]: given.retentionDays[key] + more },
      }));
    }
    neverCheaper((given, more) => ({
      ...given,
      logs: { ...given.logs, retentionDays: given.logs.retentionDays + more },
    }));
    neverCheaper((given, more) => ({
      ...given,
      athena: { ...given.athena, queriesPerMonth: given.athena.queriesPerMonth + more },
    }));
  });

  it("is zero at zero: an idle stack costs what watches it, and nothing without it", () => {
    assert.deepEqual(estimate(idle).parts, []);
    assert.equal(estimate(idle).monthlyUsd, 0);
    const off = {
      ...busy,
      playback: [
        { ...live, percent: 0 },
        { ...live, sessionsPerMonth: 0 },
      ],
    };
    assert.equal(groupUsd(estimate(off), "mediaTailor"), 0);
    const watched = estimate({ ...idle, watch: { alarmMetrics: 10, customMetrics: 10, dashboards: 1 } });
    // 10 × 0.10 + 10 × 0.30 + 3.00
    near(watched.monthlyUsd, 7);
    assert.deepEqual([...new Set(watched.parts.map(({ group }) => group))], ["fixed"]);
  });

  it("is the sum of its parts, and of its groups", () => {
    fc.assert(
      fc.property(basis, (given) => {
        const found = estimate(given);
        near(
          found.parts.reduce((sum, { usd }) => sum + usd, 0),
          found.monthlyUsd,
        );
        near(
          costGroups.reduce((sum, group) => sum + groupUsd(found, group), 0),
          found.monthlyUsd,
        );
      }),
    );
  });

  it("adds up over playback configurations within a tier, and is never dearer than the sum beyond one", () => {
    fc.assert(
      fc.property(basis, configuration, configuration, (given, first, second) => {
        const part = (playback: readonly PlaybackUsage[]) => groupUsd(estimate({ ...given, playback }), "mediaTailor");
        const sum = part([first]) + part([second]);
        assert.ok(part([first, second]) <= sum * (1 + 1e-9));
      }),
    );
    const [a, b] = [
      { ...live, name: "a" },
      { ...live, name: "b", percent: 7, sessionsPerMonth: 12_345 },
    ];
    const part = (playback: readonly PlaybackUsage[]) => groupUsd(estimate({ ...busy, playback }), "mediaTailor");
    near(part([a, b]), part([a]) + part([b]));
  });

  it("counts objects that Firehose writes by the clock once for each stream that has records", () => {
    const writes = (playback: readonly PlaybackUsage[]) => usdOf(estimate({ ...idle, playback }), "fixed.writes");
    // 730 × 3,600 / 300 = 8,760 objects a stream; three logs of MediaTailor, each object written twice.
    near(writes([live]), 3 * 8760 * 2 * 5e-6);
    near(writes([live, { ...live, name: "other" }]), writes([live]));
    near(writes([{ ...live, strategies: ["LEGACY_CLOUDWATCH", "VENDED_LOGS"] }]), 2 * writes([live]));
  });

  it("charges memory above one processor, and nothing less below it", () => {
    const time = (memoryMiB: number) =>
      usdOf(estimate({ ...busy, transform: { functions: 1, memoryMiB } }), "mediaPackage.functionTime");
    near(time(512), time(1769));
    near(time(3538), 2 * time(1769));
  });

  it("says what one query costs at most", () => {
    // 200 GiB of 1,024, 5.00 a TB
    near(dearestQueryUsd(busy, priceList), (200 / 1024) * 5);
  });

  it("names the prices in use that nobody has confirmed", () => {
    assert.deepEqual(
      estimate(busy).unconfirmed.map(({ meter }) => meter),
      ["firehoseVended"],
    );
    const legacy = { ...busy, mediaPackage: { ...busy.mediaPackage, v2: busy.mediaPackage.v1 } };
    assert.deepEqual(estimate({ ...idle, playback: [live], region: "eu-west-1" }).unconfirmed, []);
    assert.ok(estimate({ ...legacy, region: "ap-southeast-2" }).unconfirmed.length > 1);
  });

  it("knows the regions of its table, and names them when asked for another", () => {
    assert.throws(
      () => estimateCost({ ...busy, region: "mars-north-1" }, priceList),
      (error) =>
        error instanceof UnknownRegionError &&
        /mars-north-1: known are ap-southeast-2, eu-central-1, eu-west-1, us-east-1, us-west-2;/.test(error.message),
    );
    assert.throws(() => estimateCost({ ...busy, region: "toString" }, priceList), UnknownRegionError);
  });

  it("has evidence for each assumption", () => {
    assert.deepEqual(Object.keys(assumptions), [...assumptionNames]);
    for (const { evidence, value } of Object.values(assumptions)) assert.ok(evidence.length > 20 && value > 0);
  });
});
