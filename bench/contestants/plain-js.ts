/** What one writes first: gunzip, JSON.parse twice, an array per column, Apache Arrow, parquet-wasm. */
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  Bool,
  type DataType,
  Float64,
  Int32,
  Int64,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import type { FieldType } from "../../catalog/types.ts";
import { parquet } from "../../functions/transform/parquet/wasm.ts";
import { keyOf, rawColumns, recordKeys } from "../columns.ts";
import { timed } from "./timed.ts";

const [input = "", output = "", runs = "3"] = process.argv.slice(2);
type Json = Record<string, unknown>;

const arrowTypes: Record<FieldType, () => DataType> = {
  string: () => new Utf8(),
  json: () => new Utf8(),
  int: () => new Int32(),
  bigint: () => new Int64(),
  double: () => new Float64(),
  boolean: () => new Bool(),
  timestamp: () => new TimestampMillisecond("UTC"),
};

function* envelopes(text: string): Generator<Json> {
  // Envelopes stand one behind the other without a separator.
  const start = '{"messageType":';
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf(start, at + 1);
    const end = next < 0 ? text.length : next;
    yield JSON.parse(text.slice(at, end));
    at = end;
  }
}

function textOf(value: unknown, absent: readonly string[], strip: boolean): string | null {
  if (value === undefined || value === null) return null;
  const text = String(value);
  const bare = strip && text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  return absent.includes(bare) ? null : bare;
}

function numberOf(value: unknown): number | null {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

const known = new Set(recordKeys);

function columnsOf(record: Json, id: unknown): unknown[] {
  const url = String(record.request);
  const mark = url.indexOf("?");
  const stamp = String(record.timestamp);
  const ms = Date.parse(stamp);
  const unknown = Object.entries(record).filter(([key]) => !known.has(key));
  return rawColumns.map((field) => {
    switch (field.from[0]) {
      case "@time":
        return field.type === "timestamp" ? ms : BigInt(ms) * 1000n + BigInt(stamp.slice(23, 26));
      case "@source":
        return "mediapackage-v1-egress";
      case "@id":
        return textOf(record.requestId, ["", "-"], false) ?? id;
      case "@landingKey":
        return input;
      case "@weight":
        return 1;
      case "@extra":
        return unknown.length > 0 ? JSON.stringify(Object.fromEntries(unknown)) : null;
    }
    if (field.name === "request_uri") return mark < 0 ? url : url.slice(0, mark);
    if (field.name === "request_query") return mark < 0 ? null : url.slice(mark + 1) || null;
    const key = keyOf(field);
    if (!key) return null;
    if (field.type === "string") return textOf(record[key], field.nullTexts ?? [], field.strip === "quotes");
    const number = numberOf(record[key]);
    return number !== null && field.type === "bigint" ? BigInt(number) : number;
  });
}

await timed(Number(runs), async () => {
  const columns: unknown[][] = rawColumns.map(() => []);
  // A string holds at most half a gigabyte: enough for this object, one reason more not to work this way.
  for (const envelope of envelopes(gunzipSync(readFileSync(input)).toString())) {
    if (envelope.messageType !== "DATA_MESSAGE" || !Array.isArray(envelope.logEvents)) continue;
    for (const event of envelope.logEvents) {
      const values = columnsOf(JSON.parse(event.message), event.id);
      for (let i = 0; i < values.length; i++) columns[i]?.push(values[i]);
    }
  }
  const vectors = rawColumns.map(
    (field, i) => [field.name, vectorFromArray(columns[i] ?? [], arrowTypes[field.type]())] as const,
  );
  const table = parquet.Table.fromIPCStream(tableToIPC(new Table(Object.fromEntries(vectors)), "stream"));
  const properties = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression.ZSTD)
    .setMaxRowGroupSize(131_072)
    .build();
  writeFileSync(`${output}/plain.parquet`, parquet.writeParquet(table, properties));
  return columns[0]?.length ?? 0;
});
