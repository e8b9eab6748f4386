import assert from "node:assert/strict";
import { catalog, lakeTables } from "../../catalog/index.ts";
import { between, renderSql, savedQueries, savedQuery, sixQuestions } from "../../dashboards/index.ts";
import { openLake } from "../../local/query/lake.ts";
import { inFolder } from "../local/query/lake-fixture.ts";

/** Functions of Trino 476 that saved queries may call; the local engine has each, as its own or as a macro. */
const trinoFunctions = new Set(
  `approx_percentile avg cast coalesce count count_if date_diff date_format date_trunc greatest json_parse lag least map
   map_keys max min nullif round row_number split sqrt substr sum unnest`.split(/\s+/),
);
/** Words that stand before a parenthesis and are no function. */
const notFunctions = new Set("and as by fields from in join not on or over partition reasons select union".split(" "));

const day = between(new Date("2026-03-01T00:00:00Z"), new Date("2026-03-02T00:00:00Z"));

describe("saved queries", () => {
  it("have ids of their own, in kebab-case, and a question", () => {
    const ids = savedQueries.map((query) => query.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, question, doc } of savedQueries) {
      assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.match(question, /\?$/, id);
      assert.match(doc, /\.$/, id);
    }
  });

  it("answer the six questions", () => {
    for (const id of sixQuestions) assert.ok(savedQuery(id)?.chart, id);
    assert.equal(savedQuery("no-such-query"), undefined);
  });

  for (const query of savedQueries) {
    describe(query.id, () => {
      const known = lakeTables(catalog).map((table) => table.id);
      const named = known.filter((table) => new RegExp(`\\b${table}\\b`).test(query.sql));

      it("reads the tables that it says", () => assert.deepEqual([...query.tables].sort(), named.sort()));

      it("prunes every table by day and cuts it to the range", () => {
        const reads = query.sql.match(new RegExp(`from (${known.join("|")})\\b`, "g")) ?? [];
        const pruned =
          query.sql.match(
            new RegExp(
              `from (${known.join("|")})\\n\\s*where dt between \\{\\{(from_day|day_before)\\}\\} and \\{\\{to_day\\}\\}\\s+and event_time >= \\{\\{from\\}\\}( - interval '1' hour)? and event_time < \\{\\{to\\}\\}`,
              "g",
            ),
          ) ?? [];
        assert.ok(reads.length > 0);
        assert.equal(pruned.length, reads.length);
      });

      it("calls only functions of Trino, and none of DuckDB's own syntax", () => {
        const code = query.sql.replace(/'[^']*'/g, "''");
        const called = [...code.matchAll(/\b([a-z_0-9]+)\s*\(/g)].map((match) => match[1] ?? "");
        const strange = called.filter((name) => !trinoFunctions.has(name) && !notFunctions.has(name));
        assert.deepEqual([...new Set(strange)], []);
        assert.doesNotMatch(code, /::|\bqualify\b|\bexclude\b|\bilike\b|\/\/|"|\basof\b|\bby all\b|\bsummarize\b/i);
      });

      it("runs on an empty lake, and has the columns of its chart", () =>
        inFolder(async (folder) => {
          const lake = await openLake(folder);
          const { columns, rows } = await lake.query(renderSql(query, day));
          lake.close();
          assert.deepEqual(rows, []);
          const chart = query.chart;
          const drawn = chart ? [chart.x, chart.y, chart.series].flatMap((axis) => axis?.column ?? []) : [];
          const interval = chart?.interval ? [chart.interval.low, chart.interval.high] : [];
          const names = columns.map((column) => column.name);
          for (const column of [...drawn, ...interval])
            assert.ok(names.includes(column), `${query.id} lacks ${column}`);
        }));
    });
  }
});
