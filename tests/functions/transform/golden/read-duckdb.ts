/** The lake as DuckDB reads it, each column in the type that the file gives it. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Cell } from "./example.ts";
import type { LakeRow } from "./read-pyarrow.ts";

export interface DuckDBLake {
  readonly rows: readonly LakeRow[];
  /** Type of each column by table. */
  readonly types: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** Reads all files below the lake's folder; files of one table are one relation. */
export async function readWithDuckDB(lakeFolder: string): Promise<DuckDBLake> {
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const connection = await instance.connect();
    await connection.run("set TimeZone = 'UTC'");
    const rows: LakeRow[] = [];
    const types = new Map<string, Readonly<Record<string, string>>>();
    for (const table of (await readdir(lakeFolder)).sort()) {
      const files = `read_parquet('${join(lakeFolder, table).replaceAll("'", "''")}/*/*.parquet', hive_partitioning = false, filename = true)`;
      const ofTable = await typesOf(connection, files);
      types.set(table, ofTable);
      for (const row of await rowsOf(connection, files, table, ofTable)) rows.push(row);
    }
    connection.closeSync();
    return { rows, types };
  } finally {
    instance.closeSync();
  }
}

async function typesOf(connection: DuckDBConnection, files: string): Promise<Readonly<Record<string, string>>> {
  const described = await connection.runAndReadAll(`describe select * exclude (filename) from ${files}`);
  return Object.fromEntries(described.getRows().map(([name, type]) => [String(name), String(type)]));
}

async function rowsOf(
  connection: DuckDBConnection,
  files: string,
  table: string,
  types: Readonly<Record<string, string>>,
): Promise<LakeRow[]> {
  const columns = Object.entries(types).map(([name, type]) => {
    if (type.startsWith("TIMESTAMP")) return `epoch_ms("${name}")::varchar as "${name}"`;
    return type === "BIGINT" ? `"${name}"::varchar as "${name}"` : `"${name}"`;
  });
  const partition = "regexp_extract(filename, '(dt=[^/\\\\]*)', 1)";
  const read = await connection.runAndReadAll(`select ${partition}, ${columns.join(", ")} from ${files}`);
  return read.getRows().map(([dt, ...values]) => ({
    table,
    partition: String(dt),
    cells: Object.fromEntries(Object.entries(types).map(([name, type], index) => [name, cellOf(values[index], type)])),
  }));
}

function cellOf(value: unknown, type: string): Cell {
  if (value === null) return null;
  if (type.startsWith("TIMESTAMP")) return new Date(Number(value)).toISOString();
  if (type === "BIGINT") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new TypeError(`a ${type} is read as ${typeof value}`);
}
