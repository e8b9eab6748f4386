/** What the key of a landing object tells before its content is read. */
import type { Catalog } from "../../catalog/index.ts";

/**
 * Id of the source that wrote an object, or undefined when the key does not say: `<landing prefix><source id>/…` of
 * Firehose, or `…AWSLogs/[o-<organisation>/]<account>/CloudTrail/…` of a trail (reference 5.1).
 */
export function sourceOfKey(catalog: Catalog, prefixes: readonly string[], key: string): string | undefined {
  const folders = key.split("/").slice(0, -1);
  if (folders.includes("AWSLogs") && folders.includes("CloudTrail")) {
    return catalog.sources.find((source) => source.envelopes.includes("cloudtrail-records"))?.id;
  }
  return catalog.sources.find((source) => prefixes.some((prefix) => key.startsWith(`${prefix}${source.id}/`)))?.id;
}
