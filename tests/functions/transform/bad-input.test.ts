/** What comes when something went wrong on the way, and that it harms nothing beside it. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { type Cells, rowsAndRejects } from "./read-lake.ts";
import {
  cloudTrail,
  controlMessage,
  envelope,
  lines,
  members,
  recordsOf,
  type TestRecord,
  v1Egress,
} from "./records.ts";

interface Case {
  readonly name: string;
  readonly content: Buffer | string;
  /** Ids of the records that must be rows, in any order. */
  readonly rows: readonly string[];
  /** Reasons of the rejects, by position. */
  readonly rejects: readonly string[];
  readonly control?: number;
  readonly check?: (rows: readonly Cells[], rejects: readonly Cells[]) => void;
}

const a = v1Egress(1);
const b = v1Egress(2);
const c = v1Egress(3);
const trail = [cloudTrail(1), cloudTrail(2), cloudTrail(3)];
const ids = (records: readonly TestRecord[]): string[] => records.map(({ id }) => id);
const broken = '{"timestamp":"2020-07-13T00:00:00Z","statusCode":}';
const pretty = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);
const records = (...texts: readonly string[]): string => `{"Records":[${texts.join(",")}]}`;
const many = recordsOf(200, v1Egress);
const chain = members(many, 10);
/** Bytes without patterns, so that a member of them is large. */
const noisy = recordsOf(300, (n) => v1Egress(n, { userAgent: noise(n, 12_000) }));

function noise(seed: number, length: number): string {
  let state = seed + 1;
  let text = "";
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    text += state.toString(36);
  }
  return text;
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}

const without = (index: number): TestRecord[] => many.filter((_, n) => Math.floor(n / 10) !== index);
const withMember = (index: number, change: (member: Buffer) => Buffer): Buffer =>
  Buffer.concat(chain.map((member, n) => (n === index ? change(member) : member)));

