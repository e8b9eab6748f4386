import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "mocha";
import { catalog } from "../../../catalog/index.ts";
import { v1Egress, v2Egress } from "../../../local/traffic/egress.ts";
import { generateTraffic, type TrafficPlan, TrafficPlanError } from "../../../local/traffic/index.ts";
import { eveningPlan, eveningTraffic } from "./plans.ts";
import { envelopesOf, isEnveloped } from "./read-landing.ts";

const shortPlan: TrafficPlan = { ...eveningPlan, hours: 0.5 };

function hashOf(plan: TrafficPlan): string {
  const hash = createHash("sha256");
  for (const file of generateTraffic(plan)) {
    hash.update(`${file.sourceId} ${file.key} ${file.lastModified.toISOString()}\n`).update(file.bytes);
  }
  return hash.digest("hex");
}

describe("generated traffic", () => {
  it("is the same for the same plan, byte for byte", () => {
    assert.equal(hashOf(shortPlan), hashOf(shortPlan));
  });

  it("does not depend on the order in which the plan names its playback configurations", () => {
    const reordered = Object.fromEntries(Object.entries(shortPlan.percent).reverse());
    assert.equal(hashOf({ ...shortPlan, percent: reordered }), hashOf(shortPlan));
  });

  it("is another one for another seed", () => {
    assert.notEqual(hashOf({ ...shortPlan, seed: 8 }), hashOf(shortPlan));
  });

  it("has every source of the catalog", () => {
    const made = new Set(eveningTraffic().map((file) => file.sourceId));
    assert.deepEqual([...made].sort(), catalog.sources.map((source) => source.id).sort());
  });

  it("names objects as Firehose and CloudTrail do, each name once", () => {
    const firehose =
      /^landing\/([a-z0-9-]+)\/\d{4}\/\d\d\/\d\d\/\d\d\/aircheck-\1(?:-legacy|-vended)?-1-\d{4}(?:-\d\d){5}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.gz$/;
    const trail =
      /^AWSLogs\/(\d{12})\/CloudTrail\/([a-z0-9-]+)\/(\d{4})\/(\d\d)\/(\d\d)\/\1_CloudTrail_\2_\3\4\5T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$/;
    for (const file of eveningTraffic()) assert.match(file.key, file.sourceId === "cloudtrail" ? trail : firehose);
    assert.equal(new Set(eveningTraffic().map((file) => file.key)).size, eveningTraffic().length);
  });

  it("writes an object per five minutes and delivery stream, soon after its last event", () => {
    const { startMs, endMs } = windowOf(eveningPlan);
    const byStream = groupBy(eveningTraffic(), streamOf);
    for (const [stream, files] of byStream) assert.ok(files.length <= 25, `${stream} has ${files.length} objects`);
    assert.ok((byStream.get("aircheck-mediapackage-v1-egress")?.length ?? 0) >= 20);
    for (const file of eveningTraffic()) {
      const writtenMs = file.lastModified.getTime();
      assert.ok(writtenMs > startMs && writtenMs <= endMs + 75_000, `${file.key} was written outside of the window`);
      if (!isEnveloped(file)) continue;
      const data = envelopesOf(file).filter((envelope) => envelope.messageType === "DATA_MESSAGE");
      const times = data.flatMap((envelope) => envelope.logEvents.map((event) => event.timestamp));
      const lagMs = writtenMs - Math.max(...times);
      assert.ok(lagMs > 0 && lagMs <= 6 * 60_000, `${file.key} was written ${lagMs} ms after its last event`);
    }
  });

  it("keeps the order of the objects' times within a delivery stream", () => {
    for (const files of groupBy(eveningTraffic(), streamOf).values()) {
      const times = files.map((file) => file.lastModified.getTime());
      assert.deepEqual(
        times,
        [...times].sort((left, right) => left - right),
      );
    }
  });

  it("follows the day: the evening has a multiple of the night's requests", () => {
    const plan: TrafficPlan = {
      seed: 3,
      hours: 24,
      endTime: new Date("2025-06-20T24:00:00Z"),
      requestsPerSecond: 0.6,
      percent: { a: 1 },
    };
    const perHour = new Map<number, number>();
    for (const timeMs of timesInWindow(plan, v1Egress(plan))) {
      const hour = new Date(timeMs).getUTCHours();
      perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
    }
    const requests = (hours: readonly number[]) => hours.reduce((sum, hour) => sum + (perHour.get(hour) ?? 0), 0);
    assert.ok(requests([18, 19, 20]) > 3 * requests([2, 3, 4]), JSON.stringify([...perHour]));
  });

  it("has about as many requests as the plan asks for", () => {
    const plan: TrafficPlan = { ...eveningPlan, requestsPerSecond: 8 };
    const requests = [...timesInWindow(plan, v1Egress(plan)), ...timesInWindow(plan, v2Egress(plan))].length;
    const perSecond = requests / (plan.hours * 3600);
    assert.ok(perSecond > 6.8 && perSecond < 9.2, `${perSecond} requests per second`);
  });

  it("refuses a plan that cannot be carried out, with all its mistakes at once", () => {
    const plan: TrafficPlan = {
      seed: 1.5,
      hours: 0,
      endTime: new Date(Number.NaN),
      requestsPerSecond: -1,
      percent: { a: 101, b: 2.5 },
    };
    assert.throws(
      () => generateTraffic(plan).next(),
      (error) =>
        error instanceof TrafficPlanError &&
        error.problems.length === 6 &&
        error.message.includes("percent of a is 101; it must be a whole number from 0 to 100"),
    );
    assert.throws(() => generateTraffic({ ...eveningPlan, percent: {} }).next(), /names no playback configuration/);
  });
});

function* timesInWindow(plan: TrafficPlan, records: Iterable<{ readonly timeMs: number }>): Generator<number> {
  const { startMs, endMs } = windowOf(plan);
  for (const { timeMs } of records) {
    if (timeMs >= endMs) return;
    if (timeMs >= startMs) yield timeMs;
  }
}

function streamOf(file: { readonly key: string }): string {
  return /([^/]+)-1-\d{4}-/.exec(file.key)?.[1] ?? "trail";
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function windowOf({ hours, endTime }: TrafficPlan): { startMs: number; endMs: number } {
  return { startMs: endTime.getTime() - hours * 3_600_000, endMs: endTime.getTime() };
}
