/** Who asks MediaPackage for what: volume, status codes, geography, devices and browsers, CDNs. */
import { distinctRows } from "./rows.ts";
import type { SavedQuery } from "./types.ts";

const perBucket = "date_trunc({{bucket}}, event_time)";

export const requestQueries: readonly SavedQuery[] = [
  {
    id: "request-volume",
    question: "How many requests does MediaPackage serve over time, and how much data?",
    doc: "Requests of players and CDNs per minute (ranges up to 6 hours), hour (up to 31 days) or day, by kind of request. Bytes are what left the origin: behind a CDN that is not what viewers received.",
    tables: ["mediapackage_egress"],
    sql: `select ${perBucket} as time, request_type, count(*) as requests, sum(sent_bytes) as sent_bytes
from (
  ${distinctRows("mediapackage_egress", ["event_time", "request_type", "sent_bytes"])}
) as egress
group by ${perBucket}, request_type
order by time, requests desc, request_type`,
    chart: {
      mark: "area",
      x: { column: "time", label: "Time (UTC)", kind: "time" },
      y: { column: "requests", label: "Requests", kind: "quantity" },
      series: { column: "request_type", label: "Kind of request", kind: "category" },
    },
  },
  {
    id: "status-codes",
    question: "Which status codes does MediaPackage answer with?",
    doc: "Requests per status code, and their share in percent. Status 460 is a client that went away, not an error of the server.",
    tables: ["mediapackage_egress"],
    sql: `select status_code, status_class, count(*) as requests,
  round(1e2 * count(*) / sum(count(*)) over (), 3) as percent
from (
  ${distinctRows("mediapackage_egress", ["status_code", "status_class"])}
) as egress
group by status_code, status_class
order by requests desc, status_code`,
    chart: {
      mark: "bar",
      x: { column: "status_code", label: "Status code", kind: "category" },
      y: { column: "requests", label: "Requests", kind: "quantity" },
      series: { column: "status_class", label: "Class", kind: "category" },
    },
  },
  {
    id: "geography",
    question: "From which countries do requests come?",
    doc: "Requests, data and server errors per country of the client address (ISO 3166-1 alpha-2; NULL where it is unknown or private). Behind a CDN the address is that of its edge.",
    tables: ["mediapackage_egress"],
    sql: `select country, count(*) as requests, sum(sent_bytes) as sent_bytes,
  round(1e2 * count_if(status_class = '5xx') / count(*), 3) as percent_5xx
from (
  ${distinctRows("mediapackage_egress", ["country", "sent_bytes", "status_class"])}
) as egress
group by country
order by requests desc, country`,
    chart: {
      mark: "map",
      x: { column: "country", label: "Country", kind: "country" },
      y: { column: "requests", label: "Requests", kind: "quantity" },
    },
  },
  {
    id: "devices-and-browsers",
    question: "Which devices, systems and browsers or players are used?",
    doc: "Requests per device, operating system and browser, read from the user agent, without those that a CDN or a tool made in its own name. At most 100 rows, the most frequent first.",
    tables: ["mediapackage_egress"],
    sql: `select device, os, browser, count(*) as requests,
  round(1e2 * count(*) / sum(count(*)) over (), 3) as percent
from (
  ${distinctRows("mediapackage_egress", ["device", "os", "browser"])}
) as egress
where device is not null or os is not null or browser is not null
group by device, os, browser
order by requests desc, device, os, browser
limit 100`,
    chart: {
      mark: "bar",
      x: { column: "device", label: "Device", kind: "category" },
      y: { column: "requests", label: "Requests", kind: "quantity" },
      series: { column: "browser", label: "Browser or player", kind: "category" },
    },
  },
  {
    id: "cdn-share",
    question: "How are requests spread over CDNs?",
    doc: "Requests, data and errors per CDN, tool or player, guessed from the user agent: most CDNs pass the viewer's on, so that only CloudFront's is certain.",
    tables: ["mediapackage_egress"],
    sql: `select cdn, count(*) as requests,
  round(1e2 * count(*) / sum(count(*)) over (), 3) as percent,
  sum(sent_bytes) as sent_bytes,
  round(1e2 * count_if(status_class = '5xx') / count(*), 3) as percent_5xx
from (
  ${distinctRows("mediapackage_egress", ["cdn", "sent_bytes", "status_class"])}
) as egress
group by cdn
order by requests desc, cdn`,
    chart: {
      mark: "bar",
      x: { column: "cdn", label: "CDN", kind: "category" },
      y: { column: "requests", label: "Requests", kind: "quantity" },
    },
  },
];
