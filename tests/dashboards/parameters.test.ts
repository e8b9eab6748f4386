import assert from "node:assert/strict";
import fc from "fast-check";
import { between, parseInstant, renderSql, TimeRangeError } from "../../dashboards/index.ts";
import { parameterNames } from "../../dashboards/parameters.ts";

const all = { id: "all", sql: parameterNames.map((name) => `{{${name}}}`).join(" | ") };

describe("instants that people type", () => {
  for (const [text, expected] of [
    ["2026-03-01", "2026-03-01T00:00:00.000Z"],
    ["2026-03-01T10:20", "2026-03-01T10:20:00.000Z"],
    ["2026-03-01 10:20:30.5", "2026-03-01T10:20:30.500Z"],
    ["2026-03-01T10:20:30+02:00", "2026-03-01T08:20:30.000Z"],
    ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z"],
  ] as const) {
    it(`${text} is ${expected}`, () => assert.equal(parseInstant(text, "--from").toISOString(), expected));
  }

  for (const text of [
    "",
    "yesterday",
    "2026-02-30",
    "2026-13-01",
    "2026-03-01T25:00",
    "2026-03-01' or 1=1 --",
    "01.03.2026",
  ]) {
    it(`${JSON.stringify(text)} is refused, with the name it was given under`, () => {
      assert.throws(
        () => parseInstant(text, "--from"),
        (error: unknown) => {
          assert.ok(error instanceof TimeRangeError);
          assert.match(error.message, /^--from is ".*": give an instant such as/);
          return true;
        },
      );
    });
  }
});

describe("a range becomes text of SQL", () => {
  it("with its end outside, so that a day that begins at the end is not read", () => {
    const sql = renderSql(all, between(new Date("2026-03-01T00:00:00Z"), new Date("2026-03-02T00:00:00Z")));
    assert.equal(
      sql,
      "timestamp '2026-03-01 00:00:00.000' | timestamp '2026-03-02 00:00:00.000' | '2026-03-01' | '2026-03-01' | '2026-02-28' | 'hour'",
    );
  });

  it("relative to the clock, for Athena", () => {
    assert.equal(
      renderSql(all, { kind: "last", hours: 24 }),
      [
        "cast(current_timestamp - interval '24' hour as timestamp)",
        "cast(current_timestamp as timestamp)",
        "date_format(current_timestamp - interval '24' hour, '%Y-%m-%d')",
        "date_format(current_timestamp, '%Y-%m-%d')",
        "date_format(current_timestamp - interval '48' hour, '%Y-%m-%d')",
        "'hour'",
      ].join(" | "),
    );
  });

  it("with buckets that suit its length", () => {
    const bucket = (hours: number) => renderSql({ id: "b", sql: "{{bucket}}" }, { kind: "last", hours });
    assert.deepEqual([1, 6, 7, 744, 745].map(bucket), ["'minute'", "'minute'", "'hour'", "'hour'", "'day'"]);
  });

  it("with another bucket where one is asked for", () => {
    assert.equal(renderSql({ id: "b", sql: "{{bucket}}" }, { kind: "last", hours: 1, bucket: "day" }), "'day'");
  });

  it("and nothing but the text of instants and days can come of it", () => {
    const instants = fc.date({ min: new Date("2015-01-01"), max: new Date("2099-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        fc.pre(a.getTime() !== b.getTime());
        const [from, to] = a < b ? [a, b] : [b, a];
        assert.match(
          renderSql(all, between(from, to)),
          /^(timestamp '[\d:. -]{23}' \| ){2}('\d{4}-\d\d-\d\d' \| ){3}'(minute|hour|day)'$/,
        );
      }),
    );
  });

  for (const hours of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e9]) {
    it(`but not of ${hours} hours`, () => assert.throws(() => renderSql(all, { kind: "last", hours }), TimeRangeError));
  }

  it("but not when it ends before it begins", () => {
    assert.throws(() => between(new Date("2026-03-02"), new Date("2026-03-01")), /has to end later/);
    assert.throws(() => renderSql(all, { kind: "between", from: new Date(0), to: new Date(0) }), TimeRangeError);
  });

  it("but not for a parameter that does not exist", () => {
    assert.throws(
      () => renderSql({ id: "x", sql: "{{form}}" }, { kind: "last", hours: 1 }),
      /query x names parameter form; there are only from, to/,
    );
  });
});
