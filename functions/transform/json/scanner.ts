/**
 * Walks JSON text byte by byte, without making values.
 *
 * Strict as RFC 8259, but for one thing: it does not look at UTF-8; who keeps text has to check it where
 * {@link JsonScanner.nonAscii} says so. Positions are offsets into `bytes`; a negative result is one of the two codes below.
 */

/** The text ends before the value does: more bytes may complete it. */
export const INCOMPLETE = -1;
/** The text can never become a value; {@link JsonScanner.errorAt} tells where it broke. */
export const INVALID = -2;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

export class JsonScanner {
  bytes: Uint8Array = new Uint8Array(0);
  /** {@link bytes}, to be read several at a time. */
  view: DataView = new DataView(new ArrayBuffer(0));
  end = 0;
  /** Whether the last value walked over has an escape in one of its strings. Reset by the caller. */
  escapes = false;
  /** Whether the last value walked over has a byte above 0x7f. Reset by the caller. */
  nonAscii = false;
  errorAt = 0;

  use(bytes: Uint8Array, end: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.end = end;
  }

  /** Offset of the first byte at or after `p` that is no white space; `end` when there is none. */
  space(p: number): number {
    const { bytes, end } = this;
    let at = p;
    while (at < end) {
      const c = bytes[at];
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
      at++;
    }
    return at;
  }

  /** `p` stands on the opening quote. @returns offset behind the closing quote, or a code */
  string(p: number): number {
    const { bytes, end } = this;
    let at = p + 1;
    while (at < end) {
      const c = bytes[at] ?? 0;
      if (c === QUOTE) return at + 1;
      if (c === BACKSLASH) {
        const next = this.escape(at);
        if (next < 0) return next;
        this.escapes = true;
        at = next;
      } else if (c < 0x20) {
        return this.invalid(at);
      } else {
        if (c > 0x7f) this.nonAscii = true;
        at++;
      }
    }
    return INCOMPLETE;
  }

  /** `p` stands on the first byte of any value. @returns offset behind it, or a code */
  value(p: number): number {
    const { bytes, end } = this;
    if (p >= end) return INCOMPLETE;
    const c = bytes[p];
    if (c === QUOTE) return this.string(p);
    if (c === OPEN_OBJECT || c === OPEN_ARRAY) return this.nested(p);
    return this.scalar(p);
  }

  /** A number or `true`, `false`, `null`. @returns offset behind it, or a code */
  scalar(p: number): number {
    const c = this.bytes[p];
    if (c === 0x74) return this.literal(p, "true");
    if (c === 0x66) return this.literal(p, "false");
    if (c === 0x6e) return this.literal(p, "null");
    return this.number(p);
  }

  /** A number. At the very end of the text it counts as complete: a longer one cannot be told apart. */
  number(p: number): number {
    const { bytes, end } = this;
    let at = p;
    if (bytes[at] === 0x2d) at++;
    if (at >= end) return INCOMPLETE;
    if (bytes[at] === 0x30) {
      at++;
    } else {
      const integer = this.digits(at);
      if (integer < 0) return integer;
      at = integer;
    }
    if (at < end && bytes[at] === 0x2e) {
      at = this.digits(at + 1);
      if (at < 0) return at;
    }
    if (at < end && (bytes[at] === 0x65 || bytes[at] === 0x45)) {
      at++;
      if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at++;
      at = this.digits(at);
    }
    return at;
  }

  /** Objects and arrays of any depth, without recursion: the text decides how deep it goes. */
  private nested(p: number): number {
    const closers: number[] = [];
    let at = p;
    for (;;) {
      at = this.space(at);
      if (at >= this.end) return INCOMPLETE;
      const c = this.bytes[at];
      if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
        const closer = c === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY;
        at = this.space(at + 1);
        if (at >= this.end) return INCOMPLETE;
        if (this.bytes[at] === closer) {
          at++;
        } else {
          closers.push(closer);
          if (closer === CLOSE_OBJECT) {
            at = this.key(at);
            if (at < 0) return at;
          }
          continue;
        }
      } else {
        at = c === QUOTE ? this.string(at) : this.scalar(at);
        if (at < 0) return at;
      }
      // Behind a value: close as many containers as the text closes, then go to the next member.
      for (;;) {
        const closer = closers.at(-1);
        if (closer === undefined) return at;
        at = this.space(at);
        if (at >= this.end) return INCOMPLETE;
        const d = this.bytes[at];
        if (d === closer) {
          closers.pop();
          at++;
          continue;
        }
        if (d !== COMMA) return this.invalid(at);
        at++;
        if (closer === CLOSE_OBJECT) {
          at = this.key(this.space(at));
          if (at < 0) return at;
        }
        break;
      }
    }
  }

  /** A key with its colon. @returns offset behind the colon, or a code */
  private key(p: number): number {
    if (p >= this.end) return INCOMPLETE;
    if (this.bytes[p] !== QUOTE) return this.invalid(p);
    const behind = this.string(p);
    if (behind < 0) return behind;
    return this.colon(behind);
  }

  /** White space and a colon. @returns offset behind the colon, or a code */
  colon(p: number): number {
    const at = this.space(p);
    if (at >= this.end) return INCOMPLETE;
    return this.bytes[at] === COLON ? at + 1 : this.invalid(at);
  }

  invalid(at: number): number {
    this.errorAt = at;
    return INVALID;
  }

  private digits(p: number): number {
    const { bytes, end } = this;
    let at = p;
    while (at < end) {
      const c = bytes[at] ?? 0;
      if (c < 0x30 || c > 0x39) break;
      at++;
    }
    if (at > p) return at;
    return at >= end ? INCOMPLETE : this.invalid(at);
  }

  private literal(p: number, word: string): number {
    for (let i = 0; i < word.length; i++) {
      if (p + i >= this.end) return INCOMPLETE;
      if (this.bytes[p + i] !== word.charCodeAt(i)) return this.invalid(p + i);
    }
    return p + word.length;
  }

  /** `p` stands on the backslash. @returns offset behind the escape, or a code */
  private escape(p: number): number {
    if (p + 1 >= this.end) return INCOMPLETE;
    switch (this.bytes[p + 1]) {
      case QUOTE:
      case BACKSLASH:
      case 0x2f:
      case 0x62:
      case 0x66:
      case 0x6e:
      case 0x72:
      case 0x74:
        return p + 2;
      case 0x75:
        for (let i = 2; i < 6; i++) {
          if (p + i >= this.end) return INCOMPLETE;
          if (hexDigit(this.bytes[p + i] ?? 0) < 0) return this.invalid(p + i);
        }
        return p + 6;
      default:
        return this.invalid(p + 1);
    }
  }
}

/** Value of an ASCII hexadecimal digit, or -1. */
export function hexDigit(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  if (c >= 0x41 && c <= 0x46) return c - 0x37;
  if (c >= 0x61 && c <= 0x66) return c - 0x57;
  return -1;
}
