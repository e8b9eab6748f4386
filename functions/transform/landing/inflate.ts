/**
 * From the bytes of a landing object to plain text, a gzip member at a time.
 *
 * Subscription data is a chain of members, one per CloudWatch envelope, so member ends are the best places to go on after
 * damage. Node's own gunzip hides them, ignores what follows, and drops what it had inflated when it meets an error.
 */
import { crc32 } from "node:zlib";
import { headerLength, isGzip, trailerBytes } from "./gzip.ts";
import { InputBuffer } from "./input.ts";
import { inflateOnce, isDataError, MemberStream } from "./member-stream.ts";

/** A piece of what the object holds, in order. */
export type Piece =
  /** Text; `last` marks the end of a member, or of an object that is not compressed. */
  | { readonly kind: "text"; readonly bytes: Uint8Array; readonly last: boolean }
  /** Compressed bytes that do not inflate, or a member whose check sum differs (then without bytes). */
  | {
      readonly kind: "damage";
      readonly why: string;
      /** Offset in the object as stored. */
      readonly position: number;
      readonly length: number;
      /** The first of these bytes, at most {@link damageSample}. */
      readonly sample: Uint8Array;
    };

/** How much of a damaged stretch is kept. */
export const damageSample = 1024 * 1024;
/** Members up to this size are inflated at once, which is much faster for many small ones. */
const wholeMemberBytes = 8 * 1024 * 1024;
/** Compressed bytes waited for before a member is taken as a large one. */
const wholeMemberInput = 2 * 1024 * 1024;

export async function* inflate(open: (startByte: number) => AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  const input = new InputBuffer(open(0));
  try {
    await input.fill(3);
    if (!isGzip(input.bytes, 0)) yield* plain(input);
    else yield* members(input, open);
  } finally {
    await input.close();
  }
}

async function* plain(input: InputBuffer): AsyncGenerator<Piece> {
  while (input.bytes.length > 0) {
    const bytes = input.bytes;
    input.drop(bytes.length);
    await input.more();
    yield { kind: "text", bytes, last: input.bytes.length === 0 };
  }
}

async function* members(
  input: InputBuffer,
  open: (startByte: number) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Piece> {
  while (await input.fill(1)) {
    if (!(await input.fill(3)) || !isGzip(input.bytes, 0)) {
      if (await skipPadding(input)) continue;
      yield* damaged(input, "bytes that are no gzip member");
      continue;
    }
    const whole = await wholeMember(input);
    if (whole === "large") {
      yield* largeMember(input, open);
      continue;
    }
    yield { kind: "text", bytes: whole.text, last: true };
    if (!whole.intact) yield badChecksum(input.position);
    input.drop(whole.length);
  }
}

/** Zero bytes behind a member are padding. @returns whether there was some */
async function skipPadding(input: InputBuffer): Promise<boolean> {
  let padding = 0;
  while (padding < input.bytes.length && input.bytes[padding] === 0) padding++;
  input.drop(padding);
  return padding > 0;
}

interface WholeMember {
  readonly text: Uint8Array;
  readonly intact: boolean;
  /** Compressed length, header and trailer included. */
  readonly length: number;
}

/** Inflates a member in one call; `large` when it is large, cut or damaged, and has to be taken piece by piece. */
async function wholeMember(input: InputBuffer): Promise<WholeMember | "large"> {
  for (;;) {
    const header = headerLength(input.bytes, 0);
    const member = header === undefined ? undefined : tryWhole(input.bytes, header);
    if (member) return member;
    if (member === null || input.bytes.length > wholeMemberInput || !(await input.fill(input.bytes.length * 2))) {
      const grew = member !== null && input.bytes.length <= wholeMemberInput;
      // The object ended while filling, but brought some more bytes: they may complete the member.
      const last = grew && header !== undefined ? tryWhole(input.bytes, header) : undefined;
      return last ?? "large";
    }
  }
}

/** @returns undefined when more bytes may complete the member, null when none will */
function tryWhole(bytes: Uint8Array, header: number): WholeMember | undefined | null {
  try {
    const { text, used } = inflateOnce(bytes.subarray(header), wholeMemberBytes);
    const end = header + used;
    if (end + trailerBytes > bytes.length) return undefined;
    return { text, intact: trailerFits(bytes, end, crc32(text), text.length), length: end + trailerBytes };
  } catch (error) {
    if (isDataError(error)) return null;
    if (error instanceof RangeError) return null;
    return undefined;
  }
}

function trailerFits(bytes: Uint8Array, at: number, checksum: number, length: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, trailerBytes);
  return view.getUint32(0, true) === checksum >>> 0 && view.getUint32(4, true) === length % 2 ** 32;
}

