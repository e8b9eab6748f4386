/**
 * Reads the row count out of a Parquet footer.
 *
 * The encoder's stream keeps errors of single batches to itself, so a file is believed only when its own footer says how
 * many rows it has. The footer is a Thrift compact struct (parquet-format `FileMetaData`: 1 version, 2 schema, 3 num_rows).
 */
export class FooterError extends Error {
  constructor(what: string) {
    super(`the Parquet footer cannot be read: ${what}`);
    this.name = "FooterError";
  }
}

const magic = 0x31524150; // "PAR1", little-endian

/** @param tail the end of a Parquet file, at least its whole footer */
export function footerRows(tail: Uint8Array): number {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  if (tail.length < 12 || view.getUint32(tail.length - 4, true) !== magic) throw new FooterError("no PAR1 at the end");
  const length = view.getUint32(tail.length - 8, true);
  const start = tail.length - 8 - length;
  if (start < 0) throw new FooterError(`${length} bytes announced, ${tail.length - 8} there`);
  const reader = new CompactReader(tail.subarray(start, tail.length - 8));
  let field = 0;
  for (;;) {
    const header = reader.byte();
    if (header === 0) throw new FooterError("no row count");
    field = header >> 4 === 0 ? reader.zigzag() : field + (header >> 4);
    if (field === 3) return reader.zigzag();
    reader.skip(header & 0x0f);
  }
}

/** Bytes at the end of a file that hold its footer, or undefined while more are needed. */
export function footerLength(tail: Uint8Array): number | undefined {
  if (tail.length < 8) return undefined;
  const length = new DataView(tail.buffer, tail.byteOffset, tail.byteLength).getUint32(tail.length - 8, true) + 8;
  return length <= tail.length ? length : undefined;
}

class CompactReader {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new FooterError("it ends too early");
    return value;
  }

  /** Row counts fit a double; shifts would wrap at 32 bits. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  skip(type: number): void {
    switch (type) {
      case 1:
      case 2:
        return;
      case 3:
        this.at++;
        return;
      case 4:
      case 5:
      case 6:
        this.varint();
        return;
      case 7:
        this.at += 8;
        return;
      case 8: {
        const length = this.varint();
        this.at += length;
        return;
      }
      case 9:
      case 10:
        this.skipList();
        return;
      case 12:
        this.skipStruct();
        return;
      default:
        throw new FooterError(`unknown type ${type}`);
    }
  }

  private skipList(): void {
    const header = this.byte();
    const count = header >> 4 === 15 ? this.varint() : header >> 4;
    const type = header & 0x0f;
    for (let i = 0; i < count; i++) {
      // Booleans take a byte inside lists, none inside structs.
      if (type === 1 || type === 2) this.at++;
      else this.skip(type);
    }
  }

  private skipStruct(): void {
    for (;;) {
      const header = this.byte();
      if (header === 0) return;
      if (header >> 4 === 0) this.varint();
      this.skip(header & 0x0f);
    }
  }
}
