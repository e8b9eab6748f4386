/** The shape of every configuration key but `mediaTailor`; defaults that differ by environment are in `presets.ts`. */
import type { z } from "zod";
import { assumptionNames, costedSources } from "../../limits/assumptions.ts";
import { environments } from "../../limits/limits.ts";
import {
  account,
  anyNumber,
  arn,
  bucketName,
  byName,
  byWord,
  group,
  list,
  logGroupName,
  names,
  oneOf,
  someOf,
  text,
  wholeNumber,
  yesOrNo,
} from "./kinds.ts";
import { mediaTailorSchema } from "./media-tailor.ts";
import { quickSightSchema } from "./quick-sight.ts";

const days = () => wholeNumber(1, 3650, "days").optional();

/** Retentions that CloudWatch Logs takes, in days; "forever" is not among them here. */
export const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const mediaPackageSchema = group({
  v1: group({
    egressLogGroups: list("log group names", logGroupName()).default(["/aws/MediaPackage/EgressAccessLogs"]),
    ingressLogGroups: list("log group names", logGroupName()).default(["/aws/MediaPackage/IngressAccessLogs"]),
    logGroups: oneOf("create", "import", "existing").default("create"),
  }).prefault({}),
  v2: group({
    channelGroups: list("names of channel groups", text("the name of a channel group", names.media)).default([]),
    logs: someOf("egress", "ingress").default(["egress", "ingress"]),
  }).prefault({}),
});

const organization = group({
  id: text("an organisation id such as o-a1b2c3d4e5", /^o-[a-z0-9]{10,32}$/),
  accounts: list("account numbers", account()).min(1, { error: "at least one account number" }),
});

const cloudTrailSchema = group({
  mode: oneOf("create", "existing", "skip").default("create"),
  bucket: bucketName().optional(),
  prefix: text("a folder without slashes at its ends", /^[^/\s]+(\/[^/\s]+)*$/).optional(),
  kmsKeyArn: arn("kms").optional(),
  manageNotifications: yesOrNo().default(false),
  multiRegion: yesOrNo().default(false),
  organization: organization.optional(),
  readEvents: yesOrNo().default(false),
});

const auroraEvents = ["CONNECT", "QUERY", "QUERY_DCL", "QUERY_DDL", "QUERY_DML", "TABLE"] as const;

const auroraSchema = group({
  clusters: byName(
    "identifiers of Aurora clusters",
    names.cluster,
    group({
      family: text("a parameter group family such as aurora-mysql8.0", /^aurora-mysql\d+\.\d+$/).default(
        "aurora-mysql8.0",
      ),
      // Statements can hold personal data and passwords; who connected and who changed rights or schemas seldom does.
      events: someOf(...auroraEvents)
        .min(1, { error: `at least one of ${auroraEvents.join(", ")}: without events nothing is audited` })
        .default(["CONNECT", "QUERY_DCL", "QUERY_DDL"]),
      excludeUsers: list("database users", text("a database user without spaces or commas", /^[^\s,]{1,80}$/)).default(
        [],
      ),
      logGroup: oneOf("create", "import", "existing").default("create"),
    }),
  ).default({}),
  policy: oneOf("tight", "documented").default("tight"),
});

const lakeSchema = group({
  existingBucket: bucketName().optional(),
  kmsKeyArn: arn("kms").optional(),
  retentionDays: group({
    landing: days(),
    access: days(),
    ads: days(),
    audit: days(),
    rejects: days(),
    results: days(),
    noncurrent: days(),
  }).optional(),
  logRetentionDays: wholeNumber(1, 3653, "days")
    .refine((value) => logRetentionDays.some((allowed) => allowed === value), {
      error: `one of ${logRetentionDays.join(", ")} (days)`,
    })
    .optional(),
});

