import { NULL, type Row } from "../columns/row.ts";
import type { JsonScanner } from "../json/scanner.ts";
import { JsonScanner as Scanner } from "../json/scanner.ts";
import { type KeyNode, NONE } from "./keys.ts";
import { setValue } from "./values.ts";

const encoder = new TextEncoder();

/**
 * Fills the columns inside a nested object that came as escaped text (reference 12, question 13). Rare, so the object is
 * simply parsed; each value goes through the same conversion as on the fast way.
 */
export function fillFromText(row: Row, node: KeyNode, text: string | undefined): void {
  if (text === undefined || !text.startsWith("{")) return;
  const value: unknown = JSON.parse(text);
  fill(row, node, value, new Scanner());
}

function fill(row: Row, node: KeyNode, value: unknown, scanner: JsonScanner): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const key = node.define(name);
    if (key.members) fill(row, key.members, member, scanner);
    const column = row.layout.columns[key.column];
    if (key.column === NONE || !column || member === null) continue;
    if (row.states[key.column] !== NULL && key.rank >= (row.ranks[key.column] ?? 0)) continue;
    const bytes = encoder.encode(JSON.stringify(member));
    const outer = row.bytes;
    // The conversion reads spans of row.bytes; texts that stay spans are copied to the arena behind it.
    row.bytes = bytes;
    scanner.escapes = true;
    scanner.nonAscii = true;
    if (
      setValue(row, column, 0, bytes.length, scanner) &&
      row.inArena[key.column] === 0 &&
      !row.interners[key.column]
    ) {
      const copied = row.text(key.column);
      if (copied !== undefined && column.kind === "text") row.setText(key.column, copied);
    }
    row.bytes = outer;
    row.ranks[key.column] = key.rank;
  }
}
