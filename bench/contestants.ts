import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { keyOf, rawColumns, recordKeys } from "./columns.ts";

export interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  /** Pinned to one processor, unless it is allowed more. */
  readonly processors: 1 | 2;
  /** Parquet files to compare; absent for the floor. */
  readonly output: string | undefined;
  /** Folder that it writes to. */
  readonly folder: string;
}

const node = [process.execPath, "--import", "tsx"];
const script = (name: string): string => fileURLToPath(new URL(`./contestants/${name}`, import.meta.url));

/** All that take part, us first. Each counts one run per round, behind one to warm up. */
export function contestants(input: string, dir: string): readonly Contestant[] {
  const lake = "lake/mediapackage_egress/*/*.parquet";
  const plan = {
    keys: recordKeys,
    columns: rawColumns.map((field) => ({
      name: field.name,
      type: field.type,
      key: keyOf(field) ?? null,
      absent: field.nullTexts ?? [],
      strip: field.strip === "quotes",
    })),
  };
  const duckdb = (form: "path" | "struct", threads: 1 | 2): Contestant => {
    const folder = join(dir, `duckdb-${form}-${threads}`);
    const how = form === "path" ? "a JSON path per column" : "one pass into a struct";
    return {
      name: `DuckDB, ${how}, ${threads} thread${threads > 1 ? "s" : ""}`,
      command: [...node, script("duckdb.ts"), input, folder, String(threads), form, "1"],
      processors: threads,
      output: join(folder, "duckdb.parquet"),
      folder,
    };
  };
  const ours = (columns: "raw" | "all"): Contestant => ({
    name: columns === "raw" ? "aircheck, raw columns" : "aircheck, with all derived columns",
    command: [...node, script("aircheck.ts"), input, join(dir, columns), columns, "1"],
    processors: 1,
    output: join(dir, columns, lake),
    folder: join(dir, columns),
  });
  return [
    ours("raw"),
    ours("all"),
    duckdb("path", 1),
    duckdb("struct", 1),
    duckdb("path", 2),
    duckdb("struct", 2),
    {
      name: "Python json and pyarrow",
      command: ["python3", script("pyarrow_json.py"), input, join(dir, "pyarrow"), "1", JSON.stringify(plan)],
      processors: 1,
      output: join(dir, "pyarrow/pyarrow.parquet"),
      folder: join(dir, "pyarrow"),
    },
    {
      name: "JSON.parse rows, apache-arrow, parquet-wasm",
      command: [...node, script("plain-js.ts"), input, join(dir, "plain"), "1"],
      processors: 1,
      output: join(dir, "plain/plain.parquet"),
      folder: join(dir, "plain"),
    },
    {
      name: "gunzip only (the floor)",
      command: [...node, script("gunzip.ts"), input, "1"],
      processors: 1,
      output: undefined,
      folder: join(dir, "floor"),
    },
  ];
}