const firehoseSchema = group({
  // Above 16 MiB of gzip the text inside no longer fits the function's time and memory (reference 8.2, design 2).
  subscriptionBufferMiB: wholeNumber(1, 16, "MiB").default(16),
  vendedBufferMiB: wholeNumber(1, 128, "MiB").default(64),
  bufferSeconds: wholeNumber(60, 900, "seconds").optional(),
});

const transformSchema = group({
  memoryMiB: wholeNumber(512, 10_240, "MiB").default(1769),
  timeoutSeconds: wholeNumber(60, 900, "seconds").default(300),
  reservedConcurrency: wholeNumber(2, 1000).optional(),
  geography: yesOrNo().default(true),
});

const privacySchema = group({
  clientIp: oneOf("keep", "truncate", "hash").default("keep"),
  saltSecretArn: arn("secretsmanager").optional(),
});

const athenaSchema = group({
  scanLimitGiB: wholeNumber(1, 102_400, "GiB a query").optional(),
  database: text("lower-case letters, digits and _", /^[a-z][a-z0-9_]{0,127}$/).optional(),
});

const alarmsSchema = group({
  enabled: yesOrNo().default(true),
  topicArn: arn("sns").optional(),
  emails: list("mail addresses", text("a mail address", /^[^\s@]+@[^\s@]+\.[^\s@]+$/)).default([]),
  silenceHours: wholeNumber(1, 24, "hours").optional(),
  silenceSources: list("source ids", text("the id of a source", /^[a-z0-9-]+$/)).optional(),
  oldestMessageMinutes: wholeNumber(5, 1440, "minutes").optional(),
  rejectsPerHour: wholeNumber(0, 1_000_000, "records").optional(),
  driftPerHour: wholeNumber(0, 1_000_000_000, "fields of records").optional(),
  freshnessMinutes: wholeNumber(5, 1440, "minutes").optional(),
});

// IAM refuses wildcards among principals; the whole of an account is its root.
const consumer = text(
  "the ARN of a role, a user or an account (arn:aws:iam::ACCOUNT:root), without wildcards",
  /^arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/[^\s*]+)$/,
);

const consumersSchema = group({
  principals: list("role or account ARNs", consumer).default([]),
});

const perMonth = () => wholeNumber(0, 1_000_000_000_000, "a month");

/** What is expected to happen, for the estimate of costs; it changes nothing that is deployed. */
const usageSchema = group({
  sessionsPerMonth: perMonth().optional(),
  sessionsByConfiguration: byName("names of playback configurations", names.media, perMonth()).default({}),
  requestsPerMonth: perMonth().optional(),
  ingressRequestsPerMonth: perMonth().optional(),
  mediaPackageV2Percent: wholeNumber(0, 100, "percent of requests").optional(),
  cloudTrailEventsPerMonth: perMonth().optional(),
  auroraRecordsPerMonth: perMonth().optional(),
  queriesPerMonth: perMonth().optional(),
  scannedDaysPerQuery: anyNumber(0, 3650, "days").optional(),
  recordBytes: byWord(costedSources, wholeNumber(1, 1_048_576, "bytes")).default({}),
  assumptions: byWord(assumptionNames, anyNumber(0, 1_000_000_000)).default({}),
});

/** Every key of the namespace, and its shape. */
export const keys = {
  environment: oneOf(...environments),
  mediaTailor: mediaTailorSchema,
  mediaPackage: mediaPackageSchema,
  cloudTrail: cloudTrailSchema,
  aurora: auroraSchema,
  lake: lakeSchema,
  firehose: firehoseSchema,
  transform: transformSchema,
  privacy: privacySchema,
  athena: athenaSchema,
  quickSight: quickSightSchema,
  alarms: alarmsSchema,
  consumers: consumersSchema,
  usage: usageSchema,
} as const;

export type Key = keyof typeof keys;

/** What stands in a stack file, defaults of the schema filled in, presets not yet. */
export type ConfigInput = { readonly [K in Key]: z.output<(typeof keys)[K]> };
