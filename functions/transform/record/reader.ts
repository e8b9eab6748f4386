import type { Column } from "../columns/layout.ts";
import { NULL, type Row, VALUE } from "../columns/row.ts";
import { resolveEscapes } from "../json/escapes.ts";
import { INCOMPLETE, type JsonScanner } from "../json/scanner.ts";
import { parseTimeUs } from "../json/time.ts";
import { type Key, type KeyNode, NONE, standsAt } from "./keys.ts";
import { fillFromText } from "./nested.ts";
import { setValue } from "./values.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const CLOSE = 0x7d;
const OPEN = 0x7b;
/** Of `null`, the only value that begins with it. */
const LETTER_N = 0x6e;

/** A member that has no column, or whose value did not fit: spans of the record, quotes of the key included. */
export interface Leftover {
  readonly key: Key;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly start: number;
  readonly end: number;
  /** The catalog knows the key, but the value did not fit or came twice. */
  readonly misfit: boolean;
}

/** How the event time of a record was found. */
export type TimeState = "missing" | "bad" | "good";

/**
 * Reads a JSON object into a {@link Row}, straight from its bytes: no object is made per record, and keys come in any order.
 */
export class RecordReader {
  readonly row: Row;
  readonly leftovers: Leftover[] = [];
  timeState: TimeState = "missing";
  /** Microseconds since 1970-01-01 UTC, where {@link timeState} is `good`. */
  timeUs = 0;
  /** Column of the last key that gives the de-duplication key, or {@link NONE}. */
  idColumn = NONE;
  idStart = 0;
  idEnd = 0;
  /** A whole URL that has to be split. */
  url: Leftover | undefined;
  readonly keys: KeyNode;
  /** A key of a better rank has taken the column of an earlier one. */
  private displaced = false;
  private readonly scanner: JsonScanner;
  private readonly columns: readonly Column[];

  constructor(keys: KeyNode, row: Row, scanner: JsonScanner) {
    this.keys = keys;
    this.row = row;
    this.scanner = scanner;
    this.columns = row.layout.columns;
  }

  /** `p` stands on the opening brace. @returns offset behind the object, or a code of the scanner */
  read(p: number): number {
    this.begin(this.scanner.bytes);
    const behind = this.object(this.keys, p, true);
    if (this.displaced && behind >= 0) this.keepDisplaced(p);
    return behind;
  }

  /** Makes ready for a record whose columns are set from outside. */
  begin(bytes: Uint8Array): void {
    this.row.clear(bytes);
    if (this.leftovers.length > 0) this.leftovers.length = 0;
    this.timeState = "missing";
    this.idColumn = NONE;
    this.idStart = 0;
    this.idEnd = 0;
    this.url = undefined;
    this.displaced = false;
  }

  /** Walks over the object once more, for members whose column a key of a better rank has taken: they are left over. */
  private keepDisplaced(p: number): void {
    const { scanner, row, leftovers } = this;
    const kept = new Set(leftovers.map(({ keyStart }) => keyStart));
    for (let at = scanner.space(p + 1); scanner.bytes[at] === QUOTE; ) {
      const keyStart = at;
      scanner.escapes = false;
      const keyEnd = scanner.string(keyStart);
      const key = this.find(this.keys, keyStart + 1, keyEnd - 1, scanner.escapes);
      const start = scanner.space(scanner.colon(keyEnd));
      const end = scanner.value(start);
      const lost = key.column !== NONE && key.rank > (row.ranks[key.column] ?? 0) && row.states[key.column] !== NULL;
      if (lost && !kept.has(keyStart) && scanner.bytes[start] !== LETTER_N) {
        leftovers.push({ key, keyStart, keyEnd, start, end, misfit: true });
      }
      const comma = scanner.space(end);
      at = scanner.bytes[comma] === COMMA ? scanner.space(comma + 1) : comma;
    }
    leftovers.sort((a, b) => a.keyStart - b.keyStart);
  }

  /** @returns whether `bytes[start, end)` is a time */
  setTime(bytes: Uint8Array, start: number, end: number): boolean {
    this.timeUs = parseTimeUs(bytes, start, end);
    this.timeState = Number.isNaN(this.timeUs) ? "bad" : "good";
    return this.timeState === "good";
  }