async function* largeMember(
  input: InputBuffer,
  open: (startByte: number) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Piece> {
  const start = input.position;
  const header = headerLength(input.bytes, 0);
  if (header === undefined) {
    yield* damaged(input, "a gzip header that ends too early");
    return;
  }
  input.drop(header);
  const stream = new MemberStream();
  let checksum = 0;
  let length = 0;
  const take = (text: Uint8Array): Piece => {
    checksum = crc32(text, checksum);
    length += text.length;
    return { kind: "text", bytes: text, last: false };
  };
  for (;;) {
    if (!(await input.fill(1))) {
      yield { kind: "text", bytes: new Uint8Array(0), last: true };
      yield {
        kind: "damage",
        why: "the gzip member is cut off",
        position: start,
        length: 0,
        sample: new Uint8Array(0),
      };
      return;
    }
    const piece = input.bytes.subarray(0, MemberStream.pieceBytes);
    const step = await stream.push(piece);
    if (step.kind === "broken") {
      // What the failing piece gave before the break is dropped by zlib: walk there again, in single bytes.
      const rest = await salvage(open, start + header, input.position, length);
      for (const text of rest.texts) yield take(text);
      yield { kind: "text", bytes: new Uint8Array(0), last: true };
      input.drop(rest.usedOfPiece);
      yield* damaged(input, `the gzip member that begins at byte ${start} breaks here`);
      return;
    }
    for (const text of step.texts) yield take(text);
    input.drop(step.used);
    if (step.kind === "ended") break;
  }
  yield { kind: "text", bytes: new Uint8Array(0), last: true };
  const complete = await input.fill(trailerBytes);
  if (!complete || !trailerFits(input.bytes, 0, checksum, length)) yield badChecksum(start);
  input.drop(Math.min(trailerBytes, input.bytes.length));
}

/** Inflates again up to a break. @returns the texts behind the first `known` bytes, and how much of the failing piece was good */
async function salvage(
  open: (startByte: number) => AsyncIterable<Uint8Array>,
  dataStart: number,
  pieceStart: number,
  known: number,
): Promise<{ texts: Uint8Array[]; usedOfPiece: number }> {
  const input = new InputBuffer(open(dataStart));
  const stream = new MemberStream();
  const texts: Uint8Array[] = [];
  let seen = 0;
  const take = (text: Uint8Array): void => {
    const fresh = text.subarray(Math.max(0, known - seen));
    seen += text.length;
    if (fresh.length > 0) texts.push(fresh);
  };
  try {
    while (await input.fill(1)) {
      const left = pieceStart - (dataStart + input.position);
      const step = await stream.push(input.bytes.subarray(0, left > 0 ? Math.min(left, MemberStream.pieceBytes) : 1));
      if (step.kind === "broken") return { texts, usedOfPiece: Math.max(0, -left) };
      for (const text of step.texts) take(text);
      input.drop(step.used);
    }
    return { texts, usedOfPiece: 0 };
  } finally {
    await input.close();
  }
}

function badChecksum(position: number): Piece {
  return {
    kind: "damage",
    why: `the check sum of the gzip member at byte ${position} differs: its records may be altered`,
    position,
    length: 0,
    sample: new Uint8Array(0),
  };
}

/** Drops bytes up to the next member that inflates, or to the end, and tells of them. */
async function* damaged(input: InputBuffer, why: string): AsyncGenerator<Piece> {
  const position = input.position;
  const sample: Uint8Array[] = [];
  let sampled = 0;
  const lose = (count: number): void => {
    const part = input.bytes.slice(0, Math.min(count, damageSample - sampled));
    sampled += part.length;
    if (part.length > 0) sample.push(part);
    input.drop(count);
  };
  // The first byte may be the magic of the very member that broke.
  if (await input.fill(1)) lose(1);
  while ((await input.fill(wholeMemberInput * 2), input.bytes.length > 0)) {
    const next = nextMember(input.bytes);
    if (next >= 0) {
      lose(next);
      break;
    }
    // A member that begins in the last bytes shows only with what follows.
    lose(input.ended ? input.bytes.length : Math.max(1, input.bytes.length - wholeMemberInput));
  }
  yield { kind: "damage", why, position, length: input.position - position, sample: Buffer.concat(sample) };
}

/** Offset of a gzip member that inflates whole and with the right check sum, or -1. */
function nextMember(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = buffer.indexOf("1f8b08", 0, "hex"); at >= 0; at = buffer.indexOf("1f8b08", at + 1, "hex")) {
    const header = headerLength(bytes, at);
    if (header !== undefined && tryWhole(bytes.subarray(at), header)?.intact) return at;
  }
  return -1;
}
