/** Values of a result in the terms of JSON. */
import {
  DuckDBArrayValue,
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";

/** A value as JSON can say it; a whole number beyond 2^53 is text, for a JSON number would silently change it. */
export type Cell = null | boolean | number | string | readonly Cell[] | { readonly [name: string]: Cell };

/** Renders a value: instants as ISO 8601 UTC, decimals and whole numbers exactly, not-a-number and infinities as text. */
export function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") {
    const short = Number(value);
    return Number.isSafeInteger(short) ? short : String(value);
  }
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return instantOf(value);
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(cellOf);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, cellOf(entry)]));
  }
  if (value instanceof DuckDBMapValue) {
    return Object.fromEntries(value.entries.map(({ key, value: entry }) => [String(cellOf(key)), cellOf(entry)]));
  }
  return value.toString();
}

function instantOf(value: DuckDBTimestampValue | DuckDBTimestampTZValue): string {
  const instant = new Date(Number(value.micros / 1000n));
  // Years that JavaScript's dates do not reach, and infinity, keep DuckDB's own text.
  if (Number.isNaN(instant.getTime())) return value.toString();
  const micros = ((value.micros % 1000n) + 1000n) % 1000n;
  const text = new Date(Number((value.micros - micros) / 1000n)).toISOString();
  return micros === 0n ? text : `${text.slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
}