const textCases: readonly Case[] = [
  {
    name: "a broken record between good lines",
    content: `${a.text}\n${broken}\n${b.text}\n`,
    rows: ids([a, b]),
    rejects: ["broken_json"],
    check: (_, [reject]) => {
      assert.equal(reject?.raw, broken);
      assert.equal(reject?.position_bytes, Buffer.byteLength(a.text) + 1);
    },
  },
  {
    name: "a line that ends too early between good lines",
    content: `${a.text}\n${b.text.slice(0, 100)}\n${c.text}\n`,
    rows: ids([a, c]),
    rejects: ["broken_json"],
  },
  {
    name: "a broken record between good ones without anything between them",
    content: `${a.text}${broken}${b.text}`,
    rows: ids([a, b]),
    rejects: ["broken_json"],
  },
  {
    name: "a broken record between pretty-printed ones",
    content: `${pretty(a.text)}\n${pretty(b.text).replace('"statusCode":', '"statusCode"')}\n${pretty(c.text)}\n`,
    rows: ids([a, c]),
    rejects: ["broken_json"],
  },
  {
    name: "a broken record in a Records array",
    content: records(trail[0]?.text ?? "", '{"eventVersion":"1.08",}', trail[2]?.text ?? ""),
    rows: ids([cloudTrail(1), cloudTrail(3)]),
    rejects: ["broken_json"],
  },
  {
    name: "a broken first record in a Records array",
    content: records('{"eventVersion":"1.08",}', trail[1]?.text ?? "", trail[2]?.text ?? ""),
    rows: ids([cloudTrail(2), cloudTrail(3)]),
    rejects: ["broken_json"],
  },
  {
    name: "a message that is broken JSON between good log events",
    content: envelope([a, { id: "", text: broken }, b]),
    rows: ids([a, b]),
    rejects: ["broken_json"],
    check: (_, [reject]) => assert.equal(reject?.raw, broken),
  },
  {
    name: "a log event that is broken JSON between good ones",
    content: envelope([a, b, c]).replace('"id":"3195310661"', '"id":3195310661"'),
    rows: ids([a, c]),
    rejects: ["broken_envelope"],
  },
  {
    name: "a broken first and a broken last log event, and another envelope behind",
    content:
      envelope([a, b, c]).replace('"id":"3195310660"', '"id"').replace('"id":"3195310662"', '"id"') +
      envelope([v1Egress(4)]),
    rows: ids([b, v1Egress(4)]),
    rejects: ["broken_envelope", "broken_envelope"],
  },
  {
    name: "a log event without its message, and one whose message is no text",
    content: envelope([a]).replace('"logEvents":[', '"logEvents":[{"id":"1"},{"message":5},'),
    rows: ids([a]),
    rejects: ["broken_envelope", "broken_envelope"],
  },
  {
    name: "an envelope that ends too early, and another behind it",
    content: `${envelope([a, b]).slice(0, -40)}\n${envelope([c])}`,
    rows: ids([a, c]),
    rejects: ["broken_envelope"],
  },
  {
    name: "text between envelopes on one line",
    content: `${envelope([a])}not an envelope${envelope([b])}`,
    rows: ids([a, b]),
    rejects: ["not_json"],
  },
  {
    name: "text behind the record of a log event",
    content: envelope([a, { id: "", text: `${b.text} and more` }, c]),
    rows: ids([a, b, c]),
    rejects: ["broken_json"],
    check: (_, [reject]) => assert.equal(reject?.raw, " and more"),
  },
  {
    name: "two records in one log event: one is a row, the other is kept",
    content: envelope([{ id: "", text: a.text + b.text }]),
    rows: ids([a]),
    rejects: ["broken_json"],
    check: (_, [reject]) => assert.equal(reject?.raw, b.text),
  },
  { name: "an empty object", content: "", rows: [], rejects: [] },
  { name: "an empty gzip member", content: gzipSync(""), rows: [], rejects: [] },
  { name: "only white space", content: " \r\n\t\n ", rows: [], rejects: [] },
  { name: "empty logEvents", content: envelope([]) + envelope([a]), rows: ids([a]), rejects: [] },
  { name: "a control message", content: controlMessage + envelope([a]), rows: ids([a]), rejects: [], control: 1 },
  { name: "a byte order mark and CRLF", content: `\ufeff${a.text}\r\n${b.text}\r\n`, rows: ids([a, b]), rejects: [] },
  {
    name: "zero bytes between records, and one in a record",
    content: `${a.text}\0\0\0${b.text}\n\0\n{"timestamp":"\0"}\n${c.text}`,
    rows: ids([a, b, c]),
    rejects: ["broken_json"],
  },
  {
    name: "what is no object",
    content: `${a.text}\n12\n"text"\nnull\n[1]\ntrue\n${b.text}\nfree text, with a comma`,
    rows: ids([a, b]),
    rejects: ["not_object", "x"],
  },
  {
    name: "events of 1969 and 2999",
    content: lines([
      a,
      v1Egress(5, { timestamp: "1969-12-31T23:59:59Z" }),
      v1Egress(6, { timestamp: "2999-01-01T00:00:00Z" }),
    ]),
    rows: ids([a]),
    rejects: ["implausible_time", "implausible_time"],
  },
  {
    name: "100,000 levels of nesting, closed and not",
    content: `${a.text}\n${"[".repeat(100_000)}${"]".repeat(100_000)}\n{"timestamp":"2020-07-13T00:00:00Z","endpointId":"e","requestId":"deep","x":${'{"x":'.repeat(100_000)}1${"}".repeat(100_001)}\n${b.text}`,
    rows: [...ids([a, b]), "deep"],
    rejects: ["not_an_object"],
    check: (rows) => assert.equal(String(rows.find(({ request_id }) => request_id === "deep")?.extra).length, 600_007),
  },
  {
    name: "100,000 levels of nesting inside of what carries a record",
    content: `${a.text}\n{"@message":${'{"@message":'.repeat(100_000)}1${"}".repeat(100_001)}\n{"@message":${"[".repeat(100_000)}${"]".repeat(100_000)}}\n${b.text}`,
    rows: ids([a, b]),
    rejects: ["unknown_source", "not_an_object"],
  },
  {
    name: "a record of 40 MB",
    content: lines([a, v1Egress(8, { userAgent: "x".repeat(40_000_000) }), b]),
    rows: ids([a, b]),
    rejects: ["record_too_large"],
    check: (_, [reject]) => {
      assert.equal(reject?.raw_bytes, Buffer.byteLength(v1Egress(8).text) + 40_000_000 - "Amazon CloudFront".length);
      assert.equal(String(reject?.raw).length, 1024 * 1024);
    },
  },
  {
    name: "a record of 1 MB",
    content: lines([a, v1Egress(8, { userAgent: "y".repeat(1_000_000) }), b]),
    rows: ids([a, v1Egress(8), b]),
    rejects: [],
  },
];

