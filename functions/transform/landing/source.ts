import type { Catalog } from "../../../catalog/index.ts";
import type { Source } from "../../../catalog/types.ts";

/**
 * Source by the key of a landing object: `landing/<source id>/…` as Firehose writes it, or the folders of a CloudTrail
 * trail (reference 5.1; digests and insights lie in sibling folders and are no API calls).
 */
export function sourceOfKey(catalog: Catalog, key: string): Source | undefined {
  const id = /(?:^|\/)landing\/([^/]+)\//.exec(key)?.[1];
  if (id !== undefined) return catalog.sources.find((source) => source.id === id);
  if (!/(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/CloudTrail\//.test(key)) return undefined;
  return catalog.sources.find(({ envelopes }) => envelopes[0] === "cloudtrail-records");
}

/** Source by CloudWatch log group; `*` in the catalog stands for one path element. */
export function sourceOfLogGroup(catalog: Catalog, logGroup: string): Source | undefined {
  return catalog.sources.find(({ logGroups }) => logGroups.some((pattern) => matches(pattern, logGroup)));
}

function matches(pattern: string, logGroup: string): boolean {
  const want = pattern.split("/");
  const have = logGroup.split("/");
  return want.length === have.length && want.every((part, index) => part === "*" || part === have[index]);
}
