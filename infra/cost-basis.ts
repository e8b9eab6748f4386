/** From configuration and plan to what an estimate of costs needs. Pure, and without the Pulumi SDK: the command line uses it too. */
import { type CostBasis, costBasisVersion, type MediaPackageUsage, type PlaybackUsage } from "../limits/cost-basis.ts";
import type { AircheckConfig } from "./config.ts";
import { collectedSources, sourcesThatShouldLog } from "./silence.ts";
import type { SourcePlan } from "./source-plan.ts";

/** Stands for configurations that the stack file does not name, whose sessions reach the shared log groups all the same. */
export const otherConfigurations = "(other configurations)";

/** Metrics that the function publishes for each source: `functions/transform/telemetry.ts`. */
const metricsPerSource = 9;

/** @param region where the stack is deployed */
export function costBasisOf(config: AircheckConfig, plan: SourcePlan, region: string): CostBasis {
  const { lake, firehose, transform, athena, usage, cloudTrail, aurora } = config;
  const { landing, access, ads, audit, noncurrent } = lake.retentionDays;
  const functions = cloudTrail.mode === "existing" ? 2 : 1;
  const { subscriptionBufferMiB, vendedBufferMiB, bufferSeconds } = firehose;
  return {
    version: costBasisVersion,
    region,
    environment: config.environment,
    playback: playbackUsage(config, plan),
    mediaPackage: mediaPackageUsage(config),
    audit: {
      cloudTrailEventsPerMonth: cloudTrail.mode === "skip" ? 0 : usage.cloudTrailEventsPerMonth,
      auroraRecordsPerMonth: Object.keys(aurora.clusters).length * usage.auroraRecordsPerMonth,
    },
    // A group of the infrequent-access class cannot be subscribed (reference 7.2).
    logs: { class: "STANDARD", retentionDays: lake.logRetentionDays },
    retentionDays: { landing, access, ads, audit, noncurrent },
    firehose: { subscriptionBufferMiB, vendedBufferMiB, bufferSeconds },
    transform: { functions, memoryMiB: transform.memoryMiB },
    athena: {
      queriesPerMonth: usage.queriesPerMonth,
      scannedDaysPerQuery: usage.scannedDaysPerQuery,
      scanLimitGiB: athena.scanLimitGiB,
    },
    watch: {
      alarmMetrics: config.alarms.enabled ? alarmMetrics(config, plan, functions) : 0,
      customMetrics: collectedSources(config, plan).length * metricsPerSource,
      dashboards: 1,
    },
    recordBytes: usage.recordBytes,
    assumptions: usage.assumptions,
  };
}

/** Sessions of named configurations as usage says; the rest in equal parts to those it does not name. */
function playbackUsage({ mediaTailor, usage }: AircheckConfig, plan: SourcePlan): readonly PlaybackUsage[] {
  const { sessionsByConfiguration: named } = usage;
  const configurations = [...mediaTailor.configurations, ...mediaTailor.existingConfigurations];
  const unnamed = configurations.filter(({ name }) => named[name] === undefined);
  const rest = usage.sessionsPerMonth - Object.values(named).reduce((sum, sessions) => sum + sessions, 0);
  const shared = plan.mediaTailorGroups.length > 0 && unnamed.length === 0 && rest > 0;
  return [
    ...configurations.map(({ name, logging: { percent, strategies } }) => ({
      name,
      percent,
      strategies,
      sessionsPerMonth: named[name] ?? rest / unnamed.length,
    })),
    ...(shared
      ? [
          {
            name: otherConfigurations,
            percent: mediaTailor.percent,
            strategies: ["LEGACY_CLOUDWATCH" as const],
            sessionsPerMonth: rest,
          },
        ]
      : []),
  ];
}

/** Requests of the version that logs them; where nothing says how they are shared, all of v2 once it has a channel group. */
function mediaPackageUsage({ mediaPackage: { v1, v2 }, usage }: AircheckConfig): CostBasis["mediaPackage"] {
  const v2Share = (usage.mediaPackageV2Percent ?? 100) / 100;
  const share = v2.channelGroups.length > 0 ? v2Share : 0;
  const of = (part: number, egress: boolean, ingress: boolean): MediaPackageUsage => ({
    egressRequestsPerMonth: egress ? part * usage.requestsPerMonth : 0,
    ingressRequestsPerMonth: ingress ? part * usage.ingressRequestsPerMonth : 0,
  });
  return {
    v1: of(1 - share, v1.egressLogGroups.length > 0, v1.ingressLogGroups.length > 0),
    v2: of(share, v2.logs.includes("egress"), v2.logs.includes("ingress")),
  };
}

/** An alarm over an expression is paid by metric; what is counted here is what `alarms.ts` makes. */
function alarmMetrics(config: AircheckConfig, plan: SourcePlan, functions: number): number {
  const ofFunctions = 3 * functions;
  const ofStreams = 2 * plan.streams.length;
  const ofSources = 3 * collectedSources(config, plan).length;
  const ofSilence = sourcesThatShouldLog(config, plan).map((id) =>
    Math.max(1, plan.streams.filter(({ sourceId }) => sourceId === id).length),
  );
  return ofSilence.reduce((sum, metrics) => sum + metrics, ofFunctions + ofStreams + ofSources);
}
