/**
 * The fast way through records that look like the one before: the same keys in the same order, flat, without escapes and
 * in ASCII. That is nearly every access log record. Anything else makes it give up, and the record is read the careful way
 * from its beginning ({@link RecordReader}), which also learns the new order of keys.
 *
 * It reads a record where it stands in a CloudWatch envelope, as JSON inside a JSON string, without resolving the escapes
 * first: there a quote is the two bytes `\"`, and any other backslash is a reason to give up.
 */
import { hashStart, hashStep } from "../columns/interner.ts";
import type { Column } from "../columns/layout.ts";
import { VALUE } from "../columns/row.ts";
import { type Key, NONE } from "./keys.ts";
import type { RecordReader } from "./reader.ts";
import { isNullText, setNumber } from "./values.ts";

/** The record has to be read the careful way. */
export const GIVE_UP = -1;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const CLOSE = 0x7d;

/** Bytes at which walking over a text stops: its end, or something that only the careful way can handle. */
const stops = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++)
  stops[byte] = byte < 0x20 || byte > 0x7e || byte === QUOTE || byte === BACKSLASH ? 1 : 0;

interface Step {
  readonly key: Key;
  readonly column: Column | undefined;
  /** What stands before the value: brace or comma, the key in quotes, colon. */
  readonly lead: Uint8Array;
}

/** A key order, written out for one of the two ways a quote is spelled. */
type Shape = readonly Step[];

export class FastReader {
  private readonly reader: RecordReader;
  private readonly url: { readonly uri: number; readonly query: number } | undefined;
  private plain: Shape | undefined;
  private escaped: Shape | undefined;
  private learned = -1;

  constructor(reader: RecordReader) {
    this.reader = reader;
    const { layout } = reader.row;
    const { url } = layout.table;
    this.url = url && { uri: layout.indexOf(url.uri), query: layout.indexOf(url.query) };
  }

  /**
   * @param start offset of the opening brace
   * @param escaped 1 where the record stands inside a JSON string, else 0
   * @returns offset behind the closing brace, or {@link GIVE_UP}; the row is then in no usable state
   */
  read(bytes: Uint8Array, start: number, end: number, escaped: 0 | 1): number {
    const shape = this.shape(escaped);
    if (shape === undefined) return GIVE_UP;
    const { reader } = this;
    reader.begin(bytes);
    let at = start;
    for (const step of shape) {
      const { lead } = step;
      const valueAt = at + lead.length;
      if (valueAt + 2 >= end) return GIVE_UP;
      // The last bytes of a lead differ most between keys.
      for (let i = lead.length - 1; i >= 0; i--) if (bytes[at + i] !== lead[i]) return GIVE_UP;
      const quoted =
        escaped === 0 ? bytes[valueAt] === QUOTE : bytes[valueAt] === BACKSLASH && bytes[valueAt + 1] === QUOTE;
      at = quoted
        ? this.string(step, bytes, valueAt + 1 + escaped, end, escaped)
        : this.number(step, bytes, valueAt, end);
      if (at < 0) return GIVE_UP;
    }
    return bytes[at] === CLOSE ? at + 1 : GIVE_UP;
  }

  /** A text that begins at `start`, behind its quote. @returns offset behind the closing quote, or {@link GIVE_UP} */
  private string(step: Step, bytes: Uint8Array, start: number, end: number, escaped: 0 | 1): number {
    const { key, column } = step;
    const { row } = this.reader;
    if (key.isUrl) return this.wholeUrl(bytes, start, end, escaped);
    if (key.isTime || column === undefined) return this.time(key, bytes, start, end, escaped);
    const { index } = column;
    const interner = row.interners[index];
    let hash = hashStart;
    let at = start;
    if (interner !== undefined) {
      const known = interner.matchLast(bytes, start, end, escaped === 0 ? QUOTE : BACKSLASH);
      if (known >= 0 && closes(bytes, known, end, escaped)) {
        row.states[index] = VALUE;
        row.ids[index] = interner.last;
        return known + 1 + escaped;
      }
      for (;;) {
        const c = bytes[at] ?? 0;
        if (stops[c] === 1) break;
        hash = hashStep(hash, c);
        at++;
      }
    } else {
      at = endOfText(bytes, at);
    }
    if (!closes(bytes, at, end, escaped)) return GIVE_UP;
    if (interner !== undefined) {
      row.states[index] = VALUE;
      row.ids[index] = interner.internHashed(bytes, start, at, hash);
    } else if (!isNullText(row, column, start, at)) {
      if (column.kind === "text") row.setSpan(index, start, at, false);
      else if (column.kind === "boolean" || !setNumber(row, column, start, at)) return GIVE_UP;
      if (key.isId) this.reader.idColumn = index;
    }
    return at + 1 + escaped;
  }

