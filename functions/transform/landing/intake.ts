import { isUtf8 } from "node:buffer";
import type { Catalog } from "../../../catalog/index.ts";
import type { Source } from "../../../catalog/types.ts";
import { trimmed } from "../json/blank.ts";
import { JsonScanner } from "../json/scanner.ts";
import { type AuditLine, AuditLines, withoutLineEnds } from "../record/audit-lines.ts";
import { type Carried, detect, unwrapCarrier } from "../record/detect.ts";
import { GIVE_UP } from "../record/fast-reader.ts";
import type { RecordContext } from "../record/finish.ts";
import { NONE } from "../record/keys.ts";
import type { SourcePlan } from "../record/plan.ts";
import { sourceOfLogGroup } from "./source.ts";

/** Why a record is no row; the `reason` column of the rejects table. */
export type RejectReason =
  | "not_json"
  | "broken_json"
  | "not_an_object"
  | "unknown_source"
  | "no_time"
  | "bad_time"
  | "implausible_time"
  | "broken_audit_line"
  | "broken_envelope"
  | "record_too_large"
  | "broken_gzip";

/** Where records end: a row that stands in the plan's reader, or a reject. */
export interface Outcomes {
  /** The plan's row is whole; `day` is days since 1970-01-01 UTC. */
  row(plan: SourcePlan, day: number): void;
  /** A line went on with the record before it: what was counted for it is no record of its own. */
  joined(): void;
  /** Behind a record stands text that is no part of it: one thing more than was counted, and that has to end somewhere too. */
  apart(): void;
  reject(reason: RejectReason, detail: string, bytes: Uint8Array, position: number, source: string | undefined): void;
}

export const noContext: RecordContext = {
  logGroup: undefined,
  logStream: undefined,
  owner: undefined,
  eventId: undefined,
  timestamp: undefined,
};

/** {@link Intake.object} found an envelope in an unusual order of keys: the caller has to open it. */
export const WRAPPER = -3;

/** An export may be of exports; what lies deeper is no record. */
const deepestCarriers = 3;
const encoder = new TextEncoder();
const exportPrefix = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?) /;

/**
 * Takes records one by one, finds their source where nobody said it, and reads them.
 *
 * The source of a record is, in this order: the one its caller pins (option, log group, landing key); the one of the
 * record before, if this record looks like it; the one that its content tells.
 */
export class Intake {
  readonly scanner = new JsonScanner();
  private readonly catalog: Catalog;
  private readonly planOf: (source: Source) => SourcePlan;
  private readonly outcomes: Outcomes;
  private readonly auditLines: AuditLines;
  private current: Source | undefined;
  /** Exported log events around the record at hand. */
  private carriers = 0;

  constructor(catalog: Catalog, planOf: (source: Source) => SourcePlan, outcomes: Outcomes) {
    this.catalog = catalog;
    this.planOf = planOf;
    this.outcomes = outcomes;
    this.auditLines = new AuditLines((line) => this.auditLine(line));
  }

  /**
   * A record that begins at `start` of `bytes`, an opening brace.
   *
   * @returns offset behind it, a code of the scanner, or {@link WRAPPER}; only in the first case has the record ended somewhere
   */
  object(
    bytes: Uint8Array,
    start: number,
    end: number,
    context: RecordContext,
    pinned: Source | undefined,
    position: number,
  ): number {
    const fast = this.fast(bytes, start, end, 0, context, pinned);
    if (fast >= 0) return fast;
    this.scanner.use(bytes, end);
    const source = pinned ?? this.current;
    if (source?.format === "json") {
      const plan = this.planOf(source);
      const behind = plan.reader.read(start);
      if (behind < 0) return behind;
      // A pinned record may be wrapped in one more object, which can have a time of its own.
      const trusted = pinned ? plan.reader.timeState !== "missing" && !plan.mayCarry() : plan.recognises();
      if (trusted) {
        this.finish(plan, bytes, start, behind, context, position);
        return behind;
      }
    }
    const behind = this.scanner.value(start);
    return behind < 0 ? behind : this.unfamiliar(bytes.subarray(start, behind), behind, context, pinned, position);
  }