  private object(node: KeyNode, p: number, top: boolean): number {
    const { scanner } = this;
    const { bytes, end } = scanner;
    let at = scanner.space(p + 1);
    if (at >= end) return INCOMPLETE;
    if (bytes[at] === CLOSE) return at + 1;
    for (let i = 0; ; i++) {
      if (at >= end) return INCOMPLETE;
      if (bytes[at] !== QUOTE) return scanner.invalid(at);
      const keyStart = at;
      let key = node.expected[i];
      let keyEnd: number;
      if (key !== undefined && standsAt(key, bytes, at + 1)) {
        keyEnd = at + key.bytes.length + 2;
      } else {
        scanner.escapes = false;
        keyEnd = scanner.string(at);
        if (keyEnd < 0) return keyEnd;
        key = this.find(node, at + 1, keyEnd - 1, scanner.escapes);
        // Objects with thousands of keys are not predicted; real ones have a few dozen.
        if (i < 128) node.expected[i] = key;
      }
      at = bytes[keyEnd] === COLON ? keyEnd + 1 : scanner.colon(keyEnd);
      if (at < 0) return at;
      if ((bytes[at] ?? 0) <= 0x20) at = scanner.space(at);
      at = this.member(key, keyStart, keyEnd, at, top);
      if (at < 0) return at;
      if ((bytes[at] ?? 0) <= 0x20) at = scanner.space(at);
      const c = bytes[at];
      if (at >= end) return INCOMPLETE;
      if (c === CLOSE) return at + 1;
      if (c !== COMMA) return scanner.invalid(at);
      at++;
      if ((bytes[at] ?? 0) <= 0x20) at = scanner.space(at);
    }
  }

  private find(node: KeyNode, start: number, end: number, escapes: boolean): Key {
    const { bytes } = this.scanner;
    if (!escapes) return node.find(bytes, start, end);
    const resolved = new Uint8Array(end - start);
    const behind = resolveEscapes(bytes, start, end, resolved, 0);
    return behind < 0 ? node.find(bytes, start, end) : node.find(resolved, 0, behind);
  }

  /** The value of a key, beginning at `start`. @returns offset behind it, or a code */
  private member(key: Key, keyStart: number, keyEnd: number, start: number, top: boolean): number {
    const { scanner, row } = this;
    const { column } = key;
    const first = scanner.bytes[start];
    if (column >= 0 && first === QUOTE && row.states[column] === NULL && !key.isTime && !key.isId) {
      // The text that this column had in the row before, as most do: nothing to look at.
      const interner = row.interners[column];
      if (interner !== undefined) {
        const quote = interner.matchLast(scanner.view, start + 1, scanner.end, QUOTE);
        if (quote >= 0) {
          row.states[column] = VALUE;
          row.ids[column] = interner.last;
          row.ranks[column] = key.rank;
          return quote + 1;
        }
      }
    }
    scanner.escapes = false;
    scanner.nonAscii = false;
    const end = key.members && first === OPEN ? this.object(key.members, start, false) : scanner.value(start);
    if (end < 0) return end;
    if (key.members && first === OPEN) {
      // The walk over the members reset what it had seen; the whole text has to be looked at again.
      scanner.nonAscii = true;
      scanner.escapes = true;
    }
    if (first === LETTER_N) {
      // A known key without a value is a NULL; an unknown key is kept, whatever it says.
      if (top && isUnknown(key)) this.leftovers.push({ key, keyStart, keyEnd, start, end, misfit: false });
      return end;
    }
    if (key.isUrl && this.url === undefined && first === QUOTE) {
      this.url = { key, keyStart, keyEnd, start, end, misfit: true };
    } else if (!this.use(key, start, end) && top) {
      const misfit = column >= 0 || key.isTime || key.isUrl;
      this.leftovers.push({ key, keyStart, keyEnd, start, end, misfit });
    }
    return end;
  }

  /** @returns false when the value has found no place */
  private use(key: Key, start: number, end: number): boolean {
    const { row } = this;
    let used = false;
    if (key.isTime && this.timeState !== "good") {
      const quoted = row.bytes[start] === QUOTE ? 1 : 0;
      used = this.setTime(row.bytes, start + quoted, end - quoted);
    }
    const { column } = key;
    if (column !== NONE) {
      const target = this.columns[column];
      const taken = row.states[column] !== NULL;
      const free = !taken || key.rank < (row.ranks[column] ?? 0);
      if (target && free && setValue(row, target, start, end, this.scanner)) {
        if (taken) this.displaced = true;
        row.ranks[column] = key.rank;
        used = true;
        if (key.members && row.bytes[start] === QUOTE) fillFromText(row, key.members, row.text(column));
      }
    }
    if (key.isId && this.idEnd === 0) {
      this.idColumn = column;
      this.idStart = start;
      this.idEnd = end;
      used = true;
    }
    return used;
  }
}

function isUnknown(key: Key): boolean {
  return key.column === NONE && !key.isTime && !key.isUrl && !key.isId && key.members === undefined;
}
