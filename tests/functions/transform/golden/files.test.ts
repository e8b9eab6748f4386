import assert from "node:assert/strict";
import { catalog, lakeTables, tableColumns } from "../../../../catalog/index.ts";
import type { FieldType } from "../../../../catalog/types.ts";
import { envelopes, type LogPlace } from "./envelopes.ts";
import type { Example } from "./example.ts";
import { examplesBySource } from "./examples/index.ts";
import { GoldenLake, type Landed, landedAt, skipWithoutPyarrow } from "./lake.ts";
import type { ParquetFileFacts } from "./read-pyarrow.ts";

/** What each type of the catalog is in a Parquet file, by the Parquet format's own names. */
const parquetTypes: Record<FieldType, { readonly physical: string; readonly logical: string }> = {
  string: { physical: "BYTE_ARRAY", logical: "String" },
  json: { physical: "BYTE_ARRAY", logical: "String" },
  int: { physical: "INT32", logical: "None" },
  bigint: { physical: "INT64", logical: "None" },
  double: { physical: "DOUBLE", logical: "None" },
  boolean: { physical: "BOOLEAN", logical: "None" },
  timestamp: { physical: "INT64", logical: "Timestamp(milliseconds, UTC)" },
};

const duckdbTypes: Record<FieldType, string> = {
  string: "VARCHAR",
  json: "VARCHAR",
  int: "INTEGER",
  bigint: "BIGINT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP WITH TIME ZONE",
};

const place: LogPlace = { logGroup: "my/own/group", logStream: "stream-1", owner: "111122223333" };
const envelope = envelopes[0];

function landedOf(source: string, examples: readonly Example[]): Landed {
  return { key: `landing/${source}/a`, bytes: envelope?.wrap(examples, place) ?? Buffer.of() };
}

/** One object per source, and text that nothing can be made of. */
function landed(): Landed[] {
  const bySource = [...examplesBySource].map(([source, examples]) => landedOf(source, examples));
  return [...bySource, { key: "landing/cloudtrail/broken", bytes: Buffer.from("no record\n") }];
}

describe("lake files", () => {
  let lake: GoldenLake;
  let files: readonly ParquetFileFacts[];

  before(async function () {
    await skipWithoutPyarrow(this);
    lake = await GoldenLake.of(landed());
    files = (await lake.pyarrow()).files;
  });
  after(async () => {
    await lake?.remove();
  });

  it("are there for every table of the catalog, rejects too", () => {
    assert.deepEqual(new Set(files.map(({ table }) => table)), new Set(lakeTables(catalog).map(({ id }) => id)));
  });

  for (const table of lakeTables(catalog)) {
    it(`of ${table.id} have the catalog's columns in its order, all optional, none nested, in the right types`, () => {
      const expected = tableColumns(table).map(({ name, type }) => ({
        name,
        ...parquetTypes[type],
        optional: true,
        repeated: false,
        compression: ["ZSTD"],
      }));
      const ofTable = files.filter((file) => file.table === table.id);
      assert.notEqual(ofTable.length, 0);
      for (const { columns } of ofTable) assert.deepEqual(columns, expected);
    });

    it(`of ${table.id} have the same types for DuckDB`, async () => {
      const expected = tableColumns(table).map(({ name, type }) => [name, duckdbTypes[type]]);
      assert.deepEqual(Object.entries((await lake.duckdb()).types.get(table.id) ?? {}), expected);
    });
  }

  it("stand in the folder of the UTC day of their events", async () => {
    const { rows } = await lake.duckdb();
    assert.deepEqual(
      rows.filter(({ partition, cells }) => partition !== `dt=${String(cells.event_time).slice(0, 10)}`),
      [],
    );
    // The examples have an event in the last microsecond of a day, and one in the first of the next.
    const days = files.filter(({ table }) => table === "mediapackage_egress").map(({ partition }) => partition);
    assert.deepEqual([...new Set(days)].sort(), ["dt=2020-07-12", "dt=2020-07-13"]);
  });

  it("of rejects stand in the folder of the day on which the object was written", () => {
    assert.deepEqual(
      files.filter(({ table }) => table === "rejects").map(({ partition }) => partition),
      [`dt=${landedAt.toISOString().slice(0, 10)}`],
    );
  });

  it("are one per landing object, table and day, of one row group where the rows are few", () => {
    const places = files.map(({ table, partition, name }) => `${table}/${partition}/${name}`);
    assert.equal(new Set(places).size, places.length);
    for (const { name, rowGroups } of files) {
      assert.match(name, /^[0-9a-f]{40}\.parquet$/);
      assert.equal(rowGroups.length, 1);
    }
    const written = [...lake.reports.values()].flatMap(({ tables }) => Object.values(tables));
    assert.equal(
      files.length,
      written.reduce((sum, table) => sum + table.files, 0),
    );
  });
});

describe("lake files of raw columns", () => {
  it("lack what is computed from other columns, and nothing else", async () => {
    const [first] = landed();
    if (!first) throw new Error("no examples");
    const lake = await GoldenLake.of([{ ...first, options: { columns: "raw" } }]);
    try {
      const { types, rows } = await lake.duckdb();
      const table = catalog.tables.find(({ id }) => id === "mediapackage_egress") ?? catalog.rejects;
      const expected = tableColumns(table).filter((field) => !("rule" in field));
      assert.ok(expected.length < tableColumns(table).length);
      assert.deepEqual(
        Object.keys(types.get(table.id) ?? {}),
        expected.map(({ name }) => name),
      );
      assert.equal(rows.length, examplesBySource.get("mediapackage-v1-egress")?.length);
    } finally {
      await lake.remove();
    }
  });
});

describe("row groups", () => {
  it("have at most 131,072 rows, and the file as many as were given", async function () {
    await skipWithoutPyarrow(this);
    const rows = 131_072 + 5;
    const line = (i: number) =>
      `{"eventTimestamp":"2020-07-13T18:59:56Z","eventType":"INITIALIZED","originId":"o","sessionId":"s${i}"}\n`;
    const bytes = Buffer.from(Array.from({ length: rows }, (_, i) => line(i)).join(""));
    const lake = await GoldenLake.of([{ key: "landing/mediatailor-transcode/large", bytes }]);
    try {
      const { files, rows: read } = await lake.pyarrow();
      const [file] = files;
      assert.equal(files.length, 1);
      assert.equal(
        file?.rowGroups.reduce((sum, count) => sum + count, 0),
        rows,
      );
      assert.ok((file?.rowGroups.length ?? 0) > 1);
      assert.ok(Math.max(...(file?.rowGroups ?? [])) <= 131_072);
      assert.equal(new Set(read.map(({ cells }) => cells.session_id)).size, rows);
    } finally {
      await lake.remove();
    }
  });
});
