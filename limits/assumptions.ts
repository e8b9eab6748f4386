/**
 * What the cost model takes for granted, each with its evidence. `aircheck:usage` replaces any of it.
 *
 * "Twin" is `aircheck start --once` with its defaults: six hours of made-up traffic, 96,169 records of all sources.
 */

/** Sources whose records cost something worth counting. */
export const costedSources = [
  "mediatailor-ads",
  "mediatailor-manifest",
  "mediatailor-transcode",
  "mediapackage-v1-egress",
  "mediapackage-v1-ingress",
  "mediapackage-v2-egress",
  "mediapackage-v2-ingress",
  "cloudtrail",
  "aurora-audit",
] as const;

export type CostedSource = (typeof costedSources)[number];

/** Bytes of one record on its way, means over the twin. */
export interface RecordSize {
  /** As the service writes it: what CloudWatch Logs and vended delivery count. */
  readonly textBytes: number;
  /** In a landing object: gzip, envelope included. */
  readonly gzipBytes: number;
  /** In Parquet, all of the source's records in one object; real objects are of that size or larger. */
  readonly lakeBytes: number;
  /** Records in one envelope of a subscription, which is one Firehose record. */
  readonly recordsPerEnvelope: number;
}

export const recordSizes: Readonly<Record<CostedSource, RecordSize>> = {
  "mediatailor-ads": { textBytes: 933, gzipBytes: 72, lakeBytes: 41, recordsPerEnvelope: 120 },
  "mediatailor-manifest": { textBytes: 867, gzipBytes: 191, lakeBytes: 135, recordsPerEnvelope: 5 },
  "mediatailor-transcode": { textBytes: 423, gzipBytes: 148, lakeBytes: 50, recordsPerEnvelope: 5 },
  "mediapackage-v1-egress": { textBytes: 828, gzipBytes: 91, lakeBytes: 72, recordsPerEnvelope: 63 },
  "mediapackage-v1-ingress": { textBytes: 670, gzipBytes: 80, lakeBytes: 65, recordsPerEnvelope: 108 },
  "mediapackage-v2-egress": { textBytes: 1030, gzipBytes: 80, lakeBytes: 83, recordsPerEnvelope: 1 },
  "mediapackage-v2-ingress": { textBytes: 832, gzipBytes: 66, lakeBytes: 68, recordsPerEnvelope: 1 },
  cloudtrail: { textBytes: 1197, gzipBytes: 164, lakeBytes: 82, recordsPerEnvelope: 1 },
  "aurora-audit": { textBytes: 122, gzipBytes: 64, lakeBytes: 19, recordsPerEnvelope: 10 },
};

/** Names of all assumptions, in the order of the way of the data. */
export const assumptionNames = [
  "adsRecordsPerSession",
  "manifestRecordsPerSession",
  "transcodeRecordsPerSession",
  "compressedBytesFactor",
  "archivedEventBytes",
  "transformSecondsPerMillionRecords",
  "transformSecondsPerObject",
  "functionLogBytesPerObject",
  "queueRequestsPerObject",
  "idlePollsPerMonth",
  "scannedShareOfDay",
  "athenaMinimumBytes",
] as const;

export type AssumptionName = (typeof assumptionNames)[number];

interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly evidence: string;
}

export const assumptions: Readonly<Record<AssumptionName, Assumption>> = {
  adsRecordsPerSession: {
    value: 46.5,
    unit: "records",
    evidence: "twin: 26,677 records of the ads log of 574 logged sessions",
  },
  manifestRecordsPerSession: {
    value: 0.39,
    unit: "records",
    evidence: "twin: 223 records of the manifest log, 574 logged sessions",
  },
  transcodeRecordsPerSession: {
    value: 0.72,
    unit: "records",
    evidence: "twin: 412 records of the transcode log, 574 logged sessions; seldom so many once every ad has been seen",
  },
  compressedBytesFactor: {
    value: 2,
    unit: "times",
    evidence:
      "made-up traffic repeats itself: its gzip is 8 to 14 times smaller than its text, that of real access logs 5 to 8 times; gzip and Parquet sizes of the twin are multiplied by this",
  },
  archivedEventBytes: {
    value: 26,
    unit: "bytes an event",
    evidence: "the CloudWatch pricing page: storage is of compressed text and 26 bytes of metadata for each event",
  },
  transformSecondsPerMillionRecords: {
    value: 26,
    unit: "seconds",
    evidence: "README, How fast: 2.63 s for 200,000 records with all derived columns; doubled for a slower processor",
  },
  transformSecondsPerObject: {
    value: 0.3,
    unit: "seconds",
    evidence: "twin: 12 ms an object; the rest is waiting for S3, not measured",
  },
  functionLogBytesPerObject: {
    value: 3000,
    unit: "bytes",
    evidence: "one line of metrics and one report for each landing object, not measured",
  },
  queueRequestsPerObject: {
    value: 3,
    unit: "requests",
    evidence: "a message is sent, received and deleted; batches make it fewer",
  },
  idlePollsPerMonth: {
    value: 657_000,
    unit: "requests a queue",
    evidence: "Lambda polls an empty queue with five pollers, 20 seconds each: 5 × 2,628,000 / 20",
  },
  scannedShareOfDay: {
    value: 0.1,
    unit: "share",
    evidence: "twin: the columns that the 21 saved queries name hold 9.8 % of the lake's bytes, in the mean",
  },
  athenaMinimumBytes: {
    value: 10 * 2 ** 20,
    unit: "bytes a query",
    evidence: "the Athena pricing page: at least 10 MB a query",
  },
};

/** The value in force: the one that usage gives, else the one above. */
export function assumed(given: Readonly<Partial<Record<AssumptionName, number>>>, name: AssumptionName): number {
  return given[name] ?? assumptions[name].value;
}

/** The size of a record; where usage gives other text bytes, the compressed ones grow in proportion. */
export function sizeOf(
  given: Readonly<Partial<Record<CostedSource, number>>>,
  source: CostedSource,
  compressedBytesFactor: number,
): RecordSize {
  const measured = recordSizes[source];
  const textBytes = given[source] ?? measured.textBytes;
  const factor = (textBytes / measured.textBytes) * compressedBytesFactor;
  return {
    ...measured,
    textBytes,
    gzipBytes: measured.gzipBytes * factor,
    lakeBytes: measured.lakeBytes * factor,
  };
}
