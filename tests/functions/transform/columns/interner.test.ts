import assert from "node:assert/strict";
import fc from "fast-check";
import { Interner } from "../../../../functions/transform/columns/interner.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const viewOf = (array: Uint8Array): DataView => new DataView(array.buffer, array.byteOffset, array.byteLength);
const QUOTE = 0x22;

/** Asks whether the JSON text `"…"` begins with the last text. */
function matches(interner: Interner, json: string): boolean {
  const source = bytes(json);
  return interner.matchLast(viewOf(source), 1, source.length, QUOTE) >= 0;
}

describe("an interner", () => {
  it("gives equal texts the same id, different ones different ids, and the texts back", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 9 }), { maxLength: 300 }), (texts) => {
        const interner = new Interner();
        const ids = texts.map((text) => interner.internText(text));
        assert.equal(interner.count, new Set(texts.map((text) => Buffer.from(text).toString())).size);
        assert.deepEqual(
          ids.map((id) => interner.text(id)),
          texts.map((text) => Buffer.from(text).toString()),
        );
      }),
    );
  });

  it("finds texts anywhere in a larger piece of memory", () => {
    const interner = new Interner();
    const source = bytes("xxabcdefgh-abcdefgh").subarray(1);
    assert.equal(interner.intern(source, 1, 9), interner.intern(source, 10, 18));
  });

  it("keeps thousands of texts apart", () => {
    const interner = new Interner();
    for (let n = 0; n < 50_000; n++) assert.equal(interner.internText(`text ${n}`), n);
    for (let n = 0; n < 50_000; n += 977) assert.equal(interner.text(n), `text ${n}`);
    assert.equal(interner.internText("text 31"), 31);
  });

  it("begins anew when it is cleared", () => {
    const interner = new Interner();
    interner.internText('a"b');
    interner.clear();
    assert.equal(interner.byteLength, 0);
    assert.ok(!matches(interner, '"a"'));
    assert.equal(interner.internText("c"), 0);
    assert.ok(matches(interner, '"c"'), "what was known of the first text is not known of the new one");
  });

  it("knows the last text again where JSON spells it as it is", () => {
    const interner = new Interner();
    for (const text of ["", "a", "Amazon CloudFront", "é\u{1f600}", "/a?b"]) {
      interner.internText(text);
      assert.ok(matches(interner, `"${text}"`), text);
      assert.ok(!matches(interner, `"${text}x"`), text);
      assert.ok(!matches(interner, `"${text}`), `${text}, not closed`);
    }
  });

  it("does not take the spelling of another text for the last one", () => {
    // As they stand in JSON, these bytes are an escape, or no JSON at all.
    for (const text of ["a\\", "a\\nb", 'a"', "\t", "\n"]) {
      const interner = new Interner();
      interner.internText(text);
      assert.ok(!matches(interner, `"${text}"`), JSON.stringify(text));
    }
  });
});
