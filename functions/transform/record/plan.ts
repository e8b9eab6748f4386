import { isUtf8 } from "node:buffer";
import type { Source } from "../../../catalog/types.ts";
import { Memo } from "../columns/memo.ts";
import { NULL, type Row } from "../columns/row.ts";
import type { JsonScanner } from "../json/scanner.ts";
import { splitAuditLine } from "./audit-lines.ts";
import { FastReader } from "./fast-reader.ts";
import { Finisher, type FinishOptions } from "./finish.ts";
import { type KeyNode, keysOf, NONE } from "./keys.ts";
import { RecordReader } from "./reader.ts";
import { isNullText, setNumber } from "./values.ts";

const encoder = new TextEncoder();
const latin1 = new TextDecoder("latin1");

/** Members of exported log events that hold the record. */
const carrierKeys: ReadonlySet<string> = new Set(["message", "@message", "CloudTrailEvent"]);

/** All that is needed to make rows of one source's records. */
export class SourcePlan {
  readonly source: Source;
  readonly reader: RecordReader;
  readonly fast: FastReader;
  readonly finisher: Finisher;
  private readonly row: Row;
  private readonly keys: KeyNode;
  private readonly recognise: () => boolean;

  constructor(row: Row, scanner: JsonScanner, options: FinishOptions) {
    this.source = options.source;
    this.row = row;
    this.keys = keysOf(options.source, row.layout);
    this.reader = new RecordReader(this.keys, row, scanner);
    this.fast = new FastReader(this.reader);
    this.finisher = new Finisher(row, options);
    this.recognise = this.recogniser();
  }

  /** Whether the record just read surely is of this source: its fingerprint fits and it has no key that the catalog does not know. */
  recognises(): boolean {
    return this.reader.timeState !== "missing" && this.reader.leftovers.length === 0 && this.recognise();
  }

  /** Whether the record just read may be the log event of an export, with the record itself inside. */
  mayCarry(): boolean {
    return this.reader.leftovers.some(({ key }) => carrierKeys.has(latin1.decode(key.bytes)));
  }

  /** Sets the columns of a record that is kept as it is. */
  setRaw(bytes: Uint8Array): void {
    const column = this.row.layout.columns.find(({ field }) => "from" in field && field.from.includes("@message"));
    if (column) this.row.setText(column.index, this.readable(bytes));
  }

  /** Sets the columns of an audit line. @returns what is wrong with the line, or undefined */
  setAuditLine(bytes: Uint8Array): string | undefined {
    const fields = splitAuditLine(bytes);
    if (typeof fields === "string") return fields;
    for (const [place, name] of (this.source.columns ?? []).entries()) {
      const text = fields[place] ?? "";
      const key = this.keys.define(name);
      if (key.isTime) {
        const time = encoder.encode(text);
        this.reader.setTime(time, 0, time.length);
      }
      if (key.column !== NONE) this.setField(key.column, text);
    }
    this.readable(bytes);
    return undefined;
  }

  private setField(index: number, text: string): void {
    const column = this.row.layout.columns[index];
    if (!column) return;
    if (column.kind === "dictionary" || column.kind === "text") {
      this.row.setText(index, text);
      return;
    }
    const outer = this.row.bytes;
    this.row.bytes = encoder.encode(text);
    const { length } = this.row.bytes;
    const fits = isNullText(this.row, column, 0, length) || setNumber(this.row, column, 0, length);
    this.row.bytes = outer;
    if (!fits) this.addExtra(column.name, text);
  }

  /** Text of a line; bytes that are no UTF-8 are replaced there and kept whole in `extra`. */
  private readable(bytes: Uint8Array): string {
    if (!isUtf8(bytes)) this.addExtra("line", { $base64: Buffer.from(bytes).toString("base64") });
    return new TextDecoder().decode(bytes);
  }

  private addExtra(name: string, value: unknown): void {
    const column = this.row.layout.indexOf("extra");
    const known: unknown = JSON.parse(this.row.text(column) ?? "{}");
    const all = typeof known === "object" && known !== null ? { ...known, [name]: value } : { [name]: value };
    this.row.setText(column, JSON.stringify(all));
  }

  /** Binds the source's fingerprint to columns, so that it can be checked without looking at the record again. */
  private recogniser(): () => boolean {
    const { row, reader } = this;
    const { fingerprint } = this.source;
    const present = (name: string): (() => boolean) => {
      const key = this.keys.define(name);
      if (key.isTime) return () => reader.timeState !== "missing";
      if (key.column === NONE) return () => false;
      return () => row.states[key.column] !== NULL;
    };
    const anyOf = fingerprint.anyOf.map(present);
    const allOf = (fingerprint.allOf ?? []).map(present);
    const noneOf = (fingerprint.noneOf ?? []).map(present);
    const knownEvent = this.eventTypeCheck();
    return () =>
      anyOf.some((has) => has()) && allOf.every((has) => has()) && !noneOf.some((has) => has()) && knownEvent();
  }

  private eventTypeCheck(): () => boolean {
    const { eventTypes } = this.source.fingerprint;
    const { column } = this.keys.define("eventType");
    const interner = this.row.interners[column];
    if (!eventTypes || !interner) return () => true;
    const memo = new Memo(interner);
    const isKnown = (id: number): number => (eventTypes.includes(interner.text(id)) ? 1 : 0);
    return () => this.row.states[column] !== NULL && memo.get(this.row.ids[column] ?? 0, isKnown) === 1;
  }
}
