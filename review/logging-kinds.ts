/** What carries logs, as data: the resources a reviewer must hear about, by the tokens of both providers. */

/** A property whose change says something about logging. */
export interface WatchedProperty {
  /** Dots lead into objects. */
  readonly path: string;
  readonly label: string;
  readonly unit?: string;
  /** What the property's absence means. */
  readonly absent?: string;
  /** Of a list of objects, the paths that tell one from another. */
  readonly items?: readonly string[];
  /** Whether it says how much is logged, and is told of resources that come or go, too. */
  readonly essential?: true;
  /** Whether nothing is logged, or nobody warned, with this value. */
  readonly stops?: (value: unknown) => boolean;
}

export interface LoggingKind {
  /** In the singular, and such that an s makes it plural. */
  readonly name: string;
  readonly tokens: readonly string[];
  /** Of the resources with these tokens, those with the value at one of the paths. */
  readonly only?: { readonly paths: readonly string[]; readonly value: string };
  readonly watched: readonly WatchedProperty[];
  /** What it means that one goes, as a short sentence. */
  readonly whenDeleted: string;
  /** Whether what it stands for goes on without it. */
  readonly outlivesDeletion?: true;
  /** Whether new ones are named one by one; others are counted. */
  readonly namesNew: boolean;
}

const none = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);
const zero = (value: unknown) => value === undefined || value === 0;
const off = (value: unknown) => value === false;

const eventFilters = (before: string, ads: string, manifest: string): readonly WatchedProperty[] => [
  { path: `${before}${ads}.publishOptInEventTypes`, label: "further events of ads" },
  { path: `${before}${ads}.excludeEventTypes`, label: "events of ads left out" },
  { path: `${before}${manifest}.publishOptInEventTypes`, label: "further events of the manifest" },
  { path: `${before}${manifest}.excludeEventTypes`, label: "events of the manifest left out" },
];

