import assert from "node:assert/strict";
import { catalog } from "../../catalog/index.ts";
import { emptyReport } from "../../functions/transform/report.ts";
import { publishReport } from "../../functions/transform/telemetry.ts";
import { parseConfig } from "../../infra/config.ts";
import { costBasisOf, otherConfigurations } from "../../infra/cost-basis.ts";
import { planSources } from "../../infra/source-plan.ts";
import { estimateCost, groupUsd } from "../../limits/cost.ts";
import { type CostBasis, parseCostBasis } from "../../limits/cost-basis.ts";
import { priceList } from "../../limits/price-list.ts";
import { today } from "./wrong-stacks.ts";

function basisOf(values: Readonly<Record<string, unknown>> = {}, environment = "dev"): CostBasis {
  const given = Object.entries(values).map(([key, value]) => [`aircheck:${key}`, JSON.stringify(value)] as const);
  const config = parseConfig({ "aircheck:environment": environment, ...Object.fromEntries(given) }, today);
  return costBasisOf(config, planSources(config, catalog), "eu-west-1");
}

const sessionsOf = ({ playback }: CostBasis) =>
  playback.map(({ name, percent, sessionsPerMonth }) => [name, percent, sessionsPerMonth]);

describe("the basis of the cost estimate", () => {
  it("is plain data that is read again as it is", () => {
    for (const environment of ["dev", "staging", "prod"]) {
      const basis = basisOf({}, environment);
      assert.deepEqual(parseCostBasis(JSON.parse(JSON.stringify(basis))), { basis });
      assert.ok(estimateCost(basis, priceList).monthlyUsd > 0);
    }
  });

  it("counts sessions of unnamed configurations at the stack's percentage, while their log groups are shared", () => {
    const usage = { sessionsPerMonth: 1000 };
    assert.deepEqual(sessionsOf(basisOf({ mediaTailor: { percent: 5 }, usage }, "prod")), [
      [otherConfigurations, 5, 1000],
    ]);
  });

  it("gives each configuration its sessions: those that usage names, the rest in equal parts", () => {
    const mediaTailor = { percent: 8, existingConfigurations: { a: {}, b: { percent: 3 }, c: {} } };
    const usage = { sessionsPerMonth: 1000, sessionsByConfiguration: { a: 600 } };
    assert.deepEqual(sessionsOf(basisOf({ mediaTailor, usage })), [
      ["a", 8, 600],
      ["b", 3, 200],
      ["c", 8, 200],
    ]);
  });

  it("gives what nobody is named for to other configurations", () => {
    const mediaTailor = { existingConfigurations: { a: {} } };
    const usage = { sessionsPerMonth: 1000, sessionsByConfiguration: { a: 600 } };
    assert.deepEqual(sessionsOf(basisOf({ mediaTailor, usage })), [
      ["a", 100, 600],
      [otherConfigurations, 100, 400],
    ]);
    const arn = "arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/a";
    const vended = { existingConfigurations: { a: { arn, strategies: ["VENDED_LOGS"] } } };
    assert.deepEqual(sessionsOf(basisOf({ mediaTailor: vended, usage })), [["a", 100, 600]]);
  });

  it("shows ten times the MediaTailor part when the stack file says 100 instead of 10 percent", () => {
    const part = (percent: number) => estimateCost(basisOf({ mediaTailor: { percent } }), priceList);
    const [ten, hundred] = [part(10), part(100)];
    assert.ok(Math.abs(groupUsd(hundred, "mediaTailor") - 10 * groupUsd(ten, "mediaTailor")) < 1e-9);
    for (const group of ["fixed", "audit", "mediaPackage"] as const) {
      assert.equal(groupUsd(hundred, group), groupUsd(ten, group));
    }
  });

  it("counts requests of MediaPackage where they are logged", () => {
    const usage = { requestsPerMonth: 1000, ingressRequestsPerMonth: 100 };
    const of = (values: Readonly<Record<string, unknown>>) => {
      const { v1, v2 } = basisOf(values).mediaPackage;
      return [v1, v2].map(({ egressRequestsPerMonth, ingressRequestsPerMonth }) => [
        egressRequestsPerMonth,
        ingressRequestsPerMonth,
      ]);
    };
    assert.deepEqual(of({ usage }), [
      [1000, 100],
      [0, 0],
    ]);
    const v2 = { channelGroups: ["news"], logs: ["egress"] };
    assert.deepEqual(of({ usage, mediaPackage: { v2 } }), [
      [0, 0],
      [1000, 0],
    ]);
    assert.deepEqual(of({ usage: { ...usage, mediaPackageV2Percent: 25 }, mediaPackage: { v2 } }), [
      [750, 75],
      [250, 0],
    ]);
    assert.deepEqual(of({ usage, mediaPackage: { v1: { egressLogGroups: [] } } }), [
      [0, 100],
      [0, 0],
    ]);
  });

  it("counts audit records of what is collected", () => {
    const usage = { cloudTrailEventsPerMonth: 100, auroraRecordsPerMonth: 10 };
    assert.deepEqual(basisOf({ usage }).audit, { cloudTrailEventsPerMonth: 100, auroraRecordsPerMonth: 0 });
    const aurora = { clusters: { subscribers: {}, billing: {} } };
    assert.deepEqual(basisOf({ usage, aurora, cloudTrail: { mode: "skip" } }).audit, {
      cloudTrailEventsPerMonth: 0,
      auroraRecordsPerMonth: 20,
    });
  });

  it("counts the second function of an existing trail, and no alarms where there are none", () => {
    const cloudTrail = { mode: "existing", bucket: "trails" };
    assert.equal(basisOf({ cloudTrail }).transform.functions, 2);
    assert.equal(basisOf({ cloudTrail }).watch.alarmMetrics, basisOf().watch.alarmMetrics + 3);
    assert.equal(basisOf({ alarms: { enabled: false } }).watch.alarmMetrics, 0);
  });

  it("counts each metric that the function publishes, for each source", () => {
    const names = new Set<string>();
    const metrics = {
      addDimensions: () => undefined,
      addMetric: (name: string) => names.add(name),
      publishStoredMetrics: () => undefined,
    };
    publishReport(metrics, emptyReport(), "mediatailor-ads", 1);
    // Three logs of MediaTailor, two of MediaPackage, CloudTrail.
    assert.equal(basisOf().watch.customMetrics, 6 * names.size);
  });

  it("carries what usage replaces", () => {
    const usage = { recordBytes: { "mediatailor-ads": 1800 }, assumptions: { scannedShareOfDay: 0.2 } };
    const { recordBytes, assumptions } = basisOf({ usage });
    assert.deepEqual({ recordBytes, assumptions }, usage);
  });
});
