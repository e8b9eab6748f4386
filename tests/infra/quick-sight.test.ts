import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { catalog, createCatalog, defaultSources, defaultTables, lakeTables } from "../../catalog/index.ts";
import { between, renderSql, savedQueries } from "../../dashboards/index.ts";
import { parseConfig } from "../../infra/config.ts";
import { plainStackName } from "../../infra/deployment.ts";
import { QuickSight } from "../../infra/quick-sight.ts";
import { chartColumns, quickSightColumns } from "../../infra/quick-sight-columns.ts";
import { answerSql } from "../../infra/quick-sight-maps.ts";
import { openLake } from "../../local/query/lake.ts";
import { inFolder, writeLake } from "../local/query/lake-fixture.ts";
import { deployment } from "./mocks.ts";
import { registrationsOf } from "./registrations.ts";

const owner = "arn:aws:quicksight:us-east-1:123456789012:group/default/media-analysts";
const reader = "arn:aws:quicksight:us-east-1:123456789012:user/default/on-call";
const bucketRef = (name: string) => ({
  name: output(name),
  arn: output(`arn:aws:s3:::${name}`),
  writable: output(name),
});

const charted = savedQueries.filter(({ chart }) => chart !== undefined);

const args = {
  rights: {
    lake: bucketRef("lake"),
    results: bucketRef("results"),
    database: output("aircheck_dev"),
    workgroupArn: output("arn:aws:athena:us-west-2:123456789012:workgroup/w"),
    deployment,
  },
  catalog,
  queries: savedQueries,
  workgroup: output("w"),
  audience: { owners: [owner], readers: [reader] },
};

