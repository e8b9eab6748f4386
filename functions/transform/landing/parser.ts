import type { Source } from "../../../catalog/types.ts";
import { INCOMPLETE, INVALID, JsonScanner } from "../json/scanner.ts";
import { AuditLines } from "../record/audit-lines.ts";
import { contextOf, type EnvelopeFacts, envelopeAt, isArrayKey, isEnvelopeKey, isFact, noFacts } from "./envelope.ts";
import { type Intake, noContext, type RejectReason, WRAPPER } from "./intake.ts";
import { LogEvent } from "./log-event.ts";
import { envelopeStart, findResync, type Place } from "./resync.ts";

/** The largest unit (record, line, log event) that is read; a larger one is a reject. Services stop at 1 MB. */
const largestUnitBytes = 32 * 1024 * 1024;
/** Records begin alike: these many different beginnings are kept, so that one odd record does not hide the others. */
const keptSignatures = 2;
/** The longest text that tells where to go on after damage, and what has to be seen behind it. */
const longestMark = 80;
/** How log events of CloudWatch begin. */
const logEventStart = Buffer.from('{"id":');
/** How much of a reject that is skipped is kept for its text. */
const sampleBytes = 1024 * 1024;

/** What the parser tells besides records. */
export interface ParserEvents {
  /** One more thing was found that has to end as a row, a reject or a control message. */
  record(): void;
  control(): void;
  /** Text that is no record. `length` may be more than the bytes that are given. */
  reject(reason: RejectReason, detail: string, bytes: Uint8Array, position: number, length: number): void;
}

type State =
  | { readonly at: "top" }
  /** Between the members of an envelope; `first` right behind its brace. */
  | { readonly at: "envelope"; readonly facts: EnvelopeFacts; readonly first: boolean }
  /** Between the elements of an array; without facts it stands by itself. */
  | { readonly at: "elements"; readonly facts: EnvelopeFacts | undefined; readonly logEvents: boolean }
  | { readonly at: "skipping"; readonly skip: Skip; readonly back: State };

interface Skip {
  readonly reason: RejectReason;
  readonly detail: string;
  readonly position: number;
  readonly sample: Uint8Array[];
  sampled: number;
  length: number;
}

/** Result of a step: on with the next one, or not before more bytes are there. */
const ON = true;
const WAIT = false;

/**
 * Splits the text of a landing object into records, whatever envelope they are in, as the bytes come.
 *
 * It holds no more than one unit: an envelope or array of any size passes element by element.
 */
export class LandingParser {
  private state: State = { at: "top" };
  private window: Uint8Array = new Uint8Array(0);
  private p = 0;
  /** Offset of `window[0]` in the uncompressed content. */
  private base = 0;
  private last = false;
  /** A segment ended inside a value: the next one may go on with it. */
  private torn = false;
  /** Bytes to wait for before the unit at hand is looked at again, so that a large one is not walked over for every piece. */
  private wanted = 0;
  /** Pieces that came while more bytes were waited for. */
  private pieces: Uint8Array[] = [];
  private pieceBytes = 0;
  private signatures: readonly Uint8Array[] = [];
  private readonly scanner = new JsonScanner();
  private readonly logEvent: LogEvent;
  private readonly intake: Intake;
  private readonly events: ParserEvents;
  private readonly pinned: (logGroup: string | undefined) => Source | undefined;

  /** @param pinned the source that is known without looking at a record, given the log group where there is one */
  constructor(intake: Intake, events: ParserEvents, pinned: (logGroup: string | undefined) => Source | undefined) {
    this.intake = intake;
    this.events = events;
    this.pinned = pinned;
    this.logEvent = new LogEvent(this.scanner);
  }

