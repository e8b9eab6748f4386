/** What an operator meets: damaged, odd and oversized input. Neighbours are unharmed, and what was wrong is said. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { rowsAndRejects } from "./read-lake.ts";
import { v1Egress } from "./records.ts";

const good = (n: number): string => v1Egress(n).text;
const ids = (rows: readonly { readonly request_id?: unknown }[]): string[] =>
  rows.map(({ request_id }) => String(request_id)).sort();
const expected = (...numbers: number[]): string[] => numbers.map((n) => v1Egress(n).id).sort();

const envelope = (...messages: string[]): string =>
  JSON.stringify({
    messageType: "DATA_MESSAGE",
    owner: "111122223333",
    logGroup: "/aws/MediaPackage/EgressAccessLogs",
    logStream: "s",
    subscriptionFilters: ["f"],
    logEvents: messages.map((message, n) => ({ id: `${n}`, timestamp: 1_594_598_400_000, message })),
  });

interface Case {
  readonly name: string;
  readonly input: string | Uint8Array;
  readonly rows: readonly string[];
  /** Reasons of the rejects in the order of their places. */
  readonly rejects: readonly string[];
}

const cut = gzipSync(`${good(1)}\n${good(2)}\n${good(3)}\n`);
const flipped = gzipSync(good(2));
flipped.writeUInt8(flipped.readUInt8(flipped.length - 12) ^ 0xff, flipped.length - 12);
const wrongSum = gzipSync(good(2));
wrongSum.writeUInt8(wrongSum.readUInt8(wrongSum.length - 8) ^ 1, wrongSum.length - 8);

const cases: readonly Case[] = [
  { name: "an empty object", input: "", rows: [], rejects: [] },
  { name: "white space only", input: " \r\n\t\n", rows: [], rejects: [] },
  { name: "an empty gzip member", input: gzipSync(""), rows: [], rejects: [] },
  {
    name: "a byte order mark and CRLF line ends",
    input: `\ufeff${good(1)}\r\n${good(2)}\r\n`,
    rows: expected(1, 2),
    rejects: [],
  },
  {
    name: "a cut record between lines",
    input: `${good(1)}\n${good(2).slice(0, 80)}\n${good(3)}`,
    rows: expected(1, 3),
    rejects: ["broken_json"],
  },
  {
    name: "a cut record between records without line ends",
    input: good(1) + good(2).slice(0, -9) + good(3),
    rows: expected(1, 3),
    rejects: ["broken_json"],
  },
  {
    name: "a broken message in an envelope",
    input: gzipSync(envelope(good(1), good(2).slice(0, 80), good(3))),
    rows: expected(1, 3),
    rejects: ["broken_json"],
  },
  {
    name: "text in an envelope",
    input: gzipSync(envelope(good(1), "hello", good(3))),
    rows: expected(1, 3),
    rejects: ["not_json"],
  },
  {
    name: "a cut record at the end of a file",
    input: `${good(1)}\n${good(2).slice(0, 80)}`,
    rows: expected(1),
    rejects: ["broken_json"],
  },
  {
    name: "JSON that is no object",
    input: `${good(1)}\n42\n"text"\nnull\n${good(3)}`,
    rows: expected(1, 3),
    rejects: ["not_an_object", "not_an_object", "not_an_object"],
  },
  {
    name: "an object that no source has",
    input: `${good(1)}\n{"hello":"world"}\n${good(3)}`,
    rows: expected(1, 3),
    rejects: ["unknown_source"],
  },
  { name: "an envelope without events", input: gzipSync(envelope()), rows: [], rejects: [] },
  {
    name: "an envelope whose log group stands behind its events",
    input: `{"logEvents":${JSON.stringify([{ id: "1", timestamp: 1, message: good(1) }])},"logGroup":"/aws/MediaPackage/EgressAccessLogs","messageType":"DATA_MESSAGE"}`,
    rows: expected(1),
    rejects: [],
  },
  {
    name: "garbage between gzip members",
    input: Buffer.concat([gzipSync(good(1)), Buffer.from("garbage"), gzipSync(good(3))]),
    rows: expected(1, 3),
    rejects: ["broken_gzip"],
  },
  {
    name: "padding behind a gzip member",
    input: Buffer.concat([gzipSync(good(1)), Buffer.alloc(100), gzipSync(good(3))]),
    rows: expected(1, 3),
    rejects: [],
  },
  {
    name: "a gzip member with a wrong check sum",
    input: Buffer.concat([gzipSync(good(1)), wrongSum, gzipSync(good(3))]),
    rows: expected(1, 2, 3),
    rejects: ["broken_gzip"],
  },
  {
    name: "a gzip stream cut in its trailer",
    input: cut.subarray(0, cut.length - 3),
    rows: expected(1, 2, 3),
    rejects: ["broken_gzip"],
  },
  {
    name: "a record split over two gzip members",
    input: Buffer.concat([
      gzipSync(`${good(1)}\n${good(2).slice(0, 50)}`),
      gzipSync(`${good(2).slice(50)}\n${good(3)}`),
    ]),
    rows: expected(1, 2, 3),
    rejects: [],
  },
  {
    name: "a date in 1969",
    input: `${good(1)}\n${v1Egress(2, { timestamp: "1969-12-31T23:59:59Z" }).text}`,
    rows: expected(1),
    rejects: ["implausible_time"],
  },
  {
    name: "a date in 2999",
    input: `${good(1)}\n${v1Egress(2, { timestamp: "2999-01-01T00:00:00Z" }).text}`,
    rows: expected(1),
    rejects: ["implausible_time"],
  },
  {
    name: "a date that is none",
    input: `${good(1)}\n${v1Egress(2, { timestamp: "yesterday" }).text}`,
    rows: expected(1),
    rejects: ["bad_time"],
  },
];

