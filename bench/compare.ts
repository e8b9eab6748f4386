import { DuckDBInstance } from "@duckdb/node-api";
import { rawColumns } from "./columns.ts";

/** What a Parquet output says: per column, how many values and a hash of all of them, whatever the order of rows. */
export async function digest(files: string): Promise<Record<string, string>> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const values = rawColumns.map(({ name, type }) => (type === "timestamp" ? `epoch_ms(${name})` : name));
    // Each value is hashed together with the row's id, so that swapped values show.
    const sums = values.map((value) => `count(${value}) || ':' || coalesce(bit_xor(hash(${value}, event_id)), 0)`);
    const result = await connection.runAndReadAll(
      `SELECT ${sums.join(", ")} FROM read_parquet('${files}', hive_partitioning = false)`,
    );
    const row = result.getRows()[0] ?? [];
    return Object.fromEntries(rawColumns.map(({ name }, i) => [name, String(row[i])]));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Names of the columns in which two outputs differ. */
export function differences(a: Record<string, string>, b: Record<string, string>): string[] {
  return Object.keys(a).filter((name) => a[name] !== b[name]);
}
