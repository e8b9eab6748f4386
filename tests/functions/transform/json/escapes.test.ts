import assert from "node:assert/strict";
import fc from "fast-check";
import { LONE_SURROGATE, resolveEscapes } from "../../../../functions/transform/json/escapes.ts";

/** Text of a JSON string, given without its quotes; undefined when it has half a surrogate pair. */
function resolved(inner: string): string | undefined {
  const bytes = Buffer.from(`"${inner}"`);
  const out = new Uint8Array(bytes.length + 3);
  const end = resolveEscapes(bytes, 1, bytes.length - 1, out, 3);
  return end === LONE_SURROGATE ? undefined : Buffer.from(out.subarray(3, end)).toString();
}

/** Every UTF-16 unit as an escape, in mixed case. */
function allEscaped(text: string): string {
  return [...Array(text.length).keys()]
    .map((i) => {
      const hex = text.charCodeAt(i).toString(16).padStart(4, "0");
      return `\\u${i % 2 === 0 ? hex : hex.toUpperCase()}`;
    })
    .join("");
}

const anyText = fc.string({ unit: "binary" }).filter((text) => !/\p{Surrogate}/u.test(text));

describe("resolveEscapes", () => {
  it("undoes what JSON.stringify does", () => {
    fc.assert(fc.property(anyText, (text) => assert.equal(resolved(JSON.stringify(text).slice(1, -1)), text)));
  });

  it("undoes escapes of all characters", () => {
    fc.assert(fc.property(anyText, (text) => assert.equal(resolved(allEscaped(text)), text)));
  });

  it("knows every short escape, and the ends of each length of UTF-8", () => {
    assert.equal(resolved(String.raw`\"\\\/\b\f\n\r\t`), '"\\/\b\f\n\r\t');
    const ends = "\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}";
    assert.equal(resolved(allEscaped(ends)), ends);
  });

  it("does not write half a surrogate pair", () => {
    for (const half of [
      String.raw`\ud800`,
      String.raw`\udc00`,
      String.raw`\ud800x12345`,
      String.raw`\ud800\n12345`,
      String.raw`\ud800\u0041`,
      String.raw`\ud800\ud800`,
      String.raw`\udc00\ud800`,
      String.raw`\ud800\ue000`,
    ]) {
      assert.equal(resolved(half), undefined, half);
    }
  });
});
