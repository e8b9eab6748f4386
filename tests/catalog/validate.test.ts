import assert from "node:assert/strict";
import { createCatalog, defaultSources, defaultTables } from "../../catalog/index.ts";
import type { Field, Source, Table } from "../../catalog/types.ts";
import { CatalogError } from "../../catalog/validate.ts";

const door: Field = { name: "door", type: "string", doc: "Door.", from: ["Door"] };
const table: Table = { id: "doors", doc: "Doors.", fields: [door] };
const source: Source = {
  id: "doors",
  doc: "Doors.",
  table: "doors",
  envelopes: ["json-lines"],
  format: "json",
  logGroups: [],
  timeField: "at",
  sampling: { by: "none" },
  fingerprint: { anyOf: ["Door"] },
};

/** Mistakes of a catalog of one source and one table that differ from the sound ones in some members. */
function problemsOf(ofSource: Partial<Source>, ofTable: Partial<Table> = {}): readonly string[] {
  return problems([{ ...source, ...ofSource }], [{ ...table, ...ofTable }]);
}

function problems(sources: readonly Source[], tables: readonly Table[]): readonly string[] {
  try {
    createCatalog(sources, tables);
    return [];
  } catch (error) {
    assert.ok(error instanceof CatalogError);
    return error.problems;
  }
}

const url = { whole: "request", uri: "door", query: "door" };

describe("validateCatalog", () => {
  it("passes a sound source and table, alone and beside those as shipped", () => {
    assert.deepEqual(problemsOf({}), []);
    assert.deepEqual(problems([...defaultSources, source], [...defaultTables, table]), []);
    assert.deepEqual(problems([], []), []);
  });

  it("fails a table that is defined twice, also as the table of rejects", () => {
    assert.deepEqual(problems([source], [table, table]), ["table doors is defined twice"]);
    assert.deepEqual(problems([], [{ ...table, id: "rejects" }]), ["table rejects is defined twice"]);
  });

  it("fails a source that is defined twice, once however often", () => {
    assert.deepEqual(problems([source, source, source], [table]), ["source doors is defined twice"]);
  });

  it("fails a source whose table does not exist, or is the table of rejects", () => {
    assert.deepEqual(problemsOf({ table: "gates" }), ["source doors writes to table gates, which does not exist"]);
    assert.deepEqual(problemsOf({ table: "rejects" }), ["source doors writes to table rejects, which does not exist"]);
  });

  it("fails a source id that cannot be part of a key or name", () => {
    for (const id of ["Doors", "studio_doors", "-doors", "doors-", "a--b", "a/b", ""]) {
      assert.deepEqual(problemsOf({ id }), [`source id ${id} is not lower-case kebab-case`]);
    }
    assert.deepEqual(problemsOf({ id: "studio-doors-2" }), []);
  });

  it("fails audit lines without columns", () => {
    assert.deepEqual(problemsOf({ format: "aurora-audit" }), ["source doors needs columns"]);
    assert.deepEqual(problemsOf({ format: "aurora-audit", columns: ["at"] }), []);
  });

  it("fails sampling by a column that the table lacks", () => {
    assert.deepEqual(problemsOf({ sampling: { by: "session", configurationField: "gate" } }), [
      "source doors is sampled by gate, which table doors lacks",
    ]);
    assert.deepEqual(problemsOf({ sampling: { by: "session", configurationField: "door" } }), []);
  });

  it("fails a column that is there twice, also as one of the common columns", () => {
    const again: Field = { ...door, from: ["Door2"] };
    assert.deepEqual(problemsOf({}, { fields: [door, again] }), ["table doors has column door twice"]);
    assert.deepEqual(problemsOf({}, { fields: [{ ...door, name: "weight" }] }), [
      "table doors has column weight twice",
    ]);
  });

  it("fails column names that not every engine takes, and the partition key", () => {
    for (const name of ["Door", "2nd", "a-b", "a b", "_a", "dt", ""]) {
      assert.deepEqual(problemsOf({}, { fields: [{ ...door, name }] }), [
        `column ${name} of table doors is no lower-case snake_case name, or is the partition key`,
      ]);
    }
  });

  it("fails two columns from one key", () => {
    const other: Field = { ...door, name: "gate", from: ["Gate", "Door"] };
    assert.deepEqual(problemsOf({}, { fields: [door, other] }), ["table doors fills two columns from Door"]);
  });

  it("fails a path into an object that no JSON column keeps", () => {
    const inside: Field = { ...door, from: ["room.door"] };
    const problem = "table doors reads room.door, but has no json column for room";
    assert.deepEqual(problemsOf({}, { fields: [inside] }), [problem]);
    const text: Field = { name: "room", type: "string", doc: "Room.", from: ["room"] };
    assert.deepEqual(problemsOf({}, { fields: [inside, text] }), [problem]);
    assert.deepEqual(problemsOf({}, { fields: [inside, { ...text, type: "json" }] }), []);
  });

  it("fails a URL rule for columns that the table lacks", () => {
    assert.deepEqual(problemsOf({}, { url: { ...url, uri: "uri", query: "query" } }), [
      "table doors has a url rule for column uri, which it lacks",
      "table doors has a url rule for column query, which it lacks",
    ]);
    assert.deepEqual(problemsOf({}, { url }), []);
  });

  it("lets derived columns be, which read no key", () => {
    const derived: Field = { name: "cdn", type: "string", doc: "CDN.", rule: "cdn" };
    assert.deepEqual(problemsOf({}, { fields: [door, derived] }), []);
  });

  it("tells all mistakes in one message", () => {
    assert.throws(() => createCatalog([{ ...source, id: "A" }], [{ ...table, fields: [{ ...door, name: "dt" }] }]), {
      name: "CatalogError",
      message:
        "the catalog has 2 mistake(s): column dt of table doors is no lower-case snake_case name, or is the partition key; source id A is not lower-case kebab-case",
    });
  });
});
