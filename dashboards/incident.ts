/** What broke, when, and who had changed something just before. */
import { estimatedTotal, sessionKey } from "./estimate.ts";
import { distinctRows, inRangeOrHourBefore } from "./rows.ts";
import type { SavedQuery } from "./types.ts";

/** A minute is bad from this many failures on, and when they are this share of what was asked. */
const failuresInMinute = 2;
const shareOfMinute = "1e-1";
/** Bad minutes that are no further apart belong together, and are an incident from this many failures on. */
const gapMinutes = 5;
const failuresOfIncident = 5;

const minute = "date_trunc('minute', event_time)";

/** Failures and requests per minute and endpoint. Every request is logged, so there is nothing to estimate. */
const endpointMinutes = `select 'origin-5xx' as kind, channel_id as subject, endpoint_id as part, ${minute} as minute,
    count_if(status_class = '5xx') as failures, cast(count_if(status_class = '5xx') as double) as estimated,
    0e0 as half_width, count(*) as asked
  from (
  ${distinctRows("mediapackage_egress", ["event_time", "channel_id", "endpoint_id", "status_class"])}
  ) as egress
  group by ${minute}, channel_id, endpoint_id`;

/** The same of ad requests per minute, playback configuration and kind of error. */
const configurationMinutes = `select 'ad-errors' as kind, playback_configuration as subject, event_type as part, minute,
    observed as failures, estimated, high_95 - estimated as half_width,
    sum(case when event_type = 'MAKING_ADS_REQUEST' then observed else 0 end)
      over (partition by minute, playback_configuration) as asked
  from (
    select minute, playback_configuration, event_type, ${estimatedTotal}
    from (
      select ${minute} as minute, playback_configuration, event_type,
        count(*) as observed, sum(weight) as estimated
      from (
  ${distinctRows(
    "mediatailor_ads",
    ["event_time", "playback_configuration", "event_type", "session_id", "event_id", "weight"],
    "(event_type = 'MAKING_ADS_REQUEST' or substr(event_type, 1, 10) = 'ERROR_ADS_')",
  )}
      ) as ads
      group by ${minute}, playback_configuration, event_type, ${sessionKey}
    ) as by_session
    group by minute, playback_configuration, event_type
  ) as by_type`;

/** Numbers the runs of bad minutes of one subject: a new one begins where the gap is too long. */
const incidents = `select kind, subject, part, min(minute) as started, max(minute) + interval '1' minute as ended,
    sum(failures) as observed, round(sum(estimated)) as estimated,
    round(greatest(sum(failures), sum(estimated) - sum(half_width))) as low_95,
    round(sum(estimated) + sum(half_width)) as high_95,
    round(1e2 * sum(failures) / sum(greatest(asked, failures)), 1) as percent_failed
  from (
    select *, sum(case when minute <= previous + interval '${gapMinutes}' minute then 0 else 1 end)
      over (partition by kind, subject, part order by minute rows between unbounded preceding and current row) as run
    from (
      select *, lag(minute) over (partition by kind, subject, part order by minute) as previous
      from (
  ${endpointMinutes}
  union all
  ${configurationMinutes}
      ) as minutes
      where failures >= ${failuresInMinute} and failures >= ${shareOfMinute} * asked and coalesce(part, '') <> 'MAKING_ADS_REQUEST'
    ) as bad_minutes
  ) as numbered
  group by kind, subject, part, run
  having sum(failures) >= ${failuresOfIncident}`;

export const incidentQueries: readonly SavedQuery[] = [
  {
    id: "incident",
    question: "What broke, when, and what had been changed before?",
    doc: `Bursts of failure, and the changes of the hour before each. A minute is bad when at least ${failuresInMinute} failures were logged and they are at least 10 % of what was asked: 5xx answers of an endpoint (kind origin-5xx: subject is the channel, part the endpoint), or errors at the ad decision server of a playback configuration (kind ad-errors: part is the kind of error). Bad minutes at most ${gapMinutes} minutes apart belong together, and with at least ${failuresOfIncident} failures they are an incident. There is one row per incident and change that was not refused, the nearest first, and one row without a change where there was none. A change before is not yet the cause. Numbers of ad errors are estimated from the sampled sessions; their interval adds up those of the minutes, which is wider than 95 %, because a session that fails in one minute fails in the next. At most 200 rows.`,
    tables: ["mediapackage_egress", "mediatailor_ads", "cloudtrail_events"],
    sql: `with incidents as (
  ${incidents}
)
select incidents.*, round(date_diff('millisecond', changes.event_time, started) / 6e4, 1) as minutes_after_change,
  changes.event_time as change_time, changes.event_source as change_service, changes.event_name as change,
  changes.user_name as changed_by
from incidents
left join (
  ${distinctRows(
    "cloudtrail_events",
    ["event_time", "event_source", "event_name", "user_name"],
    "changes_state and error_code is null",
    inRangeOrHourBefore,
  )}
) as changes
  on changes.event_time >= incidents.started - interval '1' hour
  and changes.event_time < incidents.started + interval '1' minute
order by observed desc, started, kind, subject, part, change_time desc
limit 200`,
  },
];
