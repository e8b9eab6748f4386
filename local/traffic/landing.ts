/** Firehose and CloudTrail in small: collect records, and put them into the landing bucket from time to time. */
import {
  cloudTrailObject,
  controlEnvelope,
  dataEnvelope,
  drawEnvelopeSize,
  EventIds,
  jsonLinesObject,
} from "./envelopes.ts";
import { account, region } from "./plan.ts";
import { type Random, randomStream } from "./random.ts";
import type { LogRecord, Route } from "./routes.ts";

export interface LandingFile {
  readonly sourceId: string;
  readonly key: string;
  readonly lastModified: Date;
  readonly bytes: Uint8Array;
}

const bufferMs = 300_000;
/** Buffers count compressed bytes; lines are compressed at the end, at about a tenth. */
const bufferMembersBytes = 15 * 2 ** 20;
const bufferTextChars = 96 * 2 ** 20;

/** What a route has collected since its last object. */
interface Buffering {
  add(record: LogRecord): void;
  isFull(): boolean;
  /** The object's content; the buffer is empty afterwards. */
  take(): Uint8Array;
}

/** Envelopes of one subscription filter; per log stream, as CloudWatch Logs sends them. */
class EnvelopeBuffer implements Buffering {
  readonly #route: Route;
  readonly #random: Random;
  readonly #streams = new Map<string, { pending: LogRecord[]; size: number; ids: EventIds }>();
  #members: Uint8Array[] = [];
  #bytes = 0;
  #late: Uint8Array[] = [];
  #untilDuplicate: number;
  #objects = 0;
  #lastMs = 0;

  constructor(route: Route, random: Random) {
    this.#route = route;
    this.#random = random;
    this.#untilDuplicate = 6 + random.int(12);
  }

  add(record: LogRecord): void {
    let stream = this.#streams.get(record.logStream);
    if (stream === undefined) {
      const random = this.#random;
      stream = { pending: [], size: drawEnvelopeSize(random), ids: new EventIds(random) };
      this.#streams.set(record.logStream, stream);
    }
    this.#lastMs = record.timeMs;
    stream.pending.push(record);
    if (stream.pending.length >= stream.size) this.#close(record.logStream);
  }

  isFull(): boolean {
    return this.#bytes >= bufferMembersBytes;
  }