describe("broken records", () => {
  for (const { name, input, rows: wanted, rejects: reasons } of cases) {
    it(`${name}: ${wanted.length} rows, ${reasons.length} rejects`, async () => {
      const { rows, rejects, report } = await rowsAndRejects(input, { key: "exports/a" });
      assert.deepEqual(ids(rows), wanted);
      assert.deepEqual(
        rejects.map(({ reason }) => reason),
        reasons,
      );
      assert.equal(report.records, wanted.length + reasons.length);
    });
  }

  it("keeps what a damaged gzip member held before the damage, and its neighbours", async () => {
    const { rows, rejects } = await rowsAndRejects(Buffer.concat([gzipSync(good(1)), flipped, gzipSync(good(3))]));
    for (const id of expected(1, 3)) assert.ok(ids(rows).includes(id));
    assert.ok(rejects.some(({ reason }) => reason === "broken_gzip"));
  });

  it("keeps the records before a cut in the middle of a gzip stream", async () => {
    // Random ids do not compress, so that half of the bytes is about half of the records.
    const records = Array.from({ length: 2000 }, (_, n) => v1Egress(n, { channelId: `${Math.sin(n)}` }));
    const whole = gzipSync(records.map(({ text }) => text).join("\n"));
    const { rows, rejects } = await rowsAndRejects(whole.subarray(0, whole.length / 2));
    assert.ok(rows.length > 500 && rows.length < 1500);
    assert.deepEqual(
      ids(rows),
      records
        .slice(0, rows.length)
        .map(({ id }) => id)
        .sort(),
    );
    assert.ok(rejects.some(({ reason }) => reason === "broken_gzip"));
  });

  it("counts control messages and makes no rows of them", async () => {
    const control = JSON.stringify({
      messageType: "CONTROL_MESSAGE",
      owner: "CloudwatchLogs",
      logGroup: "",
      logStream: "",
      subscriptionFilters: [],
      logEvents: [{ id: "", timestamp: 1, message: "CWL CONTROL MESSAGE: Checking health of destination Firehose." }],
    });
    const { rows, rejects, report } = await rowsAndRejects(
      Buffer.concat([gzipSync(control), gzipSync(envelope(good(1)))]),
    );
    assert.deepEqual([rows.length, rejects.length, report.control, report.records], [1, 0, 1, 2]);
  });

  it("reads a record of a megabyte", async () => {
    const agent = "x".repeat(1_000_000);
    const { rows } = await rowsAndRejects(`${good(1)}\n${v1Egress(2, { userAgent: agent }).text}\n${good(3)}`);
    assert.deepEqual(ids(rows), expected(1, 2, 3));
    assert.equal(rows.find(({ request_id }) => request_id === v1Egress(2).id)?.user_agent, agent);
  });

  it("rejects a record of 40 MB with its beginning and its length, and keeps its neighbours", async () => {
    const text = v1Egress(2, { userAgent: "x".repeat(40_000_000) }).text;
    const { rows, rejects } = await rowsAndRejects(`${good(1)}\n${text}\n${good(3)}`);
    assert.deepEqual(ids(rows), expected(1, 3));
    assert.equal(rejects.length, 1);
    assert.equal(rejects[0]?.reason, "record_too_large");
    // Its line end counts as its own: where the text is cut, nobody knows better.
    assert.equal(Number(rejects[0]?.raw_bytes), text.length + 1);
    assert.equal(String(rejects[0]?.raw).length, 1024 * 1024);
  });

  it("walks over JSON of any depth", async () => {
    const deep = `{"requestId":"deep","deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const { rows, rejects } = await rowsAndRejects(`${good(1)}\n${deep}\n${good(3)}`);
    assert.deepEqual(ids(rows), expected(1, 3));
    assert.equal(rejects.length, 1);
  });

  it("keeps invalid UTF-8 and numbers that no column holds in extra, and the rest of the record in its columns", async () => {
    const text = v1Egress(2, {
      sentBytes: 9_007_199_254_740_993n.toString(),
      receivedBytes: "99999999999999999999",
      channelId: "@@",
    }).text;
    const bytes = Buffer.from(text);
    bytes.fill(0xff, bytes.indexOf("@@"), bytes.indexOf("@@") + 2);
    const { rows } = await rowsAndRejects(bytes);
    assert.equal(rows.length, 1);
    assert.equal(rows[0]?.request_id, v1Egress(2).id);
    assert.equal(String(rows[0]?.sent_bytes), "9007199254740993");
    assert.equal(rows[0]?.received_bytes, null);
    assert.equal(rows[0]?.channel_id, null);
    assert.deepEqual(JSON.parse(String(rows[0]?.extra)), {
      receivedBytes: "99999999999999999999",
      channelId: { $base64: Buffer.from([0x22, 0xff, 0xff, 0x22]).toString("base64") },
    });
  });
});
