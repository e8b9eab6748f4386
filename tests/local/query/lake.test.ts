import assert from "node:assert/strict";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { catalog, lakeTables, tableColumns } from "../../../catalog/index.ts";
import { type Lake, LakeError, openLake } from "../../../local/query/lake.ts";
import { literal } from "../../../local/query/views.ts";
import { type FixtureLake, inFolder, writeLake } from "./lake-fixture.ts";

const oneRequest: FixtureLake = {
  mediapackage_egress: [
    { event_time: "2026-03-01T10:00:00.123Z", status_code: 200, event_time_us: 9223372036854775807n },
  ],
};

async function withLake<T>(lake: FixtureLake, use: (lake: Lake, folder: string) => Promise<T>): Promise<T> {
  return inFolder(async (folder) => {
    const lakeFolder = join(folder, "lake");
    await mkdir(lakeFolder);
    await writeLake(lakeFolder, lake);
    const opened = await openLake(lakeFolder);
    try {
      return await use(opened, lakeFolder);
    } finally {
      opened.close();
    }
  });
}

const sqlTypes = {
  string: "VARCHAR",
  json: "VARCHAR",
  int: "INTEGER",
  bigint: "BIGINT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP",
} as const;

describe("a lake in a folder", () => {
  it("has every table of the catalog with every type, with files and without", () =>
    withLake(oneRequest, async (lake) => {
      for (const table of lakeTables(catalog)) {
        const { columns, rows } = await lake.query(`select * from ${table.id}`);
        const expected = tableColumns(table).map((field) => ({ name: field.name, type: sqlTypes[field.type] }));
        assert.deepEqual(columns, [...expected, { name: "dt", type: "VARCHAR" }], table.id);
        assert.equal(rows.length, table.id === "mediapackage_egress" ? 1 : 0, table.id);
      }
    }));

  it("gives instants as ISO 8601 UTC and whole numbers beyond 2^53 as exact text", () =>
    withLake(oneRequest, async (lake) => {
      const { rows } = await lake.query("select event_time, dt, event_time_us, status_code from mediapackage_egress");
      assert.deepEqual(rows, [["2026-03-01T10:00:00.123Z", "2026-03-01", "9223372036854775807", 200]]);
    }));

  it("renders every kind of value as JSON can say it", () =>
    withLake({}, async (lake) => {
      const { rows } =
        await lake.query(`select 9007199254740991, 9007199254740993, 1.50, cast('nan' as double), date '2026-01-02',
        timestamp '1969-12-31 23:59:59.999999', [1, null], {'a': true}, map {'k': 1}, time '10:00:00', cast(null as integer)`);
      assert.deepEqual(rows[0], [
        9007199254740991,
        "9007199254740993",
        "1.50",
        "NaN",
        "2026-01-02",
        "1969-12-31T23:59:59.999999Z",
        [1, null],
        { a: true },
        { k: 1 },
        "10:00:00",
        null,
      ]);
    }));

  it("fills columns that older files lack with NULL, in the catalog's types", () =>
    inFolder(async (folder) => {
      const day = join(folder, "aurora_audit", "dt=2026-03-01");
      await mkdir(day, { recursive: true });
      const instance = await DuckDBInstance.create(":memory:");
      const connection = await instance.connect();
      const file = literal(join(day, "old.parquet"));
      await connection.run(
        `copy (select timestamptz '2026-03-01 10:00:00+00' as event_time, 7::smallint as return_code, 'x' as gone) to ${file}`,
      );
      connection.closeSync();
      instance.closeSync();
      const lake = await openLake(folder);
      const { columns, rows } = await lake.query("select event_time, return_code, user_name, dt from aurora_audit");
      lake.close();
      assert.deepEqual(
        columns.map((column) => column.type),
        ["TIMESTAMP", "INTEGER", "VARCHAR", "VARCHAR"],
      );
      assert.deepEqual(rows, [["2026-03-01T10:00:00.000Z", 7, null, "2026-03-01"]]);
    }));

  it("may lie in a folder whose name is special to SQL and to patterns", () =>
    inFolder(async (folder) => {
      const odd = join(folder, "l[ab]k*e's ?");
      await writeLake(join(folder, "plain"), oneRequest);
      await rename(join(folder, "plain"), odd);
      const lake = await openLake(odd);
      const { rows } = await lake.query("select count(*) from mediapackage_egress");
      lake.close();
      assert.deepEqual(rows, [[1]]);
    }));

  it("answers several questions at once", () =>
    withLake(oneRequest, async (lake) => {
      const results = await Promise.all(
        [1, 2, 3].map((n) => lake.query(`select ${n} + count(*) from mediapackage_egress`)),
      );
      assert.deepEqual(
        results.map((result) => result.rows),
        [[[2]], [[3]], [[4]]],
      );
    }));

  it("streams a result that is larger than one piece", () =>
    withLake({}, async (lake) => {
      const { pieces } = await lake.stream("select * from range(10000)");
      const sizes: number[] = [];
      for await (const piece of pieces) sizes.push(piece.length);
      assert.ok(sizes.length > 1, "more than one piece");
      assert.equal(
        sizes.reduce((sum, size) => sum + size, 0),
        10_000,
      );
    }));

  it("knows its newest event, and that there is none", () =>
    withLake(oneRequest, async (lake) => {
      const newest = await lake.newest(["mediapackage_egress", "aurora_audit"]);
      assert.equal(newest?.toISOString(), "2026-03-01T10:00:00.123Z");
      assert.equal(await lake.newest(["aurora_audit"]), undefined);
      assert.equal(await lake.newest([]), undefined);
    }));
});

