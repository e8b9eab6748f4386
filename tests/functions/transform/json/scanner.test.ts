import assert from "node:assert/strict";
import fc from "fast-check";
import { hexDigit, INCOMPLETE, INVALID, JsonScanner } from "../../../../functions/transform/json/scanner.ts";

/** Result of walking over the value that the text begins with. */
function walk(text: string | Uint8Array): number {
  return scannerOf(text).value(0);
}

function scannerOf(text: string | Uint8Array): JsonScanner {
  const bytes = Buffer.from(text);
  const scanner = new JsonScanner();
  scanner.use(bytes, bytes.length);
  return scanner;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts near JSON: valid ones with a character changed, put in or taken out. */
const nearJson = fc
  .tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:\\/ \t\n\u0000\u001f0123456789-+.eEutrfnalse'), fc.nat(2))
  .map(([text, place, character, kind]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + (kind === 0 ? "" : character) + text.slice(kind === 2 ? at : at + 1);
  });

describe("JsonScanner", () => {
  it("walks over any JSON value to its end", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom("", ",", "}", " ", "\n1"), (text, rest) => {
        assert.equal(walk(text + rest), Buffer.byteLength(text));
      }),
    );
  });

  it("says of every beginning of an object or text that it is incomplete", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (json) => {
        const bytes = Buffer.from(`[${json}]`);
        for (let length = 1; length < bytes.length; length++) {
          assert.equal(walk(bytes.subarray(0, length)), INCOMPLETE, bytes.subarray(0, length).toString());
        }
      }),
    );
  });

  it("takes what JSON.parse takes, and nothing else", () => {
    fc.assert(
      fc.property(nearJson, (text) => {
        const trimmed = text.trimStart();
        const scanner = scannerOf(trimmed);
        const end = scanner.value(0);
        const whole = end >= 0 && scanner.space(end) === scanner.end;
        assert.equal(whole, isJson(trimmed), JSON.stringify(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("tells where the text breaks", () => {
    const broken: readonly (readonly [string, number])[] = [
      ['{"a" 1}', 5],
      ["{1:2}", 1],
      ['{"a":1;"b":2}', 6],
      ['{"a":1,}', 7],
      ["[1 2]", 3],
      ["[1,]", 3],
      ['["\u0001"]', 2],
      ['["\\x"]', 3],
      ['["\\u12g4"]', 6],
      ["-x", 1],
      ["1.x", 2],
      ["1e+x", 3],
      ["trux", 3],
      ["falsy", 4],
      ["nil", 1],
      ["", 0],
    ];
    for (const [text, at] of broken) {
      const scanner = scannerOf(text);
      const end = scanner.value(0);
      assert.equal(end, text === "" ? INCOMPLETE : INVALID, text);
      assert.equal(scanner.errorAt, at, text);
    }
  });

  it("waits for the rest of what may still become a value", () => {
    for (const text of [
      "-",
      "1.",
      "1e",
      "1e-",
      "t",
      "fals",
      "nul",
      '"',
      '"\\',
      '"\\u',
      '"\\u00e',
      "{",
      '{"a',
      '{"a"',
    ]) {
      assert.equal(walk(text), INCOMPLETE, text);
    }
  });

  it("walks over white space of JSON only", () => {
    assert.equal(scannerOf(" \t\r\n1").space(0), 4);
    assert.equal(scannerOf("  ").space(0), 2);
    assert.equal(scannerOf("\u000b1").space(0), 0);
    assert.equal(scannerOf(" : 1").colon(0), 2);
    assert.equal(scannerOf("  ").colon(0), INCOMPLETE);
    assert.equal(scannerOf(" 1").colon(0), INVALID);
  });

  it("tells whether a value has escapes or bytes beyond ASCII", () => {
    const seen = (text: string): readonly boolean[] => {
      const scanner = scannerOf(text);
      scanner.value(0);
      return [scanner.escapes, scanner.nonAscii];
    };
    assert.deepEqual(seen('{"a":["b"]}'), [false, false]);
    assert.deepEqual(seen(String.raw`{"a":["\n"]}`), [true, false]);
    assert.deepEqual(seen('{"é":1}'), [false, true]);
    assert.deepEqual(seen(String.raw`["\u00e9é"]`), [true, true]);
  });

  it("goes as deep as the text does", () => {
    const depth = 200_000;
    assert.equal(walk("[".repeat(depth) + "]".repeat(depth)), 2 * depth);
    assert.equal(walk('{"a":'.repeat(depth)), INCOMPLETE);
  });

  it("looks at nothing behind the end it was given", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.constantFrom("", " "), (json, space) => {
        const bytes = Buffer.from(`[${space}${json}${space},${space}{${space}"a"${space}:${space}1${space}}${space}]`);
        const scanner = new JsonScanner();
        for (let end = 1; end < bytes.length; end++) {
          scanner.use(bytes, end);
          assert.equal(scanner.value(0), INCOMPLETE, bytes.subarray(0, end).toString());
        }
      }),
    );
  });
});

describe("hexDigit", () => {
  it("is the value of a digit in either case, else -1", () => {
    for (let c = 0; c < 256; c++) {
      const value = Number.parseInt(String.fromCharCode(c), 16);
      assert.equal(hexDigit(c), Number.isNaN(value) ? -1 : value);
    }
  });
});
