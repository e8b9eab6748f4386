/** What becomes of client addresses before anything is written. */
import { createHmac } from "node:crypto";
import { formatAddress, type IpAddress } from "./address.ts";
import { type Replacement, replaceAddresses } from "./address-text.ts";

/**
 * - `keep`: as logged
 * - `truncate`: IPv4 to its /24, IPv6 to its /48 network
 * - `hash`: HMAC-SHA-256 of the canonical address, in lower-case hex; tells clients apart without naming them as long as the
 *   salt is secret
 */
export type ClientIpPolicy =
  | { readonly mode: "keep" }
  | { readonly mode: "truncate" }
  | { readonly mode: "hash"; readonly salt: Uint8Array };

/**
 * Applies a policy to every IP address in a text, in whichever spelling and surroundings; everything else stays as it is.
 *
 * @throws RangeError when the salt is empty
 */
export function maskAddresses(text: string, policy: ClientIpPolicy): string {
  return maskerFor(policy)(text);
}

/**
 * {@link maskAddresses} for many texts.
 *
 * @throws RangeError when the salt is empty: hashes without a secret are undone by trying all addresses
 */
export function maskerFor(policy: ClientIpPolicy): (text: string) => string {
  if (policy.mode === "keep") return (text) => text;
  const replacement = policy.mode === "truncate" ? networkOf : hashWith(policy.salt);
  return (text) => replaceAddresses(text, replacement);
}

/** First address of the network: /24 of IPv4, /48 of IPv6. */
function networkOf(address: IpAddress): string {
  if (address.version === 4) return formatAddress({ version: 4, octets: [...address.octets.slice(0, 3), 0] });
  const [first = 0, second = 0, third = 0] = address.groups;
  // A 6to4 prefix holds the IPv4 address of the site (RFC 3056): its /24 is what may stay.
  const kept = first === 0x2002 ? third & 0xff00 : third;
  return formatAddress({ version: 6, groups: [first, second, kept, 0, 0, 0, 0, 0] });
}

function hashWith(salt: Uint8Array): Replacement {
  if (salt.length === 0)
    throw new RangeError("the salt of client address hashes is empty: give at least one secret byte");
  return (address) => {
    const text = formatAddress(address);
    // The unspecified address is nobody's, and `::` also stands between words.
    return text === "::" ? text : createHmac("sha256", salt).update(text).digest("hex");
  };
}
