import assert from "node:assert/strict";
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import type { Piece } from "../../../../functions/transform/landing/inflate.ts";
import { unpack } from "../../../../functions/transform/landing/unpack.ts";

interface Unpacked {
  readonly text: string;
  readonly damages: readonly { readonly why: string; readonly position: number; readonly length: number }[];
  /** Where members end, as offsets in the text. */
  readonly ends: readonly number[];
}

async function unpacked(bytes: Uint8Array, pieceBytes = 65_536): Promise<Unpacked> {
  const parts: Uint8Array[] = [];
  const damages: Unpacked["damages"][number][] = [];
  const ends: number[] = [];
  let length = 0;
  const pieces: AsyncIterable<Piece> = unpack(async function* (startByte) {
    for (let at = startByte; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  });
  for await (const piece of pieces) {
    if (piece.kind === "damage") {
      damages.push({ why: piece.why, position: piece.position, length: piece.length });
      continue;
    }
    parts.push(piece.bytes.slice());
    length += piece.bytes.length;
    if (piece.last) ends.push(length);
  }
  return { text: Buffer.concat(parts).toString("latin1"), damages, ends };
}

const gzipHeader = gzipSync("").subarray(0, 10);

/** Text that hardly compresses. */
function noise(length: number): string {
  let state = 7;
  let text = "";
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    text += state.toString(36);
  }
  return text.slice(0, length);
}

describe("unpacking", () => {
  it("gives the text of any chain of members, once or twice compressed, in pieces of any size", async () => {
    const texts = fc.array(fc.string({ minLength: 1, maxLength: 50, unit: "binary-ascii" }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (all, size, twice) => {
        const chain = Buffer.concat(all.map((text) => gzipSync(text)));
        const { text, damages } = await unpacked(twice ? gzipSync(chain) : chain, size);
        assert.equal(text, all.join(""));
        assert.deepEqual(damages, []);
      }),
    );
  });

  it("tells where members end", async () => {
    const { ends } = await unpacked(Buffer.concat([gzipSync("abc"), gzipSync("de")]));
    assert.deepEqual(ends, [3, 5]);
  });

  it("gives what is not compressed as it is", async () => {
    assert.deepEqual(await unpacked(Buffer.from("abc"), 1), { text: "abc", damages: [], ends: [3] });
    assert.deepEqual(await unpacked(Buffer.alloc(0)), { text: "", damages: [], ends: [] });
  });

  for (const [name, size] of [
    ["small", 2000],
    ["large", 12_000_000],
  ] as const) {
    it(`gives everything before a break of a ${name} member, and the members behind it`, async () => {
      const content = noise(size);
      // The first half ends with an empty stored block, whose length stands there twice.
      const half = deflateRawSync(content.slice(0, size / 2), { finishFlush: constants.Z_FULL_FLUSH });
      const damaged = Buffer.concat([gzipHeader, half, deflateRawSync(content.slice(size / 2)), Buffer.alloc(8)]);
      const at = gzipHeader.length + half.length - 1;
      damaged[at] = 0;
      const before = gzipSync("before ");
      const { text, damages } = await unpacked(Buffer.concat([before, damaged, gzipSync(" behind")]));
      assert.equal(text, `before ${content.slice(0, size / 2)} behind`);
      assert.deepEqual(
        damages.map(({ position, length }) => [position, length]),
        [[before.length + at, damaged.length - at]],
      );
    });
  }

  it("keeps a large member behind garbage", async () => {
    const content = noise(12_000_000);
    const { text, damages } = await unpacked(Buffer.concat([gzipSync("a"), Buffer.from("garbage"), gzipSync(content)]));
    assert.equal(text, `a${content}`);
    assert.deepEqual(
      damages.map(({ position, length }) => [position, length]),
      [[gzipSync("a").length, 7]],
    );
  });

  it("reports damage of the outer and of the inner compression, each once", async () => {
    const inner = Buffer.concat([gzipSync("a"), Buffer.from("garbage"), gzipSync("b")]);
    const outer = gzipSync(inner);
    outer[outer.length - 1] = 1;
    const { text, damages } = await unpacked(outer);
    assert.equal(text, "ab");
    assert.equal(damages.length, 2);
  });

  it("releases the object when its reader stops early", async () => {
    let closed = 0;
    const pieces = unpack(async function* () {
      try {
        for (;;) yield gzipSync("text");
      } finally {
        closed++;
      }
    });
    for await (const _ of pieces) break;
    assert.equal(closed, 1);
  });
});