/** In the order in which they are shown. */
export const loggingKinds: readonly LoggingKind[] = [
  {
    name: "playback configuration",
    tokens: ["aws-native:mediatailor:PlaybackConfiguration"],
    watched: [
      { path: "logConfiguration.percentEnabled", label: "sessions logged", unit: "%", essential: true, stops: zero },
      { path: "logConfiguration.enabledLoggingStrategies", label: "strategies", essential: true, stops: none },
      ...eventFilters("logConfiguration.", "adsInteractionLog", "manifestServiceInteractionLog"),
    ],
    whenDeleted: "it and its logging are gone",
    namesNew: true,
  },
  {
    name: "existing playback configuration",
    tokens: ["aircheck:media:PlaybackLogging"],
    watched: [
      { path: "percent", label: "sessions logged", unit: "%", essential: true, stops: zero },
      { path: "strategies", label: "strategies", essential: true, stops: none },
      { path: "ads.publishOptIn", label: "further events of ads" },
      { path: "ads.exclude", label: "events of ads left out" },
      { path: "manifest.publishOptIn", label: "further events of the manifest" },
      { path: "manifest.exclude", label: "events of the manifest left out" },
    ],
    whenDeleted: "its logging stays as it is; this stack no longer looks after it",
    outlivesDeletion: true,
    namesNew: true,
  },
  {
    name: "MediaTailor logger role",
    tokens: ["aws:iam/role:Role", "aws-native:iam:Role"],
    // The name that MediaTailor asks for (reference 4.1); other roles say little about logging.
    only: { paths: ["name", "roleName"], value: "MediaTailorLogger" },
    watched: [{ path: "assumeRolePolicy", label: "who may take it" }],
    whenDeleted: "MediaTailor can no longer write to log groups",
    namesNew: true,
  },
  {
    name: "log group",
    tokens: ["aws:cloudwatch/logGroup:LogGroup", "aws-native:logs:LogGroup"],
    watched: [
      { path: "retentionInDays", label: "events kept", unit: "days", essential: true, absent: "for ever" },
      { path: "logGroupClass", label: "class", absent: "STANDARD" },
      { path: "kmsKeyId", label: "key", absent: "of AWS" },
    ],
    whenDeleted: "its events are deleted with it",
    namesNew: true,
  },
  {
    name: "log delivery",
    tokens: ["aws:cloudwatch/logDelivery:LogDelivery", "aws-native:logs:Delivery"],
    watched: [{ path: "recordFields", label: "fields of a record" }],
    whenDeleted: "its records stop",
    namesNew: true,
  },
  {
    name: "log delivery source",
    tokens: ["aws:cloudwatch/logDeliverySource:LogDeliverySource", "aws-native:logs:DeliverySource"],
    watched: [
      { path: "resourceArn", label: "what logs" },
      { path: "logType", label: "kind of log" },
    ],
    whenDeleted: "its records stop",
    namesNew: false,
  },
  {
    name: "log delivery destination",
    tokens: ["aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination", "aws-native:logs:DeliveryDestination"],
    watched: [
      { path: "outputFormat", label: "form of records" },
      { path: "deliveryDestinationConfiguration.destinationResourceArn", label: "where records go" },
    ],
    whenDeleted: "records for it stop",
    namesNew: false,
  },
  {
    name: "log subscription",
    tokens: ["aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "aws-native:logs:SubscriptionFilter"],
    watched: [
      { path: "filterPattern", label: "filter" },
      { path: "destinationArn", label: "where records go" },
    ],
    whenDeleted: "records of its log group no longer reach the lake",
    namesNew: false,
  },
  {
    name: "delivery stream",
    tokens: ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "aws-native:kinesisfirehose:DeliveryStream"],
    watched: [
      { path: "extendedS3Configuration.bufferingSize", label: "buffer", unit: "MiB" },
      { path: "extendedS3Configuration.bufferingInterval", label: "buffer", unit: "seconds" },
      { path: "extendedS3Configuration.compressionFormat", label: "compression" },
      { path: "extendedS3Configuration.prefix", label: "keys of landing objects" },
    ],
    whenDeleted: "records sent to it no longer land",
    namesNew: false,
  },
  {
    name: "trail",
    tokens: ["aws:cloudtrail/trail:Trail", "aws-native:cloudtrail:Trail"],
    watched: [
      { path: "enableLogging", label: "logging", absent: "true", stops: off },
      { path: "isLogging", label: "logging", stops: off },
      { path: "isMultiRegionTrail", label: "all regions" },
      { path: "isOrganizationTrail", label: "whole organization" },
      { path: "eventSelectors", label: "events", items: ["readWriteType"] },
      { path: "advancedEventSelectors", label: "events", items: ["name"] },
    ],
    whenDeleted: "API calls are no longer recorded by it",
    namesNew: true,
  },
  {
    name: "database parameter group",
    tokens: ["aws:rds/clusterParameterGroup:ClusterParameterGroup", "aws-native:rds:DbClusterParameterGroup"],
    watched: [{ path: "parameters", label: "parameters", items: ["name", "value"] }],
    whenDeleted: "it may have switched the audit log on",
    namesNew: true,
  },
  {
    name: "bucket",
    tokens: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", "aws-native:s3:Bucket"],
    watched: [{ path: "forceDestroy", label: "deleted with what is in it" }],
    whenDeleted: "what it holds goes with it",
    namesNew: false,
  },
  {
    name: "bucket expiry",
    tokens: [
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
    ],
    watched: [
      {
        path: "rules",
        label: "days kept",
        items: ["id", "filter.prefix", "expiration.days", "noncurrentVersionExpiration.noncurrentDays"],
      },
    ],
    whenDeleted: "objects are kept for ever",
    namesNew: false,
  },
  {
    name: "bucket notification",
    tokens: ["aws:s3/bucketNotification:BucketNotification"],
    watched: [{ path: "queues", label: "what is transformed", items: ["filterPrefix"] }],
    whenDeleted: "landing objects are no longer transformed",
    namesNew: false,
  },
  {
    name: "queue",
    tokens: ["aws:sqs/queue:Queue", "aws-native:sqs:Queue"],
    watched: [
      { path: "messageRetentionSeconds", label: "messages kept", unit: "seconds" },
      { path: "redrivePolicy", label: "dead letters" },
    ],
    whenDeleted: "landing objects that wait in it are not transformed",
    namesNew: false,
  },
  {
    name: "function trigger",
    tokens: ["aws:lambda/eventSourceMapping:EventSourceMapping", "aws-native:lambda:EventSourceMapping"],
    watched: [{ path: "enabled", label: "enabled", absent: "true", stops: off }],
    whenDeleted: "landing objects are no longer transformed",
    namesNew: false,
  },
  {
    name: "function",
    tokens: ["aws:lambda/function:Function", "aws-native:lambda:Function"],
    watched: [
      { path: "environment.variables.CLIENT_IP_MODE", label: "client addresses" },
      { path: "memorySize", label: "memory", unit: "MiB" },
      { path: "timeout", label: "timeout", unit: "seconds" },
      { path: "reservedConcurrentExecutions", label: "concurrency", stops: (value) => value === 0 },
    ],
    whenDeleted: "what it did for logging is no longer done",
    namesNew: false,
  },
  {
    name: "alarm",
    tokens: ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws-native:cloudwatch:Alarm"],
    watched: [
      { path: "actionsEnabled", label: "actions", absent: "true", stops: off },
      { path: "alarmActions", label: "who is told", stops: none },
      { path: "threshold", label: "threshold" },
      { path: "comparisonOperator", label: "comparison" },
      { path: "evaluationPeriods", label: "periods" },
      { path: "datapointsToAlarm", label: "periods that count" },
      { path: "treatMissingData", label: "missing data" },
    ],
    whenDeleted: "nobody is warned any more",
    namesNew: false,
  },
];
