/** The frame of a gzip member, RFC 1952. */

/** Check sum and length behind the compressed data. */
export const trailerBytes = 8;

/** How a member begins: two magic bytes, and the only method there is. */
export const magic = Buffer.from([0x1f, 0x8b, 0x08]);

const hasHeaderCrc = 2;
const hasExtra = 4;
const hasName = 8;
const hasComment = 16;

export function isGzip(bytes: Uint8Array, at: number): boolean {
  return magic.every((byte, index) => bytes[at + index] === byte);
}

/** Whether the bytes begin with a member of which one byte was altered: no text begins with two of the three. */
export function wasGzip(bytes: Uint8Array): boolean {
  return magic.filter((byte, index) => bytes[index] === byte).length === 2;
}

/** Length of the header of the member at `at`; undefined when the bytes end before it does. */
export function headerLength(bytes: Uint8Array, at: number): number | undefined {
  const flags = bytes[at + 3];
  if (flags === undefined || bytes.length < at + 10) return undefined;
  let behind = at + 10;
  if (flags & hasExtra) {
    const low = bytes[behind];
    const high = bytes[behind + 1];
    if (low === undefined || high === undefined) return undefined;
    behind += 2 + low + high * 256;
  }
  for (const flag of [hasName, hasComment]) {
    if (!(flags & flag)) continue;
    const zero = bytes.indexOf(0, behind);
    if (zero < 0) return undefined;
    behind = zero + 1;
  }
  if (flags & hasHeaderCrc) behind += 2;
  return behind <= bytes.length ? behind - at : undefined;
}
