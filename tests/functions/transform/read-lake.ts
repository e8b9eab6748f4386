/** Rows of a {@link MemoryLake} as DuckDB reads them. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Cell } from "./golden/example.ts";
import { readWithDuckDB } from "./golden/read-duckdb.ts";
import { type Landed, type MemoryLake, transformBytes } from "./memory-lake.ts";

export type Cells = Readonly<Record<string, Cell>>;

export interface ReadLake {
  /** Rows of all tables but the rejects, each with its `table`. */
  readonly rows: readonly Cells[];
  readonly rejects: readonly Cells[];
}

/** Reads every file of the lake. */
export async function readLake({ files }: MemoryLake): Promise<ReadLake> {
  if (files.size === 0) return { rows: [], rejects: [] };
  const folder = await mkdtemp(join(tmpdir(), "aircheck-lake-"));
  try {
    for (const [key, bytes] of files) {
      await mkdir(dirname(join(folder, key)), { recursive: true });
      await writeFile(join(folder, key), bytes);
    }
    const { rows } = await readWithDuckDB(join(folder, "lake"));
    const flat = rows.map(({ table, cells }) => ({ table, ...cells }));
    const byPosition = (a: Cells, b: Cells): number => Number(a.position_bytes) - Number(b.position_bytes);
    return {
      rows: flat.filter(({ table }) => table !== "rejects"),
      rejects: flat.filter(({ table }) => table === "rejects").sort(byPosition),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Transforms `bytes` as one landing object, and reads what came of it. */
export async function rowsAndRejects(bytes: Uint8Array | string, landed: Landed = {}) {
  const { lake, report } = await transformBytes(typeof bytes === "string" ? Buffer.from(bytes) : bytes, landed);
  return { ...(await readLake(lake)), report };
}
