/** Lakes made by the transform, for tests that read them with other people's readers. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalog } from "../../../../catalog/index.ts";
import { openCountryLookup } from "../../../../functions/transform/derive/country.ts";
import { noSampling } from "../../../../functions/transform/derive/sampling.ts";
import type { TransformReport } from "../../../../functions/transform/report.ts";
import { FolderStore } from "../../../../functions/transform/store/folder-store.ts";
import { type TransformOptions, transformObject } from "../../../../functions/transform/transform.ts";
import { type DuckDBLake, readWithDuckDB } from "./read-duckdb.ts";
import { type LakeRow, type PyarrowLake, pyarrowIsMissing, readWithPyarrow } from "./read-pyarrow.ts";

/** A landing object and how it is to be transformed. */
export interface Landed {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly options?: Partial<TransformOptions>;
}

/** When all landing objects were written: after every event of the examples. */
export const landedAt = new Date("2020-07-14T00:00:00.000Z");

export class GoldenLake {
  readonly folder: string;
  readonly reports: ReadonlyMap<string, TransformReport>;
  private fromDuckDB: Promise<DuckDBLake> | undefined;
  private fromPyarrow: Promise<PyarrowLake> | undefined;

  private constructor(folder: string, reports: ReadonlyMap<string, TransformReport>) {
    this.folder = folder;
    this.reports = reports;
  }

  /** Transforms the objects one by one into a folder of their own. */
  static async of(landed: readonly Landed[]): Promise<GoldenLake> {
    const folder = await mkdtemp(join(tmpdir(), "aircheck-golden-"));
    const store = new FolderStore(folder, "lake");
    const country = openCountryLookup();
    const reports = new Map<string, TransformReport>();
    for (const { key, bytes, options } of landed) {
      const object = { bucket: "landing", key, sizeBytes: bytes.length, lastModified: landedAt, open: reader(bytes) };
      const usual = { catalog, privacy: { mode: "keep" }, sampling: noSampling, country } as const;
      reports.set(key, await transformObject(object, store, { ...usual, ...options }));
    }
    return new GoldenLake(folder, reports);
  }

  duckdb(): Promise<DuckDBLake> {
    this.fromDuckDB ??= readWithDuckDB(join(this.folder, "lake"));
    return this.fromDuckDB;
  }

  pyarrow(): Promise<PyarrowLake> {
    this.fromPyarrow ??= readWithPyarrow(join(this.folder, "lake"));
    return this.fromPyarrow;
  }

  report(key: string): TransformReport {
    const report = this.reports.get(key);
    if (!report) throw new RangeError(`no landing object ${key}`);
    return report;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** In pieces of an odd size, so that records are cut by them. */
function reader(bytes: Uint8Array): (startByte: number) => AsyncGenerator<Uint8Array> {
  return async function* (startByte) {
    for (let at = startByte; at < bytes.length; at += 4093) yield bytes.slice(at, at + 4093);
  };
}

export interface ReadLake {
  readonly lake: GoldenLake;
  /** All rows that came from a landing object, in no order. */
  rowsOf(key: string): readonly LakeRow[];
}

/**
 * A suite that makes a lake once and runs its tests on what each reader gives: DuckDB, and pyarrow where it is there.
 *
 * @param define registers the tests; the lake can be asked inside of them only
 */
export function describeLake(title: string, landed: () => readonly Landed[], define: (read: ReadLake) => void): void {
  describe(title, () => {
    let lake: GoldenLake | undefined;
    before(async () => {
      lake = await GoldenLake.of(landed());
    });
    after(async () => {
      await lake?.remove();
    });
    for (const reader of ["duckdb", "pyarrow"] as const) {
      describe(`read by ${reader === "duckdb" ? "DuckDB" : "pyarrow"}`, () => {
        let rows: ReadonlyMap<string, readonly LakeRow[]> = new Map();
        before(async function () {
          if (reader === "pyarrow") await skipWithoutPyarrow(this);
          rows = byLandingKey((await lake?.[reader]())?.rows ?? []);
        });
        define({
          get lake() {
            if (!lake) throw new Error("the lake is made by a hook: ask for it inside a test");
            return lake;
          },
          rowsOf: (key) => rows.get(key) ?? [],
        });
      });
    }
  });
}

/** Skips the tests of a suite, with the reason in the output, where pyarrow is not installed. */
export async function skipWithoutPyarrow(context: Mocha.Context): Promise<void> {
  const missing = await pyarrowIsMissing();
  if (missing === undefined) return;
  process.stderr.write(`    skipped, needs pyarrow: ${missing}\n`);
  context.skip();
}

function byLandingKey(rows: readonly LakeRow[]): ReadonlyMap<string, readonly LakeRow[]> {
  const found = new Map<string, LakeRow[]>();
  for (const row of rows) {
    const key = String(row.cells.landing_key);
    const known = found.get(key);
    if (known) known.push(row);
    else found.set(key, [row]);
  }
  return found;
}
