/** Whether a record is read the fast way or the careful way must not show in its row. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Landed } from "../memory-lake.ts";
import { type Cells, rowsAndRejects } from "../read-lake.ts";
import { envelope } from "../records.ts";

/** JSON text of values as services, players and attackers write them. */
const value: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...["0", "-0", "1", "-1", "1e3", "1E+2", "1.0", "0.5", "-0.25", "1e400", "2147483648", "9007199254740993"],
    ...[
      "9223372036854775807",
      "9223372036854775808",
      "007",
      "-07",
      "01.5",
      "1.",
      ".5",
      "+1",
      "NaN",
      "2020-07-13",
      "- 1",
    ],
    ...["null", "true", "false", '""', '"-"', '"007"', '"1e3"', '"-0"', '"1.0"', '"200"', '"true"', '"null"', '" "'],
    ...[
      '"a\\\\"',
      '"a\\\\\\\\"',
      '"a\\"b"',
      '"a\\nb"',
      '"a\\\\nb"',
      '"\\u002d"',
      '"\\u0031"',
      '"\\ud800"',
      '"\\u00e9"',
    ],
    ...[
      '"é"',
      '"\u{1f600}"',
      '"\x7f"',
      '"\t"',
      '"?"',
      '"a?b?c"',
      '"?q"',
      '"a\\/b"',
      "[]",
      "{}",
      "[1]",
      '{"a":1}',
      " 1 ",
    ],
    ...['"9007199254740993"', '"2020-07-13T00:00:00Z"', '"1594598400"', '"a"', '"Amazon CloudFront"', '"x\\\\\\"}"'],
  ),
  fc.string({ maxLength: 12 }).map((text) => JSON.stringify(text)),
  fc
    .string({ unit: fc.constantFrom("\\", '"', "n", "a", "}", "\n"), maxLength: 5 })
    .map((text) => JSON.stringify(text)),
  fc.double().map((number) => String(number)),
  fc.maxSafeInteger().map((number) => String(number)),
);

const names = [
  ...["clientIp", "processingTime", "statusCode", "receivedBytes", "sentBytes", "method", "request", "userAgent"],
  ...["domainName", "account", "channelId", "protocol", "request_uri_base"],
];
const time = fc.constantFrom('"2020-07-13T00:00:00.123456Z"', "1594598400000", '"1594598400"', "2020-07-13T00:00:00Z");

const members = fc
  .tuple(time, fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 5 }), fc.option(value))
  .map(([at, all, id]): readonly (readonly [string, string])[] => [
    ["timestamp", at],
    ["endpointId", '"e"'],
    ...all,
    ["requestId", id ?? '"r"'],
  ]);

const record = (all: readonly (readonly [string, string])[]): string =>
  `{${all.map(([name, text]) => `"${name}":${text}`).join(",")}}`;

/** Of the same shape, and read the fast way: what comes next meets everything in place. */
const warmUp = (all: readonly (readonly [string, string])[]): string =>
  record(
    all.map(([name]) => [
      name,
      name === "timestamp" ? '"2020-07-13T00:00:01Z"' : name === "requestId" ? '"warm-up"' : '"200"',
    ]),
  );

const pinned: Landed = { key: "landing/mediapackage-v1-egress/a" };
const log = (...texts: readonly string[]): string => envelope(texts.map((text) => ({ id: "", text })));

/** What became of a text: the row, or the reason why there is none. Where it stood, and what id that gives, is left out. */
async function outcomes(content: string): Promise<readonly Cells[]> {
  const { rows, rejects } = await rowsAndRejects(content, pinned);
  const bare = ({
    event_id: _,
    position_bytes: __,
    detail: ___,
    raw: ____,
    raw_bytes: _____,
    ...cells
  }: Cells): Cells => cells;
  return [...rows.filter(({ request_id }) => request_id !== "warm-up"), ...rejects].map(bare);
}

/** The same record as the fast way does not know it: a space behind the brace. */
const careful = (text: string): string => `{ ${text.slice(1)}`;

describe("fast and careful reading", () => {
  it("give the same row of a line", async () => {
    await fc.assert(
      fc.asyncProperty(members, async (all) => {
        const expected = await outcomes(`${careful(record(all))}\n`);
        assert.deepEqual(await outcomes(`${record(all)}\n`), expected);
        assert.deepEqual(await outcomes(`${warmUp(all)}\n${record(all)}\n`), expected);
      }),
      { numRuns: 100 },
    );
  });

  it("give the same row of a log event", async () => {
    await fc.assert(
      fc.asyncProperty(members, async (all) => {
        const expected = await outcomes(log(careful(record(all))));
        assert.deepEqual(await outcomes(log(record(all))), expected);
        assert.deepEqual(await outcomes(log(warmUp(all), warmUp(all), record(all))), expected);
      }),
      { numRuns: 100 },
    );
  });

  it("give the same row in any company of other rows", async () => {
    const order = (cells: readonly Cells[]): string[] => cells.map((cell) => JSON.stringify(cell)).sort();
    await fc.assert(
      fc.asyncProperty(fc.array(members, { minLength: 2, maxLength: 5 }), async (many) => {
        const texts = many.map(record);
        const alone = (await Promise.all(texts.map((text) => outcomes(`${careful(text)}\n`)))).flat();
        assert.deepEqual(order(await outcomes(texts.map((text) => `${text}\n`).join(""))), order(alone));
      }),
      { numRuns: 60 },
    );
  });

  for (const [first, second] of [
    ['"a\\\\"', '"a\\"b"'],
    ['"a\\\\nb"', '"a\\nb"'],
    ['"a\\"}"', '"a"'],
    ['"a\\nb"', '"a\nb"'],
  ] as const) {
    it(`do not take ${JSON.stringify(second)} for the text before, ${first}`, async () => {
      const of = (userAgent: string): string =>
        record([
          ["timestamp", '"2020-07-13T00:00:00Z"'],
          ["userAgent", userAgent],
          ["requestId", '"r"'],
        ]);
      const alone = [...(await outcomes(careful(of(first)))), ...(await outcomes(careful(of(second))))];
      assert.deepEqual(await outcomes(`${of(first)}\n${of(second)}\n`), alone);
      assert.deepEqual(await outcomes(log(of(first), of(second))), [
        ...(await outcomes(log(careful(of(first))))),
        ...(await outcomes(log(careful(of(second))))),
      ]);
    });
  }
});
