/** Results as text: a table to read, CSV and JSON to go on with. */
import type { QueryResult, Row } from "../local/query/lake.ts";
import type { LakeColumn } from "../local/query/views.ts";
import { formatCell, isNumeric } from "../local/twin/format.ts";
import { printable } from "./terminal.ts";

/** A table with aligned columns; values longer than `widest` are cut, numbers stand to the right. */
export function tableText({ columns, rows }: QueryResult, widest = Number.POSITIVE_INFINITY): string {
  const cells = rows.map((row) => row.map((cell) => cut(printable(formatCell(cell)), widest)));
  const widths = columns.map(({ name }, index) =>
    Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const line = (texts: readonly string[]) =>
    `${texts
      .map((text, index) => pad(text, widths[index] ?? 0, isNumeric(columns[index]?.type ?? "")))
      .join("  ")
      .trimEnd()}\n`;
  const head = line(columns.map((column) => column.name));
  return [head, line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("");
}

function cut(text: string, widest: number): string {
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}

/** One line of CSV (RFC 4180); NULL is empty, an empty text is `""`. */
export function csvLine(row: Row): string {
  return `${row.map(csvCell).join(",")}\n`;
}

function csvCell(cell: Row[number]): string {
  if (cell === null) return "";
  const text = typeof cell === "object" ? JSON.stringify(cell) : String(cell);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A row as a JSON object. */
export function jsonRow(columns: readonly LakeColumn[], row: Row): string {
  return JSON.stringify(Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}
