/** How far the lake itself can be trusted: rejects, drift of the log formats, duplicates, lag. */
import { catalog } from "../catalog/index.ts";
import { inRange } from "./rows.ts";
import type { SavedQuery } from "./types.ts";

const dataTables = catalog.tables.map((table) => table.id);

/** The same select over each table. */
function overTables(tables: readonly string[], select: (table: string) => string): string {
  return tables.map(select).join("\nunion all\n");
}

export const qualityQueries: readonly SavedQuery[] = [
  {
    id: "rejects-by-reason",
    question: "Which records could not become rows, and why?",
    doc: "Rejected records per source and reason, with one example's detail and landing object. The whole text of each is in the column raw of the table rejects.",
    tables: ["rejects"],
    sql: `select source, reason, count(*) as records, sum(raw_bytes) as raw_bytes,
  min(detail) as example_detail, min(landing_key) as example_landing_key, max(event_time) as last_time
from rejects
where ${inRange}
group by source, reason
order by records desc, source, reason`,
    chart: {
      mark: "bar",
      x: { column: "reason", label: "Reason", kind: "category" },
      y: { column: "records", label: "Records", kind: "quantity" },
      series: { column: "source", label: "Source", kind: "category" },
    },
  },
  {
    id: "drift",
    question: "Which fields do records have that the catalog does not know?",
    doc: "Keys of the column extra: fields that are new in the service's logs, and values that did not fit their column. Nothing of them is lost, but they have no column of their own yet.",
    tables: dataTables,
    sql: `select table_name, source, field, count(*) as records, max(event_time) as last_time
from (
${overTables(
  dataTables,
  (table) => `  select '${table}' as table_name, source, extra, event_time
  from ${table}
  where ${inRange}
    and extra is not null`,
)}
) as strange
cross join unnest(map_keys(cast(json_parse(extra) as map(varchar, json)))) as fields (field)
group by table_name, source, field
order by records desc, table_name, source, field`,
  },
  {
    id: "duplicates",
    question: "How often was an event delivered twice?",
    doc: "Rows and distinct events per table and source. Delivery is at least once; the other saved queries count each event once, so this shows what that costs and what a plain count(*) would be wrong by.",
    tables: dataTables,
    sql: `${overTables(
      dataTables,
      (table) => `select '${table}' as table_name, source, count(*) as row_count,
  count(distinct event_id) as events, count(*) - count(distinct event_id) as duplicates
from ${table}
where ${inRange}
group by source`,
    )}
order by duplicates desc, table_name, source`,
  },
  {
    id: "lag",
    question: "How old is the newest event of each source?",
    doc: "Newest event per table and source, and the minutes from it to the end of the range. A source that fell silent stands first; one that was silent for the whole range has no row.",
    tables: dataTables,
    sql: `select table_name, source, max(event_time) as newest,
  round(date_diff('millisecond', max(event_time), {{to}}) / 6e4, 1) as minutes_behind,
  count(*) as row_count
from (
${overTables(
  dataTables,
  (table) => `  select '${table}' as table_name, source, event_time
  from ${table}
  where ${inRange}`,
)}
) as everything
group by table_name, source
order by minutes_behind desc, table_name, source`,
  },
];
