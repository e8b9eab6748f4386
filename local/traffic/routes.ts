/** The ways that records take to the landing bucket: one delivery stream, or one trail, each. */
import { catalog } from "../../catalog/index.ts";
import type { Envelope, Source } from "../../catalog/types.ts";
import type { Timed } from "./interleave.ts";

export interface Route {
  readonly id: string;
  readonly sourceId: string;
  readonly envelope: Envelope;
  /** CloudWatch log group; empty where the records come another way. */
  readonly logGroup: string;
  /** Firehose stream, the beginning of its objects' names. */
  readonly deliveryStream: string;
}

/** A record on its way: its text as the service wrote it. */
export interface LogRecord extends Timed {
  readonly route: Route;
  /** CloudWatch log stream; empty where there is none. */
  readonly logStream: string;
  readonly text: string;
}

/** @throws RangeError for an id that the catalog lacks */
export function sourceById(sourceId: string): Source {
  const source = catalog.sources.find((candidate) => candidate.id === sourceId);
  if (source === undefined) {
    const known = catalog.sources.map((candidate) => candidate.id).join(", ");
    throw new RangeError(`there is no source ${sourceId} in the catalog; it has ${known}`);
  }
  return source;
}

function route(sourceId: string, envelope: Envelope, variant = ""): Route {
  const logGroup = envelope === "cloudwatch" ? (sourceById(sourceId).logGroups[0] ?? "") : "";
  const id = variant === "" ? sourceId : `${sourceId}-${variant}`;
  // The log group of Aurora is named after the cluster.
  return { id, sourceId, envelope, logGroup: logGroup.replace("*", auroraCluster), deliveryStream: `aircheck-${id}` };
}

export const auroraCluster = "adops-prod";

export const routes = {
  v1Egress: route("mediapackage-v1-egress", "cloudwatch"),
  v1Ingress: route("mediapackage-v1-ingress", "cloudwatch"),
  v2Egress: route("mediapackage-v2-egress", "json-lines"),
  v2Ingress: route("mediapackage-v2-ingress", "json-lines"),
  asRun: route("mediatailor-as-run", "cloudwatch"),
  cloudtrail: route("cloudtrail", "cloudtrail-records"),
  auroraAudit: route("aurora-audit", "cloudwatch"),
} as const;

/** Delivery of the MediaTailor logs: a playback configuration has one of the two. */
export const mediaTailorRoutes = {
  legacy: {
    ads: route("mediatailor-ads", "cloudwatch", "legacy"),
    manifest: route("mediatailor-manifest", "cloudwatch", "legacy"),
    transcode: route("mediatailor-transcode", "cloudwatch", "legacy"),
  },
  vended: {
    ads: route("mediatailor-ads", "json-lines", "vended"),
    manifest: route("mediatailor-manifest", "json-lines", "vended"),
    transcode: route("mediatailor-transcode", "json-lines", "vended"),
  },
} as const;

export type MediaTailorRoutes = (typeof mediaTailorRoutes)["legacy" | "vended"];
