import assert from "node:assert/strict";
import fc from "fast-check";
import { FooterError, footerLength, footerRows } from "../../../../functions/transform/parquet/footer.ts";
import { transformBytes } from "../memory-lake.ts";
import { v1Egress } from "../records.ts";

async function parquetFile(rows: number): Promise<Uint8Array> {
  const text = Array.from({ length: rows }, (_, n) => v1Egress(n).text).join("\n");
  const { lake } = await transformBytes(Buffer.from(text));
  const [file] = [...lake.files.values()];
  assert.ok(file);
  return file;
}

/** A footer of given bytes, framed as at the end of a file. */
function framed(footer: readonly number[]): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([Buffer.from("PAR1"), Buffer.from(footer), length, Buffer.from("PAR1")]);
}

describe("the Parquet footer", () => {
  it("tells the row count of real files", async () => {
    for (const rows of [1, 63, 64, 8192]) assert.equal(footerRows(await parquetFile(rows)), rows);
  });

  it("tells it from the end of the file alone", async () => {
    const file = await parquetFile(100);
    const length = footerLength(file);
    assert.ok(length !== undefined && length < file.length);
    assert.equal(footerRows(file.subarray(file.length - length)), 100);
    assert.equal(footerLength(file.subarray(file.length - 100)), undefined);
    assert.equal(footerLength(file.subarray(file.length - 4)), undefined);
  });

  it("refuses what is no Parquet file", () => {
    assert.throws(() => footerRows(new Uint8Array(3)), FooterError);
    assert.throws(() => footerRows(Buffer.from("no Parquet at all")), /no PAR1/);
    assert.throws(() => footerRows(Buffer.from("\xff\xff\x00\x00PAR1PAR1", "latin1")), FooterError);
    assert.throws(() => footerRows(framed([0])), /no row count/);
    assert.throws(() => footerRows(framed([0x15, 0x02])), /ends too early/);
    assert.throws(() => footerRows(framed([0x1f, 0x02])), /unknown type/);
  });

  it("skips every type of the compact protocol on the way to the row count", () => {
    const skipped = [
      0x41, // true, and from field 4 on
      0x13,
      0x7f, // a byte
      0x15,
      0x82,
      0x01, // i32 in two bytes
      0x17,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0, // double
      0x18,
      0x02,
      0x61,
      0x62, // binary
      0x19,
      0x21,
      0x01,
      0x02, // list of two booleans
      0x19,
      0xf5,
      0x10,
      ...new Array(16).fill(0x02), // list of sixteen i32, its length apart
      0x1c,
      0x15,
      0x02,
      0x05,
      0x06,
      0x02,
      0x00, // struct with a field of long header
    ];
    // Field 3 in long form: type i64, id 3 as zigzag varint, value 21 as zigzag varint.
    assert.equal(footerRows(framed([...skipped, 0x06, 0x06, 0x2a])), 21);
  });

  it("never hangs and never throws anything but its own error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          assert.equal(typeof footerRows(framed([...bytes])), "number");
        } catch (error) {
          assert.ok(error instanceof FooterError);
        }
      }),
    );
  });
});
