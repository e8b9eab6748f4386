/** What records need of AWS in a month: units of each kind, before any price. */
import { assumed, sizeOf } from "./assumptions.ts";
import type { CostBasis } from "./cost-basis.ts";
import type { Flow } from "./flows.ts";
import type { Meter } from "./prices.ts";

export type CostService = "CloudWatch" | "Firehose" | "S3" | "SQS" | "Lambda" | "Athena" | "CloudTrail";

interface Kind {
  readonly name: string;
  readonly label: string;
  readonly service: CostService;
  readonly meter: Meter;
}

/** Kinds of parts, in the order of the way of the data. */
export const kinds = [
  { name: "trailEvents", label: "management events, first trail", service: "CloudTrail", meter: "cloudTrailFirstCopy" },
  { name: "logIngestion", label: "log ingestion", service: "CloudWatch", meter: "logsStandard" },
  {
    name: "logIngestionInfrequent",
    label: "log ingestion, infrequent access",
    service: "CloudWatch",
    meter: "logsInfrequentAccess",
  },
  { name: "logStorage", label: "log storage", service: "CloudWatch", meter: "logsStorage" },
  { name: "vendedDelivery", label: "vended delivery to Firehose", service: "CloudWatch", meter: "vendedToFirehose" },
  { name: "firehoseSubscription", label: "Firehose, subscriptions", service: "Firehose", meter: "firehoseDirectPut" },
  { name: "firehoseVended", label: "Firehose, vended logs", service: "Firehose", meter: "firehoseVended" },
  { name: "landingStorage", label: "landing storage", service: "S3", meter: "s3Storage" },
  { name: "lakeStorage", label: "lake storage", service: "S3", meter: "s3Storage" },
  { name: "writes", label: "writes of objects", service: "S3", meter: "s3Put" },
  { name: "reads", label: "reads of objects", service: "S3", meter: "s3Get" },
  { name: "queue", label: "queue", service: "SQS", meter: "sqs" },
  { name: "functionTime", label: "transform, time", service: "Lambda", meter: "lambdaArm" },
  { name: "functionRequests", label: "transform, requests", service: "Lambda", meter: "lambdaRequests" },
  { name: "functionLog", label: "transform, log ingestion", service: "CloudWatch", meter: "logsStandard" },
  { name: "scans", label: "queries", service: "Athena", meter: "athena" },
  { name: "alarms", label: "alarms", service: "CloudWatch", meter: "alarm" },
  { name: "metrics", label: "metrics of the transform", service: "CloudWatch", meter: "customMetric" },
  { name: "dashboards", label: "dashboard", service: "CloudWatch", meter: "dashboard" },
] as const satisfies readonly Kind[];

export type KindName = (typeof kinds)[number]["name"];

/** Units a month, by kind. */
export type Quantities = Readonly<Partial<Record<KindName, number>>>;

const gib = 2 ** 30;
const secondsPerMonth = 730 * 3600;
const daysPerMonth = 730 / 24;
/** What Firehose rounds each record of a direct put up to, in bytes. */
const firehoseStepBytes = 5 * 1024;
/** CloudTrail writes a file about every five minutes. */
const trailFileSeconds = 300;
/** Memory at which Lambda gives one whole processor; less memory takes longer in proportion. */
const oneProcessorMiB = 1769;

/** What records of one source on one way need; proportional to their number. */
export function flowQuantities(flow: Flow, basis: CostBasis): Quantities {
  const { source, delivery, records } = flow;
  const given = basis.assumptions;
  const size = sizeOf(basis.recordBytes, source, assumed(given, "compressedBytesFactor"));
  const textGB = (records * size.textBytes) / gib;
  const gzipGB = (records * size.gzipBytes) / gib;
  const lakeGB = (records * size.lakeBytes) / gib;
  const { landing, noncurrent } = basis.retentionDays;
  const stored = {
    landingStorage: gzipGB * months(landing + noncurrent),
    lakeStorage: lakeGB * months(basis.retentionDays[flow.table] + noncurrent),
    functionTime:
      (records / 1e6) * assumed(given, "transformSecondsPerMillionRecords") * gbOfMemory(basis.transform.memoryMiB),
    scans:
      ((lakeGB / daysPerMonth) *
        basis.athena.scannedDaysPerQuery *
        assumed(given, "scannedShareOfDay") *
        basis.athena.queriesPerMonth) /
      1024,
  };
  if (delivery === "trail") return { ...stored, trailEvents: records };
  if (delivery === "vended") {
    const objects = textGB / (basis.firehose.vendedBufferMiB / 1024);
    return { ...added(stored, objectQuantities(objects, basis)), vendedDelivery: textGB, firehoseVended: textGB };
  }
  const archivedBytes = ((size.textBytes + assumed(given, "archivedEventBytes")) * size.gzipBytes) / size.textBytes;
  const envelopeBytes = Math.ceil((size.gzipBytes * size.recordsPerEnvelope) / firehoseStepBytes) * firehoseStepBytes;
  const objects = gzipGB / (basis.firehose.subscriptionBufferMiB / 1024);
  return {
    ...added(stored, objectQuantities(objects, basis)),
    ...(basis.logs.class === "STANDARD" ? { logIngestion: textGB } : { logIngestionInfrequent: textGB }),
    logStorage: ((records * archivedBytes) / gib) * months(basis.logs.retentionDays),
    firehoseSubscription: ((records / size.recordsPerEnvelope) * envelopeBytes) / gib,
  };
}

/** What does not grow with records; of streams and queries, only those that there are. */
export function fixedQuantities(basis: CostBasis, flows: readonly Flow[]): Quantities {
  const busy = new Set(
    flows.filter(({ records }) => records > 0).map(({ source, delivery }) => `${source} ${delivery}`),
  );
  const trails = [...busy].filter((stream) => stream.endsWith(" trail")).length;
  const objects =
    (trails * secondsPerMonth) / trailFileSeconds +
    ((busy.size - trails) * secondsPerMonth) / basis.firehose.bufferSeconds;
  const { alarmMetrics, customMetrics, dashboards } = basis.watch;
  const polls = basis.transform.functions * assumed(basis.assumptions, "idlePollsPerMonth");
  return {
    ...added({ queue: polls }, objectQuantities(objects, basis)),
    scans: (basis.athena.queriesPerMonth * assumed(basis.assumptions, "athenaMinimumBytes")) / 2 ** 40,
    alarms: alarmMetrics,
    metrics: customMetrics,
    dashboards,
  };
}

/** What landing objects need whatever is in them: written, announced, read, and written again as Parquet. */
function objectQuantities(objects: number, { assumptions: given, transform }: CostBasis): Quantities {
  return {
    writes: 2 * objects,
    reads: objects,
    queue: objects * assumed(given, "queueRequestsPerObject"),
    functionRequests: objects,
    functionTime: objects * assumed(given, "transformSecondsPerObject") * gbOfMemory(transform.memoryMiB),
    functionLog: (objects * assumed(given, "functionLogBytesPerObject")) / gib,
  };
}

function added(first: Quantities, second: Quantities): Quantities {
  const sum: Partial<Record<KindName, number>> = { ...first };
  for (const { name } of kinds) {
    const more = second[name];
    if (more !== undefined) sum[name] = (sum[name] ?? 0) + more;
  }
  return sum;
}

/** GB-months that a GB a month fills, once the oldest has gone. */
function months(days: number): number {
  return days / daysPerMonth;
}

/** GB that a second of work is billed with, time lost to less than one processor counted in. */
function gbOfMemory(memoryMiB: number): number {
  return Math.max(memoryMiB, oneProcessorMiB) / 1024;
}