for (const preview of [true, false]) {
  describe(`QuickSight, in ${preview ? "a preview" : "an update"}`, () => {
    const made = () => registrationsOf(() => new QuickSight("q", args), { preview });

    it("queries through the stack's workgroup, with a role of its own", async () => {
      const { type, parameters, dataSourceId } = (await made()).inputs("DataSource");
      assert.deepEqual([type, dataSourceId], ["ATHENA", "aircheck-dev"]);
      const { athena } = JSON.parse(JSON.stringify(parameters));
      assert.equal(athena.workGroup, "w");
      // Who the role is, is known once it is made.
      if (!preview) assert.equal(athena.roleArn, "arn:aws:iam::123456789012:role/q-1234567");
    });

    it("has a data set for each table of the lake, asked for directly, with its columns and the partition", async () => {
      const registered = await made();
      assert.deepEqual(
        registered.of("DataSet").map(({ inputs }) => [inputs.dataSetId, inputs.importMode]),
        [...lakeTables(catalog).map(({ id }) => id), ...charted.map(({ id }) => `query-${id}`)]
          .map((id) => [`aircheck-dev-${id}`, "DIRECT_QUERY"])
          .sort(),
      );
      for (const table of lakeTables(catalog)) {
        const { physicalTableMaps } = registered.inputs("DataSet", `q-${table.id}`);
        const [{ relationalTable, physicalTableMapId }] = JSON.parse(JSON.stringify(physicalTableMaps));
        assert.match(physicalTableMapId, /^[0-9a-zA-Z-]*$/);
        const { catalog: glue, schema, name, inputColumns } = relationalTable;
        assert.deepEqual([glue, schema, name], ["AwsDataCatalog", "aircheck_dev", table.id]);
        assert.deepEqual(
          inputColumns,
          quickSightColumns(table).map(({ name, type }) => ({ name, type })),
        );
      }
    });

    it("has a data set for each saved query with a chart, which names its database itself", async () => {
      const registered = await made();
      const { physicalTableMaps } = registered.inputs("DataSet", "q-query-request-volume");
      const [{ customSql }] = JSON.parse(JSON.stringify(physicalTableMaps));
      assert.deepEqual(customSql.columns, [
        { name: "time", type: "DATETIME" },
        { name: "requests", type: "DECIMAL" },
        { name: "request_type", type: "STRING" },
      ]);
      assert.match(customSql.sqlQuery, /^with "mediapackage_egress" as \(select \* from "aircheck_dev"\./);
      assert.match(customSql.sqlQuery, /interval '24' hour/);
    });

    it("tells what a column means, and which one is a country", async () => {
      const { logicalTableMaps } = (await made()).inputs("DataSet", "q-mediapackage_egress");
      const [{ dataTransforms }] = JSON.parse(JSON.stringify(logicalTableMaps));
      const tags = (column: string) =>
        dataTransforms.find(
          ({ tagColumnOperation }: { tagColumnOperation: { columnName: string } }) =>
            tagColumnOperation.columnName === column,
        ).tagColumnOperation.tags;
      assert.match(tags("sent_bytes")[0].columnDescription.text, /\[bytes\]$/);
      assert.deepEqual(tags("country")[1], { columnGeographicRole: "COUNTRY" });
      assert.equal(tags("sent_bytes").length, 1);
    });

    it("lets owners change and readers build, in the sets of actions that it knows", async () => {
      const registered = await made();
      const actions = (type: string, name: string) => {
        const { permissions } = registered.inputs(type, name);
        const [own, read, ...others] = JSON.parse(JSON.stringify(permissions));
        assert.deepEqual([own.principal, read.principal, others], [owner, reader, []]);
        return [own.actions.length, read.actions] as const;
      };
      assert.deepEqual(actions("DataSource", "q"), [
        6,
        ["quicksight:DescribeDataSource", "quicksight:DescribeDataSourcePermissions", "quicksight:PassDataSource"],
      ]);
      const [own, read] = actions("DataSet", "q-rejects");
      assert.equal(own, 10);
      assert.ok(read.every((action: string) => !/:(Update|Delete|Create|Cancel)/.test(action)));
    });

    it("may read the lake and write results only, and acts for this account alone", async () => {
      const registered = await made();
      const [trust] = registered.statements("Role", "q", "assumeRolePolicy");
      assert.deepEqual(
        [trust?.Principal, trust?.Condition],
        [{ Service: "quicksight.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "123456789012" } }],
      );
      const statements = registered.statements("RolePolicy", "q");
      const writes = statements.filter(({ Action }) => [Action].flat().some((one) => /:(Put|Delete|Create)/.test(one)));
      assert.deepEqual(
        writes.map(({ Resource }) => Resource),
        ["arn:aws:s3:::results/results/*"],
      );
      const everywhere = statements.filter(({ Resource }) => Resource === "*").flatMap(({ Action }) => Action);
      assert.ok(everywhere.every((action) => action.startsWith("athena:List")));
    });
  });
}

describe("columns in QuickSight", () => {
  it("have a type for every type of the catalog", () => {
    const fields = (["string", "json", "int", "bigint", "double", "boolean", "timestamp"] as const).map((type) => ({
      name: `a_${type}`,
      type,
      doc: "D.",
      from: [type],
    }));
    const columns = quickSightColumns({ id: "t", doc: "", fields }).filter(({ name }) => name.startsWith("a_"));
    assert.deepEqual(
      columns.map(({ type }) => type),
      ["STRING", "STRING", "INTEGER", "INTEGER", "DECIMAL", "BOOLEAN", "DATETIME"],
    );
  });

  it("come with a table that is new in the catalog", async () => {
    const table = {
      id: "new_table",
      doc: "New.",
      fields: [{ name: "answer", type: "int", doc: "Answer.", from: ["a"] }],
    } as const;
    const grown = createCatalog(defaultSources, [...defaultTables, table]);
    const made = await registrationsOf(() => new QuickSight("q", { ...args, catalog: grown }));
    assert.match(
      JSON.stringify(made.inputs("DataSet", "q-new_table").physicalTableMaps),
      /\{"name":"answer","type":"INTEGER"\}.*\{"name":"dt","type":"STRING"\}/,
    );
  });

  it("have descriptions that fit", () => {
    for (const table of lakeTables(catalog)) {
      for (const { description } of quickSightColumns(table)) assert.ok(description.length <= 500);
    }
  });
});

describe("answers in QuickSight", () => {
  it("are what the saved queries answer, in the types that the data sets declare", async () => {
    const sqlTypes = new Map([
      ["DATETIME", "TIMESTAMP"],
      ["DECIMAL", "DOUBLE"],
      ["STRING", "VARCHAR"],
    ]);
    const noon = "2026-03-01T12:00:00Z";
    const range = between(new Date("2026-03-01T00:00:00Z"), new Date("2026-03-02T00:00:00Z"));
    await inFolder(async (folder) => {
      await writeLake(folder, {
        mediapackage_egress: [
          {
            event_time: noon,
            status_code: 200,
            status_class: "2xx",
            request_type: "segment",
            country: "DE",
            sent_bytes: 7,
          },
        ],
      });
      const lake = await openLake(folder);
      try {
        for (const query of charted) {
          assert.ok(query.chart);
          const columns = chartColumns(query.chart);
          // The tables of the lake are views of DuckDB's schema main, as they are tables of a database in Glue.
          const sql = answerSql(columns, renderSql(query, range), { database: "main", tables: query.tables });
          const answer = await lake.query(sql);
          assert.deepEqual(
            answer.columns.map(({ name, type }) => [name, type]),
            columns.map(({ name, type }) => [name, sqlTypes.get(type)]),
            query.id,
          );
          if (query.id === "request-volume")
            assert.deepEqual(answer.rows, [["2026-03-01T12:00:00.000Z", 1, "segment"]]);
        }
      } finally {
        lake.close();
      }
    });
  });

  it("have the ends of the interval around an estimate", () => {
    const x = { column: "code", label: "Code", kind: "category" } as const;
    const y = { column: "events", label: "Events", kind: "quantity", unit: "events" } as const;
    const columns = chartColumns({ mark: "bar", x, y, series: x, interval: { low: "at_least", high: "at_most" } });
    assert.deepEqual(
      columns.map(({ name, type }) => [name, type]),
      [
        ["code", "STRING"],
        ["events", "DECIMAL"],
        ["at_least", "DECIMAL"],
        ["at_most", "DECIMAL"],
      ],
    );
    assert.equal(columns[2]?.description, "Events, low end of the 95 % interval [events]");
  });
});

describe("ids in QuickSight", () => {
  it("have no characters that it refuses, whatever the stack is called", () => {
    assert.equal(plainStackName({ stack: "team_a.prod 2" }), "aircheck-team_a-prod-2");
  });
});

describe("QuickSight in a stack file", () => {
  const enabled = (quickSight: unknown) =>
    parseConfig({ "aircheck:environment": "dev", "aircheck:quickSight": JSON.stringify(quickSight) }, 0).quickSight
      .enabled;

  it("is off until somebody is named, and can be switched off without forgetting who", () => {
    assert.deepEqual(
      [enabled({}), enabled({ principals: [owner] }), enabled({ enabled: false, principals: [owner] })],
      [false, true, false],
    );
  });
});
