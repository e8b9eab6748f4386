/** A Parquet lake in a folder, as tables that SQL can ask. */
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance, StatementType } from "@duckdb/node-api";
import { partitionKey } from "../../catalog/common.ts";
import { type Catalog, catalog as defaultCatalog, lakeTables } from "../../catalog/index.ts";
import type { Table } from "../../catalog/types.ts";
import { trinoMacros } from "./trino.ts";
import { type Cell, cellOf } from "./values.ts";
import { filesOf, globOf, identifier, type LakeColumn, literal, viewDefinition } from "./views.ts";

/** The lake cannot be opened, or the SQL does not run; the message is one line for the person who asked. */
export class LakeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "LakeError";
  }
}

export type Row = readonly Cell[];

export interface QueryResult {
  readonly columns: readonly LakeColumn[];
  readonly rows: readonly Row[];
}

/** A result that arrives in pieces, so that its size does not matter. */
export interface StreamedResult {
  readonly columns: readonly LakeColumn[];
  readonly pieces: AsyncIterable<readonly Row[]>;
}

export interface Lake {
  /** Runs one SELECT. @throws LakeError */
  query(sql: string): Promise<QueryResult>;
  /** Runs one SELECT; errors of running it come with the first piece. @throws LakeError */
  stream(sql: string): Promise<StreamedResult>;
  /** The latest event of some tables, or undefined when they are empty. */
  newest(tables: readonly string[]): Promise<Date | undefined>;
  close(): void;
}

/**
 * Opens the lake below a folder: a view per table of the catalog, empty where there are no files.
 *
 * SQL may read this folder and nothing else, write nothing, and load no extension. Times are UTC.
 *
 * @throws LakeError when there is no such folder, or its files are no Parquet
 */
export async function openLake(lakeDir: string, catalog: Catalog = defaultCatalog): Promise<Lake> {
  const folder = resolve(lakeDir);
  await requireFolder(folder);
  const instance = await DuckDBInstance.create(":memory:", {
    temp_directory: join(tmpdir(), `aircheck-duckdb-${process.pid}`),
  });
  try {
    const connection = await instance.connect();
    await connection.run("set global TimeZone = 'UTC'");
    for (const macro of trinoMacros) await connection.run(macro);
    for (const table of lakeTables(catalog)) {
      const found = (await hasFiles(folder, table)) ? await columnsOfFiles(connection, folder, table) : undefined;
      await connection.run(viewDefinition(folder, table, found));
    }
    await lockDown(connection, folder);
    connection.closeSync();
  } catch (error) {
    instance.closeSync();
    throw new LakeError(`the lake ${lakeDir} cannot be opened: ${oneLine(error)}`);
  }
  return new DuckDBLake(instance);
}

class DuckDBLake implements Lake {
  readonly #instance: DuckDBInstance;

  constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  async query(sql: string): Promise<QueryResult> {
    const { columns, pieces } = await this.stream(sql);
    const rows: Row[] = [];
    for await (const piece of pieces) for (const row of piece) rows.push(row);
    return { columns, rows };
  }

  async stream(sql: string): Promise<StreamedResult> {
    // A connection runs one statement at a time, and the page asks several questions at once.
    const connection = await this.#instance.connect();
    try {
      const result = await (await onlySelect(connection, sql)).stream();
      const types = result.columnTypes();
      const columns = result.deduplicatedColumnNames().map((name, index) => ({ name, type: String(types[index]) }));
      return { columns, pieces: piecesOf(result.yieldRows(), connection) };
    } catch (error) {
      connection.closeSync();
      throw asLakeError(error);
    }
  }

  async newest(tables: readonly string[]): Promise<Date | undefined> {
    const selects = tables.map((table) => `select max(event_time) as newest from ${identifier(table)}`);
    if (selects.length === 0) return undefined;
    const { rows } = await this.query(`select max(newest) from (${selects.join(" union all ")})`);
    const newest = rows[0]?.[0];
    return typeof newest === "string" ? new Date(newest) : undefined;
  }

  close(): void {
    this.#instance.closeSync();
  }
}

async function* piecesOf(
  pieces: ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof onlySelect>>["stream"]>>["yieldRows"]>,
  connection: DuckDBConnection,
): AsyncGenerator<readonly Row[]> {
  try {
    for await (const rows of pieces) yield rows.map((row) => row.map(cellOf));
  } catch (error) {
    throw asLakeError(error);
  } finally {
    connection.closeSync();
  }
}

/** Prepares the one statement of a text. Everything else than reading has no use in a database that lives for one query. */
async function onlySelect(connection: DuckDBConnection, sql: string) {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    throw new LakeError(`give one SELECT statement at a time; this text has ${statements.count}`);
  }
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT && statement.statementType !== StatementType.EXPLAIN) {
    throw new LakeError("the lake is only read: give a SELECT statement (or EXPLAIN, DESCRIBE, SHOW)");
  }
  return statement;
}

async function columnsOfFiles(connection: DuckDBConnection, folder: string, table: Table): Promise<LakeColumn[]> {
  const reader = await connection.runAndReadAll(`describe select * from ${filesOf(folder, table)}`);
  return reader.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
}

async function lockDown(connection: DuckDBConnection, folder: string): Promise<void> {
  // The views name their files by a pattern, which has to be allowed as well as what it matches.
  const allowed = [...new Set([`${folder}/`, `${globOf(folder)}/`])].map(literal).join(", ");
  await connection.run(`set allowed_directories = [${allowed}]`);
  await connection.run("set autoinstall_known_extensions = false");
  await connection.run("set autoload_known_extensions = false");
  await connection.run("set enable_external_access = false");
  await connection.run("set lock_configuration = true");
}

async function requireFolder(folder: string): Promise<void> {
  try {
    await readdir(folder);
  } catch {
    throw new LakeError(`there is no lake at ${folder}: make one with "aircheck convert PATH… --lake ${folder}"`);
  }
}

/** Whether a table has at least one file; a pattern without a match would be an error. */
async function hasFiles(folder: string, table: Table): Promise<boolean> {
  for (const day of await namesIn(join(folder, table.id))) {
    if (!day.startsWith(`${partitionKey}=`)) continue;
    if ((await namesIn(join(folder, table.id, day))).some((name) => name.endsWith(".parquet"))) return true;
  }
  return false;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

function asLakeError(error: unknown): LakeError {
  return error instanceof LakeError ? error : new LakeError(oneLine(error));
}

/** What DuckDB says, without the excerpt of the SQL that it draws below. */
function oneLine(error: unknown): string {
  const [said = "", ...rest] = (error instanceof Error ? error.message : String(error)).split(/\n\s*\n?LINE \d+:/);
  const line = /LINE (\d+):/.exec(error instanceof Error ? error.message : "")?.[1];
  const text = said
    .trim()
    .split(/\s*\n\s*/)
    .join("; ");
  return rest.length > 0 && line !== undefined && line !== "1" ? `${text} (line ${line})` : text;
}
