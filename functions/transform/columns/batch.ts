import type { Column, Layout } from "./layout.ts";
import { BIG, NULL, type Row } from "./row.ts";

/** Rows of a batch: large enough to keep the encoder busy, small enough to stay in the cache. */
export const batchRows = 16_384;
/** A batch is closed early when its texts reach this many bytes, so that records of a megabyte do not add up. */
export const batchTextBytes = 8 * 1024 * 1024;

/** Values of one column of a batch, in the buffers that Arrow wants. */
export interface ColumnValues {
  readonly column: Column;
  /** A bit per row, 1 where there is a value. */
  validity: Uint8Array<ArrayBuffer>;
  nullCount: number;
  /** Ids, numbers, low and high halves of 64-bit integers; empty for texts and booleans. */
  ints: Int32Array<ArrayBuffer>;
  doubles: Float64Array<ArrayBuffer>;
  /** Texts: offsets of `rows + 1` and data. Booleans: a bit per row in `data`. */
  offsets: Int32Array<ArrayBuffer>;
  data: Uint8Array<ArrayBuffer>;
}

/** Rows of one table and day that wait to be written. */
export class Batch {
  readonly columns: readonly ColumnValues[];
  rows = 0;
  textBytes = 0;
  private capacity = 0;

  constructor(layout: Layout) {
    this.columns = layout.columns.map((column) => ({
      column,
      validity: new Uint8Array(0),
      nullCount: 0,
      ints: new Int32Array(0),
      doubles: new Float64Array(0),
      offsets: new Int32Array(1),
      data: new Uint8Array(0),
    }));
  }

  get full(): boolean {
    return this.rows >= batchRows || this.textBytes >= batchTextBytes;
  }

  /** Memory that the batch holds, in bytes, near enough to choose which one to write first. */
  get byteLength(): number {
    return this.capacity * this.columns.length * 8 + this.textBytes;
  }

  append(row: Row): void {
    if (this.rows === this.capacity) this.grow();
    const at = this.rows;
    const { states, ids, numbers } = row;
    for (let i = 0; i < this.columns.length; i++) {
      const values = this.columns[i];
      if (!values) continue;
      if (states[i] === NULL) {
        values.nullCount++;
        if (values.column.kind === "text") values.offsets[at + 1] = values.offsets[at] ?? 0;
        continue;
      }
      values.validity[at >> 3] = (values.validity[at >> 3] ?? 0) | (1 << (at & 7));
      switch (values.column.kind) {
        case "dictionary":
          values.ints[at] = ids[i] ?? 0;
          break;
        case "text":
          this.appendText(values, row, i, at);
          break;
        case "int":
          values.ints[at] = numbers[i] ?? 0;
          break;
        case "bigint":
        case "timestamp":
          if (states[i] === BIG) setBig(values.ints, at, row.bigs[i] ?? 0n);
          else setLong(values.ints, at, numbers[i] ?? 0);
          break;
        case "double":
          values.doubles[at] = numbers[i] ?? 0;
          break;
        case "boolean":
          if (numbers[i] === 1) values.data[at >> 3] = (values.data[at >> 3] ?? 0) | (1 << (at & 7));
          break;
      }
    }
    this.rows = at + 1;
  }

  private appendText(values: ColumnValues, row: Row, column: number, at: number): void {
    const source = row.inArena[column] === 1 ? row.arena : row.bytes;
    const start = row.starts[column] ?? 0;
    const end = row.ends[column] ?? 0;
    const length = end - start;
    const to = values.offsets[at] ?? 0;
    const behind = to + length;
    if (behind > values.data.length) {
      const larger = new Uint8Array(Math.max(behind, values.data.length * 2, 1024));
      larger.set(values.data.subarray(0, to));
      values.data = larger;
    }
    const { data } = values;
    // A call into the runtime costs more than copying an id by hand.
    if (length < 96) for (let i = 0; i < length; i++) data[to + i] = source[start + i] ?? 0;
    else data.set(source.subarray(start, end), to);
    values.offsets[at + 1] = behind;
    this.textBytes += length;
  }

  private grow(): void {
    const capacity = Math.min(Math.max(256, this.capacity * 4), batchRows);
    for (const values of this.columns) {
      values.validity = enlarged(values.validity, new Uint8Array(capacity / 8));
      switch (values.column.kind) {
        case "dictionary":
        case "int":
          values.ints = enlarged(values.ints, new Int32Array(capacity));
          break;
        case "bigint":
        case "timestamp":
          values.ints = enlarged(values.ints, new Int32Array(capacity * 2));
          break;
        case "double":
          values.doubles = enlarged(values.doubles, new Float64Array(capacity));
          break;
        case "text":
          values.offsets = enlarged(values.offsets, new Int32Array(capacity + 1));
          break;
        case "boolean":
          values.data = enlarged(values.data, new Uint8Array(capacity / 8));
          break;
      }
    }
    this.capacity = capacity;
  }
}

function enlarged<T extends Uint8Array | Int32Array | Float64Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

const two32 = 4_294_967_296;

/** Splits an integer of at most 2^53 into the halves of an INT64, little-endian; a BigInt per value would cost more. */
function setLong(ints: Int32Array, at: number, value: number): void {
  ints[at * 2] = value;
  ints[at * 2 + 1] = Math.floor(value / two32);
}

function setBig(ints: Int32Array, at: number, value: bigint): void {
  ints[at * 2] = Number(BigInt.asIntN(32, value));
  ints[at * 2 + 1] = Number(BigInt.asIntN(32, value >> 32n));
}
