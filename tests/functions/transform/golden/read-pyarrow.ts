/** The lake as pyarrow reads it: one Python process for all files. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Cell } from "./example.ts";

export interface LakeRow {
  readonly table: string;
  /** `dt=YYYY-MM-DD` */
  readonly partition: string;
  /** Columns in the order of the file. */
  readonly cells: Readonly<Record<string, Cell>>;
}

/** A column as the file's own footer describes it. */
export interface ParquetColumn {
  readonly name: string;
  readonly physical: string;
  readonly logical: string;
  readonly optional: boolean;
  readonly repeated: boolean;
  readonly compression: readonly string[];
}

export interface ParquetFileFacts {
  readonly table: string;
  readonly partition: string;
  readonly name: string;
  readonly columns: readonly ParquetColumn[];
  readonly rowGroups: readonly number[];
}

type PythonCell = Cell | { readonly epochMs: number };
type PythonFile = ParquetFileFacts & { readonly rows: readonly Readonly<Record<string, PythonCell>>[] };

const script = fileURLToPath(new URL("read_lake.py", import.meta.url));
const run = promisify(execFile);

export interface PyarrowLake {
  readonly rows: readonly LakeRow[];
  readonly files: readonly ParquetFileFacts[];
}

/** Why pyarrow cannot be asked here, or undefined when it can. */
export async function pyarrowIsMissing(): Promise<string | undefined> {
  try {
    await run("python3", ["-c", "import pyarrow.parquet"]);
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : String(error);
    return `${said}; install Python and pip install pyarrow`;
  }
}

/** Reads all files below the lake's folder. @throws when Python fails */
export async function readWithPyarrow(lakeFolder: string): Promise<PyarrowLake> {
  const { stdout } = await run("python3", [script, lakeFolder], { maxBuffer: 512 * 1024 * 1024 });
  const files: readonly PythonFile[] = JSON.parse(stdout);
  return { files, rows: files.flatMap(rowsOf) };
}

function rowsOf({ table, partition, rows }: PythonFile): LakeRow[] {
  return rows.map((row) => ({
    table,
    partition,
    cells: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])),
  }));
}

function cellOf(value: PythonCell): Cell {
  return typeof value === "object" && value !== null ? new Date(value.epochMs).toISOString() : value;
}
