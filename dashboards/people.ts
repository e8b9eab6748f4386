/** Who did what: changes to the streams (CloudTrail) and use of the database (Aurora's audit log). */
import { distinctRows } from "./rows.ts";
import type { SavedQuery } from "./types.ts";

export const peopleQueries: readonly SavedQuery[] = [
  {
    id: "changes",
    question: "Who changed what?",
    doc: "Calls to MediaPackage and MediaTailor that change something, the latest first, refused ones too (error_code). Give a range around the time in question. At most 500 rows.",
    tables: ["cloudtrail_events"],
    sql: `select event_time, event_source, event_name, user_name, user_arn, source_ip_address, error_code, request_parameters
from (
  ${distinctRows(
    "cloudtrail_events",
    [
      "event_time",
      "event_source",
      "event_name",
      "user_name",
      "user_arn",
      "source_ip_address",
      "error_code",
      "request_parameters",
    ],
    "changes_state",
  )}
) as calls
order by event_time desc, event_source, event_name
limit 500`,
  },
  {
    id: "audit-failed-connects",
    question: "Who failed to connect to the database?",
    doc: "Connection attempts that the database refused, per user and client: how many, when, and with which return codes (1045: wrong password or no such user).",
    tables: ["aurora_audit"],
    sql: `select cluster, user_name, client_host, count(*) as failed_connects,
  min(event_time) as first_time, max(event_time) as last_time,
  min(return_code) as lowest_code, max(return_code) as highest_code
from (
  ${distinctRows(
    "aurora_audit",
    ["cluster", "user_name", "client_host", "event_time", "return_code"],
    "(operation = 'FAILED_CONNECT' or (operation = 'CONNECT' and return_code <> 0))",
  )}
) as connects
group by cluster, user_name, client_host
order by failed_connects desc, cluster, user_name, client_host`,
    chart: {
      mark: "bar",
      x: { column: "user_name", label: "Database user", kind: "category" },
      y: { column: "failed_connects", label: "Failed connections", kind: "quantity" },
    },
  },
  {
    id: "audit-statements",
    question: "Which statements does each database user run?",
    doc: "Statements per database user, and how many of them failed; the tables a statement touched have rows of their own, which are not counted. Which kinds are logged at all is a setting of the cluster (server_audit_events).",
    tables: ["aurora_audit"],
    sql: `select cluster, user_name, database_name, count(*) as statements,
  count_if(return_code <> 0) as failed, min(event_time) as first_time, max(event_time) as last_time
from (
  ${distinctRows(
    "aurora_audit",
    ["cluster", "user_name", "database_name", "event_time", "return_code"],
    "operation = 'QUERY'",
  )}
) as statements
group by cluster, user_name, database_name
order by statements desc, cluster, user_name, database_name`,
    chart: {
      mark: "bar",
      x: { column: "user_name", label: "Database user", kind: "category" },
      y: { column: "statements", label: "Statements", kind: "quantity" },
    },
  },
];
