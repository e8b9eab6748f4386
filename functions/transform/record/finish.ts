import { hash } from "node:crypto";
import { firstDay, futureToleranceDays } from "../../../catalog/common.ts";
import type { Source } from "../../../catalog/types.ts";
import type { Interner } from "../columns/interner.ts";
import { NULL, type Row } from "../columns/row.ts";
import type { CountryLookup } from "../derive/country.ts";
import type { ClientIpPolicy } from "../derive/privacy.ts";
import type { SamplingHistory } from "../derive/sampling.ts";
import { JsonScanner } from "../json/scanner.ts";
import { dayMs, dayOf } from "../lake/day.ts";
import { type CleanStep, cleanSteps } from "./clean.ts";
import { setExtra } from "./extra.ts";
import { NONE } from "./keys.ts";
import { type MaskStep, maskSteps } from "./mask.ts";
import type { RecordReader } from "./reader.ts";
import { type RuleStep, ruleSteps } from "./rules.ts";
import { fillUrl } from "./url.ts";
import { setValue } from "./values.ts";
import { weigher } from "./weight.ts";

/** What is known of a record from outside of it. */
export interface RecordContext {
  readonly logGroup: string | undefined;
  readonly logStream: string | undefined;
  readonly owner: string | undefined;
  /** Id of the CloudWatch log event. */
  readonly eventId: string | undefined;
  /** Time of the CloudWatch log event, as text of a number or ISO. */
  readonly timestamp: string | undefined;
}

export type Verdict =
  | { readonly kind: "row"; readonly day: number }
  | { readonly kind: "reject"; readonly reason: "no_time" | "bad_time" | "implausible_time"; readonly detail: string };

export interface FinishOptions {
  readonly source: Source;
  readonly landingKey: string;
  readonly landingTimeMs: number;
  readonly privacy: ClientIpPolicy;
  readonly sampling: SamplingHistory;
  readonly country: CountryLookup | undefined;
  readonly derived: boolean;
}

const firstDayMs = Date.parse(firstDay);

/** Makes a whole row of what was read: time, identity, URL halves, derived columns, privacy, weight, what is left over. */
export class Finisher {
  private readonly options: FinishOptions;
  private readonly latestMs: number;
  private readonly clean: readonly CleanStep[];
  private readonly rules: readonly RuleStep[];
  private readonly masks: readonly MaskStep[];
  private readonly weigh: (row: Row, timeMs: number) => number;
  private readonly at: Record<"time" | "timeUs" | "source" | "id" | "landingKey" | "weight" | "extra", number>;
  private readonly url: { readonly uri: number; readonly query: number } | undefined;
  private readonly envelope: readonly {
    readonly column: number;
    readonly name: "@owner" | "@logStream" | "@logGroup";
  }[];
  private readonly constants = new Map<number, { text: string; generation: number; id: number }>();

  constructor(row: Row, options: FinishOptions) {
    const { layout } = row;
    this.options = options;
    this.latestMs = options.landingTimeMs + futureToleranceDays * dayMs;
    this.clean = cleanSteps(row);
    this.rules = options.derived ? ruleSteps(row, options) : [];
    this.masks = maskSteps(row, options.privacy);
    this.weigh = weigher(options.source, row, options.sampling);
    this.at = {
      time: layout.indexOf("event_time"),
      timeUs: layout.indexOf("event_time_us"),
      source: layout.indexOf("source"),
      id: layout.indexOf("event_id"),
      landingKey: layout.indexOf("landing_key"),
      weight: layout.indexOf("weight"),
      extra: layout.indexOf("extra"),
    };
    const { url } = layout.table;
    this.url = url && { uri: layout.indexOf(url.uri), query: layout.indexOf(url.query) };
    this.envelope = layout.columns.flatMap(({ field, index }) =>
      "from" in field
        ? (["@owner", "@logStream", "@logGroup"] as const)
            .filter((name) => field.from.includes(name))
            .map((name) => ({ column: index, name }))
        : [],
    );
  }

