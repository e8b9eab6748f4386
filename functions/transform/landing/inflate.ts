/**
 * From the bytes of a landing object to plain text, a gzip member at a time.
 *
 * Subscription data is a chain of members, one per CloudWatch envelope, so member ends are the best places to go on after
 * damage. Node's own gunzip hides them, ignores what follows, and drops what it had inflated when it meets an error.
 */
import { crc32 } from "node:zlib";
import { headerLength, isGzip, magic, trailerBytes, wasGzip } from "./gzip.ts";
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

/** Compressed bytes that must inflate before a member is believed whose end is not there. */
const convincingBytes = 32;
/** Bytes at the beginning in which a gzip member may follow something else. */
const headBytes = 65_536;
/** How much of a damaged stretch is kept. */
export const damageSample = 1024 * 1024;
/** Members up to this size are inflated at once, which is much faster for many small ones. */
const wholeMemberBytes = 8 * 1024 * 1024;
/** Compressed bytes waited for before a member is taken as a large one. */
const wholeMemberInput = 2 * 1024 * 1024;

export async function* inflate(open: (startByte: number) => AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  const input = new InputBuffer(open(0));
  try {
    await input.fill(headBytes);
    if (holdsMembers(input.bytes)) yield* members(input, open);
    else yield* plain(input);
  } finally {
    await input.close();
  }
}

/** Whether this is gzip: at once, or behind something that no text begins with. */
function holdsMembers(bytes: Uint8Array): boolean {
  return isGzip(bytes, 0) || wasGzip(bytes) || nextMember(bytes, 0, headBytes) >= 0;
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
      // Altered flags can make a header of anything: then the next member lies inside of it.
      const header = headerLength(input.bytes, 0) ?? input.bytes.length;
      if (nextMember(input.bytes, 1, header) >= 0) yield* damaged(input, "a gzip header that is none");
      else yield* largeMember(input, open);
      continue;
    }
    if (!whole.intact && whole.text.length === 0) {
      yield* damaged(input, "a gzip member without content");
      continue;
    }
    yield { kind: "text", bytes: whole.text, last: true };
    if (whole.intact) {
      input.drop(whole.length);
      continue;
    }
    yield badChecksum(input.position);
    // When it was cut, it took the beginning of the next one for its own.
    const next = nextMember(input.bytes, 1, whole.length);
    input.drop(next < 0 ? whole.length : next);
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
    if (member !== undefined) return member === "broken" ? "large" : member;
    const known = input.bytes.length;
    if (known > wholeMemberInput) return "large";
    await input.fill(known * 2);
    if (input.bytes.length === known) return "large";
  }
}

/** @returns undefined when more bytes may complete the member */
function tryWhole(bytes: Uint8Array, header: number): WholeMember | "large" | "broken" | undefined {
  try {
    const { text, used } = inflateOnce(bytes.subarray(header), wholeMemberBytes);
    const end = header + used;
    if (end + trailerBytes > bytes.length) return undefined;
    const intact = trailerFits(bytes, end, crc32(text), text.length);
    return { text, intact, length: end + trailerBytes };
  } catch (error) {
    if (isDataError(error)) return "broken";
    return error instanceof RangeError ? "large" : undefined;
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
  // Nothing is let go before something has inflated: what looks like a header may be noise before a real member.
  let ahead = header;
  const stream = new MemberStream();
  let checksum = 0;
  let length = 0;
  const take = (text: Uint8Array): Piece => {
    checksum = crc32(text, checksum);
    length += text.length;
    return { kind: "text", bytes: text, last: false };
  };
  for (;;) {
    // Full pieces, so that what comes out does not depend on how the object is read.
    await input.fill(ahead + MemberStream.pieceBytes);
    if (input.bytes.length === ahead) {
      yield { kind: "text", bytes: new Uint8Array(0), last: true };
      const why = "the gzip member is cut off";
      if (length === 0) yield* damaged(input, why);
      else yield { kind: "damage", why, position: start, length: 0, sample: new Uint8Array(0) };
      return;
    }
    const piece = input.bytes.subarray(ahead, ahead + MemberStream.pieceBytes);
    const step = await stream.push(piece);
    if (step.kind === "broken") {
      // What the failing piece gave before the break is dropped by zlib: walk there again, in single bytes.
      const rest = await salvage(open, start + header, input.position + ahead, length);
      for (const text of rest.texts) yield take(text);
      yield { kind: "text", bytes: new Uint8Array(0), last: true };
      if (length > 0) input.drop(ahead + rest.usedOfPiece);
      yield* damaged(input, `the gzip member that begins at byte ${start} breaks here`);
      return;
    }
    for (const text of step.texts) yield take(text);
    ahead += step.used;
    if (length > 0) {
      input.drop(ahead);
      ahead = 0;
    }
    if (step.kind === "ended") break;
  }
  yield { kind: "text", bytes: new Uint8Array(0), last: true };
  if (length === 0) {
    yield* damaged(input, "a gzip member without content");
    return;
  }
  const complete = await input.fill(trailerBytes);
  if (complete && trailerFits(input.bytes, 0, checksum, length)) {
    input.drop(trailerBytes);
    return;
  }
  yield badChecksum(start);
  await input.fill(wholeMemberInput);
  input.drop(trailerLength(input.bytes));
}

/** Length of a check sum that is wrong, because it was cut: less than usual when the next member begins inside of it. */
function trailerLength(bytes: Uint8Array): number {
  const next = nextMember(bytes, 0, trailerBytes);
  return next < 0 ? Math.min(trailerBytes, bytes.length) : next;
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
  for (;;) {
    await input.fill(wholeMemberInput * 2);
    if (input.bytes.length === 0) break;
    const next = nextMember(input.bytes, 0, input.bytes.length);
    if (next >= 0) {
      lose(next);
      break;
    }
    // A member that begins in the last bytes shows only with what follows.
    lose(input.ended ? input.bytes.length : Math.max(1, input.bytes.length - wholeMemberInput));
  }
  yield { kind: "damage", why, position, length: input.position - position, sample: Buffer.concat(sample) };
}

/** Offset, from `from` to before `until`, of a gzip member that inflates, as far as it is there; or -1. */
function nextMember(bytes: Uint8Array, from: number, until: number): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = buffer.indexOf(magic, from); at >= 0 && at < until; at = buffer.indexOf(magic, at + 1)) {
    const header = headerLength(bytes, at);
    if (header !== undefined && inflates(bytes.subarray(at), header)) return at;
  }
  return -1;
}

/** A member counts when it is intact, or too large or cut to tell: random bytes break before so much of them inflates. */
function inflates(bytes: Uint8Array, header: number): boolean {
  const member = tryWhole(bytes, header);
  if (member === undefined) return bytes.length - header > convincingBytes;
  return member === "large" || (member !== "broken" && member.intact);
}
