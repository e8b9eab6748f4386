import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { samplingHistory, weightAt } from "../../../functions/transform/derive/sampling.ts";
import {
  generateTraffic,
  playbackSessions,
  samplingDocuments,
  type TrafficPlan,
} from "../../../local/traffic/index.ts";
import { eveningPlan } from "./plans.ts";
import { type JsonObject, recordsOf } from "./read-landing.ts";

const startMs = eveningPlan.endTime.getTime() - eveningPlan.hours * 3_600_000;

function adsRecords(plan: TrafficPlan): JsonObject[] {
  const files = [...generateTraffic(plan)].filter((file) => file.sourceId === "mediatailor-ads");
  return recordsOf(files, "mediatailor-ads");
}

/** Events per session, as text to compare; a whole envelope delivered twice counts once. */
function bySession(records: readonly JsonObject[]): Map<string, Set<string>> {
  const sessions = new Map<string, Set<string>>();
  for (const { sessionId, eventTimestamp, eventType, requestId } of records) {
    const events = sessions.get(String(sessionId)) ?? new Set<string>();
    sessions.set(String(sessionId), events.add(`${eventTimestamp} ${eventType} ${requestId}`));
  }
  return sessions;
}

describe("sampling of sessions", () => {
  const busyPlan: TrafficPlan = { ...eveningPlan, requestsPerSecond: 8 };

  it("takes the share of sessions that the configuration says", () => {
    const { "arena-live": wanted = 0 } = busyPlan.percent;
    const sessions = [...playbackSessions(busyPlan)].filter(
      (session) => session.configuration.name === "arena-live" && !session.isDebug,
    );
    const share = (100 * sessions.filter((session) => session.isSampled).length) / sessions.length;
    assert.ok(sessions.length > 2000);
    assert.ok(Math.abs(share - wanted) < 3, `${share} % of ${sessions.length} sessions instead of ${wanted} %`);
  });

  it("changes its share for one configuration in the middle of the window", () => {
    const middleMs = startMs + (eveningPlan.hours * 3_600_000) / 2;
    const sessions = [...playbackSessions(busyPlan)].filter((session) => session.configuration.name === "news-live");
    const share = (isLate: boolean) => {
      const part = sessions.filter((session) => session.startMs >= middleMs === isLate);
      return (100 * part.filter((session) => session.isSampled).length) / part.length;
    };
    assert.ok(Math.abs(share(false) - 25) < 4, `${share(false)} % before`);
    assert.ok(Math.abs(share(true) - 50) < 4, `${share(true)} % after`);
  });

  it("logs chosen sessions whole and no event of the others", () => {
    const plan = { ...eveningPlan, hours: 1 };
    const everything = Object.fromEntries(Object.keys(eveningPlan.percent).map((name) => [name, 100]));
    // The last configuration is halved in the middle of the window when it starts at 100 %: it is left out.
    const all = bySession(adsRecords({ ...plan, percent: { ...everything, "news-live": 0 } }));
    const sampled = bySession(adsRecords({ ...plan, percent: { ...plan.percent, "news-live": 0 } }));
    const chosen = new Map([...playbackSessions(plan)].map((session) => [session.sessionId, session]));
    assert.ok(sampled.size > 20 && sampled.size < all.size / 3);
    let complete = 0;
    for (const [sessionId, events] of sampled) {
      const session = chosen.get(sessionId);
      assert.ok(session?.isSampled || session?.isDebug, `${sessionId} was not chosen`);
      // Deliberately broken and odd records fall on other sessions when the percentage is another.
      if (JSON.stringify([...events].sort()) === JSON.stringify([...(all.get(sessionId) ?? [])].sort())) complete++;
    }
    assert.ok(complete >= sampled.size - 2, `${complete} of ${sampled.size} sessions are complete`);
  });

  it("logs debug sessions even at 0 %", () => {
    const none = { ...eveningPlan, percent: { "arena-live": 0 } };
    const logged = bySession(adsRecords(none));
    const sessions = new Map([...playbackSessions(none)].map((session) => [session.sessionId, session]));
    assert.ok(logged.size > 0);
    for (const sessionId of logged.keys()) assert.equal(sessions.get(sessionId)?.isDebug, true);
  });

  it("is told to the lake: the transform weighs sessions by the documents", () => {
    const history = samplingHistory(samplingDocuments(eveningPlan));
    const endMs = eveningPlan.endTime.getTime();
    assert.equal(weightAt(history, "arena-live", startMs), 5);
    assert.equal(weightAt(history, "catchup-vod", endMs - 1), 10);
    assert.equal(weightAt(history, "news-live", startMs), 4);
    assert.equal(weightAt(history, "news-live", endMs - 1), 2);
  });

  it("keeps totals estimable: weighted counts come near to what happened", () => {
    const names = ["arena-live", "catchup-vod"];
    const sessions = [...playbackSessions({ ...busyPlan, requestsPerSecond: 20 })].filter(
      (session) => names.includes(session.configuration.name) && !session.isDebug,
    );
    const estimated = sessions
      .filter((session) => session.isSampled)
      .reduce((sum, session) => sum + 100 / (eveningPlan.percent[session.configuration.name] ?? 100), 0);
    assert.ok(Math.abs(estimated / sessions.length - 1) < 0.08, `${estimated} for ${sessions.length} sessions`);
  });
});