describe("a lake is locked down", () => {
  const attempts: readonly [string, string][] = [
    ["a file outside", "select * from read_csv('/etc/hosts')"],
    ["a file outside by way of the lake", "select * from read_text('LAKE/../outside.txt')"],
    ["a folder outside", "select * from glob('/*')"],
    ["the network", "select * from read_parquet('https://127.0.0.1:1/x.parquet')"],
    ["writing into the lake", "copy (select 1) to 'LAKE/x.parquet'"],
    ["writing outside", "copy (select 1) to '/tmp/aircheck-never.csv'"],
    ["attaching a database", "attach '/tmp/aircheck-never.db'"],
    ["unlocking", "set enable_external_access = true"],
    ["loading an extension", "install httpfs"],
    ["changing a view", "create or replace view rejects as select 1"],
    ["several statements", "select 1; select 2"],
    ["no statement", "-- nothing"],
  ];
  for (const [what, sql] of attempts) {
    it(`refuses ${what}`, () =>
      withLake(oneRequest, async (lake, folder) => {
        await writeFile(join(folder, "..", "outside.txt"), "secret");
        await assert.rejects(lake.query(sql.replaceAll("LAKE", folder)), (error: unknown) => {
          assert.ok(error instanceof LakeError);
          assert.doesNotMatch(error.message, /\n/);
          return true;
        });
      }));
  }

  it("allows what only reads: SELECT, WITH, EXPLAIN, DESCRIBE, SHOW", () =>
    withLake(oneRequest, async (lake) => {
      for (const sql of [
        "with a as (select 1 as x) select x from a",
        "explain select 1",
        "describe rejects",
        "show tables",
      ]) {
        assert.ok((await lake.query(sql)).rows.length > 0, sql);
      }
    }));
});

describe("errors of a lake are one line that says what to do", () => {
  it("when the folder does not exist", async () => {
    await assert.rejects(
      openLake("no/such/lake"),
      /there is no lake at .*no\/such\/lake: make one with "aircheck convert/,
    );
  });

  it("when a file is no Parquet", () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, "rejects", "dt=2026-01-01"), { recursive: true });
      await writeFile(join(folder, "rejects", "dt=2026-01-01", "x.parquet"), "not parquet at all");
      await assert.rejects(openLake(folder), /cannot be opened: .*x\.parquet/);
    }));

  for (const [sql, message] of [
    ["selec 1", /syntax error at or near "selec"$/],
    ["select 1,\n  nope\nfrom rejects", /"nope" not found.*\(line 2\)$/],
    ["select * from nowhere", /nowhere does not exist/],
    ["select cast('x' as integer)", /Could not convert string 'x' to INT32/],
  ] as const) {
    it(`when the SQL is ${JSON.stringify(sql)}`, () =>
      withLake({}, (lake) =>
        assert.rejects(lake.query(sql), (error: unknown) => {
          assert.ok(error instanceof LakeError);
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /\n/);
          return true;
        }),
      ));
  }
});
