/** Numbers and times straight from ASCII bytes. The text of a number was checked by the scanner, or is checked here. */

const powersOfTen = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const asciiText = new TextDecoder("latin1");

/** Text of `bytes[start, end)`, a character per byte. */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
  return asciiText.decode(bytes.subarray(start, end));
}

/**
 * The double nearest to a decimal number, exactly as `Number(text)` gives it; NaN when the text is no JSON number.
 *
 * Up to 15 digits and powers of ten up to 22 are exact in binary64, so one division is correctly rounded
 * (W. D. Clinger, 1990). Anything longer takes the slow way.
 */
export function parseDouble(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const negative = bytes[at] === 0x2d;
  if (negative) at++;
  let mantissa = 0;
  let digits = 0;
  let point = -1;
  for (; at < end; at++) {
    const c = bytes[at] ?? 0;
    if (c >= 0x30 && c <= 0x39) {
      mantissa = mantissa * 10 + (c - 0x30);
      digits++;
    } else if (c === 0x2e && point < 0 && digits > 0) {
      point = digits;
    } else {
      return slowDouble(bytes, start, end);
    }
  }
  if (digits === 0 || digits > 15 || point === digits) return slowDouble(bytes, start, end);
  const magnitude = point < 0 ? mantissa : mantissa / (powersOfTen[digits - point] ?? 1);
  return negative ? -magnitude : magnitude;
}

const jsonNumber = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function slowDouble(bytes: Uint8Array, start: number, end: number): number {
  const text = ascii(bytes, start, end);
  return jsonNumber.test(text) ? Number(text) : Number.NaN;
}

const bigintMin = -(2n ** 63n);
const bigintMax = 2n ** 63n - 1n;

/** A 64-bit integer that no double holds; undefined when the text is no integer or out of range. */
export function parseBigint(bytes: Uint8Array, start: number, end: number): bigint | undefined {
  const text = ascii(bytes, start, end);
  if (!/^-?\d{1,20}$/.test(text)) return undefined;
  const value = BigInt(text);
  return value >= bigintMin && value <= bigintMax ? value : undefined;
}
