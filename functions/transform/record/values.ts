import { isUtf8 } from "node:buffer";
import type { Column } from "../columns/layout.ts";
import { BIG, type Row, VALUE } from "../columns/row.ts";
import { LONE_SURROGATE, resolveEscapes } from "../json/escapes.ts";
import { ascii, parseBigint, parseDouble } from "../json/numbers.ts";
import type { JsonScanner } from "../json/scanner.ts";
import { parseTimeUs } from "../json/time.ts";

const QUOTE = 0x22;

/**
 * Puts one JSON value, `row.bytes[start, end)`, into a column. The scanner has walked over it, so it is well formed, and
 * `scanner.escapes` and `scanner.nonAscii` tell of it.
 *
 * @returns false when the value does not fit the column, which stays as it was
 */
export function setValue(row: Row, column: Column, start: number, end: number, scanner: JsonScanner): boolean {
  const first = row.bytes[start];
  switch (column.kind) {
    case "dictionary":
    case "text":
      return column.field.type === "json"
        ? setJson(row, column, start, end, scanner)
        : setString(row, column, start, end, scanner);
    case "boolean":
      return setBoolean(row, column, start, end);
    default:
      if (first === QUOTE)
        return isNullText(row, column, start + 1, end - 1) || setNumber(row, column, start + 1, end - 1);
      return isScalar(first) && setNumber(row, column, start, end);
  }
}

function isScalar(first: number | undefined): boolean {
  return first !== 0x7b && first !== 0x5b && first !== QUOTE;
}

/** A number column from the text of a number, which may have stood in quotes. */
export function setNumber(row: Row, column: Column, start: number, end: number): boolean {
  const { bytes } = row;
  const { index } = column;
  if (column.kind === "timestamp") {
    const us = parseTimeUs(bytes, start, end);
    if (Number.isNaN(us) || Math.abs(us) > 8.64e21) return false;
    row.setNumber(index, Math.floor(us / 1000));
    return true;
  }
  const value = parseDouble(bytes, start, end);
  if (!Number.isFinite(value)) return false;
  if (column.kind === "double") {
    row.setNumber(index, value);
    return true;
  }
  if (column.kind === "int") {
    if (!Number.isInteger(value) || value < -2_147_483_648 || value > 2_147_483_647) return false;
    row.setNumber(index, value);
    return true;
  }
  if (Number.isSafeInteger(value)) {
    row.setNumber(index, value);
    return true;
  }
  const big = parseBigint(bytes, start, end);
  if (big === undefined) return false;
  row.states[index] = BIG;
  row.bigs[index] = big;
  return true;
}

function setBoolean(row: Row, column: Column, start: number, end: number): boolean {
  const text = end - start <= 7 ? ascii(row.bytes, start, end) : "";
  if (text === "true" || text === '"true"') row.setNumber(column.index, 1);
  else if (text === "false" || text === '"false"') row.setNumber(column.index, 0);
  else return false;
  return true;
}

function setString(row: Row, column: Column, start: number, end: number, scanner: JsonScanner): boolean {
  const first = row.bytes[start];
  if (first !== QUOTE) {
    // A number or truth value in a text column: its own text says it best.
    return isScalar(first) && setText(row, column, start, end, false);
  }
  if (!scanner.escapes) {
    if (scanner.nonAscii && !isUtf8(row.bytes.subarray(start + 1, end - 1))) return false;
    return setText(row, column, start + 1, end - 1, false);
  }
  return (
    decodeString(row, start + 1, end - 1, scanner.nonAscii) && setText(row, column, row.arenaLength, decodedEnd, true)
  );
}

let decodedEnd = 0;

/** Resolves the escapes of a string to the arena, from `row.arenaLength` to {@link decodedEnd}; false when it is no UTF-8. */
function decodeString(row: Row, start: number, end: number, nonAscii: boolean): boolean {
  const to = row.reserve(end - start);
  const behind = resolveEscapes(row.bytes, start, end, row.arena, to);
  if (behind === LONE_SURROGATE) return false;
  if (nonAscii && !isUtf8(row.arena.subarray(to, behind))) return false;
  decodedEnd = behind;
  return true;
}

/** Whether a text means "no value" for the column. */
export function isNullText(row: Row, column: Column, start: number, end: number): boolean {
  const { field } = column;
  if (!("nullTexts" in field) || !field.nullTexts || end - start > 1) return false;
  return field.nullTexts.includes(ascii(row.bytes, start, end));
}

/** A text or dictionary column from a span of the record or of the arena. */
export function setText(row: Row, column: Column, start: number, end: number, inArena: boolean): true {
  const { index } = column;
  const interner = row.interners[index];
  if (interner) {
    row.states[index] = VALUE;
    row.ids[index] = interner.intern(inArena ? row.arena : row.bytes, start, end);
  } else if (inArena || !isNullText(row, column, start, end)) {
    row.setSpan(index, start, end, inArena);
    if (inArena) row.arenaLength = end;
  }
  return true;
}

function setJson(row: Row, column: Column, start: number, end: number, scanner: JsonScanner): boolean {
  if (scanner.nonAscii && !isUtf8(row.bytes.subarray(start, end))) return false;
  const inner = row.bytes[start + 1];
  // Some deliveries give nested objects as escaped text (reference 12, question 13): keep the object, not the wrapping.
  if (
    row.bytes[start] === QUOTE &&
    (inner === 0x7b || inner === 0x5b) &&
    decodeString(row, start + 1, end - 1, scanner.nonAscii)
  ) {
    if (isJson(row, row.arenaLength, decodedEnd)) return setText(row, column, row.arenaLength, decodedEnd, true);
  }
  return setText(row, column, start, end, false);
}

function isJson(row: Row, start: number, end: number): boolean {
  try {
    JSON.parse(new TextDecoder().decode(row.arena.subarray(start, end)));
    return true;
  } catch {
    return false;
  }
}
