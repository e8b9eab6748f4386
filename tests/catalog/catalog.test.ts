import assert from "node:assert/strict";
import { leadingFields, trailingFields } from "../../catalog/common.ts";
import {
  catalog,
  createCatalog,
  defaultSources,
  defaultTables,
  lakeTables,
  tableColumns,
} from "../../catalog/index.ts";
import type { Field, Source, Table } from "../../catalog/types.ts";

const tableOf = (source: Source): Table => {
  const table = catalog.tables.find(({ id }) => id === source.table);
  assert.ok(table, `${source.id} has no table`);
  return table;
};

const keysOf = (table: Table): string[] => table.fields.flatMap((field) => ("from" in field ? [...field.from] : []));

describe("the catalog as shipped", () => {
  it("has the sources and tables of the design", () => {
    assert.deepEqual(
      catalog.sources.map(({ id, table, envelopes }) => [id, table, envelopes[0]]),
      [
        ["mediapackage-v1-egress", "mediapackage_egress", "cloudwatch"],
        ["mediapackage-v1-ingress", "mediapackage_ingress", "cloudwatch"],
        ["mediapackage-v2-egress", "mediapackage_egress", "json-lines"],
        ["mediapackage-v2-ingress", "mediapackage_ingress", "json-lines"],
        ["mediatailor-ads", "mediatailor_ads", "cloudwatch"],
        ["mediatailor-manifest", "mediatailor_manifest", "cloudwatch"],
        ["mediatailor-transcode", "mediatailor_transcode", "cloudwatch"],
        ["mediatailor-as-run", "mediatailor_as_run", "cloudwatch"],
        ["cloudtrail", "cloudtrail_events", "cloudtrail-records"],
        ["aurora-audit", "aurora_audit", "cloudwatch"],
      ],
    );
  });

  it("has rejects behind all other tables", () => {
    assert.deepEqual(
      lakeTables(catalog).map(({ id }) => id),
      [...defaultTables.map(({ id }) => id), "rejects"],
    );
  });

  it("gives every table the common columns around its own, under names of its own", () => {
    for (const table of lakeTables(catalog)) {
      const names = tableColumns(table).map(({ name }) => name);
      assert.deepEqual(names.slice(0, 4), ["event_time", "event_time_us", "source", "event_id"], table.id);
      assert.deepEqual(names.slice(-3), ["landing_key", "weight", "extra"], table.id);
      assert.equal(names.length, leadingFields.length + table.fields.length + trailingFields.length, table.id);
      assert.equal(new Set(names).size, names.length, table.id);
    }
  });

  it("knows every field that vended delivery is asked for", () => {
    const vended = catalog.sources.filter(({ vended }) => vended);
    assert.equal(vended.length, 5);
    for (const source of vended) {
      const table = tableOf(source);
      const known = new Set([...keysOf(table), source.timeField, table.url?.whole]);
      const unknown = source.vended?.recordFields.filter((field) => !known.has(field));
      assert.deepEqual(unknown, [], source.id);
    }
  });

  it("asks vended delivery for what makes a row: time, id, and the configuration that is sampled", () => {
    for (const source of catalog.sources) {
      if (!source.vended) continue;
      const { recordFields } = source.vended;
      assert.equal(new Set(recordFields).size, recordFields.length, source.id);
      assert.ok(recordFields.includes(source.timeField), source.id);
      if (source.idField) assert.ok(recordFields.includes(source.idField), source.id);
      if (source.sampling.by === "session") assert.ok(recordFields.includes("originId"), source.id);
    }
  });

  it("asks for the fields that the services' registry makes mandatory (reference 3.3)", () => {
    const mandatory = {
      "mediatailor-ads": ["eventTimestamp", "awsAccountId"],
      "mediatailor-manifest": ["eventTimestamp", "awsAccountId", "originId"],
      "mediatailor-transcode": ["originId", "eventTimestamp", "awsAccountId"],
    };
    for (const [id, fields] of Object.entries(mandatory)) {
      const asked = catalog.sources.find((source) => source.id === id)?.vended?.recordFields ?? [];
      assert.deepEqual(
        fields.filter((field) => !asked.includes(field)),
        [],
        id,
      );
    }
  });

  it("names the columns of an audit line in the order of the reference (6.2), and has a column for each but the time", () => {
    const source = catalog.sources.find(({ id }) => id === "aurora-audit");
    assert.equal(
      source?.columns?.join(","),
      "timestamp,serverhost,username,host,connectionid,queryid,operation,database,object,retcode",
    );
    const known = keysOf(defaultTables.find(({ id }) => id === "aurora_audit") ?? catalog.rejects);
    assert.deepEqual(
      source?.columns?.filter((name) => !known.includes(name)),
      ["timestamp"],
    );
  });

  it("marks every column that can name a client by its address", () => {
    const marked = lakeTables(catalog).flatMap((table) =>
      tableColumns(table)
        .filter(({ personal }) => personal === "ip")
        .map(({ name }) => `${table.id}.${name}`),
    );
    assert.deepEqual(marked, [
      "mediapackage_egress.client_ip",
      "mediapackage_ingress.client_ip",
      "cloudtrail_events.source_ip_address",
      "aurora_audit.client_host",
    ]);
    for (const name of ["mediatailor_ads.request_headers", "mediatailor_ads.beacon_info", "rejects.raw"]) {
      const [tableId, column] = name.split(".");
      const table = lakeTables(catalog).find(({ id }) => id === tableId);
      const field: Field | undefined = table?.fields.find((candidate) => candidate.name === column);
      assert.equal(field?.personal, "text-with-ip", name);
    }
    for (const table of lakeTables(catalog)) {
      assert.equal(tableColumns(table).at(-1)?.personal, "text-with-ip", table.id);
    }
  });

  it("says of each column in one sentence what it is, and of seconds and bytes that they are", () => {
    for (const table of lakeTables(catalog)) {
      for (const { name, doc, unit } of tableColumns(table)) {
        assert.match(doc, /^\S.*[.…]$/, `${table.id}.${name}`);
        if (name.endsWith("_seconds")) assert.equal(unit, "s", `${table.id}.${name}`);
        if (name.endsWith("_bytes")) assert.equal(unit, "bytes", `${table.id}.${name}`);
        if (name.endsWith("_ms")) assert.equal(unit, "ms", `${table.id}.${name}`);
      }
    }
  });

  it("can be put together again from its parts", () => {
    assert.deepEqual(createCatalog(defaultSources, defaultTables), catalog);
  });
});
