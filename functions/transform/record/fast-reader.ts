/**
 * The fast way through flat records: known keys in any order, without escapes, in ASCII. That is nearly every access log
 * record. Anything else makes it give up, and the record is read the careful way from its beginning ({@link RecordReader}).
 *
 * It reads a record where it stands in a CloudWatch envelope, as JSON inside a JSON string, without resolving the escapes
 * first: there a quote is the two bytes `\"`, and any other backslash is a reason to give up.
 */
import { hashByte, hashStart, hashWord } from "../columns/interner.ts";
import type { Column } from "../columns/layout.ts";
import { NULL, VALUE } from "../columns/row.ts";
import { type Step, Steps, stops } from "./key-steps.ts";
import { type Key, NONE } from "./keys.ts";
import type { RecordReader } from "./reader.ts";
import { isNullText, setNumber } from "./values.ts";

/** The record has to be read the careful way. */
export const GIVE_UP = -1;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const CLOSE = 0x7d;
const QUESTION_MARK = 0x3f;
const MINUS = 0x2d;

/** After this many records that it gave up on, it lets as many times {@link restFactor} pass before it tries again. */
const patience = 8;
const restFactor = 16;

export class FastReader {
  private readonly reader: RecordReader;
  private readonly url: { readonly uri: number; readonly query: number } | undefined;
  /** Known keys, for quotes spelled plainly and for quotes inside a string. */
  private readonly steps: readonly [Steps, Steps];
  /** {@link bytes}, to be read four at a time. */
  private view: DataView = new DataView(new ArrayBuffer(0));
  private bytes: Uint8Array = new Uint8Array(0);
  /** Hash of the text that {@link walk} passed last. */
  private hash = 0;
  private failures = 0;
  private rest = 0;

  constructor(reader: RecordReader) {
    this.reader = reader;
    const { layout } = reader.row;
    const { url } = layout.table;
    this.url = url && { uri: layout.indexOf(url.uri), query: layout.indexOf(url.query) };
    const keys = reader.keys.defined().filter((key) => handles(key, layout.columns[key.column]));
    this.steps = [new Steps(keys, layout.columns, '"'), new Steps(keys, layout.columns, '\\"')];
  }

  /**
   * @param start offset of the opening brace
   * @param escaped 1 where the record stands inside a JSON string, else 0
   * @returns offset behind the closing brace, or {@link GIVE_UP}; the row is then in no usable state
   */
  read(bytes: Uint8Array, start: number, end: number, escaped: 0 | 1): number {
    if (this.rest > 0) {
      this.rest--;
      return GIVE_UP;
    }
    const behind = this.members(bytes, start, end, escaped);
    if (behind >= 0) this.failures = 0;
    else if (++this.failures >= patience) {
      this.rest = patience * restFactor;
      this.failures = 0;
    }
    return behind;
  }

  private members(bytes: Uint8Array, start: number, end: number, escaped: 0 | 1): number {
    const steps = this.steps[escaped];
    this.reader.begin(bytes);
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    let before = steps.first;
    let at = start;
    for (;;) {
      // `at` stands on the brace or comma before a key.
      const step = steps.after(before, bytes, at + 1, end);
      if (step === undefined) return GIVE_UP;
      before = step;
      const valueAt = at + 1 + step.lead.length;
      if (valueAt + 2 >= end) return GIVE_UP;
      const quoted =
        escaped === 0 ? bytes[valueAt] === QUOTE : bytes[valueAt] === BACKSLASH && bytes[valueAt + 1] === QUOTE;
      at = quoted
        ? this.string(step, bytes, valueAt + 1 + escaped, end, escaped)
        : this.number(step, bytes, valueAt, end);
      if (at < 0) return GIVE_UP;
      const c = bytes[at];
      if (c === CLOSE) return at + 1;
      if (c !== COMMA) return GIVE_UP;
    }
  }

  /** A text that begins at `start`, behind its quote. @returns offset behind the closing quote, or {@link GIVE_UP} */
  private string(step: Step, bytes: Uint8Array, start: number, end: number, escaped: 0 | 1): number {
    const { key, column } = step;
    const { row } = this.reader;
    if (key.isUrl) return this.wholeUrl(bytes, start, end, escaped);
    if (key.isTime || column === undefined) return this.time(key, bytes, start, end, escaped);
    const { index } = column;
    if (row.states[index] !== NULL) return GIVE_UP;
    const interner = row.interners[index];
    if (interner !== undefined) {
      const known = interner.matchLast(this.view, start, end, escaped === 0 ? QUOTE : BACKSLASH);
      if (known >= 0 && closes(bytes, known, end, escaped)) {
        row.states[index] = VALUE;
        row.ids[index] = interner.last;
        return known + 1 + escaped;
      }
    }
    const at = this.walk(start, end, QUOTE);
    if (!closes(bytes, at, end, escaped)) return GIVE_UP;
    if (interner !== undefined) {
      row.states[index] = VALUE;
      row.ids[index] = interner.internHashed(this.view, start, at, this.hash);
    } else if (!isNullText(row, column, start, at)) {
      if (column.kind === "text") row.setSpan(index, start, at, false);
      else if (column.kind === "boolean" || !setNumber(row, column, start, at)) return GIVE_UP;
      if (key.isId) this.reader.idColumn = index;
    }
    return at + 1 + escaped;
  }

