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

const envelopeStart = Buffer.from('{"messageType":');
const glued = Buffer.from('}{"');

/**
 * @param from first offset that may be the place
 * @param inside whether elements of an array were being read
 * @param signature the text that the record before began with, e.g. `{"timestamp":`
 */
export function findResync(
  bytes: Uint8Array,
  from: number,
  end: number,
  inside: boolean,
  signature: Uint8Array | undefined,
): Resync | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end);
  const outside = [text.indexOf(envelopeStart, from)];
  if (!inside) outside.push(after(text.indexOf(glued, Math.max(0, from - 1)), 1), lineStart(text, from));
  const next = signature ? text.indexOf(signature, from) : -1;
  const outer = Math.min(...outside.map((at) => (at < 0 ? Number.POSITIVE_INFINITY : at)));
  if (next >= 0 && next <= outer) return { at: next, outside: !inside };
  return Number.isFinite(outer) ? { at: outer, outside: true } : undefined;
}

function after(at: number, distance: number): number {
  return at < 0 ? -1 : at + distance;
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
