import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { v1Egress, v2Egress } from "../../../local/traffic/egress.ts";
import { describeIncident, generateTraffic, type TrafficPlan } from "../../../local/traffic/index.ts";
import { isObject, type JsonObject, recordsOf } from "./read-landing.ts";

/** Enough seeds that incidents hit an endpoint of each version. */
const plans: readonly TrafficPlan[] = [1, 2, 3, 4, 5, 6].map((seed) => ({
  seed,
  hours: 2,
  endTime: new Date("2025-06-20T21:00:00Z"),
  percent: { "arena-live": 10, "news-live": 20 },
}));

function planOf(kind: "v1-live" | "v2"): TrafficPlan {
  const plan = plans.find((candidate) => describeIncident(candidate).serverErrors.endpoint.kind === kind);
  assert.ok(plan, `no seed has an incident of ${kind}`);
  return plan;
}

describe("the incident of generated traffic", () => {
  for (const kind of ["v1-live", "v2"] as const) {
    it(`is a burst of 5xx on one ${kind} endpoint that counting finds`, () => {
      const plan = planOf(kind);
      const { endpoint, from, to } = describeIncident(plan).serverErrors;
      const files = [...generateTraffic(plan)];
      const faults = ["mediapackage-v1-egress", "mediapackage-v2-egress"]
        .flatMap((sourceId) => recordsOf(files, sourceId))
        .filter((record) => String(record.statusCode ?? record.status_code).startsWith("5"));
      const isOfIncident = (record: JsonObject) => {
        const time = new Date(String(record.timestamp ?? new Date(Number(record.event_timestamp)).toISOString()));
        return (record.endpointArn ?? record.endpoint_arn) === endpoint.endpointArn && time >= from && time < to;
      };
      const inside = faults.filter(isOfIncident).length;
      assert.ok(inside > 80, `${inside} faults in the incident`);
      assert.ok(inside > 3 * (faults.length - inside), `${inside} faults inside, ${faults.length - inside} outside`);
    });
  }

  it("is clear whatever the seed and the time of day", () => {
    for (const [seed, hour] of [1, 2, 3, 4, 5, 6].entries()) {
      const plan: TrafficPlan = { ...planOf("v2"), seed, endTime: new Date(Date.UTC(2025, 5, 20, hour * 4)) };
      const { endpoint, from, to } = describeIncident(plan).serverErrors;
      const counts = { inside: 0, outside: 0 };
      for (const { timeMs, text } of endpoint.kind === "v2" ? v2Egress(plan) : v1Egress(plan)) {
        if (timeMs >= plan.endTime.getTime()) break;
        if (!/"status_?[cC]ode":"5/.test(text)) continue;
        const isInside =
          text.includes(`"${endpoint.endpointArn}"`) && timeMs >= from.getTime() && timeMs < to.getTime();
        counts[isInside ? "inside" : "outside"]++;
      }
      assert.ok(counts.inside > 80 && counts.inside > 8 * counts.outside, `seed ${seed}: ${JSON.stringify(counts)}`);
    }
  });

  it("is a burst of ERROR_ADS_TIMEOUT on one playback configuration, a little later", () => {
    const plan = planOf("v2");
    const { adTimeouts, serverErrors } = describeIncident(plan);
    assert.ok(adTimeouts.from > serverErrors.from && adTimeouts.from < serverErrors.to);
    const timeouts = recordsOf([...generateTraffic(plan)], "mediatailor-ads").filter(
      (record) => record.eventType === "ERROR_ADS_TIMEOUT",
    );
    const inside = timeouts.filter((record) => {
      const time = new Date(String(record.eventTimestamp));
      return (
        record.originId === adTimeouts.playbackConfiguration &&
        time >= adTimeouts.from &&
        time.getTime() < adTimeouts.to.getTime() + 5000
      );
    });
    assert.ok(inside.length > 12, `${inside.length} timeouts`);
    assert.ok(inside.length > 3 * (timeouts.length - inside.length));
  });

  it("comes after changes that CloudTrail has, by the people that it names", () => {
    for (const kind of ["v1-live", "v2"] as const) {
      const plan = planOf(kind);
      const { changes, serverErrors, adTimeouts } = describeIncident(plan);
      assert.ok(changes.endpointUpdate.time < serverErrors.from);
      assert.ok(changes.playbackConfigurationUpdate.time < adTimeouts.from);
      const records = recordsOf([...generateTraffic(plan)], "cloudtrail");
      for (const change of Object.values(changes)) {
        const found = records.filter(
          (record) =>
            record.eventSource === change.eventSource &&
            record.eventName === change.eventName &&
            new Date(String(record.eventTime)).getTime() === change.time.getTime() &&
            isObject(record.userIdentity) &&
            record.userIdentity.arn === change.userArn,
        );
        assert.equal(found.length, 1, JSON.stringify(change));
      }
      assert.ok(records.some((record) => record.eventName === "ConfigureLogsForPlaybackConfiguration"));
      assert.ok(records.filter((record) => record.readOnly === true).length > records.length / 2);
    }
  });

  it("lies inside of the window, however short that is", () => {
    for (const hours of [0.25, 1, 6, 48]) {
      const plan: TrafficPlan = { seed: 11, hours, endTime: new Date("2025-06-20T21:00:00Z"), percent: { a: 10 } };
      const { serverErrors, adTimeouts, changes } = describeIncident(plan);
      const startMs = plan.endTime.getTime() - hours * 3_600_000;
      for (const time of [changes.endpointUpdate.time, serverErrors.from, serverErrors.to, adTimeouts.to]) {
        assert.ok(time.getTime() > startMs && time <= plan.endTime, `${hours} h: ${time.toISOString()}`);
      }
    }
  });
});
