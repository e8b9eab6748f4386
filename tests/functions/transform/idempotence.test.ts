/** The same object gives the same lake, byte for byte, however and in whatever order it is read. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { MemoryLake, transformBytes } from "./memory-lake.ts";
import { anything, gzipObject, plainObject } from "./mutations.ts";
import { type Cells, rowsAndRejects } from "./read-lake.ts";
import { anyRecord, envelope, lines, members, recordsOf, v1Egress } from "./records.ts";

function fingerprint({ files }: MemoryLake): Readonly<Record<string, string>> {
  const sums = [...files].map(([key, bytes]) => [key, createHash("sha256").update(bytes).digest("hex")] as const);
  return Object.fromEntries(sums.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function lakeOf(bytes: Uint8Array, pieceBytes: number, key = "exports/a"): Promise<unknown> {
  const { lake, report } = await transformBytes(bytes, { key, pieceBytes });
  return { files: fingerprint(lake), report };
}

const pieceSizes = [1, 2, 3, 7, 64, 1000, 4093];
const objects: Readonly<Record<string, Buffer>> = {
  "gzip members": Buffer.concat(members(recordsOf(40), 7)),
  "one gzip member of lines": gzipSync(lines(recordsOf(40))),
  "envelopes, not compressed": Buffer.from(`${envelope(recordsOf(5))}\n${envelope(recordsOf(5, v1Egress))}`),
  "objects without anything between them": Buffer.from(lines(recordsOf(20), "")),
  "pretty-printed": Buffer.from(
    recordsOf(9)
      .map(({ text }) => JSON.stringify(JSON.parse(text), null, 2))
      .join("\n"),
  ),
  "text of many bytes per character": Buffer.from(
    lines(recordsOf(9, (n) => v1Egress(n, { userAgent: "\u{1f600}é€" }))),
  ),
};

describe("idempotence", () => {
  for (const [name, bytes] of Object.entries(objects)) {
    it(`gives the same files for any size of the pieces read: ${name}`, async () => {
      const expected = await lakeOf(bytes, bytes.length);
      for (const size of pieceSizes) assert.deepEqual(await lakeOf(bytes, size), expected, `pieces of ${size} bytes`);
    });
  }

  it("gives the same files for any size of the pieces read, whatever the bytes are", async () => {
    const bytes = fc.oneof(
      anything,
      plainObject.map((object) => object.bytes),
      gzipObject.map((object) => object.bytes),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom(...pieceSizes), async (content, size) => {
        assert.deepEqual(await lakeOf(content, size), await lakeOf(content, content.length + 1));
      }),
      { numRuns: 200 },
    );
  });

  it("replaces its own files when an object comes twice", async () => {
    const lake = new MemoryLake();
    const bytes = Buffer.concat(members(recordsOf(30), 10));
    await transformBytes(bytes, {}, lake);
    const once = fingerprint(lake);
    await transformBytes(bytes, {}, lake);
    assert.deepEqual(fingerprint(lake), once);
    assert.ok(lake.files.size > 1);
  });

  it("gives the same lake for another order of the objects", async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), async (order) => {
        const texts = [lines(recordsOf(9)), envelope(recordsOf(4)), `${anyRecord(1).text}\nbroken`, "{}"];
        const [straight, shuffled] = [new MemoryLake(), new MemoryLake()];
        for (const n of [0, 1, 2, 3])
          await transformBytes(Buffer.from(texts[n] ?? ""), { key: `exports/${n}` }, straight);
        for (const n of order) await transformBytes(Buffer.from(texts[n] ?? ""), { key: `exports/${n}` }, shuffled);
        assert.deepEqual(fingerprint(shuffled), fingerprint(straight));
      }),
      { numRuns: 8 },
    );
  });

  it("names its files by bucket, key and version of the object", async () => {
    const bytes = Buffer.from(anyRecord(1).text);
    const [a, b] = [
      await transformBytes(bytes, { key: "exports/a" }),
      await transformBytes(bytes, { key: "exports/b" }),
    ];
    assert.notDeepEqual([...a.lake.files.keys()], [...b.lake.files.keys()]);
  });

  it("gives the same rows for another order of the keys in the records", async () => {
    const without = ({ event_id: _, ...rest }: Cells): Cells => rest;
    const rowsOf = async (texts: readonly string[]): Promise<readonly Cells[]> => {
      const { rows } = await rowsAndRejects(texts.join("\n"), { key: "exports/a" });
      return rows.map(without).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    };
    const texts = recordsOf(15).map(({ text }) => text);
    const expected = await rowsOf(texts);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
        assert.deepEqual(await rowsOf(texts.map((text) => shuffledKeys(text, numbers))), expected);
      }),
      { numRuns: 20 },
    );
  });
});

function shuffledKeys(json: string, numbers: Iterator<number>): string {
  const value: unknown = JSON.parse(json);
  assert.ok(typeof value === "object" && value !== null);
  const members = Object.entries(value).map((member) => ({ member, rank: Number(numbers.next().value) }));
  return JSON.stringify(Object.fromEntries(members.sort((a, b) => a.rank - b.rank).map(({ member }) => member)));
}
