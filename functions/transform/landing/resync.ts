import { isBlank } from "../json/blank.ts";

/**
 * Where to go on after text that cannot be read: the earliest place that looks like the beginning of a record.
 *
 * A guess, but a wrong one costs only a further reject: what is skipped is kept as a reject either way.
 */
export interface Resync {
  /** Offset where reading goes on. */
  readonly at: number;
  /** The place looks like a new envelope, not like the next element of the one that broke. */
  readonly outside: boolean;
}

/**
 * What was being read: the events of a CloudWatch envelope, whose records are escaped texts; the records of another
 * envelope; a bare array, which may be a line with one byte altered; or none of them.
 */
export type Place = "logEvents" | "envelope" | "array" | "top";

/** How the envelopes of CloudWatch Logs begin. */
export const envelopeStart = Buffer.from('{"messageType":');
const glued = Buffer.from('}{"');
const lastEventEnd = Buffer.from('"}]');

/**
 * @param from first offset that may be the place
 * @param inside where the broken text stands
 * @param signatures the texts that the records before began with, e.g. `{"timestamp":`, and a guess while there are none
 */
export function findResync(
  bytes: Uint8Array,
  from: number,
  end: number,
  inside: Place,
  { known, guess }: { readonly known: readonly Uint8Array[]; readonly guess: Uint8Array | undefined },
): Resync | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end);
  const outside = [text.indexOf(envelopeStart, from)];
  if (inside === "top" || inside === "array")
    outside.push(after(text.indexOf(glued, Math.max(0, from - 1)), 1), lineStart(text, from));
  const next = (guess ? [...known, guess] : known).map((signature) => text.indexOf(signature, from));
  // An object behind another one: inside of a record it may be no element, so only while nothing else is known.
  if (inside === "logEvents" || (inside !== "top" && known.length === 0)) next.push(elementStart(text, from));
  if (inside === "logEvents") next.push(logEventsEnd(text, from));
  const outer = earliest(outside);
  const inner = earliest(next);
  if (inner !== undefined && inner <= (outer ?? inner)) return { at: inner, outside: inside === "top" };
  return outer === undefined ? undefined : { at: outer, outside: true };
}

function earliest(offsets: readonly number[]): number | undefined {
  const found = offsets.filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : undefined;
}

function after(at: number, distance: number): number {
  return at < 0 ? -1 : at + distance;
}

/** The bracket behind the last log event: a quote that is not escaped, brace, bracket. Not inside of a message: escaped there. */
function logEventsEnd(text: Buffer, from: number): number {
  for (
    let end = text.indexOf(lastEventEnd, Math.max(0, from - 2));
    end >= 0;
    end = text.indexOf(lastEventEnd, end + 1)
  ) {
    if (text[end - 1] !== 0x5c) return end + 2;
  }
  return -1;
}

/** Begin of an object that follows another one, white space and a comma between them. */
function elementStart(text: Buffer, from: number): number {
  for (let open = text.indexOf(0x7b, from); open >= 0; open = text.indexOf(0x7b, open + 1)) {
    const comma = blankBefore(text, open);
    if (text[comma] !== 0x2c || text[blankBefore(text, comma)] !== 0x7d) continue;
    let key = open + 1;
    while (isBlank(text[key])) key++;
    if (text[key] === 0x22) return open;
  }
  return -1;
}

/** Offset of the last byte before `at` that is no white space. */
function blankBefore(text: Buffer, at: number): number {
  let before = at - 1;
  while (isBlank(text[before])) before--;
  return before;
}

/** Begin of the next line that is not the inside of a pretty-printed object: no space, bracket, quote or comma leads it. */
function lineStart(text: Buffer, from: number): number {
  for (
    let newline = text.indexOf(0x0a, Math.max(0, from - 1));
    newline >= 0;
    newline = text.indexOf(0x0a, newline + 1)
  ) {
    const next = text[newline + 1];
    if (next === undefined) return newline + 1;
    if (!' \t\r\n}]",'.includes(String.fromCharCode(next))) return newline + 1;
  }
  return -1;
}
