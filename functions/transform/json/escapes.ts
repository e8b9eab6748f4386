import { hexDigit } from "./scanner.ts";

/** What {@link resolveEscapes} says of a string with half a surrogate pair, which UTF-8 cannot hold. */
export const LONE_SURROGATE = -1;

const simple = new Uint8Array(128);
for (const [name, byte] of [
  ["b", 8],
  ["t", 9],
  ["n", 10],
  ["f", 12],
  ["r", 13],
  ['"', 0x22],
  ["\\", 0x5c],
  ["/", 0x2f],
] as const) {
  simple[name.charCodeAt(0)] = byte;
}

/**
 * Writes the text of a JSON string to `out`. The string is `bytes[start, end)` without its quotes and was walked over by
 * the scanner, so its escapes are well formed; `out` has room for `end - start` bytes, which is always enough.
 *
 * @returns offset behind the last byte written, or {@link LONE_SURROGATE}
 */
export function resolveEscapes(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  outStart: number,
): number {
  let from = start;
  let to = outStart;
  while (from < end) {
    const c = bytes[from] ?? 0;
    if (c !== 0x5c) {
      out[to++] = c;
      from++;
      continue;
    }
    const kind = bytes[from + 1] ?? 0;
    if (kind !== 0x75) {
      out[to++] = simple[kind] ?? 0;
      from += 2;
      continue;
    }
    let code = hex4(bytes, from + 2);
    from += 6;
    if (code >= 0xdc00 && code <= 0xdfff) return LONE_SURROGATE;
    if (code >= 0xd800 && code <= 0xdbff) {
      if (from + 6 > end || bytes[from] !== 0x5c || bytes[from + 1] !== 0x75) return LONE_SURROGATE;
      const low = hex4(bytes, from + 2);
      if (low < 0xdc00 || low > 0xdfff) return LONE_SURROGATE;
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      from += 6;
    }
    to = encode(code, out, to);
  }
  return to;
}

function hex4(bytes: Uint8Array, at: number): number {
  return (
    (hexDigit(bytes[at] ?? 0) << 12) |
    (hexDigit(bytes[at + 1] ?? 0) << 8) |
    (hexDigit(bytes[at + 2] ?? 0) << 4) |
    hexDigit(bytes[at + 3] ?? 0)
  );
}

function encode(code: number, out: Uint8Array, at: number): number {
  let to = at;
  if (code < 0x80) {
    out[to++] = code;
  } else if (code < 0x800) {
    out[to++] = 0xc0 | (code >> 6);
    out[to++] = 0x80 | (code & 0x3f);
  } else if (code < 0x10000) {
    out[to++] = 0xe0 | (code >> 12);
    out[to++] = 0x80 | ((code >> 6) & 0x3f);
    out[to++] = 0x80 | (code & 0x3f);
  } else {
    out[to++] = 0xf0 | (code >> 18);
    out[to++] = 0x80 | ((code >> 12) & 0x3f);
    out[to++] = 0x80 | ((code >> 6) & 0x3f);
    out[to++] = 0x80 | (code & 0x3f);
  }
  return to;
}
