/** What arrives in the landing bucket: CloudWatch envelopes, JSON lines, CloudTrail documents; reference 5.1, 7.1, 7.5. */
import { gzipSync } from "node:zlib";
import { type Random, randomStream } from "./random.ts";

/** A log event as CloudWatch Logs hands it on: its text, and when it happened in milliseconds since 1970. */
export interface LogEvent {
  /** May have a fraction, which is cut. */
  readonly timeMs: number;
  readonly text: string;
}

export interface EnvelopeMeta {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly subscriptionFilter: string;
}

/** Zlib's level: the services do not say theirs; this one is quick and its sizes are close to the default's. */
const gzipOptions = { level: 5 };

/** Numbers the events of one log stream: 56 digits that grow with time (reference 7.1). */
export class EventIds {
  readonly #middle: string;
  #count = 0;

  constructor(random: Random) {
    this.#middle = random.digits(32);
  }

  next(timeMs: number): string {
    const count = String(this.#count++).padStart(9, "0");
    return `37${String(Math.floor(timeMs)).padStart(13, "0")}${this.#middle}${count}`;
  }
}

/** One gzip member with one `DATA_MESSAGE`. */
export function dataEnvelope(events: readonly LogEvent[], meta: EnvelopeMeta, ids: EventIds): Uint8Array {
  const logEvents = events.map(
    ({ timeMs, text }) =>
      `{"id":"${ids.next(timeMs)}","timestamp":${Math.floor(timeMs)},"message":${JSON.stringify(text)}}`,
  );
  const head = JSON.stringify({
    messageType: "DATA_MESSAGE",
    owner: meta.owner,
    logGroup: meta.logGroup,
    logStream: meta.logStream,
    subscriptionFilters: [meta.subscriptionFilter],
  });
  return gzipSync(`${head.slice(0, -1)},"logEvents":[${logEvents.join(",")}]}`, gzipOptions);
}

/** One gzip member with the message by which CloudWatch Logs tests that the stream can be reached. */
export function controlEnvelope(timeMs: number): Uint8Array {
  const message = {
    messageType: "CONTROL_MESSAGE",
    owner: "CloudwatchLogs",
    logGroup: "",
    logStream: "",
    subscriptionFilters: [],
    logEvents: [
      {
        id: "",
        timestamp: Math.floor(timeMs),
        message: "CWL CONTROL MESSAGE: Checking health of destination Firehose.",
      },
    ],
  };
  return gzipSync(JSON.stringify(message), gzipOptions);
}

/** How many events CloudWatch Logs puts together: often hundreds, sometimes a handful. */
export function drawEnvelopeSize(random: Random): number {
  return random.chance(0.15) ? 1 + random.int(8) : 80 + random.int(420);
}

/**
 * A landing object of a subscription: concatenated gzip members, one envelope each.
 *
 * @param events in the order of delivery; must come to an end
 * @param seed sizes of the envelopes and ids of the events follow from it
 */
export function cloudWatchObject(events: Iterable<LogEvent>, meta: EnvelopeMeta, seed = 0): Uint8Array {
  const random = randomStream(seed, "cloudwatch object", meta.logGroup, meta.logStream);
  const ids = new EventIds(random);
  const members: Uint8Array[] = [];
  let pending: LogEvent[] = [];
  let size = drawEnvelopeSize(random);
  for (const event of events) {
    pending.push(event);
    if (pending.length < size) continue;
    members.push(dataEnvelope(pending, meta, ids));
    pending = [];
    size = drawEnvelopeSize(random);
  }
  if (pending.length > 0) members.push(dataEnvelope(pending, meta, ids));
  return Buffer.concat(members);
}

/** JSON lines as Firehose stores them: a newline after each record, one gzip member for all. */
export function jsonLinesObject(texts: readonly string[]): Uint8Array {
  return gzipSync(`${texts.join("\n")}\n`, gzipOptions);
}

export function cloudTrailObject(texts: readonly string[]): Uint8Array {
  return gzipSync(`{"Records":[${texts.join(",")}]}`, gzipOptions);
}
