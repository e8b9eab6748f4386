import type { Catalog } from "../../../catalog/index.ts";
import type { Source } from "../../../catalog/types.ts";
import { JsonScanner } from "../json/scanner.ts";
import type { RecordContext } from "./finish.ts";

type JsonObject = { readonly [key: string]: unknown };

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Source whose records look like this one, by the fingerprints of the catalog; undefined when none does. */
export function detect(catalog: Catalog, record: unknown): Source | undefined {
  if (!isObject(record)) return undefined;
  const candidates = catalog.sources.filter((source) => hasKeys(source, record));
  const sure = candidates.find(
    ({ fingerprint }) => !fingerprint.eventTypes || includes(fingerprint.eventTypes, record.eventType),
  );
  if (sure) return sure;
  // An event type that no list has yet: the source that knows most of the record's keys.
  const known = candidates.map((source) => ({ source, keys: knownKeys(catalog, source, record) }));
  return known.sort((a, b) => b.keys - a.keys)[0]?.source;
}

function hasKeys({ fingerprint }: Source, record: JsonObject): boolean {
  const has = (key: string): boolean => Object.hasOwn(record, key);
  if (fingerprint.anyOf.length === 0 || !fingerprint.anyOf.some(has)) return false;
  return (fingerprint.allOf ?? []).every(has) && !(fingerprint.noneOf ?? []).some(has);
}

function includes(names: readonly string[], value: unknown): boolean {
  return typeof value === "string" && names.includes(value);
}

function knownKeys(catalog: Catalog, source: Source, record: JsonObject): number {
  const table = catalog.tables.find(({ id }) => id === source.table);
  const known = new Set(
    table?.fields.flatMap((field) => ("from" in field ? field.from : [])).map((path) => path.split(".")[0]),
  );
  return Object.keys(record).filter((key) => known.has(key)).length;
}

/** A log event inside an export: its text, and what the export says about it. */
export interface Carried {
  readonly message: string;
  readonly context: RecordContext;
}

const arrays = ["logEvents", "Records", "events", "Events", "results"];

/**
 * Looks into objects that carry a record rather than being one: `filter-log-events` and `get-log-events` of the AWS CLI,
 * rows of Logs Insights (`@message`), `lookup-events` of CloudTrail.
 *
 * @param json text that `value` was read from, where it is an object
 * @returns `wrapper` for an envelope of many records, undefined for an ordinary record
 */
export function unwrapCarrier(
  value: unknown,
  context: RecordContext,
  json?: Uint8Array,
): Carried | "wrapper" | undefined {
  const row = isObject(value) ? value : fieldPairs(value);
  if (!row) return undefined;
  if (arrays.some((name) => Array.isArray(row[name]) && (row[name] as readonly unknown[]).every(isElement)))
    return "wrapper";
  const cloudTrailEvent = row.CloudTrailEvent;
  if (typeof cloudTrailEvent === "string") return { message: cloudTrailEvent, context };
  const member = row["@message"] !== undefined ? "@message" : "message";
  const message = member === "@message" || isLogEvent(row) ? row[member] : undefined;
  if (message === undefined || message === null) return undefined;
  return {
    // The console saves JSON messages as JSON: to the letter, for a number that is read and written may not be the same.
    message: typeof message === "string" ? message : ((json && memberText(json, member)) ?? JSON.stringify(message)),
    context: {
      logGroup: text(row["@log"])?.replace(/^\d{12}:/, "") ?? context.logGroup,
      logStream: text(row["@logStream"]) ?? text(row.logStreamName) ?? context.logStream,
      owner: text(row["@log"])?.match(/^(\d{12}):/)?.[1] ?? context.owner,
      eventId: text(row.eventId) ?? text(row.id) ?? context.eventId,
      timestamp: text(row["@timestamp"]) ?? text(row.timestamp) ?? context.timestamp,
    },
  };
}

/** Text of a member of a JSON object, as it stands there; of the last one of that name, as `JSON.parse` has it. */
function memberText(json: Uint8Array, name: string): string {
  const scanner = new JsonScanner();
  scanner.use(json, json.length);
  const decoder = new TextDecoder();
  let found = "null";
  for (let at = scanner.space(scanner.space(0) + 1); json[at] === 0x22; ) {
    const keyEnd = scanner.string(at);
    const start = scanner.space(scanner.colon(keyEnd));
    const end = scanner.value(start);
    const key: unknown = JSON.parse(decoder.decode(json.subarray(at, keyEnd)));
    if (key === name) found = decoder.decode(json.subarray(start, end));
    // Behind the last member stands a brace, and behind that no key.
    at = scanner.space(scanner.space(end) + 1);
  }
  return found;
}

function isElement(value: unknown): boolean {
  return isObject(value) || Array.isArray(value);
}

function isLogEvent(row: JsonObject): boolean {
  return (
    "message" in row &&
    "timestamp" in row &&
    ["eventId", "ingestionTime", "logStreamName", "id"].some((key) => key in row)
  );
}

/** Logs Insights' API gives a row as an array of `{field, value}`. */
function fieldPairs(value: unknown): JsonObject | undefined {
  if (!Array.isArray(value)) return undefined;
  const pairs = value.filter(isObject).filter(({ field }) => typeof field === "string");
  return pairs.length > 0 ? Object.fromEntries(pairs.map((pair) => [String(pair.field), pair.value])) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