  /** @param last whether a gzip member, or the object, ends here: a good place to start anew */
  push(bytes: Uint8Array, last: boolean): void {
    if (this.torn && bytes.length > 0) this.mend(bytes);
    this.pieces.push(bytes);
    this.pieceBytes += bytes.length;
    if (!last && this.window.length + this.pieceBytes < this.wanted) return;
    const whole = this.window.length === 0 && this.pieces.length === 1;
    this.window = whole ? bytes : Buffer.concat([this.window, ...this.pieces]);
    this.pieces = [];
    this.pieceBytes = 0;
    this.last = last;
    this.wanted = 0;
    while (this.step() === ON);
    const rest = this.window.length - this.p;
    this.base += this.p;
    this.window = rest > 0 ? this.window.slice(this.p) : new Uint8Array(0);
    this.p = 0;
    if (last) this.intake.flush();
  }

  /** The object has ended: what is still open is broken. */
  end(): void {
    this.giveUp();
    this.intake.flush();
  }

  private step(): boolean {
    // Not beyond the largest unit, so that it does not depend on the pieces whether one that is too large is read.
    this.scanner.use(this.window, Math.min(this.window.length, this.p + largestUnitBytes));
    switch (this.state.at) {
      case "top":
        return this.top();
      case "envelope":
        return this.envelope(this.state.facts, this.state.first);
      case "elements":
        return this.element(this.state.facts, this.state.logEvents);
      case "skipping":
        return this.skip(this.state.skip, this.state.back);
    }
  }

  private top(): boolean {
    if (!this.inStatement()) this.p = skipSeparators(this.window, this.p);
    const c = this.window[this.p];
    if (c === undefined) return WAIT;
    if (this.inStatement()) return this.line();
    if (c === 0x5b) {
      this.p++;
      this.state = { at: "elements", facts: undefined, logEvents: false };
      this.signatures = [];
      return ON;
    }
    if (c !== 0x7b)
      return this.isRemains(c)
        ? this.startSkipping("broken_json", "text outside of any record", { at: "top" })
        : this.line();
    const key = this.firstKey();
    if (key === undefined) return this.wait();
    const envelope = isEnvelopeKey(key) ? envelopeAt(this.scanner, this.p) : INVALID;
    if (envelope === INCOMPLETE && !this.last) return this.wait();
    if (envelope !== INVALID) {
      this.enterEnvelope();
      return ON;
    }
    return this.record(noContext, this.pinned(undefined), { at: "top" });
  }

  /** Whether what follows may go on with an audited statement: there white space and commas are text. */
  private inStatement(): boolean {
    if (!this.intake.waiting) return false;
    const c = this.window[this.p];
    if (c === 0) return false;
    return (c !== 0x7b && c !== 0x5b) || this.pinned(undefined)?.format === "aurora-audit";
  }

  private enterEnvelope(): void {
    this.p++;
    this.state = { at: "envelope", facts: noFacts(), first: true };
  }

  /** First key of the object at hand; undefined when it is not all there or there is none. */
  private firstKey(): string | undefined {
    const start = this.scanner.space(this.p + 1);
    if (this.window[start] !== 0x22) return this.window[start] === undefined ? undefined : "";
    const end = this.scanner.string(start);
    if (end < 0) return end === INVALID ? "" : undefined;
    return Buffer.from(this.window.buffer, this.window.byteOffset + start + 1, end - start - 2).toString("latin1");
  }

  /** A line of text that is no JSON object or array. */
  private line(): boolean {
    let end = this.window.indexOf(0x0a, this.p);
    if (end < 0 && this.last) end = this.window.length;
    if (end < 0 || end - this.p > largestUnitBytes) return this.wait();
    const glued = this.envelopeBehind(end);
    const until = glued ?? end;
    this.events.record();
    this.intake.line(this.window.subarray(this.p, until), this.pinned(undefined), this.base + this.p);
    this.p = glued ?? Math.min(end + 1, this.window.length);
    return ON;
  }

  /** Where an envelope begins behind text that is no record, on the same line. */
  private envelopeBehind(end: number): number | undefined {
    if (this.isFreeText(end)) return undefined;
    const { buffer, byteOffset } = this.window;
    const at = Buffer.from(buffer, byteOffset, end).indexOf(envelopeStart, this.p);
    return at > this.p ? at : undefined;
  }

