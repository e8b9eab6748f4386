import assert from "node:assert/strict";
import fc from "fast-check";
import { ascii, parseBigint, parseDouble } from "../../../../functions/transform/json/numbers.ts";

const padded = (text: string) => ({ bytes: Buffer.from(`9${text}9`), start: 1, end: text.length + 1 });

function double(text: string): number {
  const { bytes, start, end } = padded(text);
  return parseDouble(bytes, start, end);
}

function big(text: string): bigint | undefined {
  const { bytes, start, end } = padded(text);
  return parseBigint(bytes, start, end);
}

describe("parseDouble", () => {
  it("gives the number that Number gives, for every spelling of a double", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        for (const text of [String(value), value.toExponential(), value.toFixed(20)]) {
          assert.equal(double(text), Number(text), text);
        }
      }),
    );
  });

  it("rounds short decimals as Number does", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(25), (digits, point) => {
        const text = String(digits).padStart(point + 1, "0");
        const decimal = `${text.slice(0, text.length - point)}.${text.slice(text.length - point)}0`;
        assert.equal(double(decimal), Number(decimal), decimal);
        assert.equal(double(`-${decimal}`), -Number(decimal));
      }),
    );
  });

  it("is not a number for anything else", () => {
    for (const text of [
      "",
      "-",
      ".",
      "1.",
      ".5",
      "+1",
      "1e",
      "1e+",
      "0x10",
      "1 ",
      " 1",
      "1,5",
      "NaN",
      "Infinity",
      "1.2.3",
      "--1",
    ]) {
      assert.ok(Number.isNaN(double(text)), text);
    }
  });

  it("keeps the sign of zero, and overflows as Number does", () => {
    assert.ok(Object.is(double("-0"), -0));
    assert.equal(double("1e999"), Number.POSITIVE_INFINITY);
    assert.equal(double("9007199254740993"), 9_007_199_254_740_992);
  });
});

describe("parseBigint", () => {
  it("gives every whole number of 64 bits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        assert.equal(big(String(value)), value);
      }),
    );
  });

  it("gives nothing for larger ones and for what is no whole number", () => {
    for (const text of ["9223372036854775808", "-9223372036854775809", "1".repeat(21), "", "-", "1.0", "1e3", "a"]) {
      assert.equal(big(text), undefined, text);
    }
  });
});

describe("ascii", () => {
  it("is a character per byte", () => {
    assert.equal(ascii(Buffer.from("xabcx"), 1, 4), "abc");
    assert.equal(ascii(Buffer.from([0xe9]), 0, 1), "é");
  });
});