const gzipCases: readonly Case[] = [
  {
    name: "many members, cut in the header of the last",
    content: Buffer.concat([...chain.slice(0, 19), (chain[19] ?? Buffer.alloc(0)).subarray(0, 6)]),
    rows: ids(without(19)),
    rejects: ["broken_gzip"],
  },
  {
    name: "many members, cut in the trailer of the last",
    content: Buffer.concat(chain).subarray(0, -3),
    rows: ids(many),
    rejects: ["broken_gzip"],
  },
  {
    name: "many members, a flipped byte in one",
    content: withMember(7, (member) => flipped(member, 12)),
    rows: ids(without(7)),
    rejects: ["broken_gzip"],
  },
  {
    name: "many members, a wrong check sum of one: its records are kept, and it is said",
    content: withMember(7, (member) => flipped(member, member.length - 8)),
    rows: ids(many),
    rejects: ["broken_gzip"],
    check: (_, [reject]) => assert.match(String(reject?.detail), /check sum .* differs/),
  },
  {
    name: "many members, garbage between them and before them",
    content: Buffer.concat([
      Buffer.from("garbage"),
      withMember(7, (member) => Buffer.concat([Buffer.from("more"), member])),
    ]),
    rows: ids(many),
    rejects: ["broken_gzip", "broken_gzip"],
  },
  {
    name: "many members, a flipped byte in the magic of the first",
    content: withMember(0, (member) => flipped(member, 1)),
    rows: ids(without(0)),
    rejects: ["broken_gzip"],
  },
  {
    name: "a member that begins inside of the one before, which was cut",
    content: withMember(7, (member) => member.subarray(0, -5)),
    rows: ids(many),
    rejects: ["broken_gzip"],
  },
  {
    name: "one large member, cut in the header",
    content: gzipSync(lines(noisy)).subarray(0, 7),
    rows: [],
    rejects: ["broken_gzip"],
  },
  {
    name: "one large member, cut in the trailer",
    content: gzipSync(lines(noisy)).subarray(0, -3),
    rows: ids(noisy),
    rejects: ["broken_gzip"],
  },
  {
    name: "members split in the middle of records",
    content: Buffer.concat(pieces(Buffer.from(lines(many)), 1000).map((piece) => gzipSync(piece))),
    rows: ids(many),
    rejects: [],
  },
  {
    name: "one envelope, split over members in the middle of events",
    content: Buffer.concat(pieces(Buffer.from(envelope(many)), 1000).map((piece) => gzipSync(piece))),
    rows: ids(many),
    rejects: [],
  },
  { name: "gzip inside of gzip", content: gzipSync(Buffer.concat(chain)), rows: ids(many), rejects: [] },
  {
    name: "gzip inside of gzip, large and damaged inside",
    content: gzipSync(Buffer.concat([gzipSync(lines(noisy)), flipped(gzipSync(lines(many)), 12), gzipSync(a.text)])),
    rows: ids([...noisy, a]),
    rejects: ["broken_gzip"],
  },
  {
    name: "gzip inside of gzip inside of gzip: kept as it is, for it could go on for ever",
    content: gzipSync(gzipSync(gzipSync(a.text))),
    rows: [],
    rejects: ["broken_gzip"],
  },
];

function pieces(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size));
}

describe("bad input", () => {
  for (const { name, content, rows, rejects, control = 0, check } of [...textCases, ...gzipCases]) {
    it(name, async () => {
      for (const key of ["exports/a", "landing/mediapackage-v1-egress/a"]) {
        // A pinned source is believed: these are of another one.
        if (key !== "exports/a" && content.includes('"Records"')) continue;
        const read = await rowsAndRejects(Buffer.from(content), { key, pieceBytes: 65_536 });
        const found = read.rows.map((row) => String(row.table === "cloudtrail_events" ? row.event_id : row.request_id));
        assert.deepEqual(found.sort(), [...rows].sort(), key);
        assert.deepEqual(
          read.rejects.map(({ reason }) => reason),
          rejects,
        );
        assert.equal(read.report.control, control);
        check?.(read.rows, read.rejects);
      }
    });
  }
});