  take(): Uint8Array {
    // A new filter is tested first; later tests are rare.
    if (this.#objects++ === 0 || this.#random.chance(0.04)) this.#append(controlEnvelope(this.#lastMs));
    for (const logStream of this.#streams.keys()) this.#close(logStream);
    const content = Buffer.concat(this.#members);
    this.#members = this.#late;
    this.#bytes = this.#members.reduce((sum, member) => sum + member.length, 0);
    this.#late = [];
    return content;
  }

  #close(logStream: string): void {
    const stream = this.#streams.get(logStream);
    if (stream === undefined || stream.pending.length === 0) return;
    const { logGroup } = this.#route;
    const meta = { owner: account, logGroup, logStream, subscriptionFilter: "aircheck" };
    const member = dataEnvelope(stream.pending, meta, stream.ids);
    this.#append(member);
    stream.pending = [];
    stream.size = drawEnvelopeSize(this.#random);
    if (--this.#untilDuplicate > 0) return;
    // At least once: the same envelope comes again, at once or with the next object.
    this.#untilDuplicate = 60 + this.#random.int(60);
    if (this.#random.chance(0.5)) this.#append(member);
    else this.#late.push(member);
  }

  #append(member: Uint8Array): void {
    this.#members.push(member);
    this.#bytes += member.length;
  }
}

/** Records that are compressed together when the object is written. */
class TextBuffer implements Buffering {
  readonly #write: (texts: readonly string[]) => Uint8Array;
  #texts: string[] = [];
  #chars = 0;

  constructor(write: (texts: readonly string[]) => Uint8Array) {
    this.#write = write;
  }

  add(record: LogRecord): void {
    this.#texts.push(record.text);
    this.#chars += record.text.length + 1;
  }

  isFull(): boolean {
    return this.#chars >= bufferTextChars;
  }

  take(): Uint8Array {
    const content = this.#write(this.#texts);
    this.#texts = [];
    this.#chars = 0;
    return content;
  }
}

function bufferFor(route: Route, random: Random): Buffering {
  switch (route.envelope) {
    case "cloudwatch":
      return new EnvelopeBuffer(route, random);
    case "json-lines":
      return new TextBuffer(jsonLinesObject);
    case "cloudtrail-records":
      return new TextBuffer(cloudTrailObject);
  }
}

/** A route's buffer and the object that it will become. */
class Delivery {
  readonly route: Route;
  readonly #random: Random;
  readonly #buffer: Buffering;
  #openedMs: number | undefined;
  #lastMs = 0;

  constructor(route: Route, seed: number) {
    this.route = route;
    this.#random = randomStream(seed, "landing", route.id);
    this.#buffer = bufferFor(route, this.#random);
  }

  add(record: LogRecord): void {
    this.#openedMs ??= record.timeMs;
    this.#lastMs = Math.max(this.#lastMs, record.timeMs);
    this.#buffer.add(record);
  }

  isDue(nowMs: number): boolean {
    return this.#openedMs !== undefined && (nowMs - this.#openedMs >= bufferMs || this.#buffer.isFull());
  }

  /** The object, or undefined when nothing was collected. */
  take(): LandingFile | undefined {
    if (this.#openedMs === undefined) return undefined;
    const openedMs = this.#openedMs;
    const writtenMs = Math.floor(this.#lastMs + this.#random.between(15_000, 75_000));
    this.#openedMs = undefined;
    return {
      sourceId: this.route.sourceId,
      key:
        this.route.envelope === "cloudtrail-records"
          ? trailKey(writtenMs, this.#random)
          : firehoseKey(this.route, openedMs, this.#random),
      lastModified: new Date(writtenMs),
      bytes: this.#buffer.take(),
    };
  }
}

/** Reference 8.3; the time is about when the oldest record arrived. */
function firehoseKey(route: Route, openedMs: number, random: Random): string {
  const iso = new Date(Math.floor(openedMs)).toISOString();
  const [day = "", time = ""] = [iso.slice(0, 10), iso.slice(11, 19)];
  const folder = `${day.replaceAll("-", "/")}/${time.slice(0, 2)}`;
  return `landing/${route.sourceId}/${folder}/${route.deliveryStream}-1-${day}-${time.replaceAll(":", "-")}-${random.uuid()}.gz`;
}

/** Reference 5.1; the time is that of delivery. */
function trailKey(writtenMs: number, random: Random): string {
  const iso = new Date(writtenMs).toISOString();
  const minute = `${iso.slice(0, 16).replace(/[-:]/g, "")}Z`;
  const folder = `AWSLogs/${account}/CloudTrail/${region}/${iso.slice(0, 10).replaceAll("-", "/")}`;
  return `${folder}/${account}_CloudTrail_${region}_${minute}_${random.alphanumeric(16)}.json.gz`;
}

/**
 * Landing objects of a stream of records, as they are written: one per route and five minutes, or earlier by size.
 *
 * @param records ordered by time
 */
export function* deliver(records: Iterable<LogRecord>, seed: number): Generator<LandingFile> {
  const deliveries = new Map<string, Delivery>();
  for (const record of records) {
    for (const delivery of deliveries.values()) {
      const file = delivery.isDue(record.timeMs) ? delivery.take() : undefined;
      if (file !== undefined) yield file;
    }
    let delivery = deliveries.get(record.route.id);
    if (delivery === undefined) {
      delivery = new Delivery(record.route, seed);
      deliveries.set(record.route.id, delivery);
    }
    delivery.add(record);
  }
  for (const delivery of deliveries.values()) {
    const file = delivery.take();
    if (file !== undefined) yield file;
  }
}
