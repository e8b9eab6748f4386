import assert from "node:assert/strict";
import { catalog, lakeTables, tableColumns } from "../../catalog/index.ts";
import { savedQueries } from "../../dashboards/index.ts";
import { glueColumns, projectionParameters } from "../../infra/glue-columns.ts";
import { databaseName } from "../../infra/lake-access.ts";
import { LakeTables } from "../../infra/lake-tables.ts";
import { QueryWorkgroup } from "../../infra/query.ts";
import { registrationsOf } from "./registrations.ts";

const tablesArgs = {
  database: "aircheck_dev",
  catalog,
  lakeBucket: "lake-bucket",
  lakePrefix: "lake/",
  landingBucket: "landing-bucket",
  errorDays: 7,
};
const workgroupArgs = {
  database: "aircheck_dev",
  resultsBucket: "results-bucket",
  scanLimitGiB: 10,
  queries: savedQueries,
};

describe("Glue columns", () => {
  it("are those of the catalog, in its order, under names that Athena takes as they are", () => {
    for (const table of lakeTables(catalog)) {
      const columns = glueColumns(table);
      assert.deepEqual(
        columns.map(({ name }) => name),
        tableColumns(table).map(({ name }) => name),
      );
      for (const { name, comment } of columns) {
        assert.match(name, /^[a-z][a-z0-9_]*$/);
        assert.ok(comment.length <= 255 && !comment.includes("\n"));
      }
    }
  });

  it("say the unit, and cut what Glue would refuse", () => {
    const table = {
      id: "t",
      doc: "",
      fields: [{ name: "bytes", type: "bigint", doc: `Sent.\n${"x".repeat(300)}`, unit: "bytes", from: ["b"] }],
    } as const;
    const sent = glueColumns(table).find(({ name }) => name === "bytes");
    assert.equal(sent?.comment.length, 255);
    assert.ok(sent?.comment.startsWith("Sent. x") && sent.comment.endsWith("…"));
    const sized = { ...table, fields: [{ ...table.fields[0], doc: "Sent." }] };
    assert.equal(glueColumns(sized).find(({ name }) => name === "bytes")?.comment, "Sent. [bytes]");
  });

  it("give nested values and text the same type", () => {
    const types = new Set(lakeTables(catalog).flatMap((table) => glueColumns(table).map(({ type }) => type)));
    assert.deepEqual([...types].sort(), ["bigint", "boolean", "double", "int", "string", "timestamp"]);
  });
});

describe("partition projection", () => {
  it("covers every day that a row can have", () => {
    const parameters = projectionParameters("s3://lake-bucket/lake/t");
    assert.equal(parameters["projection.dt.range"], "2015-01-01,NOW+2DAYS");
    assert.equal(parameters["storage.location.template"], `s3://lake-bucket/lake/t/dt=\${dt}/`);
  });
});

describe("name of the database", () => {
  it("needs no quotes in Athena, whatever the stack is called", () => {
    assert.equal(databaseName("dev"), "aircheck_dev");
    assert.equal(databaseName("Team-A.prod 2"), "aircheck_team_a_prod_2");
  });
});

for (const preview of [true, false]) {
  describe(`queries, in ${preview ? "a preview" : "an update"}`, () => {
    it("have a table for each of the lake's, and one of Firehose's errors", async () => {
      const made = await registrationsOf(() => new LakeTables("t", tablesArgs), { preview });
      assert.deepEqual(
        made.of("CatalogTable").map(({ inputs }) => inputs.name),
        [...lakeTables(catalog).map(({ id }) => id), "firehose_errors"].sort(),
      );
    });

    it("read Parquet with all three of its classes", async () => {
      const made = await registrationsOf(() => new LakeTables("t", tablesArgs), { preview });
      const storage = JSON.stringify(made.inputs("CatalogTable", "t-mediatailor_ads").storageDescriptor);
      for (const name of ["MapredParquetInputFormat", "MapredParquetOutputFormat", "ParquetHiveSerDe"]) {
        assert.ok(storage.includes(name), name);
      }
    });

    it("cannot scan more than the limit, nor leave results unencrypted, nor choose otherwise", async () => {
      const made = await registrationsOf(() => new QueryWorkgroup("w", workgroupArgs), { preview });
      const { configuration } = made.inputs("Workgroup");
      const text = JSON.stringify(configuration);
      assert.match(text, /"enforceWorkgroupConfiguration":true/);
      assert.match(text, /"bytesScannedCutoffPerQuery":10737418240/);
      assert.match(text, /"encryptionOption":"SSE_S3"/);
    });

    it("are saved under their names, ready to run", async () => {
      const made = await registrationsOf(() => new QueryWorkgroup("w", workgroupArgs), { preview });
      assert.deepEqual(
        made.of("NamedQuery").map(({ inputs }) => inputs.name),
        savedQueries.map(({ id }) => id).sort(),
      );
      for (const { inputs } of made.of("NamedQuery")) {
        assert.ok(!String(inputs.query).includes("{{"));
        assert.ok(String(inputs.description).length <= 1024);
      }
    });
  });
}
