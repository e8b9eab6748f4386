import assert from "node:assert/strict";
import { join } from "node:path";
import { createCatalog, defaultSources, defaultTables } from "../../../../catalog/index.ts";
import type { Source, Table } from "../../../../catalog/types.ts";
import { openLake } from "../../../../local/query/lake.ts";
import { assertRows } from "./expected.ts";
import { describeLake, GoldenLake, type Landed } from "./lake.ts";

// All that a new source needs: what stands in one file of the catalog.
const doorTable: Table = {
  id: "studio_doors",
  doc: "Who went through which door of the studio.",
  fields: [
    { name: "passage", type: "string", doc: "Passage.", from: ["passage"] },
    { name: "door", type: "string", doc: "Door.", from: ["Door"] },
    { name: "badge", type: "bigint", doc: "Badge.", from: ["who.badge"] },
    { name: "town", type: "string", doc: "Town.", from: ["who.home.town"], distinct: "many" },
    { name: "who", type: "json", doc: "Person.", from: ["who"], personal: "identity" },
    { name: "is_open", type: "boolean", doc: "Whether it stands open.", from: ["Open"] },
    { name: "open_seconds", type: "double", unit: "s", doc: "For how long.", from: ["openFor"] },
    { name: "floor", type: "int", doc: "Floor.", from: ["Floor"], nullTexts: ["-"] },
    { name: "checked_at", type: "timestamp", doc: "Last check.", from: ["checked"] },
    { name: "log_group", type: "string", doc: "Log group.", from: ["@logGroup"] },
    { name: "log_stream", type: "string", doc: "Log stream.", from: ["@logStream"], distinct: "many" },
    { name: "address", type: "string", doc: "Address of the reader.", from: ["ip"], personal: "ip" },
  ],
};

const doorSource: Source = {
  id: "studio-doors",
  doc: "Door controllers.",
  table: doorTable.id,
  envelopes: ["json-lines", "cloudwatch"],
  format: "json",
  logGroups: ["/studio/*/doors"],
  timeField: "at",
  idField: "passage",
  sampling: { by: "none" },
  fingerprint: { anyOf: ["Door"], allOf: ["at", "who"] },
};

const catalog = createCatalog([...defaultSources, doorSource], [...defaultTables, doorTable]);

const who = `{"badge":77,"home":{"town":"Oslo","x":[1]}}`;
const recordWith = (person: string): string =>
  `{"passage":"p-1","at":1594666796293,"Door":"north","who":${person},"Open":false,"openFor":1.5,"Floor":"-","checked":"2020-07-13","ip":"192.0.2.77","mood":"good"}`;
const record = recordWith(who);
const envelope = JSON.stringify({
  messageType: "DATA_MESSAGE",
  owner: "111122223333",
  logGroup: "/studio/one/doors",
  logStream: "s",
  subscriptionFilters: [],
  logEvents: [{ id: "1", timestamp: 1_594_666_797_000, message: record }],
});

const landed: readonly Landed[] = [
  { key: "landing/studio-doors/told-by-key", bytes: Buffer.from(record) },
  { key: "exports/told-by-log-group", bytes: Buffer.from(envelope) },
  { key: "exports/told-by-content", bytes: Buffer.from(record) },
  { key: "exports/nested-object-as-text", bytes: Buffer.from(recordWith(JSON.stringify(who))) },
  { key: "exports/told-by-option", bytes: Buffer.from(record), options: { sourceId: "studio-doors" } },
].map((object) => ({
  ...object,
  options: { catalog, privacy: { mode: "truncate" } as const, ...object.options },
}));

const expected = {
  event_time: "2020-07-13T18:59:56.293Z",
  event_time_us: 1_594_666_796_293_000,
  source: "studio-doors",
  event_id: "p-1",
  door: "north",
  passage: "p-1",
  badge: 77,
  town: "Oslo",
  who,
  is_open: false,
  open_seconds: 1.5,
  checked_at: "2020-07-13T00:00:00.000Z",
  address: "192.0.2.0",
  weight: 1,
  extra: '{"mood":"good"}',
};

const columns = [
  ...["event_time", "event_time_us", "source", "event_id"],
  ...["passage", "door", "badge", "town", "who", "is_open", "open_seconds", "floor", "checked_at"],
  ...["log_group", "log_stream", "address"],
  ...["landing_key", "weight", "extra"],
];

describeLake(
  "a source that only a catalog entry knows",
  () => landed,
  (read) => {
    for (const { key } of landed) {
      it(`flows from ${key} to a lake row`, () => {
        const place = key.endsWith("log-group") ? { log_group: "/studio/one/doors", log_stream: "s" } : {};
        assertRows(read.rowsOf(key), "studio_doors", [{ ...expected, ...place, landing_key: key }], columns);
      });
    }
  },
);

// Nothing in it tells whose it is.
const bare = `{"passage":"p-2","at":1594666796293}`;
const told: readonly Landed[] = [
  { key: "landing/studio-doors/bare", bytes: Buffer.from(bare) },
  { key: "archive/landing/studio-doors/bare", bytes: Buffer.from(bare) },
  {
    key: "exports/bare-of-log-group",
    bytes: Buffer.from(envelope.replace(JSON.stringify(record), JSON.stringify(bare))),
  },
  { key: "exports/bare-by-option", bytes: Buffer.from(bare), options: { sourceId: "studio-doors" } },
  { key: "landing/no-such-source/bare", bytes: Buffer.from(bare) },
  { key: "exports/bare", bytes: Buffer.from(bare) },
].map((object) => ({ ...object, options: { catalog, ...object.options } }));

describeLake(
  "a record whose content does not tell its source",
  () => told,
  (read) => {
    for (const { key } of told) {
      const isKnown = !["landing/no-such-source/bare", "exports/bare"].includes(key);
      it(`is ${isKnown ? "a row" : "a reject"} of ${key}`, () => {
        const rows = read.rowsOf(key).map(({ table, cells }) => [table, cells.passage ?? cells.reason]);
        assert.deepEqual(rows, [isKnown ? ["studio_doors", "p-2"] : ["rejects", "unknown_source"]]);
      });
    }
  },
);

describe("a question to the table of such a source", () => {
  it("is answered by the lake", async () => {
    const golden = await GoldenLake.of(landed);
    try {
      const lake = await openLake(join(golden.folder, "lake"), catalog);
      try {
        const { rows } = await lake.query(
          "select dt, door, count(distinct event_id) as passages, sum(weight) as total from studio_doors group by all",
        );
        assert.deepEqual(rows, [["2020-07-13", "north", 1, landed.length]]);
      } finally {
        lake.close();
      }
    } finally {
      await golden.remove();
    }
  });
});
