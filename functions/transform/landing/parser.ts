import type { Source } from "../../../catalog/types.ts";
import { INCOMPLETE, INVALID, JsonScanner } from "../json/scanner.ts";
import {
  beginsEnvelope,
  contextOf,
  type EnvelopeFacts,
  envelopeAt,
  factsBehind,
  isEnvelopeKey,
  nextMember,
  noFacts,
} from "./envelope.ts";
import { envelopeBehind, inStatement, isRemains } from "./free-text.ts";
import { type Intake, noContext, type RejectReason, WRAPPER } from "./intake.ts";
import { LogEvent } from "./log-event.ts";
import type { Place } from "./resync.ts";
import { Signatures, Skip } from "./skip.ts";
import { behindSeparators, Window } from "./window.ts";

/** The largest unit (record, line, log event) that is read; a larger one is a reject. Services stop at 1 MB. */
const largestUnitBytes = 32 * 1024 * 1024;
/** How log events of CloudWatch begin. */
const logEventStart = Buffer.from('{"id":');

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
  private readonly window = new Window();
  private last = false;
  /** A segment ended inside a value: the next one may go on with it. */
  private torn = false;
  private readonly signatures = new Signatures();
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
    if (!this.window.add(bytes, last)) return;
    this.last = last;
    while (this.step() === ON);
    this.window.compact();
    if (last) this.intake.flush();
  }

  /** The object has ended: what is still open is broken. */
  end(): void {
    this.giveUp();
    this.intake.flush();
  }

  private step(): boolean {
    // Not beyond the largest unit, so that it does not depend on the pieces whether one that is too large is read.
    const { bytes, p } = this.window;
    this.scanner.use(bytes, Math.min(bytes.length, p + largestUnitBytes));
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
    if (!inStatement(this.window, this.intake, this.pinned(undefined))) this.window.skipSeparators();
    const { bytes, p } = this.window;
    const c = bytes[p];
    if (c === undefined) return WAIT;
    if (inStatement(this.window, this.intake, this.pinned(undefined))) return this.line();
    if (c === 0x5b) {
      this.window.p++;
      this.state = { at: "elements", facts: undefined, logEvents: false };
      this.signatures.known = [];
      return ON;
    }
    if (c !== 0x7b)
      return isRemains(this.window, this.intake, this.pinned(undefined))
        ? this.startSkipping("broken_json", "text outside of any record", { at: "top" })
        : this.line();
    const key = this.firstKey();
    if (key === undefined) return this.wait();
    const envelope = isEnvelopeKey(key) ? envelopeAt(this.scanner, this.window.p) : INVALID;
    if (envelope === INCOMPLETE && !this.last) return this.wait();
    if (envelope !== INVALID) {
      this.enterEnvelope();
      return ON;
    }
    return this.record(noContext, this.pinned(undefined), { at: "top" });
  }

  private enterEnvelope(): void {
    this.window.p++;
    this.state = { at: "envelope", facts: noFacts(), first: true };
  }

  /** First key of the object at hand; undefined when it is not all there or there is none. */
  private firstKey(): string | undefined {
    const start = this.scanner.space(this.window.p + 1);
    if (this.window.bytes[start] !== 0x22) return this.window.bytes[start] === undefined ? undefined : "";
    const end = this.scanner.string(start);
    if (end < 0) return end === INVALID ? "" : undefined;
    return this.window.view(start + 1, end - 1).toString("latin1");
  }

  /** A line of text that is no JSON object or array. */
  private line(): boolean {
    let end = this.window.bytes.indexOf(0x0a, this.window.p);
    if (end < 0 && this.last) end = this.window.bytes.length;
    if (end < 0 || end - this.window.p > largestUnitBytes) return this.wait();
    const glued = envelopeBehind(this.window, end, this.intake, this.pinned(undefined));
    const until = glued ?? end;
    this.events.record();
    this.intake.line(this.window.bytes.subarray(this.window.p, until), this.pinned(undefined), this.window.position);
    this.window.p = glued ?? Math.min(end + 1, this.window.bytes.length);
    return ON;
  }

  /** The record that begins here. */
  private record(context: typeof noContext, source: Source | undefined, back: State): boolean {
    const start = this.window.p;
    const { end } = this.scanner;
    const behind = this.intake.object(this.window.bytes, start, end, context, source, this.window.position);
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
    this.signatures.remember(this.window.bytes, start);
    this.window.p = behind;
    return ON;
  }

  private envelope(facts: EnvelopeFacts, first: boolean): boolean {
    const member = nextMember(this.scanner, this.window, facts, first, this.last);
    switch (member.kind) {
      case "more":
        return this.wait();
      case "broken":
        return this.brokenEnvelope();
      case "array":
        return this.enterArray(member.key, member.start, facts);
      case "member":
        this.window.p = member.behind;
        this.state = { at: "envelope", facts, first: false };
        return ON;
      case "end":
        this.window.p = member.behind;
        this.intake.flush();
        this.state = { at: "top" };
        return ON;
    }
  }

  private enterArray(key: string, start: number, facts: EnvelopeFacts): boolean {
    const logEvents = key === "logEvents";
    if (logEvents && (facts.messageType === undefined || facts.logGroup === undefined)) {
      const ahead = factsBehind(this.scanner, this.window, start, facts);
      if (ahead && !this.last && this.window.unused < largestUnitBytes) return this.wait();
    }
    if (facts.messageType === "CONTROL_MESSAGE") {
      const end = this.scanner.value(start);
      if (end === INCOMPLETE) return this.wait();
      if (end < 0) return this.brokenEnvelope();
      this.events.record();
      this.events.control();
      this.window.p = end;
      this.state = { at: "envelope", facts, first: false };
      return ON;
    }
    this.window.p = start + 1;
    this.signatures.known = logEvents ? [logEventStart] : [];
    this.logEvent.owner = facts.owner;
    this.logEvent.logGroup = facts.logGroup;
    this.logEvent.logStream = facts.logStream;
    this.state = { at: "elements", facts, logEvents };
    return ON;
  }

  private element(facts: EnvelopeFacts | undefined, logEvents: boolean): boolean {
    const c = this.window.skipSeparators();
    if (c === undefined) return this.wait();
    if (c === 0x5d) {
      this.window.p++;
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
    const start = this.window.p;
    const end = this.scanner.value(start);
    if (end === INCOMPLETE || (end === this.window.bytes.length && !this.last)) return this.wait();
    if (end < 0) return this.startSkipping("broken_json", "no JSON in an array of records", this.state);
    this.events.record();
    const position = this.window.position;
    const value: unknown = JSON.parse(new TextDecoder().decode(this.window.bytes.subarray(start, end)));
    if (typeof value === "string") this.intake.line(Buffer.from(value), source, position);
    else if (!this.intake.carried(value, source, position)) {
      this.events.reject(
        "not_an_object",
        "an array element that is no object",
        this.window.bytes.subarray(start, end),
        position,
        end - start,
      );
    }
    this.window.p = end;
    return ON;
  }

  private event(source: Source | undefined): boolean {
    const start = this.window.p;
    const { logEvent } = this;
    const message = logEvent.readHead(start);
    if (message >= 0) {
      const { end } = this.scanner;
      const quote = this.intake.fast(this.window.bytes, message, end, 1, logEvent, source);
      if (quote >= 0) {
        this.events.record();
        this.window.p = quote + 2;
        return ON;
      }
    }
    const behind = this.window.bytes[start] === 0x7b ? logEvent.read(start) : this.scanner.invalid(start);
    if (behind === INCOMPLETE) return this.wait();
    if (behind < 0) return this.startSkipping("broken_envelope", "a log event that is no JSON", this.state);
    this.events.record();
    const position = this.window.position;
    if (logEvent.message === undefined) {
      const bytes = this.window.bytes.subarray(start, behind);
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
    this.signatures.remember(this.window.bytes, start);
    this.window.p = behind;
    return ON;
  }

  /** The unit at hand is not all there. */
  private wait(): boolean {
    const unit = this.window.unused;
    if (unit >= largestUnitBytes) {
      return this.startSkipping("record_too_large", `longer than ${largestUnitBytes} bytes`, this.state);
    }
    this.window.want(Math.min(unit * 2, largestUnitBytes));
    this.torn = this.last && (unit > 0 || this.state.at !== "top");
    return WAIT;
  }

  private brokenEnvelope(): boolean {
    return this.startSkipping("broken_envelope", "the envelope is no JSON", { at: "top" });
  }

  private startSkipping(reason: RejectReason, detail: string, back: State): boolean {
    const { bytes, p, position } = this.window;
    this.events.record();
    // The first of its kind: what comes next most likely begins as this one does.
    if (this.signatures.known.length === 0) this.signatures.remember(bytes, p);
    const place = back.at === "elements" ? placeOf(back) : "top";
    this.state = { at: "skipping", skip: new Skip(reason, detail, position, place), back };
    return ON;
  }

  private skip(skip: Skip, back: State): boolean {
    const skipped = skip.pass(this.window, this.signatures, this.last);
    if (!skipped) return WAIT;
    this.events.reject(skip.reason, skip.detail, skipped.bytes, skip.position, skipped.length);
    this.state = skipped.outside ? { at: "top" } : back;
    return ON;
  }

  /** A segment ended inside a unit. When the next one begins something of its own, the unit was cut; else it goes on there. */
  private mend(bytes: Uint8Array): void {
    this.torn = false;
    const start = behindSeparators(bytes, 0);
    this.scanner.use(bytes, bytes.length);
    const opens = bytes[start] === 0x7b || bytes[start] === 0x5b;
    const fresh =
      this.state.at === "top" ? opens && this.scanner.value(start) !== INVALID : beginsEnvelope(bytes, start);
    if (fresh) this.giveUp();
  }

  /** What is open will not be completed: rejects it, but for what can still be read behind it. */
  private giveUp(): void {
    this.last = true;
    this.torn = false;
    while (behindSeparators(this.window.bytes, this.window.p) < this.window.bytes.length) {
      const reason = this.state.at === "top" ? "broken_json" : "broken_envelope";
      this.startSkipping(reason, "the text ends inside it", { at: "top" });
      while (this.step() === ON);
    }
    this.window.drop();
    this.torn = false;
    this.state = { at: "top" };
  }
}

function placeOf({ facts, logEvents }: State & { at: "elements" }): Place {
  if (logEvents) return "logEvents";
  return facts ? "envelope" : "array";
}
