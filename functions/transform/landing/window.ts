/** The text of a landing object as it comes: what was read but not used yet, and where it stands. */
export class Window {
  bytes: Uint8Array = new Uint8Array(0);
  /** Offset of the first byte that is not used yet. */
  p = 0;
  /** Offset of `bytes[0]` in the uncompressed content. */
  private base = 0;
  /** Bytes to wait for before the unit at hand is looked at again, so that a large one is not walked over for every piece. */
  private wanted = 0;
  /** Pieces that came while more bytes were waited for. */
  private pieces: Uint8Array[] = [];
  private pieceBytes = 0;

  /** Offset of the first unused byte in the uncompressed content. */
  get position(): number {
    return this.base + this.p;
  }

  /** How many bytes are at hand. */
  get unused(): number {
    return this.bytes.length - this.p;
  }

  /** Adds a piece. @returns whether it is time to look at what is there */
  add(piece: Uint8Array, last: boolean): boolean {
    this.pieces.push(piece);
    this.pieceBytes += piece.length;
    if (!last && this.bytes.length + this.pieceBytes < this.wanted) return false;
    const alone = this.bytes.length === 0 && this.pieces.length === 1;
    this.bytes = alone ? piece : Buffer.concat([this.bytes, ...this.pieces]);
    this.pieces = [];
    this.pieceBytes = 0;
    this.wanted = 0;
    return true;
  }

  /** Looks again only when so many bytes are there. */
  want(bytes: number): void {
    this.wanted = bytes;
  }

  /** Forgets what is used. */
  compact(): void {
    const { p, unused } = this;
    this.base += p;
    this.bytes = unused > 0 ? this.bytes.slice(p) : new Uint8Array(0);
    this.p = 0;
  }

  /** Forgets everything. */
  drop(): void {
    this.p = this.bytes.length;
    this.compact();
  }

  /** Goes behind what separates units. @returns the byte there, undefined at the end */
  skipSeparators(): number | undefined {
    this.p = behindSeparators(this.bytes, this.p);
    return this.bytes[this.p];
  }

  /** Value of a JSON string, quotes at `start` and before `end`. */
  string(start: number, end: number): string {
    const value: unknown = JSON.parse(this.view(start, end).toString());
    return typeof value === "string" ? value : "";
  }

  /** The bytes from `start` to `end`, not copied. */
  view(start: number, end: number): Buffer {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start);
  }
}

/** Offset behind white space, commas, a byte order mark, and the zero bytes of padding. */
export function behindSeparators(bytes: Uint8Array, p: number): number {
  let at = p;
  for (;;) {
    const c = bytes[at];
    if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09 || c === 0x2c || c === 0) at++;
    else if (c === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
    else return at;
  }
}