  /** Whether any text is a record's, or may be: then nothing inside of it is looked for. */
  private isFreeText(end: number): boolean {
    const format = this.pinned(undefined)?.format;
    if (format === "raw" || format === "aurora-audit" || this.intake.waiting) return true;
    return AuditLines.begins(this.window.subarray(this.p, end));
  }

  /** Whether what begins with `c` is the rest of an object or array that was left for damage, not a line of text. */
  private isRemains(c: number): boolean {
    return (c === 0x5d || c === 0x7d || c === 0x3a) && !this.isFreeText(this.window.length);
  }

  /** The record that begins here. */
  private record(context: typeof noContext, source: Source | undefined, back: State): boolean {
    const start = this.p;
    const { end } = this.scanner;
    const behind = this.intake.object(this.window, start, end, context, source, this.base + start);
    if (behind === WRAPPER) {
      this.enterEnvelope();
      return ON;
    }
    if (behind === INCOMPLETE) return this.wait();
    if (behind < 0) {
      return this.startSkipping(
        "broken_json",
        `no JSON at byte ${this.intake.scanner.errorAt - start} of the record`,
        back,
      );
    }
    this.events.record();
    this.remember(start);
    this.p = behind;
    return ON;
  }

  private envelope(facts: EnvelopeFacts, first: boolean): boolean {
    const { scanner } = this;
    let at = scanner.space(this.p);
    const c = this.window[at];
    if (c === 0x7d) {
      this.p = at + 1;
      this.intake.flush();
      this.state = { at: "top" };
      return ON;
    }
    if (c === 0x2c && !first) at = scanner.space(at + 1);
    if (at >= this.window.length) return this.wait();
    if (this.window[at] !== 0x22 || (!first && c !== 0x2c)) return this.brokenEnvelope();
    const keyEnd = scanner.string(at);
    const colon = keyEnd < 0 ? keyEnd : scanner.colon(keyEnd);
    if (colon === INVALID) return this.brokenEnvelope();
    const start = colon < 0 ? this.window.length : scanner.space(colon);
    if (start >= this.window.length) return this.wait();
    const key = this.text(at, keyEnd);
    if (this.window[start] === 0x5b && isArrayKey(key)) return this.enterArray(key, start, facts);
    scanner.escapes = false;
    const end = scanner.value(start);
    // A number may go on in the next piece.
    if (end === INCOMPLETE || (end === this.window.length && !this.last)) return this.wait();
    if (end < 0) return this.brokenEnvelope();
    if (isFact(key) && this.window[start] === 0x22) facts[key] = this.text(start, end);
    this.p = end;
    this.state = { at: "envelope", facts, first: false };
    return ON;
  }

  private enterArray(key: string, start: number, facts: EnvelopeFacts): boolean {
    const logEvents = key === "logEvents";
    if (logEvents && (facts.messageType === undefined || facts.logGroup === undefined)) {
      const ahead = this.factsBehind(start, facts);
      if (ahead === WAIT) return this.wait();
    }
    if (facts.messageType === "CONTROL_MESSAGE") {
      const end = this.scanner.value(start);
      if (end === INCOMPLETE) return this.wait();
      if (end < 0) return this.brokenEnvelope();
      this.events.record();
      this.events.control();
      this.p = end;
      this.state = { at: "envelope", facts, first: false };
      return ON;
    }
    this.p = start + 1;
    this.signatures = logEvents ? [logEventStart] : [];
    this.logEvent.owner = facts.owner;
    this.logEvent.logGroup = facts.logGroup;
    this.logEvent.logStream = facts.logStream;
    this.state = { at: "elements", facts, logEvents };
    return ON;
  }

  /**
   * Keys may come in any order: looks for the facts behind the events before reading them.
   *
   * @returns WAIT when more bytes would help; the search gives up where the envelope is broken or too large to hold
   */
  private factsBehind(start: number, facts: EnvelopeFacts): boolean {
    const { scanner } = this;
    let at = scanner.value(start);
    while (at >= 0) {
      at = scanner.space(at);
      if (this.window[at] === 0x7d) return ON;
      if (this.window[at] !== 0x2c) break;
      at = scanner.space(at + 1);
      if (this.window[at] !== 0x22) break;
      const keyEnd = scanner.string(at);
      const colon = keyEnd < 0 ? keyEnd : scanner.colon(keyEnd);
      if (colon < 0) break;
      const valueStart = scanner.space(colon);
      const end = scanner.value(valueStart);
      const key = this.text(at, keyEnd);
      if (end >= 0 && isFact(key) && this.window[valueStart] === 0x22) facts[key] ??= this.text(valueStart, end);
      at = end;
    }
    return this.last || at === INVALID || this.window.length - this.p >= largestUnitBytes ? ON : WAIT;
  }

