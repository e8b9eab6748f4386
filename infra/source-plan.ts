/** Which log groups and vended logs the configuration asks for; from it follow the streams. Pure. */
import type { Catalog } from "../catalog/index.ts";
import type { Source, VendedDelivery } from "../catalog/types.ts";
import type { AircheckConfig } from "./config.ts";
import type { StreamKind } from "./landing-stream.ts";
import type { Ownership } from "./log-group.ts";

/** A log group that is subscribed. */
export interface PlannedGroup {
  readonly sourceId: string;
  readonly name: string;
  readonly ownership: Ownership;
}

/** Logs of one type of one resource, by vended delivery. */
export interface PlannedVendedLog {
  readonly sourceId: string;
  readonly vended: VendedDelivery;
  /** Name of the channel group or playback configuration. */
  readonly resource: string;
}

export interface SourcePlan {
  readonly mediaTailorGroups: readonly PlannedGroup[];
  readonly mediaPackageGroups: readonly PlannedGroup[];
  readonly auroraGroups: readonly PlannedGroup[];
  readonly mediaTailorVended: readonly PlannedVendedLog[];
  readonly mediaPackageVended: readonly PlannedVendedLog[];
  /** One for each source and kind that is used. */
  readonly streams: readonly { readonly sourceId: string; readonly kind: StreamKind }[];
}

export function planSources(config: AircheckConfig, catalog: Catalog): SourcePlan {
  const groups = {
    mediaTailorGroups: mediaTailorGroups(config, catalog),
    mediaPackageGroups: mediaPackageGroups(config),
    auroraGroups: Object.entries(config.aurora.clusters).map(([cluster, { logGroup }]) => ({
      sourceId: "aurora-audit",
      name: `/aws/rds/cluster/${cluster}/audit`,
      ownership: logGroup,
    })),
  };
  const vended = {
    mediaTailorVended: mediaTailorVended(config, catalog),
    mediaPackageVended: mediaPackageVended(config, catalog),
  };
  const subscribed = new Set(
    Object.values(groups)
      .flat()
      .map(({ sourceId }) => sourceId),
  );
  const delivered = new Set(
    Object.values(vended)
      .flat()
      .map(({ sourceId }) => sourceId),
  );
  return {
    ...groups,
    ...vended,
    streams: catalog.sources.flatMap(({ id }) => [
      ...(subscribed.has(id) ? [{ sourceId: id, kind: "subscription" as const }] : []),
      ...(delivered.has(id) ? [{ sourceId: id, kind: "vended" as const }] : []),
    ]),
  };
}

/** Every source of playback configurations: those that are sampled by session. */
function playbackSources({ sources }: Catalog): readonly Source[] {
  return sources.filter(({ vended }) => vended?.resource === "mediatailor-playback-configuration");
}

/** The legacy groups belong to the account: one strategy that uses them is enough, and so is no configuration at all. */
function mediaTailorGroups({ mediaTailor }: AircheckConfig, catalog: Catalog): readonly PlannedGroup[] {
  const configurations = [...mediaTailor.configurations, ...mediaTailor.existingConfigurations];
  const legacy =
    configurations.length === 0 ||
    configurations.some(({ logging }) => logging.strategies.includes("LEGACY_CLOUDWATCH"));
  const asRun = catalog.sources.filter(({ id }) => mediaTailor.asRun && id === "mediatailor-as-run");
  return [...(legacy ? playbackSources(catalog) : []), ...asRun].flatMap(({ id, logGroups }) =>
    logGroups.map((name) => ({ sourceId: id, name, ownership: mediaTailor.logGroups })),
  );
}

function mediaPackageGroups({ mediaPackage: { v1 } }: AircheckConfig): readonly PlannedGroup[] {
  const planned = (sourceId: string) => (name: string) => ({ sourceId, name, ownership: v1.logGroups });
  return [
    ...v1.egressLogGroups.map(planned("mediapackage-v1-egress")),
    ...v1.ingressLogGroups.map(planned("mediapackage-v1-ingress")),
  ];
}

function mediaTailorVended({ mediaTailor }: AircheckConfig, catalog: Catalog): readonly PlannedVendedLog[] {
  return [...mediaTailor.configurations, ...mediaTailor.existingConfigurations]
    .filter(({ logging }) => logging.strategies.includes("VENDED_LOGS"))
    .flatMap(({ name }) => playbackSources(catalog).flatMap((source) => plannedVended(source, name)));
}

function mediaPackageVended({ mediaPackage: { v2 } }: AircheckConfig, catalog: Catalog): readonly PlannedVendedLog[] {
  const wanted: readonly string[] = v2.logs.map((kind) => `mediapackage-v2-${kind}`);
  const sources = catalog.sources.filter(({ id }) => wanted.includes(id));
  return v2.channelGroups.flatMap((group) => sources.flatMap((source) => plannedVended(source, group)));
}

function plannedVended({ id, vended }: Source, resource: string): readonly PlannedVendedLog[] {
  return vended ? [{ sourceId: id, vended, resource }] : [];
}
