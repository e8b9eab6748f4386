/** Names of the envelopes that landing objects come in; reference 5.1 and 7.1. */
import { INCOMPLETE, INVALID, type JsonScanner } from "../json/scanner.ts";
import type { RecordContext } from "../record/finish.ts";

/** Keys that only a CloudWatch Logs subscription envelope, or the answer of a log API, begins with. */
const envelopeKeys = new Set([
  "messageType",
  "owner",
  "logGroup",
  "logStream",
  "subscriptionFilters",
  "policyLevel",
  "logEvents",
  "Records",
  "events",
  "Events",
  "searchedLogStreams",
  "nextToken",
  "NextToken",
  "nextForwardToken",
  "nextBackwardToken",
  "queryLanguage",
  "results",
]);

/** Keys whose arrays hold the records. */
const arrayKeys = new Set(["logEvents", "Records", "events", "Events", "results"]);

export function isEnvelopeKey(key: string): boolean {
  return envelopeKeys.has(key);
}

export function isArrayKey(key: string): boolean {
  return arrayKeys.has(key);
}

/**
 * Whether the object at `p`, which begins as an envelope does, has an array of records: a record may begin alike.
 *
 * @returns `p` when it has, or is no JSON on the way there; {@link INVALID} when it ends without; {@link INCOMPLETE} when
 *   it takes more bytes to tell
 */
export function envelopeAt(scanner: JsonScanner, p: number): number {
  const { bytes } = scanner;
  for (let at = scanner.space(p + 1); bytes[at] === 0x22; at = scanner.space(at + 1)) {
    const keyEnd = scanner.string(at);
    const colon = keyEnd < 0 ? keyEnd : scanner.colon(keyEnd);
    const start = colon < 0 ? colon : scanner.space(colon);
    if (start === INVALID) return p;
    if (start === INCOMPLETE || start >= scanner.end) return INCOMPLETE;
    const key = Buffer.from(bytes.buffer, bytes.byteOffset + at + 1, keyEnd - at - 2).toString("latin1");
    if (bytes[start] === 0x5b && isArrayKey(key)) return p;
    const end = scanner.value(start);
    if (end < 0) return end === INVALID ? p : INCOMPLETE;
    at = scanner.space(end);
    if (at >= scanner.end) return INCOMPLETE;
    if (bytes[at] === 0x7d) return INVALID;
    if (bytes[at] !== 0x2c) return p;
  }
  return p;
}

/** What an envelope says of all its records. */
export interface EnvelopeFacts {
  messageType: string | undefined;
  owner: string | undefined;
  logGroup: string | undefined;
  logStream: string | undefined;
}

export function noFacts(): EnvelopeFacts {
  return { messageType: undefined, owner: undefined, logGroup: undefined, logStream: undefined };
}

export function isFact(key: string): key is keyof EnvelopeFacts {
  return key === "messageType" || key === "owner" || key === "logGroup" || key === "logStream";
}

/** What records of an envelope share; the events of CloudWatch have an id and a time besides. */
export function contextOf(facts: EnvelopeFacts): RecordContext {
  const { owner, logGroup, logStream } = facts;
  return { owner, logGroup, logStream, eventId: undefined, timestamp: undefined };
}
