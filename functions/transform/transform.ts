/** From a landing object to lake files: the heart of aircheck. */
import { hash } from "node:crypto";
import type { Catalog } from "../../catalog/index.ts";
import type { Source } from "../../catalog/types.ts";
import { layoutOf } from "./columns/layout.ts";
import type { CountryLookup } from "./derive/country.ts";
import type { ClientIpPolicy } from "./derive/privacy.ts";
import type { SamplingHistory } from "./derive/sampling.ts";
import { dayOf, lakeKey } from "./lake/day.ts";
import { type LakeSink, Partitions, type WrittenFile } from "./lake/partitions.ts";
import { RejectWriter } from "./lake/rejects.ts";
import { TableState } from "./lake/table-state.ts";
import { Intake } from "./landing/intake.ts";
import { LandingParser } from "./landing/parser.ts";
import { sourceOfKey, sourceOfLogGroup } from "./landing/source.ts";
import { unpack } from "./landing/unpack.ts";
import { SourcePlan } from "./record/plan.ts";
import { ConservationError, emptyReport, type TransformReport } from "./report.ts";

export type { LakeSink } from "./lake/partitions.ts";

/** A landing object, readable as often as needed. */
export interface LandingObject {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  readonly sizeBytes: number;
  /** When it was written: later event times (by more than a day) are implausible. */
  readonly lastModified: Date;
  /** Opens the content from a byte offset. */
  open(startByte: number): AsyncIterable<Uint8Array>;
}

export interface TransformOptions {
  readonly catalog: Catalog;
  /** Source of every record; else it is found from the log group, the key, or the content. */
  readonly sourceId?: string;
  readonly privacy: ClientIpPolicy;
  readonly sampling: SamplingHistory;
  readonly country?: CountryLookup;
  /** Prefix of the lake in its store, default `lake/`. */
  readonly lakePrefix?: string;
  /** `raw` leaves out the columns that are computed from others; for comparisons. Default `all`. */
  readonly columns?: "all" | "raw";
}

/** The option names a source that the catalog lacks. */
export class UnknownSourceError extends Error {
  readonly sourceId: string;

  constructor(sourceId: string, catalog: Catalog) {
    super(`there is no source ${sourceId}; the catalog has ${catalog.sources.map(({ id }) => id).join(", ")}`);
    this.name = "UnknownSourceError";
    this.sourceId = sourceId;
  }
}

/**
 * Turns one landing object into at most one Parquet file per table and event day, named by the object's identity, so that
 * doing it again overwrites and never doubles. Rejects go to a table of their own.
 *
 * @returns what became of every record
 * @throws UnknownSourceError; ConservationError when records and outcomes do not add up; errors of the sink and of `open`
 */
export async function transformObject(
  object: LandingObject,
  lake: LakeSink,
  options: TransformOptions,
): Promise<TransformReport> {
  return new Transformation(object, lake, options).run();
}

class Transformation {
  private readonly object: LandingObject;
  private readonly lake: LakeSink;
  private readonly options: TransformOptions;
  private readonly report = emptyReport();
  private readonly lakePrefix: string;
  private readonly identity: string;
  private readonly partitions: Partitions;
  private readonly tables = new Map<string, TableState>();
  private readonly plans = new Map<Source, SourcePlan>();
  private readonly intake: Intake;
  private readonly rejects: RejectWriter;
  private readonly pinned: (logGroup: string | undefined) => Source | undefined;
  /** Only the first pass counts; later ones meet the same records again. */
  private counting = true;

  constructor(object: LandingObject, lake: LakeSink, options: TransformOptions) {
    this.object = object;
    this.lake = lake;
    this.options = options;
    this.lakePrefix = options.lakePrefix ?? "lake/";
    this.identity = hash("sha256", JSON.stringify([object.bucket, object.key, object.versionId ?? ""]), "hex").slice(
      0,
      40,
    );
    this.partitions = new Partitions(lake, this.lakePrefix, this.identity);
    this.pinned = pinnedSource(object, options);
    this.intake = new Intake(options.catalog, (source) => this.planOf(source), {
      row: (plan, day) => {
        this.countLeftovers(plan);
        this.partitions.append(this.tableOf(plan.source.table), day);
      },
      joined: () => {
        if (this.counting) this.report.records--;
      },
      apart: () => {
        if (this.counting) this.report.records++;
      },
      reject: (reason, detail, bytes, position, source) => {
        this.rejects.write({ reason, detail, bytes, length: bytes.length, position, source });
        this.countReject(reason);
      },
    });
    const landing = { key: object.key, timeMs: object.lastModified.getTime(), identity: this.identity };
    this.rejects = new RejectWriter(
      this.tableOf(options.catalog.rejects.id),
      this.partitions,
      landing,
      options.privacy,
    );
  }

