/** The same work as SQL: the same columns by the same rules (tolerant casts, absent texts, quotes, unknown keys kept). */
import type { RecordField } from "../catalog/types.ts";
import { keyOf, rawColumns, recordKeys } from "./columns.ts";

/**
 * How values come out of a record. `path`: one JSON path per column, as such queries are usually written.
 * `struct`: all at once into a struct of texts, the fastest form that we found.
 */
export type Extraction = "path" | "struct";

export function convertSql(input: string, output: string, extraction: Extraction): string {
  const value = (key: string): string => (extraction === "path" ? `(j->>'${key}')` : `r."${key}"`);
  const struct = JSON.stringify(Object.fromEntries(recordKeys.map((key) => [key, "VARCHAR"])));
  const record = extraction === "path" ? "ev.message::JSON AS j" : `from_json(ev.message, '${struct}') AS r`;
  const known = JSON.stringify(Object.fromEntries(recordKeys.map((key) => [key, null])));
  const columns = rawColumns.map((field) => `${expression(field, value, known, input)} AS ${field.name}`);
  const envelope = `{messageType: 'VARCHAR', logEvents: 'STRUCT(id VARCHAR, "timestamp" BIGINT, message VARCHAR)[]'}`;
  return `COPY (
    WITH events AS (
      SELECT unnest(logEvents) AS ev
      FROM read_json('${input}', columns = ${envelope}, format = 'unstructured', compression = 'gzip', maximum_object_size = 33554432)
      WHERE messageType = 'DATA_MESSAGE'
    ), records AS (SELECT ev.id AS id, ev.message AS message, ${record} FROM events)
    SELECT ${columns.join(",\n      ")} FROM records
  ) TO '${output}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 131072)`;
}

function expression(field: RecordField, value: (key: string) => string, known: string, input: string): string {
  const time = `TRY_CAST(${value("timestamp")} AS TIMESTAMP)`;
  switch (field.from[0]) {
    case "@time":
      return field.type === "timestamp" ? `date_trunc('millisecond', ${time})::TIMESTAMP_MS` : `epoch_us(${time})`;
    case "@source":
      return "'mediapackage-v1-egress'";
    case "@id":
      return `coalesce(${withoutAbsent(value("requestId"), ["", "-"])}, id)`;
    case "@landingKey":
      return `'${input}'`;
    case "@weight":
      return "1.0::DOUBLE";
    case "@extra":
      return `nullif(json_merge_patch(message, '${known}')::VARCHAR, '{}')`;
  }
  if (field.name === "request_uri") return `split_part(${value("request")}, '?', 1)`;
  if (field.name === "request_query") {
    return `nullif(substr(${value("request")}, nullif(strpos(${value("request")}, '?'), 0) + 1), '')`;
  }
  const key = keyOf(field);
  if (!key) return `NULL::${sqlType(field)}`;
  if (field.type !== "string") return `TRY_CAST(${value(key)} AS ${sqlType(field)})`;
  const bare = field.strip === "quotes" ? withoutQuotes(value(key)) : value(key);
  return withoutAbsent(bare, field.nullTexts ?? []);
}

function sqlType({ type }: RecordField): string {
  return {
    string: "VARCHAR",
    json: "VARCHAR",
    int: "INTEGER",
    bigint: "BIGINT",
    double: "DOUBLE",
    boolean: "BOOLEAN",
    timestamp: "TIMESTAMP_MS",
  }[type];
}

function withoutAbsent(text: string, absent: readonly string[]): string {
  if (absent.length === 0) return text;
  return `CASE WHEN ${text} IN (${absent.map((one) => `'${one}'`).join(", ")}) THEN NULL ELSE ${text} END`;
}

function withoutQuotes(text: string): string {
  return `CASE WHEN ${text} LIKE '"%"' THEN ${text}[2:-2] ELSE ${text} END`;
}