  private element(facts: EnvelopeFacts | undefined, logEvents: boolean): boolean {
    this.p = skipSeparators(this.window, this.p);
    const c = this.window[this.p];
    if (c === undefined) return this.wait();
    if (c === 0x5d) {
      this.p++;
      this.state = facts ? { at: "envelope", facts, first: false } : { at: "top" };
      return ON;
    }
    const source = this.pinned(facts?.logGroup);
    if (logEvents && facts) return this.event(source);
    if (c === 0x7b) return this.record(facts ? contextOf(facts) : noContext, source, this.state);
    return this.otherElement(source);
  }

  /** An element that is no object: a line as a JSON string, a row of Logs Insights as an array, or nothing known. */
  private otherElement(source: Source | undefined): boolean {
    const start = this.p;
    const end = this.scanner.value(start);
    if (end === INCOMPLETE || (end === this.window.length && !this.last)) return this.wait();
    if (end < 0) return this.startSkipping("broken_json", "no JSON in an array of records", this.state);
    this.events.record();
    const position = this.base + start;
    const value: unknown = JSON.parse(new TextDecoder().decode(this.window.subarray(start, end)));
    if (typeof value === "string") this.intake.line(Buffer.from(value), source, position);
    else if (!this.intake.carried(value, source, position)) {
      this.events.reject(
        "not_an_object",
        "an array element that is no object",
        this.window.subarray(start, end),
        position,
        end - start,
      );
    }
    this.p = end;
    return ON;
  }

  private event(source: Source | undefined): boolean {
    const start = this.p;
    const { logEvent } = this;
    const message = logEvent.readHead(start);
    if (message >= 0) {
      const { end } = this.scanner;
      const quote = this.intake.fast(this.window, message, end, 1, logEvent, source);
      if (quote >= 0) {
        this.events.record();
        this.p = quote + 2;
        return ON;
      }
    }
    const behind = this.window[start] === 0x7b ? logEvent.read(start) : this.scanner.invalid(start);
    if (behind === INCOMPLETE) return this.wait();
    if (behind < 0) return this.startSkipping("broken_envelope", "a log event that is no JSON", this.state);
    this.events.record();
    const position = this.base + start;
    if (logEvent.message === undefined) {
      const bytes = this.window.subarray(start, behind);
      this.events.reject(
        "broken_envelope",
        "a log event without the text of its message",
        bytes,
        position,
        bytes.length,
      );
    } else {
      this.intake.message(logEvent.message, logEvent, source, position);
    }
    this.remember(start);
    this.p = behind;
    return ON;
  }

  /** Keeps how the record at `start` begins: the best mark to look for after damage. */
  private remember(start: number): void {
    const [newest] = this.signatures;
    if (newest && startsWith(this.window, start, newest)) return;
    const head = Buffer.from(this.window.subarray(start, start + 64)).toString("latin1");
    const signature = /^\{\s*"[^"\\]*"\s*:/.exec(head)?.[0];
    if (signature === undefined) return;
    const others = this.signatures.filter((known) => !startsWith(this.window, start, known));
    this.signatures = [Buffer.from(signature, "latin1"), ...others].slice(0, keptSignatures);
  }

  /** The unit at hand is not all there. */
  private wait(): boolean {
    const unit = this.window.length - this.p;
    if (unit >= largestUnitBytes) {
      return this.startSkipping("record_too_large", `longer than ${largestUnitBytes} bytes`, this.state);
    }
    this.wanted = Math.min(unit * 2, largestUnitBytes);
    this.torn = this.last && (unit > 0 || this.state.at !== "top");
    return WAIT;
  }

