import {
  Bool,
  type Data,
  type DataType,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
  Vector,
} from "apache-arrow";
import type { Batch, ColumnValues } from "../columns/batch.ts";
import type { Interner } from "../columns/interner.ts";
import type { Column, Layout } from "../columns/layout.ts";

function arrowType(column: Column): DataType {
  switch (column.kind) {
    case "dictionary":
      return new Dictionary(new Utf8(), new Int32(), column.index);
    case "text":
      return new Utf8();
    case "int":
      return new Int32();
    case "bigint":
      return new Int64();
    case "double":
      return new Float64();
    case "boolean":
      return new Bool();
    case "timestamp":
      return new TimestampMillisecond("UTC");
  }
}

/** Arrow schema of a table: every column nullable, timestamps in UTC milliseconds. */
export function arrowSchema(layout: Layout): Schema {
  return new Schema(layout.columns.map((column) => new Field(column.name, arrowType(column), true)));
}

/**
 * A batch as an Arrow IPC stream. Dictionaries hold only the texts of this batch, in order of first appearance, so that
 * the bytes depend on the rows alone and not on what the interners saw before. The batch is used up: ids are renumbered in place.
 */
export function toIpc(schema: Schema, batch: Batch, interners: readonly (Interner | undefined)[]): Uint8Array {
  const children = batch.columns.map((values, index) => {
    const type = schema.fields[index]?.type;
    if (!type) throw new RangeError(`the schema has no field ${index}`);
    const interner = interners[index];
    return values.column.kind === "dictionary" && interner
      ? dictionaryData(type, values, batch.rows, interner)
      : plainData(type, values, batch.rows);
  });
  const struct = makeData({ type: new Struct(schema.fields), length: batch.rows, nullCount: 0, children });
  const writer = new RecordBatchStreamWriter();
  writer.write(new RecordBatch(schema, struct));
  writer.finish();
  return writer.toUint8Array(true);
}

function plainData(type: DataType, values: ColumnValues, rows: number): Data {
  const { nullCount, ints, doubles, offsets, data } = values;
  const nullBitmap = nullCount > 0 ? values.validity.subarray(0, (rows + 7) >> 3) : null;
  const shared = { length: rows, nullCount, nullBitmap };
  if (type instanceof Utf8) {
    const valueOffsets = offsets.subarray(0, rows + 1);
    return makeData({ type, ...shared, valueOffsets, data: data.subarray(0, offsets[rows] ?? 0) });
  }
  if (type instanceof Int32) return makeData({ type, ...shared, data: ints.subarray(0, rows) });
  if (type instanceof Float64) return makeData({ type, ...shared, data: doubles.subarray(0, rows) });
  if (type instanceof Bool) return makeData({ type, ...shared, data: data.subarray(0, (rows + 7) >> 3) });
  const longs = new BigInt64Array(ints.buffer, ints.byteOffset, rows);
  if (type instanceof Int64) return makeData({ type, ...shared, data: longs });
  if (type instanceof TimestampMillisecond) return makeData({ type, ...shared, data: longs });
  throw new TypeError(`no Arrow data for ${type}`);
}

function dictionaryData(type: DataType, values: ColumnValues, rows: number, interner: Interner): Data {
  const codes = values.ints.subarray(0, rows);
  const local = new Int32Array(interner.count).fill(-1);
  const used: number[] = [];
  let bytes = 0;
  for (let row = 0; row < rows; row++) {
    if (values.nullCount > 0 && ((values.validity[row >> 3] ?? 0) & (1 << (row & 7))) === 0) continue;
    const id = codes[row] ?? 0;
    let code = local[id] ?? -1;
    if (code < 0) {
      code = used.length;
      local[id] = code;
      used.push(id);
      bytes += (interner.offsets[id + 1] ?? 0) - (interner.offsets[id] ?? 0);
    }
    codes[row] = code;
  }
  const valueOffsets = new Int32Array(used.length + 1);
  const data = new Uint8Array(bytes);
  let to = 0;
  for (let code = 0; code < used.length; code++) {
    const id = used[code] ?? 0;
    const text = interner.bytes.subarray(interner.offsets[id], interner.offsets[id + 1]);
    data.set(text, to);
    to += text.length;
    valueOffsets[code + 1] = to;
  }
  const texts = makeData({ type: new Utf8(), length: used.length, nullCount: 0, valueOffsets, data });
  if (!(type instanceof Dictionary)) throw new TypeError(`no dictionary type: ${type}`);
  const { nullCount } = values;
  const nullBitmap = nullCount > 0 ? values.validity.subarray(0, (rows + 7) >> 3) : null;
  return makeData({ type, length: rows, nullCount, nullBitmap, data: codes, dictionary: new Vector([texts]) });
}