  async run(): Promise<TransformReport> {
    const files: WrittenFile[] = [];
    try {
      for (let complete = false; !complete; this.counting = false) {
        await this.readOnce();
        complete = !this.partitions.incomplete;
        files.push(...(await this.partitions.finish()));
      }
    } catch (error) {
      await this.partitions.abort(error);
      throw error;
    }
    this.summarise(files);
    if (!files.some(({ table }) => table === this.options.catalog.rejects.id)) await this.removeOldRejects();
    return this.report;
  }

  private async readOnce(): Promise<void> {
    const parser = new LandingParser(
      this.intake,
      {
        record: () => {
          if (this.counting) this.report.records++;
        },
        control: () => {
          if (this.counting) this.report.control++;
        },
        reject: (reason, detail, bytes, position, length) => {
          this.rejects.write({ reason, detail, bytes, length, position, source: this.pinned(undefined)?.id });
          this.countReject(reason);
        },
      },
      this.pinned,
    );
    for await (const piece of unpack((startByte) => this.open(startByte))) {
      if (piece.kind === "text") {
        parser.push(piece.bytes, piece.last);
      } else {
        if (this.counting) this.report.records++;
        const { why: detail, sample: bytes, length, position } = piece;
        this.rejects.write({
          reason: "broken_gzip",
          detail,
          bytes,
          length,
          position,
          source: this.pinned(undefined)?.id,
        });
        this.countReject("broken_gzip");
      }
      await this.partitions.drain();
    }
    parser.end();
  }

  private async *open(startByte: number): AsyncGenerator<Uint8Array> {
    // Reading a stretch again, to salvage it or for another pass, does not make the object larger.
    const fresh = this.counting && startByte === 0;
    for await (const chunk of this.object.open(startByte)) {
      if (fresh) this.report.bytesIn += chunk.length;
      yield chunk;
    }
  }

  private tableOf(id: string): TableState {
    let table = this.tables.get(id);
    if (!table) {
      const { catalog, columns } = this.options;
      const found = [...catalog.tables, catalog.rejects].find((candidate) => candidate.id === id);
      if (!found) throw new RangeError(`the catalog has no table ${id}`);
      table = new TableState(layoutOf(found, columns !== "raw"));
      this.tables.set(id, table);
    }
    return table;
  }

  private planOf(source: Source): SourcePlan {
    let plan = this.plans.get(source);
    if (!plan) {
      const { privacy, sampling, country, columns } = this.options;
      plan = new SourcePlan(this.tableOf(source.table).row, this.intake.scanner, {
        source,
        landingKey: this.object.key,
        landingTimeMs: this.object.lastModified.getTime(),
        privacy,
        sampling,
        country,
        derived: columns !== "raw",
      });
      this.plans.set(source, plan);
    }
    return plan;
  }

  private countLeftovers(plan: SourcePlan): void {
    if (!this.counting) return;
    for (const { key, misfit } of plan.reader.leftovers) {
      const counts = misfit ? this.report.misfitFields : this.report.unknownFields;
      const name = Buffer.from(key.bytes).toString();
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }

  private countReject(reason: string): void {
    if (!this.counting) return;
    this.report.rejectReasons[reason] = (this.report.rejectReasons[reason] ?? 0) + 1;
  }

  /** Counts what the files hold, as their own footers say, and compares it with what was found. */
  private summarise(files: readonly WrittenFile[]): void {
    const { report } = this;
    for (const { table, rows, bytes } of files) {
      const sum = report.tables[table] ?? { rows: 0, files: 0 };
      report.tables[table] = { rows: sum.rows + rows, files: sum.files + 1 };
      report.bytesOut += bytes;
      if (table === this.options.catalog.rejects.id) report.rejects += rows;
      else report.rows += rows;
    }
    if (report.records !== report.rows + report.rejects + report.control) {
      throw new ConservationError(this.object.key, report);
    }
  }

  /** A replay after a mended transform may have no rejects any more: then those of before must not stay. */
  private async removeOldRejects(): Promise<void> {
    const day = dayOf(this.object.lastModified.getTime());
    const key = lakeKey(this.lakePrefix, this.options.catalog.rejects.id, day, this.identity);
    if (await this.lake.stat(key)) await this.lake.remove(key);
  }
}

/** The source that is known before a record is looked at: by option, by log group, or by the landing key. */
function pinnedSource(
  object: LandingObject,
  { catalog, sourceId }: TransformOptions,
): (logGroup: string | undefined) => Source | undefined {
  if (sourceId !== undefined) {
    const source = catalog.sources.find(({ id }) => id === sourceId);
    if (!source) throw new UnknownSourceError(sourceId, catalog);
    return () => source;
  }
  const byKey = sourceOfKey(catalog, object.key);
  const byLogGroup = new Map<string, Source | undefined>();
  return (logGroup) => {
    if (logGroup === undefined) return byKey;
    if (!byLogGroup.has(logGroup)) byLogGroup.set(logGroup, sourceOfLogGroup(catalog, logGroup));
    return byLogGroup.get(logGroup) ?? byKey;
  };
}
