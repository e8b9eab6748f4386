/** Bytes of a landing object that were read but not used yet, with their place in it. */
export class InputBuffer {
  /** What is at hand. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Offset of `bytes[0]` in the object. */
  position = 0;
  ended = false;
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Reads until at least `length` bytes are at hand or the object ends. @returns whether they are */
  async fill(length: number): Promise<boolean> {
    const parts: Uint8Array[] = [this.bytes];
    let total = this.bytes.length;
    while (total < length && !this.ended) {
      const { done, value } = await this.source.next();
      if (done) {
        this.ended = true;
      } else {
        parts.push(value);
        total += value.length;
      }
    }
    if (parts.length > 1)
      this.bytes = parts.length === 2 && total === parts[1]?.length ? parts[1] : joined(parts, total);
    return total >= length;
  }

  /** Reads one more piece. @returns false at the end of the object */
  async more(): Promise<boolean> {
    return this.fill(this.bytes.length + 1);
  }

  drop(length: number): void {
    this.bytes = this.bytes.subarray(length);
    this.position += length;
  }

  /** Stops reading, so that the file or connection behind is released. */
  async close(): Promise<void> {
    await this.source.return?.();
  }
}

function joined(parts: readonly Uint8Array[], total: number): Uint8Array {
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