  private time(key: Key, bytes: Uint8Array, start: number, end: number, escaped: 0 | 1): number {
    const at = this.walk(start, end, QUOTE);
    if (!key.isTime || this.reader.timeState !== "missing" || !closes(bytes, at, end, escaped)) return GIVE_UP;
    return this.reader.setTime(bytes, start, at) ? at + 1 + escaped : GIVE_UP;
  }

  private wholeUrl(bytes: Uint8Array, start: number, end: number, escaped: 0 | 1): number {
    const { row } = this.reader;
    const { url } = this;
    const uri = url && row.interners[url.uri];
    const query = url && row.interners[url.query];
    if (!url || !uri || !query || row.states[url.uri] !== NULL || row.states[url.query] !== NULL) return GIVE_UP;
    let at = this.walk(start, end, QUESTION_MARK);
    row.setId(url.uri, uri.internHashed(this.view, start, at, this.hash));
    if (bytes[at] === QUESTION_MARK) {
      const from = at + 1;
      at = this.walk(from, end, QUOTE);
      row.setId(url.query, query.internHashed(this.view, from, at, this.hash));
    }
    return closes(bytes, at, end, escaped) ? at + 1 + escaped : GIVE_UP;
  }

  /**
   * Walks over a text four bytes at a time, hashing it on the way as the interner does.
   *
   * @param stop one more byte to stop at
   * @returns offset of the first byte that stops it, see {@link stops}; the end of the bytes when there is none
   */
  private walk(start: number, end: number, stop: number): number {
    const { view, bytes } = this;
    const stopWord = stop * 0x01010101;
    let hash = hashStart;
    let at = start;
    for (const last = end - 4; at <= last; at += 4) {
      const word = view.getInt32(at, true);
      const quote = word ^ 0x22222222;
      const backslash = word ^ 0x5c5c5c5c;
      const other = word ^ stopWord;
      // A byte of `x - 0x01010101 & ~x` has its high bit set where x has a zero byte (or behind one, which is as good).
      const found =
        ((word - 0x20202020) & ~word) |
        ((quote - 0x01010101) & ~quote) |
        ((backslash - 0x01010101) & ~backslash) |
        ((other - 0x01010101) & ~other) |
        word;
      if ((found & 0x80808080) !== 0) break;
      hash = hashWord(hash, word);
    }
    for (; at < end; at++) {
      const c = bytes[at] ?? 0;
      if (stops[c] === 1 || c === stop) break;
      hash = hashByte(hash, c);
    }
    this.hash = hash;
    return at;
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
    const digit = bytes[start] === MINUS ? start + 1 : start;
    if (bytes[digit] === 0x30 && at > digit + 1 && bytes[digit + 1] !== 0x2e) return GIVE_UP;
    // Nor a date outside of quotes, which the conversion of a time would take.
    if (bytes[start + 4] === MINUS && start + 4 < at) return GIVE_UP;
    if (key.isTime) {
      const first = key.column === NONE && this.reader.timeState === "missing";
      return first && this.reader.setTime(bytes, start, at) ? at : GIVE_UP;
    }
    if (
      column === undefined ||
      key.isId ||
      column.kind === "dictionary" ||
      column.kind === "text" ||
      column.kind === "boolean" ||
      this.reader.row.states[column.index] !== NULL
    ) {
      return GIVE_UP;
    }
    return setNumber(this.reader.row, column, start, at) ? at : GIVE_UP;
  }
}

/** Flat keys only: one meaning each, and nothing that needs a look at its JSON. */
function handles(key: Key, column: Column | undefined): boolean {
  if (key.members) return false;
  if (key.isTime || key.isUrl) return key.column === NONE;
  return column !== undefined && column.field.type !== "json" && !(key.isId && column.kind !== "text");
}

/** Whether a closing quote stands at `at`. */
function closes(bytes: Uint8Array, at: number, end: number, escaped: 0 | 1): boolean {
  if (at + escaped >= end) return false;
  return escaped === 0 ? bytes[at] === QUOTE : bytes[at] === BACKSLASH && bytes[at + 1] === QUOTE;
}
