import { isUtf8 } from "node:buffer";
import type { Row } from "../columns/row.ts";
import type { Leftover } from "./reader.ts";

const encoder = new TextEncoder();
const OPEN = 0x7b;
const CLOSE = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;

/**
 * Writes the members that found no column into the `extra` column, as a JSON object of their own text. A value that is no
 * UTF-8 stands there as `{"$base64":"…"}`, so that nothing is lost and the text stays JSON.
 */
export function setExtra(row: Row, column: number, leftovers: readonly Leftover[]): void {
  const start = row.arenaLength;
  put(row, OPEN);
  for (const [index, { keyStart, keyEnd, start: from, end }] of leftovers.entries()) {
    if (index > 0) put(row, COMMA);
    copy(row, readableKey(row.bytes.subarray(keyStart, keyEnd)));
    put(row, COLON);
    copy(row, readable(row.bytes.subarray(from, end)));
  }
  put(row, CLOSE);
  row.setSpan(column, start, row.arenaLength, true);
}

function put(row: Row, byte: number): void {
  const at = row.reserve(1);
  row.arena[at] = byte;
  row.arenaLength = at + 1;
}

function copy(row: Row, bytes: Uint8Array): void {
  const at = row.reserve(bytes.length);
  row.arena.set(bytes, at);
  row.arenaLength = at + bytes.length;
}

/** A key has to stay a string: bytes that are no UTF-8 are read as Latin-1. */
function readableKey(json: Uint8Array): Uint8Array {
  return isUtf8(json) ? json : encoder.encode(JSON.stringify(Buffer.from(json.subarray(1, -1)).toString("latin1")));
}

/** JSON text that is surely UTF-8. */
function readable(json: Uint8Array): Uint8Array {
  if (isUtf8(json)) return json;
  return encoder.encode(JSON.stringify({ $base64: Buffer.from(json).toString("base64") }));
}
