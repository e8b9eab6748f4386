/** Numbers and values as people read them. */
import type { Cell } from "../query/values.ts";

const numbers = new Intl.NumberFormat("en");
const threeDigits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

export function formatCount(count: number): string {
  return numbers.format(count);
}

/** A number with its noun, in the plural where it is not one. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Bytes in the largest decimal unit that leaves a number of at least 1. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${threeDigits.format(bytes / 1000 ** power)} ${units[power]}`;
}

/** A value of a result in one line: nothing for NULL, instants without their zone (UTC) and without zeros at their end. */
export function formatCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "string")
    return cell.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00(?:\.000)?|(:\d\d)\.000)?Z$/, "$1 $2$3");
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

/** Whether values of a column of DuckDB stand to the right. */
export function isNumeric(type: string): boolean {
  return /INT|DOUBLE|FLOAT|DECIMAL/.test(type) && !type.endsWith("[]");
}
