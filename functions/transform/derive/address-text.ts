/** Finds IP addresses in any text: fields, header lists, URLs (percent-encoded too), JSON. */
import { type IpAddress, parseIPv4, parseIPv6 } from "./address.ts";

/** @returns what stands in the text instead of an address, for IPv6 with `:` as colon. */
export type Replacement = (address: IpAddress) => string;

// In URLs that are parameters of URLs, escapes are escaped again: %3A, %253A, …
const colon = "(?::|%(?:25)*3[Aa])";
const dot = "(?:\\.|%(?:25)*2[Ee])";

/** What an address may follow without a gap: `%20192.0.2.1` is a space and an address. */
const jsonEscape = "\\\\{1,8}(?:u[0-9A-Fa-f]{4}|[bfnrt])";
const gap = `%(?:25)*[0-9A-Fa-f]{2}|${jsonEscape}`;
const gapButColon = `%(?:25)*(?!3[Aa]|25)[0-9A-Fa-f]{2}|${jsonEscape}`;

/** The head of an ARN: empty region and account make `::`, which would read as zeros of IPv6. */
const arnHead = `\\barn(?:${colon}[\\w*.-]*){4}${colon}`;

const words = "[0-9A-Za-z]*";
const octet = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
const endOfIPv4 = `(?<=\\d)(?:${dot}${octet}){3}(?![0-9A-Za-z]|${dot}\\d)`;
/**
 * Words joined by two colons or more, an IPv4 and a port at the end; not where a dot joins the first to what stands before.
 * Everything else made of words is matched as well and kept, so that no match begins inside of it, and long texts cost
 * linear time.
 */
const wordsPattern = new RegExp(
  `${gapButColon}|${arnHead}|(?<![\\w:]${dot})(${words}(?:${colon}${words}){2,}(?:${endOfIPv4}(?:${colon}\\d{1,5})?)?)|[0-9A-Za-z]+|${colon}`,
  "g",
);
const numbersPattern = new RegExp(`${gap}|(\\d+(?:${dot}\\d+)*)(?:[A-Za-z]\\d)?`, "g");
const splitPattern = new RegExp(`(${colon})`);
const dotPattern = new RegExp(dot, "g");

/** Cheap tests that let most texts pass: IPv6 without `::` has eight groups, or six and an IPv4. */
const mayHoldIPv4 = new RegExp(`\\d${dot}\\d`);
const mayHoldIPv6 = new RegExp(`${colon}{2}|(?:${colon}[0-9A-Fa-f]{1,4}){6}`);

/** Browsers say `Chrome/120.0.0.0`, and `v="120.0.0.0"` in client hints: four numbers, but no address. */
const productBefore = /(?:[A-Za-z](?:\/|%(?:25)*2[Ff])|\bv(?:=|%(?:25)*3[Dd])(?:\\*"|%(?:25)*22))$/;

/**
 * Replaces every IPv4 and IPv6 address in a text. Ports, prefix lengths, zone ids and everything else stay as they are, and so
 * does what only resembles an address: times, ARNs, MAC addresses, versions of more than four numbers or with one above 255.
 */
export function replaceAddresses(text: string, replacement: Replacement): string {
  const withoutIPv6 = mayHoldIPv6.test(text)
    ? text.replace(wordsPattern, (match: string, joined?: string) =>
        joined === undefined ? match : replaceIPv6(joined, replacement),
      )
    : text;
  return mayHoldIPv4.test(withoutIPv6) ? replaceIPv4(withoutIPv6, replacement) : withoutIPv6;
}

function replaceIPv4(text: string, replacement: Replacement): string {
  return text.replace(numbersPattern, (match: string, numbers: string | undefined, offset: number) => {
    // Not the build in `AppleCoreMedia/1.0.0.20G75`.
    if (numbers !== match) return match;
    const plain = numbers.replace(dotPattern, ".");
    const address = parseIPv4(plain);
    if (address === null) return match;
    const isVersion = plain.endsWith(".0.0.0") && productBefore.test(text.slice(Math.max(0, offset - 16), offset));
    return isVersion ? match : replacement(address);
  });
}

/** Groups of an address, with a port above 9999 or an IPv4 at the end; more of them than this are a fingerprint. */
const groupPattern = /^(?:[0-9A-Fa-f]{0,4}|\d{5}|\d+(?:\.\d+){3})$/;
const maxGroups = 10;

/** Replaces the addresses in words that colons join, such as `client:2001:db8::1:timed`. */
function replaceIPv6(text: string, replacement: Replacement): string {
  const parts = text.split(splitPattern);
  // Words stand at even places, the colons as they are spelled between them.
  const isGroup = (index: number) => groupPattern.test((parts[index] ?? "-").replace(dotPattern, "."));
  let replaced = "";
  let start = 0;
  while (start < parts.length) {
    if (!isGroup(start)) {
      replaced += parts.slice(start, start + 2).join("");
      start += 2;
      continue;
    }
    let end = start;
    while (isGroup(end)) end += 2;
    const groups = parts.slice(start, end - 1);
    const isFingerprint = groups.length > 2 * maxGroups;
    replaced += isFingerprint ? groups.join("") : replaceOne(groups, start > 0, replacement);
    replaced += parts[end - 1] ?? "";
    start = end;
  }
  return replaced;
}

/**
 * Replaces the first address among groups and the colons between them; what stands around it stays.
 *
 * @param isLabelled whether a word that is no group stands before them; `::` behind it is the scope operator of a program
 */
function replaceOne(parts: readonly string[], isLabelled: boolean, replacement: Replacement): string {
  const groups = parts.filter((_, index) => index % 2 === 0).map((group) => group.replace(dotPattern, "."));
  const isScope = isLabelled && groups[0] === "";
  if (isScope && !groups.some((group) => /\d/.test(group))) return parts.join("");
  for (let first = isScope ? 1 : 0; first + 2 < groups.length; first++) {
    if (first > 0 && groups[first] === "") continue;
    for (let end = groups.length; end - first > 2; end--) {
      const address = parseIPv6(groups.slice(first, end).join(":"));
      if (address === null) continue;
      const spelling = parts[2 * first + 1] ?? ":";
      const masked = replacement(address).replaceAll(":", spelling);
      const before = parts.slice(0, 2 * first).join("");
      const after = parts.slice(2 * end - 1).join("");
      // A port without brackets: with them, what comes out cannot be read as a longer address.
      const isPort = end === groups.length - 1 && /^\d{1,5}$/.test(groups[end] ?? "");
      const [open, close] =
        !isPort || !masked.includes(spelling) ? ["", ""] : spelling === ":" ? ["[", "]"] : ["%5B", "%5D"];
      return `${before}${open}${masked}${close}${after}`;
    }
  }
  return parts.join("");
}
