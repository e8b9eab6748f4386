import assert from "node:assert/strict";
import type { ExpectedRow } from "./example.ts";
import { assertRows } from "./expected.ts";
import { describeLake, landedAt } from "./lake.ts";

interface Case {
  readonly reason: string;
  readonly name: string;
  /** Told by the landing key; `none` for an object of unknown origin. */
  readonly source: string;
  readonly text: string;
  readonly detail: string;
  /** Source named in the row. */
  readonly known?: string;
  /** Text of the reject where it is not the whole object. */
  readonly raw?: string;
  readonly position?: number;
}

const v1 = "mediapackage-v1-egress";
const outside = "timestamp lies outside 2015-01-01 to a day after the landing object was written";
const good = `{"timestamp":"2020-07-13T18:59:56Z","requestId":"neighbour","endpointId":"e"}`;

const cases: readonly Case[] = [
  {
    reason: "no_time",
    name: "a record without a time",
    source: v1,
    text: `{"requestId":"r"}`,
    detail: "the record has no timestamp",
    known: v1,
  },
  {
    reason: "no_time",
    name: "an as-run text outside a log event",
    source: "mediatailor-as-run",
    text: `{"program":"evening"}`,
    detail: "the record has no @timestamp",
    known: "mediatailor-as-run",
  },
  {
    reason: "no_time",
    name: "a time that is null",
    source: v1,
    text: `{"timestamp":null,"requestId":"r"}`,
    detail: "the record has no timestamp",
    known: v1,
  },
  {
    reason: "no_time",
    name: "an empty object",
    source: v1,
    text: "{}",
    detail: "the record has no timestamp",
    known: v1,
  },
  {
    reason: "broken_json",
    name: "a number with leading zeros",
    source: v1,
    text: `{"timestamp":"2020-07-13T18:59:56Z","statusCode":007}`,
    detail: "no JSON at byte 50 of the record",
    known: v1,
  },
  {
    reason: "broken_json",
    name: "a key without quotes",
    source: v1,
    text: `{timestamp:"2020-07-13T18:59:56Z"}`,
    detail: "no JSON at byte 1 of the record",
    known: v1,
  },
  {
    reason: "bad_time",
    name: "a time that is none",
    source: v1,
    text: `{"timestamp":"soon","requestId":"r"}`,
    detail: "timestamp is no ISO-8601 time or epoch number",
    known: v1,
  },
  {
    reason: "implausible_time",
    name: "the last moment before the tables begin",
    source: v1,
    text: `{"timestamp":"2014-12-31T23:59:59.999Z","requestId":"r"}`,
    detail: outside,
    known: v1,
  },
  {
    reason: "implausible_time",
    name: "more than a day after the object was written",
    source: v1,
    text: `{"timestamp":"2020-07-15T00:00:00.001Z","requestId":"r"}`,
    detail: outside,
    known: v1,
  },
  {
    reason: "unknown_source",
    name: "a record that no source has",
    source: "none",
    text: `{"hello":"world"}`,
    detail: "no source of the catalog has such records",
  },
  {
    reason: "unknown_source",
    name: "a record that begins as an envelope does",
    source: "none",
    text: `{"events":1}`,
    detail: "no source of the catalog has such records",
  },
  {
    reason: "not_an_object",
    name: "a JSON value",
    source: v1,
    text: "12",
    detail: "a JSON value that is no object",
    known: v1,
  },
  {
    reason: "not_json",
    name: "a line of text",
    source: v1,
    text: "Überblick",
    detail: "neither a JSON object nor an audit line",
    known: v1,
  },
  {
    reason: "broken_json",
    name: "an object that breaks, between whole ones",
    source: v1,
    text: `${good}\n{"timestamp":oops}\n${good.replace("neighbour", "neighbour-2")}\n`,
    detail: "no JSON at byte 13 of the record",
    known: v1,
    raw: `{"timestamp":oops}`,
    position: good.length + 1,
  },
  {
    reason: "broken_audit_line",
    name: "an audit line with too few fields",
    source: "aurora-audit",
    text: "1572546356975302,db,u,h,1,2,QUERY",
    detail: "an audit line has 10 fields, this one 7",
    known: "aurora-audit",
  },
  {
    reason: "broken_audit_line",
    name: "an audit line without a return code",
    source: "aurora-audit",
    text: "1572546356975302,db,u,h,1,2,QUERY,d,'x'",
    detail: "an audit line has 10 fields, this one 9",
    known: "aurora-audit",
  },
  {
    reason: "broken_audit_line",
    name: "an audit line whose seventh field is no operation",
    source: "aurora-audit",
    text: "1572546356975302,db,u,h,1,2,select,d,'x',0",
    detail: "the seventh field is no operation: select",
    known: "aurora-audit",
  },
  {
    reason: "broken_audit_line",
    name: "the rest of a statement whose begin is elsewhere",
    source: "aurora-audit",
    text: "from dual',0",
    detail: "an audit line has 10 fields, this one 2",
    known: "aurora-audit",
  },
];

const keyOf = ({ name, source }: Case): string =>
  `${source === "none" ? "exports" : `landing/${source}`}/${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;

/** Moments at the edges of what is plausible. */
const plausible = ["2015-01-01T00:00:00.000Z", "2020-07-15T00:00:00.000Z"];

describeLake(
  "rejects",
  () => [
    ...cases.map((one) => ({ key: keyOf(one), bytes: Buffer.from(one.text) })),
    ...plausible.map((timestamp) => ({
      key: `landing/${v1}/${timestamp}`,
      bytes: Buffer.from(JSON.stringify({ timestamp, requestId: "r" })),
    })),
  ],
  (read) => {
    for (const one of cases) {
      it(`${one.reason}: ${one.name}`, () => {
        const rows = read.rowsOf(keyOf(one)).filter(({ table }) => table === "rejects");
        const raw = one.raw ?? one.text;
        const expected: ExpectedRow = {
          event_time: landedAt.toISOString(),
          event_time_us: landedAt.getTime() * 1000,
          ...(one.known === undefined ? {} : { source: one.known }),
          // Made of the object's identity and the place in it: not for a hand to compute.
          event_id: rows[0]?.cells.event_id ?? null,
          reason: one.reason,
          detail: one.detail,
          raw,
          raw_encoding: "utf8",
          raw_bytes: Buffer.byteLength(raw),
          position_bytes: one.position ?? 0,
          landing_key: keyOf(one),
          weight: 1,
        };
        assertRows(rows, "rejects", [expected]);
        assert.match(String(rows[0]?.cells.event_id), /^[0-9a-f]{32}$/);
        assert.deepEqual(read.lake.report(keyOf(one)).rejectReasons, { [one.reason]: 1 });
      });
    }

    it("leave the neighbours unharmed", () => {
      const broken = cases.find(({ name }) => name.endsWith("between whole ones"));
      const ids = read.rowsOf(broken ? keyOf(broken) : "").map(({ cells }) => cells.request_id);
      assert.deepEqual(ids.filter((id) => id !== undefined).sort(), ["neighbour", "neighbour-2"]);
    });

    for (const timestamp of plausible) {
      it(`are no records of ${timestamp}`, () => {
        const times = read.rowsOf(`landing/${v1}/${timestamp}`).map(({ table, cells }) => [table, cells.event_time]);
        assert.deepEqual(times, [["mediapackage_egress", timestamp]]);
      });
    }
  },
);