  /**
   * A record that is like the one before, see {@link FastReader}.
   *
   * @param escaped 1 where the record stands inside a JSON string
   * @returns offset behind it, or {@link GIVE_UP} when it has to be read the careful way; nothing has come of it then
   */
  fast(
    bytes: Uint8Array,
    start: number,
    end: number,
    escaped: 0 | 1,
    context: RecordContext,
    pinned: Source | undefined,
  ): number {
    const source = pinned ?? this.current;
    if (source?.format !== "json") return GIVE_UP;
    const plan = this.planOf(source);
    const behind = plan.fast.read(bytes, start, end, escaped);
    if (behind < 0 || plan.reader.timeState !== "good" || (!pinned && !plan.recognises())) return GIVE_UP;
    // A record inside a string is the last member of its log event, or there is more to look at.
    if (escaped === 1 && (bytes[behind] !== 0x22 || bytes[behind + 1] !== 0x7d)) return GIVE_UP;
    // An id made from the text has to be the same whichever way the text was read.
    if (escaped === 1 && plan.reader.idColumn === NONE && context.eventId === undefined) return GIVE_UP;
    const verdict = plan.finisher.finish(plan.reader, context, bytes, start, behind);
    if (verdict.kind === "reject") return GIVE_UP;
    this.outcomes.row(plan, verdict.day);
    return behind;
  }

  /** The text of a log event: a record without anything around it. `position` is where the event stands. */
  message(bytes: Uint8Array, context: RecordContext, pinned: Source | undefined, position: number): void {
    const text = trimmed(bytes);
    const source = pinned ?? (text[0] === 0x7b ? undefined : this.sourceOfText(text));
    if (source?.format === "aurora-audit") {
      // A line that goes on with a statement is a part of it to the letter.
      const line = AuditLines.begins(text) ? text : bytes;
      const joined = this.auditLines.add({
        bytes: withoutLineEnds(line).slice(),
        context: kept(context),
        position,
        source,
      });
      if (joined) this.outcomes.joined();
    } else if (source?.format === "raw") {
      this.raw(source, text, context, position);
    } else if (text[0] === 0x7b) {
      const behind = this.object(text, 0, text.length, context, pinned, position);
      if (behind === text.length) return;
      // Behind a record that was read stands more: the record is already in its place, the rest is the reject.
      const rest = behind > 0 ? text.subarray(behind) : text;
      if (behind > 0) this.outcomes.apart();
      this.outcomes.reject("broken_json", this.syntaxDetail(behind), rest, position, source?.id);
    } else {
      this.otherText(text, position, source);
    }
  }

  /** A line of a text file: an exported log event behind its time, an audit line, or nothing known. */
  line(bytes: Uint8Array, pinned: Source | undefined, position: number): void {
    const head = new TextDecoder("latin1").decode(bytes.subarray(0, 40));
    const timestamp = exportPrefix.exec(head)?.[1];
    if (timestamp === undefined) {
      this.message(bytes, noContext, pinned, position);
    } else {
      this.message(bytes.subarray(timestamp.length + 1), { ...noContext, timestamp }, pinned, position);
    }
  }

  /** A value among records that is no object: a line as a text, a row of Logs Insights. @returns false when it is neither */
  carried(json: Uint8Array, pinned: Source | undefined, position: number): boolean {
    const value: unknown = JSON.parse(new TextDecoder().decode(json));
    if (typeof value === "string") {
      if (isFaithful(value, json)) this.line(encoder.encode(value), pinned, position);
      return isFaithful(value, json);
    }
    const carried = unwrapCarrier(value, noContext);
    if (!carried || carried === "wrapper" || !isFaithful(carried.message, json)) return false;
    this.take(carried, pinned, position);
    return true;
  }

  /** Whether an audit line is open: what follows may go on with it. */
  get waiting(): boolean {
    return this.auditLines.waiting;
  }

  /** Lines that wait for their continuation are complete: an envelope or file has ended. */
  flush(): void {
    this.auditLines.flush();
  }

  private sourceOfText(text: Uint8Array): Source | undefined {
    const looksLikeAudit = AuditLines.begins(text) || this.auditLines.waiting;
    return looksLikeAudit ? this.catalog.sources.find(({ format }) => format === "aurora-audit") : undefined;
  }

