/** Lakes for tests: Parquet files with all columns of the catalog, written by DuckDB. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { catalog, lakeTables } from "../../../catalog/index.ts";
import { identifier, literal, viewColumns } from "../../../local/query/views.ts";

export type Value = string | number | boolean | bigint | null;
export type FixtureRow = Readonly<Record<string, Value>>;

/** Rows by table; `event_time` is ISO text and decides the day. `event_id`, `weight` and `source` are filled in when missing. */
export type FixtureLake = Readonly<Record<string, readonly FixtureRow[]>>;

/** Makes a folder that goes away when `use` is done. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "aircheck-test-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes one file per table and day. */
export async function writeLake(folder: string, lake: FixtureLake): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  let number = 0;
  for (const [table, rows] of Object.entries(lake)) {
    const complete = rows.map((row) => ({
      event_id: `e${number++}`,
      weight: 1,
      source: "test",
      landing_key: "k",
      ...row,
    }));
    for (const day of new Set(complete.map(dayOf))) {
      const target = join(folder, table, `dt=${day}`);
      await mkdir(target, { recursive: true });
      const selects = complete.filter((row) => dayOf(row) === day).map((row) => selectOf(table, row));
      const file = literal(join(target, `file-${number++}.parquet`));
      await connection.run(`copy (${selects.join(" union all ")}) to ${file} (format parquet)`);
    }
  }
  connection.closeSync();
  instance.closeSync();
}

function dayOf(row: FixtureRow): string {
  return String(row.event_time).slice(0, 10);
}

function selectOf(tableId: string, row: FixtureRow): string {
  const table = lakeTables(catalog).find((candidate) => candidate.id === tableId);
  if (!table) throw new Error(`no table ${tableId}`);
  const columns = viewColumns(table).filter((column) => column.name !== "dt");
  const unknown = Object.keys(row).filter((name) => !columns.some((column) => column.name === name));
  if (unknown.length > 0) throw new Error(`table ${tableId} has no columns ${unknown.join(", ")}`);
  return `select ${columns.map(({ name, type }) => `cast(${sqlOf(row[name] ?? null)} as ${type}) as ${identifier(name)}`).join(", ")}`;
}

function sqlOf(value: Value): string {
  return typeof value === "string" ? literal(value) : String(value);
}
