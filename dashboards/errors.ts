/** What fails at MediaPackage: the error rate, and the endpoints behind it. */
import { distinctRows } from "./rows.ts";
import type { SavedQuery } from "./types.ts";

const perBucket = "date_trunc({{bucket}}, event_time)";

export const errorQueries: readonly SavedQuery[] = [
  {
    id: "error-rate",
    question: "What share of requests fails, and whose fault is it?",
    doc: "Percent of requests answered with 5xx (the server's) and 4xx (the client's, or content that is not there yet). Status 460, a client that closed the connection, counts as neither and has its own column.",
    tables: ["mediapackage_egress"],
    sql: `select ${perBucket} as time, count(*) as requests,
  count_if(status_class = '5xx') as errors_5xx,
  round(1e2 * count_if(status_class = '5xx') / count(*), 3) as percent_5xx,
  round(1e2 * count_if(status_class = '4xx' and status_code <> 460) / count(*), 3) as percent_4xx,
  round(1e2 * count_if(status_code = 460) / count(*), 3) as percent_client_abort
from (
  ${distinctRows("mediapackage_egress", ["event_time", "status_class", "status_code"])}
) as egress
group by ${perBucket}
order by time`,
    chart: {
      mark: "line",
      x: { column: "time", label: "Time (UTC)", kind: "time" },
      y: { column: "percent_5xx", label: "Requests answered 5xx", kind: "quantity", unit: "%" },
    },
  },
  {
    id: "failing-endpoints",
    question: "Which endpoints fail, and in which minutes?",
    doc: "The minutes with most 5xx answers, per channel and endpoint: how many, what share of the endpoint's requests in that minute, and which status was the most frequent. At most 100 rows.",
    tables: ["mediapackage_egress"],
    sql: `select date_trunc('minute', event_time) as minute, channel_id, endpoint_id,
  count_if(status_class = '5xx') as errors_5xx,
  count(*) as requests,
  round(1e2 * count_if(status_class = '5xx') / count(*), 3) as percent_5xx,
  approx_percentile(case when status_class = '5xx' then status_code end, 0.5) as median_5xx_status
from (
  ${distinctRows("mediapackage_egress", ["event_time", "channel_id", "endpoint_id", "status_class", "status_code"])}
) as egress
group by date_trunc('minute', event_time), channel_id, endpoint_id
having count_if(status_class = '5xx') > 0
order by errors_5xx desc, minute, channel_id, endpoint_id
limit 100`,
    chart: {
      mark: "cell",
      x: { column: "minute", label: "Minute (UTC)", kind: "time" },
      y: { column: "endpoint_id", label: "Endpoint", kind: "category" },
      series: { column: "errors_5xx", label: "5xx answers", kind: "quantity" },
    },
  },
];
