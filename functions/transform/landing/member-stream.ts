import { createInflateRaw, inflateRawSync } from "node:zlib";

export type Step =
  /** The piece was taken whole. */
  | { readonly kind: "more"; readonly texts: readonly Uint8Array[]; readonly used: number }
  /** The member ended; `used` bytes of the piece belong to it. */
  | { readonly kind: "ended"; readonly texts: readonly Uint8Array[]; readonly used: number }
  /** The piece cannot be inflated. */
  | { readonly kind: "broken" };

/** Inflates one large member piece by piece. */
export class MemberStream {
  /** Deflate expands up to 1,032 times, so a piece gives at most 17 MB. */
  static readonly pieceBytes = 16_384;

  private readonly engine = createInflateRaw({ chunkSize: 262_144 });
  private texts: Uint8Array[] = [];
  private ended = false;
  private given = 0;
  private settle: ((step: "done" | "broken") => void) | undefined;

  constructor() {
    this.engine.on("data", (text: Uint8Array) => this.texts.push(text));
    this.engine.on("error", () => this.settle?.("broken"));
    this.engine.on("end", () => {
      this.ended = true;
      this.settle?.("done");
    });
  }

  async push(piece: Uint8Array): Promise<Step> {
    const before = this.given;
    this.given += piece.length;
    const outcome = await new Promise<"done" | "broken">((resolve) => {
      this.settle = resolve;
      this.engine.write(piece, (error) => resolve(error ? "broken" : "done"));
    });
    if (outcome === "broken") return { kind: "broken" };
    // bytesWritten counts what the engine took in: less than was given when the member ends inside the piece.
    const consumed = this.engine.bytesWritten;
    const endedHere = this.ended || consumed < this.given;
    if (endedHere && !this.ended) {
      await new Promise<void>((resolve) => {
        this.engine.on("end", () => resolve());
        this.engine.end();
      });
    }
    const texts = this.texts;
    this.texts = [];
    return endedHere ? { kind: "ended", texts, used: consumed - before } : { kind: "more", texts, used: piece.length };
  }
}

/** Whether zlib says that the data is wrong, not merely too short. */
export function isDataError(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "Z_DATA_ERROR";
}

/**
 * Inflates a whole deflate stream that begins `bytes`; what follows it is left alone.
 *
 * @returns the text, and how many bytes the stream took
 * @throws the errors of zlib; RangeError when the text is longer than `maxTextBytes`
 */
export function inflateOnce(bytes: Uint8Array, maxTextBytes: number): { text: Uint8Array; used: number } {
  // With `info` the result is an object of buffer and engine, which the type declarations do not know.
  const result: unknown = inflateRawSync(bytes, { info: true, chunkSize: 262_144, maxOutputLength: maxTextBytes });
  if (!isInfo(result)) throw new TypeError("zlib gave no info");
  return { text: result.buffer, used: result.engine.bytesWritten };
}

function isInfo(result: unknown): result is { buffer: Uint8Array; engine: { bytesWritten: number } } {
  return typeof result === "object" && result !== null && "buffer" in result && "engine" in result;
}
