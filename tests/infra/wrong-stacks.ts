/** Wrong stack files: the values below `aircheck:`, `environment: dev` unless another is given, and every message they give. */

export interface WrongStack {
  readonly what: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Without the leading `aircheck:`. */
  readonly messages: readonly string[];
}

const playback = {
  adDecisionServerUrl: "https://ads.example.com/vast",
  videoContentSourceUrl: "https://origin.example.com/live",
};
const override = {
  configuration: "live",
  percent: 60,
  reason: "ad break defects of the cup final",
  owner: "ad team",
  expires: "2026-01-20",
};

const quickSightUser = "arn:aws:quicksight:us-east-1:123456789012:user/default/on-call";

/** What "today" is for the table: overrides end. */
export const today = Date.UTC(2026, 0, 15, 12);

export const wrongStacks: readonly WrongStack[] = [
  {
    what: "no environment",
    values: { environment: undefined },
    messages: ["environment is missing: allowed is one of dev, staging, prod"],
  },
  {
    what: "an environment that is none",
    values: { environment: "production" },
    messages: ['environment is "production": allowed is one of dev, staging, prod'],
  },
  {
    what: "an environment in capitals",
    values: { environment: "PROD" },
    messages: ['environment is "PROD": allowed is one of dev, staging, prod'],
  },
  {
    what: "a key that is not known",
    values: { medaiTailor: {} },
    messages: [
      "medaiTailor is not known: known keys are environment, mediaTailor, mediaPackage, cloudTrail, aurora, lake, firehose, transform, privacy, athena, quickSight, alarms, consumers, usage",
    ],
  },
  {
    what: "text in the place of an object",
    values: { privacy: "hash" },
    messages: ['privacy is "hash": allowed is an object with the keys clientIp, saltSecretArn'],
  },
  {
    what: "a list in the place of an object",
    values: { privacy: [] },
    messages: ["privacy is []: allowed is an object with the keys clientIp, saltSecretArn"],
  },
  {
    what: "a nested key that is not known",
    values: { athena: { scanLimitGB: 5 } },
    messages: ["athena.scanLimitGB is not known: known keys here are scanLimitGiB, database"],
  },
  {
    what: "no percent of sessions at all",
    values: { mediaTailor: { percent: 0 } },
    messages: ["mediaTailor.percent is 0: allowed in dev is a whole number from 1 to 100"],
  },
  {
    what: "100 % of sessions in prod",
    values: { environment: "prod", mediaTailor: { percent: 100 } },
    messages: [
      "mediaTailor.percent is 100: allowed in prod is a whole number from 1 to 10; more needs an override that permits it and has not expired",
    ],
  },
  {
    what: "too many sessions in staging",
    values: { environment: "staging", mediaTailor: { percent: 51 } },
    messages: [
      "mediaTailor.percent is 51: allowed in staging is a whole number from 1 to 50; more needs an override that permits it and has not expired",
    ],
  },
  {
    what: "a percentage above 100",
    values: { mediaTailor: { percent: 101 } },
    messages: ["mediaTailor.percent is 101: allowed is a whole number from 0 to 100 (percent of sessions)"],
  },
  {
    what: "half a percent",
    values: { mediaTailor: { percent: 0.5 } },
    messages: ["mediaTailor.percent is 0.5: allowed is a whole number from 0 to 100 (percent of sessions)"],
  },
  {
    what: "a percentage as text",
    values: { mediaTailor: { percent: "10%" } },
    messages: ['mediaTailor.percent is "10%": allowed is a whole number from 0 to 100 (percent of sessions)'],
  },
  {
    what: "too many sessions of one configuration in prod",
    values: { environment: "prod", mediaTailor: { existingConfigurations: { live: { percent: 60 } } } },
    messages: [
      "mediaTailor.existingConfigurations.live.percent is 60: allowed in prod is a whole number from 1 to 10; more needs an override that permits it and has not expired",
    ],
  },
  {
    what: "an override that has expired",
    values: {
      environment: "prod",
      mediaTailor: {
        existingConfigurations: { live: { percent: 60 } },
        percentOverrides: [{ ...override, expires: "2026-01-14" }],
      },
    },
    messages: [
      'mediaTailor.percentOverrides.0.expires is "2026-01-14": it has expired: remove the override, or agree on a new end',
      "mediaTailor.existingConfigurations.live.percent is 60: allowed in prod is a whole number from 1 to 10; more needs an override that permits it and has not expired",
    ],
  },
  {
    what: "an override without end",
    values: {
      environment: "prod",
      mediaTailor: {
        existingConfigurations: { live: { percent: 10 } },
        percentOverrides: [{ ...override, expires: "2026-12-31" }],
      },
    },
    messages: ['mediaTailor.percentOverrides.0.expires is "2026-12-31": allowed is at most 7 days ahead'],
  },
  {
    what: "an override for a day that does not exist",
    values: {
      mediaTailor: {
        existingConfigurations: { live: {} },
        percentOverrides: [{ ...override, expires: "2026-02-30" }],
      },
    },
    messages: ['mediaTailor.percentOverrides.0.expires is "2026-02-30": allowed is a day such as 2026-01-31'],
  },
  {
    what: "an override without owner and reason",
    values: {
      mediaTailor: {
        existingConfigurations: { live: {} },
        percentOverrides: [{ configuration: "live", percent: 60, reason: "why not", expires: "2026-01-20" }],
      },
    },
    messages: [
      'mediaTailor.percentOverrides.0.reason is "why not": allowed is why, in at least ten characters',
      "mediaTailor.percentOverrides.0.owner is missing: allowed is who answers for it",
    ],
  },
  {
    what: "an override of nothing",
    values: { mediaTailor: { percentOverrides: [override] } },
    messages: [
      'mediaTailor.percentOverrides.0.configuration is "live": allowed is the name of a configuration in mediaTailor.configurations or mediaTailor.existingConfigurations',
    ],
  },
  {
    what: "no strategy, which logs nothing",
    values: { mediaTailor: { strategies: [] } },
    messages: [
      "mediaTailor.strategies is []: allowed is at least one of LEGACY_CLOUDWATCH, VENDED_LOGS: without a strategy nothing is logged",
    ],
  },
  {
    what: "a strategy that is none",
    values: { mediaTailor: { strategies: ["CLOUDWATCH"] } },
    messages: [
      'mediaTailor.strategies.0 is "CLOUDWATCH": allowed is a list of LEGACY_CLOUDWATCH, VENDED_LOGS, each at most once',
    ],
  },
  {
    what: "a strategy twice",
    values: { mediaTailor: { strategies: ["VENDED_LOGS", "VENDED_LOGS"] } },
    messages: [
      'mediaTailor.strategies is ["VENDED_LOGS","VENDED_LOGS"]: allowed is a list of LEGACY_CLOUDWATCH, VENDED_LOGS, each at most once',
    ],
  },
  {
    what: "vended logs of a configuration whose ARN nobody knows",
    values: { mediaTailor: { existingConfigurations: { live: { strategies: ["VENDED_LOGS"] } } } },
    messages: [
      "mediaTailor.existingConfigurations.live.arn is missing: allowed is the configuration's ARN (aws mediatailor get-playback-configuration), which VENDED_LOGS needs",
    ],
  },
  {
    what: "the ARN of something else",
    values: { mediaTailor: { existingConfigurations: { live: { arn: "arn:aws:s3:::bucket" } } } },
    messages: [
      'mediaTailor.existingConfigurations.live.arn is "arn:aws:s3:::bucket": allowed is the ARN of a playback configuration',
    ],
  },
  {
    what: "a configuration made here and elsewhere",
    values: { mediaTailor: { configurations: { live: playback }, existingConfigurations: { live: {} } } },
    messages: [
      "mediaTailor.configurations.live and aircheck:mediaTailor.existingConfigurations.live are both given: remove one, for a configuration is made here or elsewhere",
    ],
  },
  {
    what: "a configuration without addresses",
    values: { mediaTailor: { configurations: { live: {} } } },
    messages: [
      "mediaTailor.configurations.live.adDecisionServerUrl is missing: allowed is a URL beginning with http:// or https://",
      "mediaTailor.configurations.live.videoContentSourceUrl is missing: allowed is a URL beginning with http:// or https://",
    ],
  },
  {
    what: "an address that is none",
    values: { mediaTailor: { configurations: { live: { ...playback, slateAdUrl: "slate.mp4" } } } },
    messages: [
      'mediaTailor.configurations.live.slateAdUrl is "slate.mp4": allowed is a URL beginning with http:// or https://',
    ],
  },
  {
    what: "a name of a configuration with a space",
    values: { mediaTailor: { existingConfigurations: { "my channel": {} } } },
    messages: [
      'mediaTailor.existingConfigurations["my channel"] is no allowed name: allowed is an object whose keys are names of playback configurations',
    ],
  },
  {
    what: "an opt-in event of the manifest log on a configuration made here",
    values: {
      mediaTailor: {
        configurations: {
          live: { ...playback, logging: { manifest: { publishOptIn: ["PRE_SESSION_INIT_HOOK_SUMMARY"] } } },
        },
      },
    },
    messages: [
      'mediaTailor.configurations.live.logging.manifest.publishOptIn is ["PRE_SESSION_INIT_HOOK_SUMMARY"]: allowed is nothing: the provider cannot set it on a configuration made here',
    ],
  },
  {
    what: "an opt-in event that is none",
    values: {
      mediaTailor: { existingConfigurations: { live: { manifest: { publishOptIn: ["TRACKING_RESPONSE"] } } } },
    },
    messages: [
      'mediaTailor.existingConfigurations.live.manifest.publishOptIn.0 is "TRACKING_RESPONSE": allowed is opt-in events of the manifest log: PRE_SESSION_INIT_HOOK_SUMMARY, PRE_SESSION_INIT_FUNCTION_COMPLETED',
    ],
  },
  {
    what: "a role that is neither made nor adopted nor skipped",
    values: { mediaTailor: { loggerRole: { mode: "import" } } },
    messages: ['mediaTailor.loggerRole.mode is "import": allowed is one of create, adopt, skip'],
  },
  {
    what: "yes in the place of true",
    values: { mediaTailor: { loggerRole: { lefCompatible: "yes" } } },
    messages: ['mediaTailor.loggerRole.lefCompatible is "yes": allowed is true or false'],
  },
  {
    what: "a log group that MediaPackage may not write to",
    values: { mediaPackage: { v1: { egressLogGroups: ["/my/logs"] } } },
    messages: ['mediaPackage.v1.egressLogGroups.0 is "/my/logs": allowed is a name below /aws/MediaPackage/'],
  },
  {
    what: "one log group for egress and ingress",
    values: {
      mediaPackage: { v1: { egressLogGroups: ["/aws/MediaPackage/all"], ingressLogGroups: ["/aws/MediaPackage/all"] } },
    },
    messages: [
      'mediaPackage.v1.ingressLogGroups is "/aws/MediaPackage/all": allowed is a log group of one kind, for nothing in a record tells egress from ingress for certain',
    ],
  },
  {
    what: "a channel group twice",
    values: { mediaPackage: { v2: { channelGroups: ["sports", "sports"] } } },
    messages: ['mediaPackage.v2.channelGroups.1 is "sports": allowed is each name once'],
  },
  {
    what: "a kind of log that v2 has not",
    values: { mediaPackage: { v2: { logs: ["access"] } } },
    messages: ['mediaPackage.v2.logs.0 is "access": allowed is a list of egress, ingress, each at most once'],
  },
  {
    what: "an existing trail without its bucket",
    values: { cloudTrail: { mode: "existing" } },
    messages: ["cloudTrail.bucket is missing: allowed is the bucket of the trail, where mode is existing"],
  },
  {
    what: "a bucket for a trail that is made here",
    values: { cloudTrail: { bucket: "our-trail" } },
    messages: ['cloudTrail.bucket is "our-trail": allowed is nothing, unless mode is existing'],
  },
  {
    what: "a key for a trail that is made here, beside the stack's own",
    values: { cloudTrail: { kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/trail" } },
    messages: [
      'cloudTrail.kmsKeyArn is "arn:aws:kms:us-west-2:123456789012:key/trail": allowed is nothing, unless mode is existing',
    ],
  },
  {
    what: "options of a trail that is skipped",
    values: { cloudTrail: { mode: "skip", multiRegion: true } },
    messages: ["cloudTrail.multiRegion is true: allowed is false, unless mode is create"],
  },
  {
    what: "an account number without quotes",
    values: { cloudTrail: { organization: { id: "o-a1b2c3d4e5", accounts: [123456789012] } } },
    messages: [
      "cloudTrail.organization.accounts.0 is 123456789012: allowed is an account number of 12 digits, in quotes",
    ],
  },
  {
    what: "an organisation without accounts",
    values: { cloudTrail: { organization: { id: "o-a1b2c3d4e5", accounts: [] } } },
    messages: ["cloudTrail.organization.accounts is []: allowed is at least one account number"],
  },
  {
    what: "audit events that Aurora has not",
    values: { aurora: { clusters: { users: { events: ["SELECT"] } } } },
    messages: [
      'aurora.clusters.users.events.0 is "SELECT": allowed is a list of CONNECT, QUERY, QUERY_DCL, QUERY_DDL, QUERY_DML, TABLE, each at most once',
    ],
  },
  {
    what: "an audit of nothing",
    values: { aurora: { clusters: { users: { events: [] } } } },
    messages: [
      "aurora.clusters.users.events is []: allowed is at least one of CONNECT, QUERY, QUERY_DCL, QUERY_DDL, QUERY_DML, TABLE: without events nothing is audited",
    ],
  },
  {
    what: "a cluster of PostgreSQL",
    values: { aurora: { clusters: { users: { family: "aurora-postgresql16" } } } },
    messages: [
      'aurora.clusters.users.family is "aurora-postgresql16": allowed is a parameter group family such as aurora-mysql8.0',
    ],
  },
  {
    what: "the life cycle of a bucket that others made",
    values: { lake: { existingBucket: "their-lake", retentionDays: { access: 30, landing: 5 } } },
    messages: [
      "lake.existingBucket and aircheck:lake.retentionDays.access are both given: remove one, for the life cycle of an existing bucket belongs to whoever made it",
    ],
  },
  {
    what: "old versions that go before a replay of the landing objects needs them",
    values: { lake: { retentionDays: { landing: 20, noncurrent: 19 } } },
    messages: [
      "lake.retentionDays.noncurrent is 19: allowed is at least 20, the days of landing: a replay reads versions that have been overwritten since",
    ],
  },
  {
    what: "old versions that go before the landing objects of the environment, the lake being somebody else's or not",
    values: { environment: "prod", lake: { existingBucket: "their-lake", retentionDays: { noncurrent: 29 } } },
    messages: [
      "lake.retentionDays.noncurrent is 29: allowed is at least 30, the days of landing: a replay reads versions that have been overwritten since",
    ],
  },
  {
    what: "a retention that log groups have not",
    values: { lake: { logRetentionDays: 8 } },
    messages: [
      "lake.logRetentionDays is 8: allowed is one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 (days)",
    ],
  },
  {
    what: "retention for ever",
    values: { lake: { retentionDays: { audit: 0 } } },
    messages: ["lake.retentionDays.audit is 0: allowed is a whole number from 1 to 3650 (days)"],
  },
  {
    what: "a key's alias in the place of its ARN",
    values: { lake: { kmsKeyArn: "alias/lake" } },
    messages: ['lake.kmsKeyArn is "alias/lake": allowed is an ARN of kms'],
  },
  {
    what: "a buffer of compressed data that would not fit the function",
    values: { firehose: { subscriptionBufferMiB: 128 } },
    messages: ["firehose.subscriptionBufferMiB is 128: allowed is a whole number from 1 to 16 (MiB)"],
  },
  {
    what: "no buffering",
    values: { firehose: { bufferSeconds: 0 } },
    messages: ["firehose.bufferSeconds is 0: allowed is a whole number from 60 to 900 (seconds)"],
  },
  {
    what: "a concurrency with which SQS cannot work",
    values: { transform: { reservedConcurrency: 1 } },
    messages: ["transform.reservedConcurrency is 1: allowed is a whole number from 2 to 1000"],
  },
  {
    what: "hashing without a salt",
    values: { privacy: { clientIp: "hash" } },
    messages: ["privacy.saltSecretArn is missing: allowed is the ARN of a secret of 16 or more random bytes, for hash"],
  },
  {
    what: "a salt without hashing",
    values: { privacy: { saltSecretArn: "arn:aws:secretsmanager:us-west-2:123456789012:secret:salt-AbCdEf" } },
    messages: [
      'privacy.saltSecretArn is "arn:aws:secretsmanager:us-west-2:123456789012:secret:salt-AbCdEf": allowed is nothing, unless privacy.clientIp is hash',
    ],
  },
  {
    what: "a database that Athena would want quotes around",
    values: { athena: { database: "media-logs" } },
    messages: ['athena.database is "media-logs": allowed is lower-case letters, digits and _'],
  },
  {
    what: "a topic and addresses",
    values: { alarms: { topicArn: "arn:aws:sns:us-west-2:123456789012:alarms", emails: ["on-call@example.com"] } },
    messages: [
      "alarms.topicArn and aircheck:alarms.emails are both given: remove one, for subscriptions of an existing topic belong to its owner",
    ],
  },
  {
    what: "an address that no mail reaches",
    values: { alarms: { emails: ["on-call"] } },
    messages: ['alarms.emails.0 is "on-call": allowed is a mail address'],
  },
  {
    what: "silence of a source that is none",
    values: { alarms: { silenceSources: ["medialive"] } },
    messages: [
      'alarms.silenceSources.0 is "medialive": allowed is one of mediapackage-v1-egress, mediapackage-v1-ingress, mediapackage-v2-egress, mediapackage-v2-ingress, mediatailor-ads, mediatailor-manifest, mediatailor-transcode, mediatailor-as-run, cloudtrail, aurora-audit',
    ],
  },
  {
    what: "a consumer that is no ARN",
    values: { consumers: { principals: ["*"] } },
    messages: [
      'consumers.principals.0 is "*": allowed is the ARN of a role, a user or an account (arn:aws:iam::ACCOUNT:root), without wildcards',
    ],
  },
  {
    what: "a consumer that is every role of an account",
    values: { consumers: { principals: ["arn:aws:iam::210987654321:role/*"] } },
    messages: [
      'consumers.principals.0 is "arn:aws:iam::210987654321:role/*": allowed is the ARN of a role, a user or an account (arn:aws:iam::ACCOUNT:root), without wildcards',
    ],
  },
  {
    what: "an IAM role where QuickSight wants its own users",
    values: { quickSight: { principals: ["arn:aws:iam::123456789012:role/analyst"] } },
    messages: [
      'quickSight.principals.0 is "arn:aws:iam::123456789012:role/analyst": allowed is the ARN of a QuickSight user or group (aws quicksight list-users, list-groups)',
    ],
  },
  {
    what: "QuickSight for nobody",
    values: { quickSight: { enabled: true } },
    messages: [
      "quickSight.principals is []: allowed is at least one: the ARN of a QuickSight user or group (aws quicksight list-users, list-groups); what has no owner is seen by nobody",
    ],
  },
  {
    what: "readers of what nobody owns",
    values: { quickSight: { readers: [quickSightUser] } },
    messages: [
      "quickSight.principals is []: allowed is at least one: the ARN of a QuickSight user or group (aws quicksight list-users, list-groups); what has no owner is seen by nobody",
    ],
  },
  {
    what: "a reader who owns, and owners named twice",
    values: { quickSight: { principals: [quickSightUser, quickSightUser], readers: [quickSightUser] } },
    messages: [
      `quickSight.readers.0 is "${quickSightUser}": allowed is each user or group once, and not one that owns`,
      `quickSight.principals.1 is "${quickSightUser}": allowed is each user or group once`,
    ],
  },
  {
    what: "more people than QuickSight lists",
    values: { quickSight: { principals: Array.from({ length: 65 }, (_, index) => `${quickSightUser}-${index}`) } },
    messages: ["quickSight.principals is 65: allowed is 64 users and groups with the readers: name groups"],
  },
  {
    what: "usage that is negative, a fraction, or more than all",
    values: {
      usage: {
        requestsPerMonth: -1,
        ingressRequestsPerMonth: 0.5,
        mediaPackageV2Percent: 101,
        cloudTrailEventsPerMonth: "many",
        auroraRecordsPerMonth: null,
        queriesPerMonth: 1e15,
        scannedDaysPerQuery: -2,
      },
    },
    messages: [
      "usage.requestsPerMonth is -1: allowed is a whole number from 0 to 1000000000000 (a month)",
      "usage.ingressRequestsPerMonth is 0.5: allowed is a whole number from 0 to 1000000000000 (a month)",
      "usage.mediaPackageV2Percent is 101: allowed is a whole number from 0 to 100 (percent of requests)",
      'usage.cloudTrailEventsPerMonth is "many": allowed is a whole number from 0 to 1000000000000 (a month)',
      "usage.auroraRecordsPerMonth is null: allowed is a whole number from 0 to 1000000000000 (a month)",
      "usage.queriesPerMonth is 1000000000000000: allowed is a whole number from 0 to 1000000000000 (a month)",
      "usage.scannedDaysPerQuery is -2: allowed is a number from 0 to 3650 (days)",
    ],
  },
  {
    what: "fewer sessions than those of its configurations",
    values: {
      mediaTailor: { existingConfigurations: { live: {} } },
      usage: { sessionsPerMonth: 10, sessionsByConfiguration: { live: 11 } },
    },
    messages: [
      "usage.sessionsPerMonth is 10: allowed is at least 11, the sum of usage.sessionsByConfiguration, for it is the sessions of all",
    ],
  },
  {
    what: "sessions of a configuration that it does not have",
    values: { usage: { sessionsByConfiguration: { live: 11 } } },
    messages: [
      "usage.sessionsByConfiguration.live is 11: allowed is sessions of a configuration in mediaTailor.configurations or mediaTailor.existingConfigurations",
    ],
  },
  {
    what: "requests to MediaPackage v2 without a channel group",
    values: { usage: { mediaPackageV2Percent: 50 } },
    messages: [
      "usage.mediaPackageV2Percent is 50: allowed is nothing, unless mediaPackage.v2.channelGroups has a name",
    ],
  },
  {
    what: "a record size of a source that is none",
    values: { usage: { recordBytes: { "mediatailor-beacons": 900 } } },
    messages: [
      "usage.recordBytes.mediatailor-beacons is not known: known keys here are mediatailor-ads, mediatailor-manifest, mediatailor-transcode, mediapackage-v1-egress, mediapackage-v1-ingress, mediapackage-v2-egress, mediapackage-v2-ingress, cloudtrail, aurora-audit",
    ],
  },
  {
    what: "an assumption that the model does not make",
    values: { usage: { assumptions: { beaconsPerSession: 3 } } },
    messages: [
      "usage.assumptions.beaconsPerSession is not known: known keys here are adsRecordsPerSession, manifestRecordsPerSession, transcodeRecordsPerSession, compressedBytesFactor, archivedEventBytes, transformSecondsPerMillionRecords, transformSecondsPerObject, functionLogBytesPerObject, queueRequestsPerObject, idlePollsPerMonth, scannedShareOfDay, athenaMinimumBytes",
    ],
  },
  {
    what: "mistakes in every corner, all at once",
    values: {
      environment: "test",
      athena: { scanLimitGiB: 0 },
      firehose: { bufferSeconds: 1000, size: 3 },
      transform: { memoryMiB: 128 },
      usage: { sessionsPerMonth: -1 },
    },
    messages: [
      'environment is "test": allowed is one of dev, staging, prod',
      "firehose.bufferSeconds is 1000: allowed is a whole number from 60 to 900 (seconds)",
      "firehose.size is not known: known keys here are subscriptionBufferMiB, vendedBufferMiB, bufferSeconds",
      "transform.memoryMiB is 128: allowed is a whole number from 512 to 10240 (MiB)",
      "athena.scanLimitGiB is 0: allowed is a whole number from 1 to 102400 (GiB a query)",
      "usage.sessionsPerMonth is -1: allowed is a whole number from 0 to 1000000000000 (a month)",
    ],
  },
];
