import type { Interner } from "./interner.ts";
import type { Layout } from "./layout.ts";

/** What a column of the row holds. */
export const NULL = 0;
export const VALUE = 1;
/** A 64-bit integer that no double holds; it stands in {@link Row.bigs}. */
export const BIG = 2;

/**
 * The row being read: one slot per column, filled while the record is walked over and thrown away or appended as a whole.
 *
 * Texts are spans, of the record's own bytes where they stand there as they are, else of {@link arena}.
 */
export class Row {
  readonly layout: Layout;
  /** {@link NULL}, {@link VALUE} or {@link BIG} per column. */
  readonly states: Uint8Array;
  /** Which of several keys the value came from; a lower rank wins. */
  readonly ranks: Uint8Array;
  /** Interner id of a dictionary column. */
  readonly ids: Int32Array;
  /** Value of a number, boolean (0, 1) or timestamp (milliseconds). */
  readonly numbers: Float64Array;
  readonly bigs: BigInt64Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where a text's span is of the arena, 0 where it is of {@link bytes}. */
  readonly inArena: Uint8Array;
  /** Interners of dictionary columns, by column. */
  readonly interners: readonly (Interner | undefined)[];
  /** What the record is read from. */
  bytes: Uint8Array = new Uint8Array(0);
  arena = new Uint8Array(4096);
  arenaLength = 0;

  constructor(layout: Layout, interners: readonly (Interner | undefined)[]) {
    const count = layout.columns.length;
    this.layout = layout;
    this.interners = interners;
    this.states = new Uint8Array(count);
    this.ranks = new Uint8Array(count);
    this.ids = new Int32Array(count);
    this.numbers = new Float64Array(count);
    this.bigs = new BigInt64Array(count);
    this.starts = new Int32Array(count);
    this.ends = new Int32Array(count);
    this.inArena = new Uint8Array(count);
  }

  clear(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.states.fill(NULL);
    this.arenaLength = 0;
  }

  /** Makes room in the arena. @returns offset where up to `length` bytes may be written */
  reserve(length: number): number {
    const needed = this.arenaLength + length;
    if (needed > this.arena.length) {
      const larger = new Uint8Array(Math.max(needed, this.arena.length * 2));
      larger.set(this.arena.subarray(0, this.arenaLength));
      this.arena = larger;
    }
    return this.arenaLength;
  }

  setId(column: number, id: number): void {
    this.states[column] = VALUE;
    this.ids[column] = id;
  }

  setNumber(column: number, value: number): void {
    this.states[column] = VALUE;
    this.numbers[column] = value;
  }

  setSpan(column: number, start: number, end: number, inArena: boolean): void {
    this.states[column] = VALUE;
    this.starts[column] = start;
    this.ends[column] = end;
    this.inArena[column] = inArena ? 1 : 0;
  }

  /** Sets a text or dictionary column from a string. */
  setText(column: number, text: string): void {
    const interner = this.interners[column];
    if (interner) {
      this.setId(column, interner.internText(text));
      return;
    }
    const start = this.reserve(text.length * 3);
    const { written } = encoder.encodeInto(text, this.arena.subarray(start));
    this.arenaLength = start + written;
    this.setSpan(column, start, this.arenaLength, true);
  }

  /** Text of a text or dictionary column, undefined where it is NULL. */
  text(column: number): string | undefined {
    if (this.states[column] === NULL) return undefined;
    const interner = this.interners[column];
    if (interner) return interner.text(this.ids[column] ?? 0);
    const bytes = this.inArena[column] === 1 ? this.arena : this.bytes;
    return decoder.decode(bytes.subarray(this.starts[column], this.ends[column]));
  }

  /** Value of a number column, undefined where it is NULL or no double holds it. */
  number(column: number): number | undefined {
    return this.states[column] === VALUE ? this.numbers[column] : undefined;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
