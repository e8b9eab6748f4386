/** Country of a client address, from a MaxMind DB file. */
import { accessSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BlockList } from "node:net";
import { Reader, type Response } from "mmdb-lib";
import { formatAddress, parseAddress } from "./address.ts";

/** @returns ISO 3166-1 alpha-2 code, or null where the address is none, belongs to nobody, or is not in the database */
export type CountryLookup = (address: string) => string | null;

/** The database is missing or is no MaxMind DB file. */
export class CountryDatabaseError extends Error {
  readonly databaseFile: string;

  constructor(databaseFile: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `country database ${databaseFile} cannot be read (${reason}): give a MaxMind DB file with country_code or country.iso_code, or install dependencies again`,
      { cause },
    );
    this.name = "CountryDatabaseError";
    this.databaseFile = databaseFile;
  }
}

const packagedDatabase = "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

/**
 * Opens a country database; it is read on the first lookup, about 8 MB into memory.
 *
 * @param databaseFile default: the packaged one, IPv4 and IPv6
 * @throws CountryDatabaseError when the file is not there (now) or cannot be understood (on the first lookup)
 */
export function openCountryLookup(databaseFile?: string): CountryLookup {
  const file = databaseFile ?? packagedFile();
  attempt(file, () => accessSync(file));
  let reader: Reader<Response> | undefined;
  return (text) => {
    const address = bareAddress(text);
    if (address === null) return null;
    reader ??= attempt(file, () => new Reader<Response>(readFileSync(file)));
    return countryOf(reader.get(address));
  };
}

function packagedFile(): string {
  // Resolved at run time: the bundle of the function does not contain the database.
  return attempt(packagedDatabase, () => createRequire(import.meta.url).resolve(packagedDatabase));
}

function attempt<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw new CountryDatabaseError(file, cause);
  }
}

/** Canonical text of a public address that may come with brackets, port, zone or prefix length; else null. */
function bareAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\].*$/s, "$1")
    .replace(/[%/].*$/s, "")
    .replace(/^([\d.]+):\d+$/, "$1");
  const address = parseAddress(bare);
  if (address === null) return null;
  const canonical = formatAddress(address);
  return specialPurpose.check(canonical, address.version === 4 ? "ipv4" : "ipv6") ? null : canonical;
}

/**
 * Addresses that belong to nobody or to any network (RFC 6890). Registry data names the country of the registry for some of
 * them, such as those set aside for documentation.
 */
const specialPurpose = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  specialPurpose.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 96],
  ["2001:db8::", 32],
  ["3fff::", 20],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  specialPurpose.addSubnet(network, prefix, "ipv6");
}

/** The packaged set keeps the code at the top, MaxMind's own sets below `country`. */
function countryOf(record: unknown): string | null {
  if (typeof record !== "object" || record === null) return null;
  if ("country_code" in record) return codeOf(record.country_code);
  return "country" in record &&
    typeof record.country === "object" &&
    record.country !== null &&
    "iso_code" in record.country
    ? codeOf(record.country.iso_code)
    : null;
}

function codeOf(value: unknown): string | null {
  return typeof value === "string" && /^[A-Z]{2}$/.test(value) ? value : null;
}
