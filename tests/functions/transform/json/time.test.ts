import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTimeUs } from "../../../../functions/transform/json/time.ts";

function us(text: string): number {
  const bytes = Buffer.from(`"${text}"`);
  return parseTimeUs(bytes, 1, bytes.length - 1);
}

/** 2020-07-13T18:59:56Z */
const second = 1_594_666_796;

describe("parseTimeUs", () => {
  it("reads every millisecond as Date writes it", () => {
    const date = fc.date({
      min: new Date("0001-01-01"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(fc.property(date, (value) => assert.equal(us(value.toISOString()), value.getTime() * 1000)));
  });

  it("reads zones, and takes none as UTC", () => {
    const local = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(local, (offset) => {
        const sign = offset < 0 ? "-" : "+";
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((n) =>
          String(n).padStart(2, "0"),
        );
        const expected = (second - offset * 60) * 1e6;
        assert.equal(us(`2020-07-13T18:59:56${sign}${hours}:${minutes}`), expected);
        assert.equal(us(`2020-07-13T18:59:56${sign}${hours}${minutes}`), expected);
      }),
    );
    assert.equal(us("2020-07-13T18:59:56"), second * 1e6);
  });

  it("reads the spellings that logs have", () => {
    const spellings: readonly (readonly [string, number])[] = [
      ["2020-07-13T18:59:56.293656Z", second * 1e6 + 293_656],
      ["2020-07-13 18:59:56.293", second * 1e6 + 293_000],
      ["2020-07-13t18:59:56z", second * 1e6],
      ["2020-07-13T18:59:56,5Z", second * 1e6 + 500_000],
      ["2020-07-13T18:59:56.123456789Z", second * 1e6 + 123_456],
      ["2020-07-13T18:59:56.000000999Z", second * 1e6],
      ["2020-07-13T18:59Z", (second - 56) * 1e6],
      ["2020-07-13T18:59", (second - 56) * 1e6],
      ["2020-07-13", 1_594_598_400_000_000],
      ["2016-12-31T23:59:60Z", 1_483_228_800_000_000],
      ["2000-02-29", 951_782_400_000_000],
      ["1969-12-31T23:59:59.999999Z", -1],
      ["2999-12-31T00:00:00Z", 32_503_593_600_000_000],
    ];
    for (const [text, expected] of spellings) assert.equal(us(text), expected, text);
  });

  it("tells seconds, milliseconds, microseconds and nanoseconds by their size", () => {
    assert.equal(us("1594666796"), second * 1e6);
    assert.equal(us("1594666796.5"), second * 1e6 + 500_000);
    assert.equal(us("1594666796293"), second * 1e6 + 293_000);
    assert.equal(us("1594666796293656"), second * 1e6 + 293_656);
    assert.equal(us("1594666796293656000"), second * 1e6 + 293_656);
    assert.equal(us("99999999999"), 99_999_999_999e6);
    assert.equal(us("100000000000"), 100_000_000_000e3);
    assert.equal(us("99999999999999"), 99_999_999_999_999e3);
    assert.equal(us("100000000000000"), 100_000_000_000_000);
    assert.equal(us("100000000000000000"), 100_000_000_000_000);
    assert.equal(us("-1"), -1e6);
    assert.equal(us("0"), 0);
    assert.equal(us("1e300"), Number.NaN);
  });

  it("is not a number for what is no time", () => {
    for (const text of [
      "",
      "soon",
      "2020-13-01",
      "2020-00-01",
      "2020-07-32",
      "2020-07-00",
      "2020-02-30",
      "2019-02-29",
      "1900-02-29",
      "2020-7-13T00:00:00Z",
      "2020-07/13T00:00:00Z",
      "2020-07-13X18:59:56Z",
      "2020-07-13T18",
      "2020-07-13T1859:56Z",
      "2020-07-13T24:00:00Z",
      "2020-07-13T18:60:00Z",
      "2020-07-13T18:59:61Z",
      "2020-07-13T18:59:5",
      "2020-07-13T18:59:ab",
      "2020-07-13T18:59:56.Z",
      "2020-07-13T18:59:56ZZ",
      "2020-07-13T18:59:56+1",
      "2020-07-13T18:59:56+01:0",
      "2020-07-13T18:59:56+ab:cd",
      "2020-07-13T18:59:56 UTC",
      "202a-07-13",
    ]) {
      assert.ok(Number.isNaN(us(text)), text);
    }
  });
});