  /** `bytes[start, end)` is the record's own text: it gives an id when nothing else does. */
  finish(reader: RecordReader, context: RecordContext, bytes: Uint8Array, start: number, end: number): Verdict {
    const { row } = reader;
    const timeMs = Math.floor(reader.timeUs / 1000);
    const wrong = this.timeProblem(reader, timeMs);
    if (wrong) return wrong;
    row.setNumber(this.at.time, timeMs);
    row.setNumber(this.at.timeUs, reader.timeUs);
    if (this.url && reader.url && !fillUrl(row, this.url.uri, this.url.query, reader.url.start, reader.url.end)) {
      reader.leftovers.push(reader.url);
    }
    for (const step of this.clean) step(row);
    this.setId(reader, context, bytes, start, end);
    this.setEnvelope(row, context);
    for (const step of this.rules) step(row, context.logGroup);
    row.setNumber(this.at.weight, this.weigh(row, timeMs));
    this.setConstant(row, this.at.source, this.options.source.id);
    this.setConstant(row, this.at.landingKey, this.options.landingKey);
    if (reader.leftovers.length > 0) setExtra(row, this.at.extra, reader.leftovers);
    for (const step of this.masks) step(row);
    return { kind: "row", day: dayOf(timeMs) };
  }

  private timeProblem(reader: RecordReader, timeMs: number): Verdict | undefined {
    const { timeField } = this.options.source;
    if (reader.timeState === "missing") {
      return { kind: "reject", reason: "no_time", detail: `the record has no ${timeField}` };
    }
    if (reader.timeState === "bad") {
      return { kind: "reject", reason: "bad_time", detail: `${timeField} is no ISO-8601 time or epoch number` };
    }
    if (timeMs >= firstDayMs && timeMs <= this.latestMs) return undefined;
    const detail = `${timeField} lies outside ${firstDay} to a day after the landing object was written`;
    return { kind: "reject", reason: "implausible_time", detail };
  }

  private setId(reader: RecordReader, context: RecordContext, bytes: Uint8Array, start: number, end: number): void {
    const { row } = reader;
    const { id } = this.at;
    if (reader.idColumn !== NONE && row.states[reader.idColumn] !== NULL) {
      const text = row.layout.columns[reader.idColumn]?.kind === "text";
      if (text) {
        const { idColumn } = reader;
        row.setSpan(id, row.starts[idColumn] ?? 0, row.ends[idColumn] ?? 0, row.inArena[idColumn] === 1);
      } else {
        row.setText(id, row.text(reader.idColumn) ?? "");
      }
      return;
    }
    if (reader.idColumn === NONE && reader.idEnd > 0 && this.setIdFromSpan(reader)) return;
    row.setText(id, context.eventId ?? hash("sha256", bytes.subarray(start, end), "hex").slice(0, 32));
  }

  private setIdFromSpan({ row, idStart, idEnd }: RecordReader): boolean {
    const column = row.layout.columns[this.at.id];
    const scanner = new JsonScanner();
    scanner.use(row.bytes, idEnd);
    scanner.value(idStart);
    return column !== undefined && setValue(row, column, idStart, idEnd, scanner) && row.states[column.index] !== NULL;
  }

  private setEnvelope(row: Row, context: RecordContext): void {
    for (const { column, name } of this.envelope) {
      const text = name === "@owner" ? context.owner : name === "@logStream" ? context.logStream : context.logGroup;
      if (text !== undefined && row.states[column] === NULL) this.setConstant(row, column, text);
    }
  }

  /** Sets a text that is the same for row after row without encoding it each time. */
  private setConstant(row: Row, column: number, text: string): void {
    const interner: Interner | undefined = row.interners[column];
    if (!interner) {
      row.setText(column, text);
      return;
    }
    let known = this.constants.get(column);
    if (!known || known.text !== text || known.generation !== interner.generation) {
      known = { text, generation: interner.generation, id: interner.internText(text) };
      this.constants.set(column, known);
    }
    row.setId(column, known.id);
  }
}
