import { DuckDBInstance } from "@duckdb/node-api";
import { convertSql, type Extraction } from "../duckdb-sql.ts";
import { timed } from "./timed.ts";

const [input = "", output = "", threads = "1", form = "struct", runs = "3"] = process.argv.slice(2);
const extraction: Extraction = form === "path" ? "path" : "struct";
const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
await connection.run("SET TimeZone = 'UTC'");

await timed(Number(runs), async () => {
  await connection.run(convertSql(input, `${output}/duckdb.parquet`, extraction));
  const count = await connection.runAndReadAll(`SELECT count(*) FROM '${output}/duckdb.parquet'`);
  return Number(count.getRows()[0]?.[0]);
});
connection.closeSync();
instance.closeSync();
