/** What holds where a stack file says nothing: cheap and complete in dev, sparing and long-lived in prod. */
import type { Environment } from "../../limits/limits.ts";

/** Days after which objects of a class go. */
export interface RetentionDays {
  /** Raw objects: as long as a replay may be wanted. */
  readonly landing: number;
  /** MediaPackage access logs. */
  readonly access: number;
  /** MediaTailor logs. */
  readonly ads: number;
  /** CloudTrail and Aurora: who changed what. */
  readonly audit: number;
  readonly rejects: number;
  /** Results of queries. */
  readonly results: number;
  /** Overwritten and deleted versions, in every bucket. */
  readonly noncurrent: number;
}

export interface Preset {
  readonly retentionDays: RetentionDays;
  /** Log groups, in days; one of those that CloudWatch Logs takes. */
  readonly logRetentionDays: number;
  readonly scanLimitGiB: number;
  readonly bufferSeconds: number;
  readonly silenceHours: number;
  readonly oldestMessageMinutes: number;
  readonly rejectsPerHour: number;
  readonly driftPerHour: number;
  readonly freshnessMinutes: number;
  readonly usage: UsagePreset;
}

/** What is expected in a month where nobody says better: orders of magnitude, so that there always is an estimate. */
export interface UsagePreset {
  /** Playback sessions of all configurations. */
  readonly sessionsPerMonth: number;
  /** Requests that MediaPackage answers, v1 and v2 together. */
  readonly requestsPerMonth: number;
  /** Requests of encoders. */
  readonly ingressRequestsPerMonth: number;
  readonly cloudTrailEventsPerMonth: number;
  /** Audit lines of one cluster. */
  readonly auroraRecordsPerMonth: number;
  readonly queriesPerMonth: number;
  readonly scannedDaysPerQuery: number;
}

export const presets: Readonly<Record<Environment, Preset>> = {
  dev: {
    retentionDays: { landing: 7, access: 30, ads: 30, audit: 30, rejects: 30, results: 7, noncurrent: 7 },
    logRetentionDays: 7,
    scanLimitGiB: 10,
    bufferSeconds: 60,
    silenceHours: 24,
    oldestMessageMinutes: 60,
    rejectsPerHour: 100,
    driftPerHour: 10_000,
    freshnessMinutes: 30,
    usage: {
      sessionsPerMonth: 10_000,
      requestsPerMonth: 2_000_000,
      ingressRequestsPerMonth: 1_000_000,
      cloudTrailEventsPerMonth: 50_000,
      auroraRecordsPerMonth: 100_000,
      queriesPerMonth: 500,
      scannedDaysPerQuery: 1,
    },
  },
  staging: {
    retentionDays: { landing: 14, access: 90, ads: 90, audit: 90, rejects: 90, results: 7, noncurrent: 14 },
    logRetentionDays: 14,
    scanLimitGiB: 50,
    bufferSeconds: 300,
    silenceHours: 12,
    oldestMessageMinutes: 30,
    rejectsPerHour: 10,
    driftPerHour: 1000,
    freshnessMinutes: 20,
    usage: {
      sessionsPerMonth: 100_000,
      requestsPerMonth: 20_000_000,
      ingressRequestsPerMonth: 10_000_000,
      cloudTrailEventsPerMonth: 100_000,
      auroraRecordsPerMonth: 1_000_000,
      queriesPerMonth: 1000,
      scannedDaysPerQuery: 1,
    },
  },
  prod: {
    retentionDays: { landing: 30, access: 400, ads: 400, audit: 730, rejects: 90, results: 30, noncurrent: 30 },
    logRetentionDays: 30,
    scanLimitGiB: 200,
    bufferSeconds: 300,
    silenceHours: 1,
    oldestMessageMinutes: 15,
    rejectsPerHour: 0,
    driftPerHour: 0,
    freshnessMinutes: 15,
    usage: {
      sessionsPerMonth: 1_000_000,
      requestsPerMonth: 100_000_000,
      ingressRequestsPerMonth: 20_000_000,
      cloudTrailEventsPerMonth: 200_000,
      auroraRecordsPerMonth: 10_000_000,
      queriesPerMonth: 5000,
      scannedDaysPerQuery: 1,
    },
  },
};
