/** How fast MediaPackage answers. */
import { distinctRows } from "./rows.ts";
import type { SavedQuery } from "./types.ts";

const perBucket = "date_trunc({{bucket}}, event_time)";
const milliseconds = (share: string) => `round(1e3 * approx_percentile(time_to_first_byte, ${share}), 1)`;

export const performanceQueries: readonly SavedQuery[] = [
  {
    id: "performance",
    question: "How long until the first byte?",
    doc: "Percentiles of the time to first byte in milliseconds, by kind of request. Left out: requests whose time was not measured, low-latency reloads, which wait on purpose, and failed requests, which are fast for the wrong reason. Percentiles are approximate in Athena.",
    tables: ["mediapackage_egress"],
    sql: `select ${perBucket} as time, request_type, count(*) as requests,
  ${milliseconds("0.5")} as p50_ms,
  ${milliseconds("0.9")} as p90_ms,
  ${milliseconds("0.95")} as p95_ms,
  ${milliseconds("0.99")} as p99_ms
from (
  ${distinctRows(
    "mediapackage_egress",
    ["event_time", "request_type", "time_to_first_byte"],
    "is_ttfb_valid and not coalesce(is_blocking_reload, false) and status_class in ('2xx', '3xx')",
  )}
) as egress
group by ${perBucket}, request_type
order by time, requests desc, request_type`,
    chart: {
      mark: "line",
      x: { column: "time", label: "Time (UTC)", kind: "time" },
      y: { column: "p95_ms", label: "Time to first byte, 95th percentile", kind: "quantity", unit: "ms" },
      series: { column: "request_type", label: "Kind of request", kind: "category" },
    },
  },
];
