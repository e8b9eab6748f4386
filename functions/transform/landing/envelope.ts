/** Names of the envelopes that landing objects come in; reference 5.1 and 7.1. */
import { INCOMPLETE, INVALID, type JsonScanner } from "../json/scanner.ts";
import type { RecordContext } from "../record/finish.ts";
import type { Window } from "./window.ts";

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

/** What stands next inside an envelope. */
export type Member =
  | { readonly kind: "end"; readonly behind: number }
  /** An array of records; `start` is its bracket. */
  | { readonly kind: "array"; readonly key: string; readonly start: number }
  /** Any other member; facts were taken from it. */
  | { readonly kind: "member"; readonly behind: number }
  | { readonly kind: "broken" }
  | { readonly kind: "more" };

const broken: Member = { kind: "broken" };
const more: Member = { kind: "more" };

/** Reads the next member of an envelope. @param first whether it is the first one, behind the brace @param last whether no more bytes come */
export function nextMember(
  scanner: JsonScanner,
  window: Window,
  facts: EnvelopeFacts,
  first: boolean,
  last: boolean,
): Member {
  const { bytes } = window;
  let at = scanner.space(window.p);
  const c = bytes[at];
  if (c === 0x7d) return { kind: "end", behind: at + 1 };
  if (c === 0x2c && !first) at = scanner.space(at + 1);
  if (at >= bytes.length) return more;
  if (bytes[at] !== 0x22 || (!first && c !== 0x2c)) return broken;
  const keyEnd = scanner.string(at);
  const colon = keyEnd < 0 ? keyEnd : scanner.colon(keyEnd);
  if (colon === INVALID) return broken;
  const start = colon < 0 ? bytes.length : scanner.space(colon);
  if (start >= bytes.length) return more;
  const key = window.string(at, keyEnd);
  if (bytes[start] === 0x5b && isArrayKey(key)) return { kind: "array", key, start };
  const end = scanner.value(start);
  // A number may go on in the next piece.
  if (end === INCOMPLETE || (end === bytes.length && !last)) return more;
  if (end < 0) return broken;
  if (isFact(key) && bytes[start] === 0x22) facts[key] = window.string(start, end);
  return { kind: "member", behind: end };
}

/**
 * Keys may come in any order: looks for the facts behind the array at `start` before its elements are read.
 *
 * @returns whether more bytes might tell more
 */
export function factsBehind(scanner: JsonScanner, window: Window, start: number, facts: EnvelopeFacts): boolean {
  const { bytes } = window;
  let at = scanner.value(start);
  while (at >= 0) {
    at = scanner.space(at);
    if (bytes[at] === 0x7d) return false;
    if (bytes[at] !== 0x2c) break;
    at = scanner.space(at + 1);
    if (bytes[at] !== 0x22) break;
    const keyEnd = scanner.string(at);
    const colon = keyEnd < 0 ? keyEnd : scanner.colon(keyEnd);
    if (colon < 0) break;
    const valueStart = scanner.space(colon);
    const end = scanner.value(valueStart);
    const key = window.string(at, keyEnd);
    if (end >= 0 && isFact(key) && bytes[valueStart] === 0x22) facts[key] ??= window.string(valueStart, end);
    at = end;
  }
  return at !== INVALID;
}

/** Whether a text begins with an envelope. */
export function beginsEnvelope(bytes: Uint8Array, start: number): boolean {
  const head = Buffer.from(bytes.subarray(start, start + 64)).toString("latin1");
  const key = /^\{\s*"(\w+)"/.exec(head)?.[1];
  return key !== undefined && isEnvelopeKey(key);
}