  private otherText(text: Uint8Array, position: number, source: Source | undefined): void {
    const isScalar = this.isJsonValue(text);
    if (isScalar) this.outcomes.reject("not_an_object", "a JSON value that is no object", text, position, source?.id);
    else this.outcomes.reject("not_json", "neither a JSON object nor an audit line", text, position, source?.id);
  }

  private isJsonValue(text: Uint8Array): boolean {
    this.scanner.use(text, text.length);
    return text.length > 0 && this.scanner.value(0) === text.length;
  }

  private syntaxDetail(behind: number): string {
    if (behind === WRAPPER) return "an envelope inside a log event";
    if (behind >= 0) return "more text behind the JSON object";
    return behind === -1 ? "the JSON object is cut off" : `no JSON at byte ${this.scanner.errorAt} of the record`;
  }

  /** A record out of an export, which may say what log group it was in. */
  private take({ message, context }: Carried, pinned: Source | undefined, position: number): void {
    const byLogGroup = context.logGroup === undefined ? undefined : sourceOfLogGroup(this.catalog, context.logGroup);
    this.carriers++;
    this.message(encoder.encode(message), context, pinned ?? byLogGroup, position);
    this.carriers--;
  }

  /** A record that no known plan took: parse it once, and look. */
  private unfamiliar(
    bytes: Uint8Array,
    behind: number,
    context: RecordContext,
    pinned: Source | undefined,
    position: number,
  ): number {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const carried = this.carriers < deepestCarriers ? unwrapCarrier(value, context, bytes) : undefined;
    if (carried === "wrapper") return WRAPPER;
    if (carried && isFaithful(carried.message, bytes)) {
      this.take(carried, pinned, position);
      return behind;
    }
    const source = pinned ?? detect(this.catalog, value);
    if (!source) {
      this.outcomes.reject("unknown_source", "no source of the catalog has such records", bytes, position, undefined);
      return behind;
    }
    if (source.format === "raw") {
      this.raw(source, bytes, context, position);
      return behind;
    }
    if (!pinned) this.current = source;
    const plan = this.planOf(source);
    this.scanner.use(bytes, bytes.length);
    plan.reader.read(0);
    this.finish(plan, bytes, 0, bytes.length, context, position);
    return behind;
  }

  private finish(
    plan: SourcePlan,
    bytes: Uint8Array,
    start: number,
    end: number,
    context: RecordContext,
    position: number,
  ): void {
    if (plan.source.timeField === "@timestamp") setTimeOf(plan, context);
    const verdict = plan.finisher.finish(plan.reader, context, bytes, start, end);
    if (verdict.kind === "row") this.outcomes.row(plan, verdict.day);
    else this.outcomes.reject(verdict.reason, verdict.detail, bytes.subarray(start, end), position, plan.source.id);
  }

  private raw(source: Source, bytes: Uint8Array, context: RecordContext, position: number): void {
    const plan = this.planOf(source);
    plan.reader.begin(bytes);
    plan.setRaw(bytes);
    setTimeOf(plan, context);
    this.finish(plan, bytes, 0, bytes.length, context, position);
  }

  private auditLine(line: AuditLine): void {
    const plan = this.planOf(line.source);
    plan.reader.begin(line.bytes);
    const problem = plan.setAuditLine(line.bytes);
    if (problem) this.outcomes.reject("broken_audit_line", problem, line.bytes, line.position, line.source.id);
    else this.finish(plan, line.bytes, 0, line.bytes.length, line.context, line.position);
  }
}

/** A copy of a context that may be used for the next record before this one is done. */
function kept({ logGroup, logStream, owner, eventId, timestamp }: RecordContext): RecordContext {
  return { logGroup, logStream, owner, eventId, timestamp };
}

/** Whether nothing of a text was replaced: its JSON is UTF-8, and so can the text be. */
function isFaithful(text: string, json: Uint8Array): boolean {
  return isUtf8(json) && !/\p{Surrogate}/u.test(text);
}

function setTimeOf(plan: SourcePlan, context: RecordContext): void {
  if (context.timestamp === undefined) return;
  const text = encoder.encode(context.timestamp);
  plan.reader.setTime(text, 0, text.length);
}
