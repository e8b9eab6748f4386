/** Names of the envelopes that landing objects come in; reference 5.1 and 7.1. */
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