  private brokenEnvelope(): boolean {
    return this.startSkipping("broken_envelope", "the envelope is no JSON", { at: "top" });
  }

  private startSkipping(reason: RejectReason, detail: string, back: State): boolean {
    const position = this.base + this.p;
    this.events.record();
    // The first of its kind: what comes next most likely begins as this one does.
    if (this.signatures.length === 0) this.remember(this.p);
    this.state = { at: "skipping", skip: { reason, detail, position, sample: [], sampled: 0, length: 0 }, back };
    return ON;
  }

  private skip(skip: Skip, back: State): boolean {
    const from = skip.length === 0 ? this.p + 1 : this.p;
    const inside = back.at === "elements" ? placeOf(back) : "top";
    const mark = findResync(this.window, from, this.window.length, inside, this.signatures);
    // In the last bytes of the window an earlier mark may begin that is not all there yet.
    const sure = this.last ? this.window.length : Math.max(this.p, this.window.length - longestMark);
    const found = mark && mark.at <= sure ? mark : undefined;
    const until = found ? found.at : sure;
    const taken = this.window.slice(this.p, Math.min(until, this.p + sampleBytes - skip.sampled));
    skip.sample.push(taken);
    skip.sampled += taken.length;
    skip.length += until - this.p;
    this.p = until;
    if (!found && !this.last) return WAIT;
    const bytes = Buffer.concat(skip.sample);
    const text = trimEnd(bytes);
    // Line ends are not the record's; where the sample is cut, they are not in it either.
    const lineEnds = skip.sampled === skip.length ? bytes.length - text.length : 0;
    this.events.reject(skip.reason, skip.detail, text, skip.position, skip.length - lineEnds);
    this.state = found && !found.outside ? back : { at: "top" };
    return ON;
  }

  /** A segment ended inside a unit. When the next one begins something of its own, the unit was cut; else it goes on there. */
  private mend(bytes: Uint8Array): void {
    this.torn = false;
    const start = skipSeparators(bytes, 0);
    this.scanner.use(bytes, bytes.length);
    const opens = bytes[start] === 0x7b || bytes[start] === 0x5b;
    const fresh =
      this.state.at === "top" ? opens && this.scanner.value(start) !== INVALID : this.opensEnvelope(bytes, start);
    if (fresh) this.giveUp();
  }

  private opensEnvelope(bytes: Uint8Array, start: number): boolean {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(64, bytes.length - start)).toString(
      "latin1",
    );
    const key = /^\{\s*"(\w+)"/.exec(head)?.[1];
    return key !== undefined && isEnvelopeKey(key);
  }

  /** What is open will not be completed: rejects it, but for what can still be read behind it. */
  private giveUp(): void {
    this.last = true;
    this.torn = false;
    while (skipSeparators(this.window, this.p) < this.window.length) {
      const reason = this.state.at === "top" ? "broken_json" : "broken_envelope";
      this.startSkipping(reason, "the text ends inside it", { at: "top" });
      while (this.step() === ON);
    }
    this.base += this.window.length;
    this.window = new Uint8Array(0);
    this.p = 0;
    this.torn = false;
    this.state = { at: "top" };
  }

  /** A string of the envelope, quotes at `start` and before `end`. */
  private text(start: number, end: number): string {
    const value: unknown = JSON.parse(
      Buffer.from(this.window.buffer, this.window.byteOffset + start, end - start).toString(),
    );
    return typeof value === "string" ? value : "";
  }
}

function placeOf({ facts, logEvents }: State & { at: "elements" }): Place {
  if (logEvents) return "logEvents";
  return facts ? "envelope" : "array";
}

/** White space, commas, a byte order mark, and the zero bytes of padding. */
function skipSeparators(bytes: Uint8Array, p: number): number {
  let at = p;
  for (;;) {
    const c = bytes[at];
    if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09 || c === 0x2c || c === 0) at++;
    else if (c === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
    else return at;
  }
}

function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
}

function trimEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end--;
  return bytes.subarray(0, end);
}
