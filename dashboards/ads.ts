/** What MediaTailor did with ads. Its logs are a sample of sessions, so totals are estimates: see `estimate.ts`. */
import { estimatedShare, estimatedTotal, sessionKey } from "./estimate.ts";
import { distinctRows } from "./rows.ts";
import type { SavedQuery } from "./types.ts";

const estimateDoc =
  "Totals are estimated from the sampled sessions (sum of weights), with a 95 % interval; observed is what the logs hold. The interval is too narrow below about 30 sessions.";

/** One row per session and group: what it counts, and what that stands for. */
function perSession(columns: readonly string[], group: readonly string[], where: string): string {
  return `select ${group.join(", ")}, count(*) as observed, sum(weight) as estimated
  from (
  ${distinctRows("mediatailor_ads", [...columns, "session_id", "event_id", "weight"], where)}
  ) as events
  group by ${[...group, sessionKey].map(withoutAlias).join(", ")}`;
}

function withoutAlias(expression: string): string {
  return expression.replace(/ as \w+$/, "");
}

export const adQueries: readonly SavedQuery[] = [
  {
    id: "ad-errors",
    question: "Which playback configurations have ad errors, and in which minutes?",
    doc: `Error events per minute, playback configuration and kind, the minutes with most of them first. ${estimateDoc} At most 200 rows.`,
    tables: ["mediatailor_ads"],
    sql: `select minute, playback_configuration, event_type,
  ${estimatedTotal}
from (
  ${perSession(
    ["event_time", "playback_configuration", "event_type"],
    ["date_trunc('minute', event_time) as minute", "playback_configuration", "event_type"],
    "event_class = 'error'",
  )}
) as by_session
group by minute, playback_configuration, event_type
order by estimated desc, minute, playback_configuration, event_type
limit 200`,
    chart: {
      mark: "line",
      x: { column: "minute", label: "Minute (UTC)", kind: "time" },
      y: { column: "estimated", label: "Error events, estimated", kind: "quantity" },
      series: { column: "playback_configuration", label: "Playback configuration", kind: "category" },
      interval: { low: "low_95", high: "high_95" },
    },
  },
  {
    id: "fill-rate",
    question: "How much of the ad breaks is filled?",
    doc: `Planned seconds of ads over seconds of ad breaks, per playback configuration; each avail of each session counts by its length. It is a plan made at first sight of the break: beacons tell what was shown. ${estimateDoc}`,
    tables: ["mediatailor_ads"],
    sql: `with by_session as (
  select playback_configuration,
    sum(least(coalesce(filled_seconds, 0e0), origin_avail_seconds)) as part,
    sum(origin_avail_seconds) as whole,
    avg(weight) as weight
  from (
  ${distinctRows(
    "mediatailor_ads",
    ["playback_configuration", "filled_seconds", "origin_avail_seconds", "session_id", "event_id", "weight"],
    "event_type = 'FILLED_AVAIL' and origin_avail_seconds > 0e0",
  )}
  ) as avails
  group by playback_configuration, ${sessionKey}
)
${estimatedShare("by_session", ["playback_configuration"])}
order by share, playback_configuration`,
    chart: {
      mark: "bar",
      x: { column: "playback_configuration", label: "Playback configuration", kind: "category" },
      y: { column: "share", label: "Share of break seconds filled", kind: "quantity" },
      interval: { low: "low_95", high: "high_95" },
    },
  },
  {
    id: "beacon-failures",
    question: "What share of server-side beacons fails?",
    doc: `Beacons that could not be delivered over all that MediaTailor fired, per playback configuration. Each one lost is an ad shown and not counted. ${estimateDoc}`,
    tables: ["mediatailor_ads"],
    sql: `with by_session as (
  select playback_configuration,
    cast(count_if(event_type = 'ERROR_FIRING_BEACON_FAILED') as double) as part,
    cast(count(*) as double) as whole,
    avg(weight) as weight
  from (
  ${distinctRows(
    "mediatailor_ads",
    ["playback_configuration", "event_type", "session_id", "event_id", "weight"],
    "event_type in ('BEACON_FIRED', 'ERROR_FIRING_BEACON_FAILED')",
  )}
  ) as beacons
  group by playback_configuration, ${sessionKey}
)
${estimatedShare("by_session", ["playback_configuration"])}
order by share desc, playback_configuration`,
    chart: {
      mark: "bar",
      x: { column: "playback_configuration", label: "Playback configuration", kind: "category" },
      y: { column: "share", label: "Share of beacons that failed", kind: "quantity" },
      interval: { low: "low_95", high: "high_95" },
    },
  },
  {
    id: "skipped-ads",
    question: "Why were ads left out of breaks?",
    doc: `Ad breaks in which at least one ad was skipped, per playback configuration and reason; a break with two reasons counts for both. ${estimateDoc}`,
    tables: ["mediatailor_ads"],
    sql: `select playback_configuration, reason,
  ${estimatedTotal}
from (
  select playback_configuration, reason, count(*) as observed, sum(weight) as estimated
  from (
  ${distinctRows(
    "mediatailor_ads",
    ["playback_configuration", "skipped_reasons", "session_id", "event_id", "weight"],
    "skipped_reasons is not null",
  )}
  ) as avails
  cross join unnest(split(skipped_reasons, ',')) as reasons (reason)
  group by playback_configuration, reason, ${sessionKey}
) as by_session
group by playback_configuration, reason
order by estimated desc, playback_configuration, reason`,
    chart: {
      mark: "bar",
      x: { column: "reason", label: "Reason", kind: "category" },
      y: { column: "estimated", label: "Ad breaks, estimated", kind: "quantity" },
      series: { column: "playback_configuration", label: "Playback configuration", kind: "category" },
      interval: { low: "low_95", high: "high_95" },
    },
  },
  {
    id: "sampling-in-force",
    question: "What percentage of sessions is logged, and since when?",
    doc: "Percent of sessions logged per playback configuration and hour, from the weights in the lake. Two percentages in one hour mean that the setting changed in it, or that debug sessions (always logged) were among them.",
    tables: ["mediatailor_ads"],
    sql: `select date_trunc('hour', event_time) as hour, playback_configuration,
  round(1e2 / max(weight), 3) as lowest_percent,
  round(1e2 / min(weight), 3) as highest_percent,
  count(distinct session_id) as sessions_observed,
  count(*) as events
from (
  ${distinctRows("mediatailor_ads", ["event_time", "playback_configuration", "session_id", "weight"])}
) as ads
group by date_trunc('hour', event_time), playback_configuration
order by hour, playback_configuration`,
    chart: {
      mark: "line",
      x: { column: "hour", label: "Hour (UTC)", kind: "time" },
      y: { column: "lowest_percent", label: "Sessions logged", kind: "quantity", unit: "%" },
      series: { column: "playback_configuration", label: "Playback configuration", kind: "category" },
    },
  },
];
