import assert from "node:assert/strict";
import { estimatedShare, estimatedTotal } from "../../dashboards/estimate.ts";
import { openLake } from "../../local/query/lake.ts";
import { type FixtureRow, inFolder } from "../local/query/lake-fixture.ts";
import { ask, columnsOf } from "./ask.ts";

function events(session: string | null, count: number, row: FixtureRow): FixtureRow[] {
  return Array.from({ length: count }, () => ({
    event_time: "2026-03-01T12:00:00Z",
    session_id: session,
    playback_configuration: "arena-live",
    ...row,
  }));
}

const timeout = { event_type: "ERROR_ADS_TIMEOUT", event_class: "error" };

describe("estimates from sampled sessions", () => {
  it("count the weights, and their interval is over sessions", async () => {
    const answer = await ask("ad-errors", {
      mediatailor_ads: [...events("a", 3, { ...timeout, weight: 10 }), ...events("b", 1, { ...timeout, weight: 10 })],
    });
    // Variance 30 · 27 + 10 · 9 = 900; over rows it would be 4 · 10 · 9 = 360.
    assert.deepEqual(columnsOf(answer, "observed", "estimated", "low_95", "high_95", "sessions"), [[4, 40, 4, 99, 2]]);
  });

  it("are exact where every session is logged", async () => {
    const answer = await ask("ad-errors", { mediatailor_ads: events("a", 3, timeout) });
    assert.deepEqual(columnsOf(answer, "observed", "estimated", "low_95", "high_95"), [[3, 3, 3, 3]]);
  });

  it("take rows without a session each for itself", async () => {
    const answer = await ask("ad-errors", { mediatailor_ads: events(null, 4, { ...timeout, weight: 10 }) });
    assert.deepEqual(columnsOf(answer, "sessions", "estimated"), [[4, 40]]);
  });

  it("leave out what is no error", async () => {
    const answer = await ask("ad-errors", {
      mediatailor_ads: events("a", 3, { event_type: "BEACON_FIRED", event_class: "info" }),
    });
    assert.deepEqual(answer, []);
  });

  it("weigh avails by their length in the fill rate", async () => {
    const avail = { event_type: "FILLED_AVAIL" };
    const answer = await ask("fill-rate", {
      mediatailor_ads: [
        ...events("a", 1, { ...avail, origin_avail_seconds: 90, filled_seconds: 90 }),
        ...events("b", 1, { ...avail, origin_avail_seconds: 10, filled_seconds: null }),
      ],
    });
    assert.deepEqual(columnsOf(answer, "share", "low_95", "high_95", "estimated_part", "estimated_whole"), [
      [0.9, 0.9, 0.9, 90, 100],
    ]);
  });

  it("give the share of failed beacons", async () => {
    const answer = await ask("beacon-failures", {
      mediatailor_ads: [
        ...events("a", 3, { event_type: "BEACON_FIRED", weight: 4 }),
        ...events("b", 1, { event_type: "ERROR_FIRING_BEACON_FAILED", weight: 4 }),
      ],
    });
    // Share 1/4; residuals -3/4 and 3/4; half width 1.96 √(2 · 12 · 9/16) / 16 = 0.45.
    const [row] = answer;
    assert.deepEqual([row?.share, row?.low_95, row?.estimated_whole, row?.sessions], [0.25, 0, 16, 2]);
    assert.ok(Math.abs(Number(row?.high_95) - (0.25 + (1.96 * Math.sqrt(13.5)) / 16)) <= 1e-6);
  });

  it("count a break with two reasons for both", async () => {
    const answer = await ask("skipped-ads", {
      mediatailor_ads: [
        ...events("a", 1, { skipped_reasons: "NEW_CREATIVE,TRANSCODE_IN_PROGRESS", weight: 2 }),
        ...events("b", 1, { skipped_reasons: "NEW_CREATIVE", weight: 2 }),
        ...events("c", 1, {}),
      ],
    });
    assert.deepEqual(columnsOf(answer, "reason", "observed", "estimated"), [
      ["NEW_CREATIVE", 2, 4],
      ["TRANSCODE_IN_PROGRESS", 1, 2],
    ]);
  });

  it("show the percentage in force, and that it changed", async () => {
    const answer = await ask("sampling-in-force", {
      mediatailor_ads: [...events("a", 2, { weight: 10 }), ...events("b", 1, { weight: 5 })],
    });
    assert.deepEqual(columnsOf(answer, "lowest_percent", "highest_percent", "sessions_observed", "events"), [
      [10, 20, 2, 3],
    ]);
  });
});

/**
 * A thousand samples of one population: 400 sessions of 1 to 7 events, each kept with probability 1/5. Hashes stand for
 * chance, so that the samples are the same each time.
 */
const samples = `select trial, 5e0 as weight, y, z
  from (select t.range as trial, s.range as session, 1 + s.range % 7 as y, 10e0 + s.range % 3 as z
    from range(1000) as t cross join range(400) as s) as population
  where hash(trial * 1000003 + session) % 5 = 0`;

describe("the 95 % interval, over a thousand samples of a known population", () => {
  async function coverage(sql: string, truth: number): Promise<{ covered: number; mean: number }> {
    return inFolder(async (folder) => {
      const lake = await openLake(folder);
      const { rows } = await lake.query(
        `select count_if(low_95 <= ${truth} and ${truth} <= high_95) / 1e3, avg(estimate) from (${sql})`,
      );
      lake.close();
      return { covered: Number(rows[0]?.[0]), mean: Number(rows[0]?.[1]) };
    });
  }
  const sessions = Array.from({ length: 400 }, (_, index) => index);
  const total = sessions.reduce((sum, session) => sum + 1 + (session % 7), 0);
  const whole = sessions.reduce((sum, session) => sum + 10 + (session % 3), 0);

  it("covers a total about 95 times in a hundred, without bias", async () => {
    const { covered, mean } = await coverage(
      `select estimated as estimate, low_95, high_95 from (select trial, ${estimatedTotal}
        from (select trial, y as observed, weight * y as estimated from (${samples})) group by trial)`,
      total,
    );
    assert.ok(covered > 0.92 && covered < 0.98, `covered ${covered}`);
    assert.ok(Math.abs(mean / total - 1) < 0.01, `mean ${mean} of ${total}`);
  });

  it("covers a share about 95 times in a hundred, without bias", async () => {
    const { covered, mean } = await coverage(
      `select share as estimate, low_95, high_95
        from (with kept as (select trial, weight, cast(y as double) as part, z as whole from (${samples}))
          ${estimatedShare("kept", ["trial"])})`,
      total / whole,
    );
    assert.ok(covered > 0.92 && covered < 0.98, `covered ${covered}`);
    assert.ok(Math.abs(mean / (total / whole) - 1) < 0.01, `mean ${mean} of ${total / whole}`);
  });
});
