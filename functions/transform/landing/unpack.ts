import { isGzip } from "./gzip.ts";
import { inflate, type Piece } from "./inflate.ts";

/**
 * As {@link inflate}, but opens what was compressed twice: that is how subscription data lands when Firehose is told to
 * compress it, which is compressed already. Only once more: what is nested deeper may go on for ever.
 */
export async function* unpack(open: (startByte: number) => AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  const pieces = inflate(open);
  try {
    const head: Piece[] = [];
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
      head.push(next.value);
      if (next.value.kind === "text" && next.value.bytes.length > 0) break;
    }
    const first = head.at(-1);
    if (first?.kind === "text" && isGzip(first.bytes, 0)) {
      yield* inner(head, pieces, open);
    } else {
      yield* head;
      yield* pieces;
    }
  } finally {
    await pieces.return(undefined);
  }
}

async function* inner(
  head: readonly Piece[],
  rest: AsyncIterable<Piece>,
  open: (startByte: number) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Piece> {
  const damages: Piece[] = [];
  async function* once(): AsyncGenerator<Uint8Array> {
    yield* texts(head, damages);
    yield* texts(rest, damages);
  }
  yield* inflate((startByte) => (startByte === 0 ? once() : behind(texts(inflate(open), []), startByte)));
  yield* damages;
}

/** The texts alone; damages are put aside. */
async function* texts(pieces: Iterable<Piece> | AsyncIterable<Piece>, damages: Piece[]): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    if (piece.kind === "damage") damages.push(piece);
    else yield piece.bytes;
  }
}

/** What follows the first `length` bytes. */
async function* behind(parts: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length;
  for await (const part of parts) {
    const fresh = part.subarray(Math.min(left, part.length));
    left -= part.length - fresh.length;
    if (fresh.length > 0) yield fresh;
  }
}
