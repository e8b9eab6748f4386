/** What a program registers, as lines: type, name and the inputs that decide what it costs, keeps, shows and watches. */
import type { Registered } from "./mocks.ts";

/** Inputs worth a reviewer's look, by the last part of a type. Types that are not here are listed by name alone. */
const telling: Readonly<Record<string, readonly string[]>> = {
  Bucket: ["bucket", "forceDestroy"],
  BucketServerSideEncryptionConfiguration: ["kmsMasterKeyId"],
  BucketLifecycleConfiguration: ["rules"],
  BucketNotification: ["queues"],
  BucketObjectv2: ["key", "content", "kmsKeyId"],
  BucketVersioning: ["versioningConfiguration"],
  CatalogDatabase: ["name"],
  CatalogTable: ["name"],
  CostBasis: ["playback", "mediaPackage", "cloudTrailEventsPerMonth", "auroraRecordsPerMonth", "watch"],
  ClusterParameterGroup: ["family", "parameters"],
  EventSourceMapping: ["batchSize", "functionResponseTypes", "scalingConfig"],
  FirehoseDeliveryStream: ["bufferingSize", "bufferingInterval", "compressionFormat", "prefix", "keyArn", "kmsKeyArn"],
  Function: [
    "name",
    "runtime",
    "architectures",
    "memorySize",
    "timeout",
    "reservedConcurrentExecutions",
    "CLIENT_IP_MODE",
    "METRICS_NAMESPACE",
    "kmsKeyArn",
  ],
  Invocation: ["input"],
  LogDeliverySource: ["logType", "resourceArn"],
  LogGroup: ["name", "retentionInDays", "kmsKeyId"],
  LogSubscriptionFilter: ["logGroup"],
  MetricAlarm: ["namespace", "threshold", "comparisonOperator", "treatMissingData", "evaluationPeriods"],
  NamedQuery: ["name"],
  PlaybackConfiguration: ["name", "logConfiguration", "percent", "strategies"],
  PlaybackLogging: ["percent", "strategies"],
  Queue: ["name", "visibilityTimeoutSeconds", "messageRetentionSeconds", "kmsMasterKeyId"],
  Role: ["name", "assumeRolePolicy"],
  RolePolicy: ["policy"],
  Policy: ["name", "policy"],
  RolePolicyAttachment: ["policyArn"],
  Topic: ["kmsMasterKeyId"],
  TopicSubscription: ["endpoint"],
  Trail: ["isMultiRegionTrail", "isOrganizationTrail", "eventSelectors", "kmsKeyId"],
  Workgroup: ["enforceWorkgroupConfiguration", "bytesScannedCutoffPerQuery", "encryptionOption", "kmsKeyArn"],
};

/**
 * One block for each resource, by type and name, so that a change is a small difference.
 *
 * @param parents the end of the parent's URN, by type and name of the child
 */
export function graphText(registered: readonly Registered[], parents: ReadonlyMap<string, string>): string {
  const blocks = registered
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ type, name, inputs }) => {
      const wanted = telling[type.split(":").at(-1) ?? ""] ?? [];
      const plain: unknown = JSON.parse(JSON.stringify(inputs));
      return [
        `${type} ${name}${under(parents.get(`${type} ${name}`))}`,
        ...wanted.flatMap((key) => valuesOf(plain, key).map((value) => `  ${key}: ${shown(value)}`)),
      ].join("\n");
    });
  return `${blocks.sort().join("\n")}\n`;
}

/** `aircheck:pipeline:Pipeline$aircheck:storage:Storage::aircheck` is a Storage of that name; the stack itself says nothing. */
function under(parent: string | undefined): string {
  const [types = "", name] = (parent ?? "").split("::");
  const type = types.split(/[$:]/).at(-1);
  return !type || type === "Stack" ? "" : ` < ${type} ${name}`;
}

/** Values of a key at any depth: what matters of a Firehose stream or a workgroup lies some objects down. */
function valuesOf(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : valuesOf(inner, key)));
}

/** Policies are shown without what every document begins with. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replace(/\s+/g, " ").replace('{"Version":"2012-10-17","Statement":', "").slice(0, 2000);
}
