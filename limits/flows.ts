/** From sessions and requests to records: how many, of which source, on which way. */
import { assumed, type CostedSource } from "./assumptions.ts";
import type { CostBasis, MediaPackageUsage } from "./cost-basis.ts";

/** Records of a source on their way into the lake. */
export interface Flow {
  readonly group: "mediaTailor" | "mediaPackage" | "audit";
  readonly source: CostedSource;
  /** Log group and subscription, vended delivery, or files of a trail. */
  readonly delivery: "subscription" | "vended" | "trail";
  /** Class of the table, for retention. */
  readonly table: "access" | "ads" | "audit";
  /** A month. */
  readonly records: number;
}

export function flowsOf(basis: CostBasis): readonly Flow[] {
  return [...mediaTailorFlows(basis), ...mediaPackageFlows(basis), ...auditFlows(basis)];
}

/** MediaTailor logs whole sessions: a percentage of them, all their records. */
function mediaTailorFlows({ playback, assumptions }: CostBasis): readonly Flow[] {
  const perSession: readonly (readonly [CostedSource, number])[] = [
    ["mediatailor-ads", assumed(assumptions, "adsRecordsPerSession")],
    ["mediatailor-manifest", assumed(assumptions, "manifestRecordsPerSession")],
    ["mediatailor-transcode", assumed(assumptions, "transcodeRecordsPerSession")],
  ];
  return playback.flatMap(({ percent, strategies, sessionsPerMonth }) =>
    strategies.flatMap((strategy) =>
      perSession.map(([source, records]) => ({
        group: "mediaTailor" as const,
        source,
        delivery: strategy === "VENDED_LOGS" ? ("vended" as const) : ("subscription" as const),
        table: "ads" as const,
        records: ((sessionsPerMonth * percent) / 100) * records,
      })),
    ),
  );
}

/** One record for each request. */
function mediaPackageFlows({ mediaPackage: { v1, v2 } }: CostBasis): readonly Flow[] {
  const of = (egress: CostedSource, ingress: CostedSource, delivery: Flow["delivery"], usage: MediaPackageUsage) =>
    [[egress, usage.egressRequestsPerMonth] as const, [ingress, usage.ingressRequestsPerMonth] as const].map(
      ([source, records]) => ({
        group: "mediaPackage" as const,
        source,
        delivery,
        table: "access" as const,
        records,
      }),
    );
  return [
    ...of("mediapackage-v1-egress", "mediapackage-v1-ingress", "subscription", v1),
    ...of("mediapackage-v2-egress", "mediapackage-v2-ingress", "vended", v2),
  ];
}

function auditFlows({ audit }: CostBasis): readonly Flow[] {
  const shared = { group: "audit", table: "audit" } as const;
  return [
    { ...shared, source: "cloudtrail", delivery: "trail", records: audit.cloudTrailEventsPerMonth },
    { ...shared, source: "aurora-audit", delivery: "subscription", records: audit.auroraRecordsPerMonth },
  ];
}