  private time(key: Key, bytes: Uint8Array, start: number, end: number, escaped: 0 | 1): number {
    const at = endOfText(bytes, start);
    if (!key.isTime || key.column !== NONE || !closes(bytes, at, end, escaped)) return GIVE_UP;
    return this.reader.setTime(bytes, start, at) ? at + 1 + escaped : GIVE_UP;
  }

  private wholeUrl(bytes: Uint8Array, start: number, end: number, escaped: 0 | 1): number {
    const { row } = this.reader;
    const { url } = this;
    const uri = url && row.interners[url.uri];
    const query = url && row.interners[url.query];
    if (!url || !uri || !query) return GIVE_UP;
    let at = start;
    let hash = hashStart;
    for (;;) {
      const c = bytes[at] ?? 0;
      if (c === 0x3f || stops[c] === 1) break;
      hash = hashStep(hash, c);
      at++;
    }
    row.setId(url.uri, uri.internHashed(bytes, start, at, hash));
    if (bytes[at] === 0x3f) {
      const from = at + 1;
      at = endOfText(bytes, from);
      row.setId(url.query, query.intern(bytes, from, at));
    }
    return closes(bytes, at, end, escaped) ? at + 1 + escaped : GIVE_UP;
  }

  /** A number or null. @returns offset behind it, or {@link GIVE_UP} */
  private number(step: Step, bytes: Uint8Array, start: number, end: number): number {
    const { key, column } = step;
    let at = start;
    for (; at < end; at++) {
      const c = bytes[at];
      if (c === COMMA || c === CLOSE) break;
    }
    if (
      at === start + 4 &&
      bytes[start] === 0x6e &&
      bytes[start + 1] === 0x75 &&
      bytes[start + 2] === 0x6c &&
      bytes[start + 3] === 0x6c
    ) {
      return key.isTime ? GIVE_UP : at;
    }
    // JSON knows no leading zero, which the conversion of a number would take.
    if (bytes[start] === 0x30 && at > start + 1 && bytes[start + 1] !== 0x2e) return GIVE_UP;
    if (key.isTime) return key.column === NONE && this.reader.setTime(bytes, start, at) ? at : GIVE_UP;
    if (
      column === undefined ||
      key.isId ||
      column.kind === "dictionary" ||
      column.kind === "text" ||
      column.kind === "boolean"
    ) {
      return GIVE_UP;
    }
    return setNumber(this.reader.row, column, start, at) ? at : GIVE_UP;
  }

  /** The order of keys that the careful reader saw last, if it is one for the fast way. */
  private shape(escaped: 0 | 1): Shape | undefined {
    if (this.learned !== this.reader.shapeChanges) {
      this.learned = this.reader.shapeChanges;
      const { expected } = this.reader.keys;
      const fits =
        expected.length > 0 && expected.every((key) => this.handles(key)) && new Set(expected).size === expected.length;
      this.plain = fits ? this.written(expected, '"') : undefined;
      this.escaped = fits ? this.written(expected, '\\"') : undefined;
    }
    return escaped === 0 ? this.plain : this.escaped;
  }

  private handles(key: Key): boolean {
    if (key.members || this.fillsTwice(key)) return false;
    const column = this.reader.row.layout.columns[key.column];
    const isJson = column?.field.type === "json";
    return key.isTime || key.isUrl
      ? key.column === NONE
      : column !== undefined && !isJson && !(key.isId && column.kind !== "text");
  }

  /** Whether another key of the same order fills the same column: which one wins is for the careful way to say. */
  private fillsTwice(key: Key): boolean {
    return (
      key.column !== NONE && this.reader.keys.expected.some((other) => other !== key && other.column === key.column)
    );
  }

  private written(expected: readonly Key[], quote: string): Shape {
    return expected.map((key, place) => ({
      key,
      column: this.reader.row.layout.columns[key.column],
      lead: Buffer.concat([Buffer.from(`${place === 0 ? "{" : ","}${quote}`), key.bytes, Buffer.from(`${quote}:`)]),
    }));
  }
}

function endOfText(bytes: Uint8Array, start: number): number {
  let at = start;
  while (stops[bytes[at] ?? 0] === 0) at++;
  return at;
}

/** Whether a closing quote stands at `at`. */
function closes(bytes: Uint8Array, at: number, end: number, escaped: 0 | 1): boolean {
  if (at + escaped >= end) return false;
  return escaped === 0 ? bytes[at] === QUOTE : bytes[at] === BACKSLASH && bytes[at + 1] === QUOTE;
}
