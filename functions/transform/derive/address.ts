/** IP addresses as numbers: reading every spelling, writing the canonical one. */

export type IpAddress =
  | { readonly version: 4; readonly octets: readonly number[] }
  /** Eight groups of 16 bits. */
  | { readonly version: 6; readonly groups: readonly number[] };

/** @returns the address, or null when the text is not exactly one; zone ids, ports and prefix lengths are no part of it */
export function parseAddress(text: string): IpAddress | null {
  return text.includes(":") ? parseIPv6(text) : parseIPv4(text);
}

/** Dotted decimal; leading zeros are read as padding, since logs pad and nobody logs octal. */
export function parseIPv4(text: string): IpAddress | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  const octets = parts.map(Number);
  return octets.every((octet) => octet <= 255) ? { version: 4, octets } : null;
}

/** RFC 4291 2.2, embedded IPv4 included. An IPv4-mapped address is the IPv4 address: it is the same client. */
export function parseIPv6(text: string): IpAddress | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? "", true) : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  // `::` stands for at least one group (RFC 5952 4.2.2 only forbids to write it for one).
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  return unmapped([...head, ...new Array<number>(missing).fill(0), ...tail]);
}

function groupsOf(text: string, mayEndInIPv4: boolean): readonly number[] | null {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const embedded = mayEndInIPv4 && index === parts.length - 1 ? parseIPv4(part) : null;
    if (embedded?.version !== 4) return null;
    const [a = 0, b = 0, c = 0, d = 0] = embedded.octets;
    groups.push(a * 256 + b, c * 256 + d);
  }
  return groups;
}

function unmapped(groups: readonly number[]): IpAddress {
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? { version: 4, octets: octetsOf(groups.slice(6)) } : { version: 6, groups };
}

/** Two octets for each group of 16 bits. */
function octetsOf(groups: readonly number[]): readonly number[] {
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

/** Canonical text: dotted decimal, or RFC 5952 (lower case, the longest run of zero groups as `::`). */
export function formatAddress(address: IpAddress): string {
  if (address.version === 4) return address.octets.join(".");
  const text = address.groups.map((group) => group.toString(16));
  const run = longestZeroRun(address.groups);
  if (run.length < 2) return text.join(":");
  return `${text.slice(0, run.start).join(":")}::${text.slice(run.start + run.length).join(":")}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
