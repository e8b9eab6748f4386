/** What is on air: channels, origin endpoints and VOD assets, with the URL shapes of reference 11.2. */
import type { Packaging } from "./agents.ts";
import { account, region } from "./plan.ts";
import { randomStream, Weighted } from "./random.ts";

interface EndpointBase {
  readonly packaging: Packaging;
  readonly isLive: boolean;
  /** SNI host; URLs carry it with `:443`. */
  readonly host: string;
  /** Path in front of file names, with its slash. */
  readonly basePath: string;
  readonly segmentSeconds: number;
  /** Video bit rates, bit/s, lowest first. */
  readonly ladder: readonly number[];
  readonly popularity: number;
}

/** Origin endpoint of a v1 live channel. */
export interface V1LiveEndpoint extends EndpointBase {
  readonly kind: "v1-live";
  readonly channelId: string;
  readonly channelArn: string;
  readonly endpointId: string;
  readonly endpointArn: string;
}

/** VOD asset in a v1 packaging group; its records name the asset, not a channel. */
interface V1VodEndpoint extends EndpointBase {
  readonly kind: "v1-vod";
  readonly assetArn: string;
  readonly packagingConfigArn: string;
}

/** Origin endpoint of a v2 channel group. */
export interface V2Endpoint extends EndpointBase {
  readonly kind: "v2";
  readonly channelGroupId: string;
  readonly channelGroupArn: string;
  readonly channelId: string;
  readonly channelArn: string;
  readonly endpointId: string;
  readonly endpointArn: string;
}

export type V1Endpoint = V1LiveEndpoint | V1VodEndpoint;
export type Endpoint = V1Endpoint | V2Endpoint;

const fullLadder = [400_000, 900_000, 1_800_000, 3_500_000, 6_000_000];
const highLadder = [800_000, 2_400_000, 5_000_000, 8_000_000];

/** Share of a channel's viewers per packaging. */
const packagingShare: Readonly<Record<Packaging, number>> = { hls: 10, "ll-hls": 3, cmaf: 5, dash: 5, mss: 1.5 };

/** Popularity by rank: the law that audiences follow. */
function zipf(rank: number): number {
  return 1 / (rank + 1) ** 0.9;
}

interface Programme {
  readonly channel: string;
  readonly packagings: readonly Packaging[];
  readonly ladder: readonly number[];
}

const v1Live: readonly Programme[] = [
  { channel: "news-24", packagings: ["hls", "dash", "cmaf", "mss"], ladder: fullLadder },
  { channel: "series-one", packagings: ["hls", "dash", "mss"], ladder: fullLadder },
  { channel: "kids", packagings: ["hls", "dash"], ladder: fullLadder },
  { channel: "music-hits", packagings: ["hls", "cmaf"], ladder: fullLadder },
  { channel: "regional-north", packagings: ["hls"], ladder: fullLadder.slice(0, 3) },
];

const v2Live: readonly Programme[] = [
  { channel: "arena-1", packagings: ["hls", "ll-hls", "dash", "mss"], ladder: highLadder },
  { channel: "arena-2", packagings: ["hls", "ll-hls", "dash"], ladder: highLadder },
  { channel: "documentary", packagings: ["hls", "dash"], ladder: fullLadder },
  { channel: "event-pop-up", packagings: ["cmaf", "dash"], ladder: highLadder },
];

export const channelGroupId = "sport-eu";
export const channelGroupArn = `arn:aws:mediapackagev2:${region}:${account}:channelGroup/${channelGroupId}`;
const v2Tenant = { label: "k3v9qz", group: "m7t2xd" };
const v2Domain = `${v2Tenant.group}.mediapackagev2.${region}.amazonaws.com`;

/** Host that encoders push a v2 input to; the first label ends in the number of the input (reference 2.4). */
export function v2IngestHost(input: 1 | 2): string {
  return `${v2Tenant.label}-${input}.ingest.${v2Domain}`;
}

export function v1ChannelArn(channel: string): string {
  return `arn:aws:mediapackage:${region}:${account}:channels/${serviceId("channel", channel)}`;
}

/** Identity that the service gave something, 32 hexadecimal digits: the same for every plan. */
export function serviceId(...name: string[]): string {
  return randomStream(0, "service id", ...name).hex(32);
}

export const v1Host = `${randomStream(0, "v1 host").hex(16)}.mediapackage.${region}.amazonaws.com`;

function v1LiveEndpoint(programme: Programme, rank: number, packaging: Packaging): V1LiveEndpoint {
  const endpointId = `${programme.channel}-${packaging}`;
  const id = serviceId("endpoint", endpointId);
  return {
    kind: "v1-live",
    packaging,
    isLive: true,
    host: v1Host,
    basePath: `/out/v1/${id}/`,
    segmentSeconds: packaging === "mss" ? 2 : 6,
    ladder: programme.ladder,
    popularity: zipf(rank) * packagingShare[packaging],
    channelId: programme.channel,
    channelArn: v1ChannelArn(programme.channel),
    endpointId,
    endpointArn: `arn:aws:mediapackage:${region}:${account}:origin_endpoints/${id}`,
  };
}

function v1VodEndpoint(rank: number, packaging: Packaging): V1VodEndpoint {
  const asset = `catchup-${String(rank + 1).padStart(4, "0")}`;
  const group = randomStream(0, "packaging group").hex(10);
  const path = [serviceId("asset", asset), serviceId("asset 2", asset), serviceId("configuration", packaging)];
  return {
    kind: "v1-vod",
    packaging,
    isLive: false,
    host: `${group}.egress.mediapackage-vod.${region}.amazonaws.com`,
    basePath: `/out/v1/${path.join("/")}/`,
    segmentSeconds: 6,
    ladder: fullLadder,
    popularity: 0.45 * zipf(rank) * packagingShare[packaging],
    assetArn: `arn:aws:mediapackage-vod:${region}:${account}:assets/${asset}`,
    packagingConfigArn: `arn:aws:mediapackage-vod:${region}:${account}:packaging-configurations/catchup-${packaging}`,
  };
}

function v2Endpoint(programme: Programme, rank: number, packaging: Packaging): V2Endpoint {
  const channelArn = `${channelGroupArn}/channel/${programme.channel}`;
  return {
    kind: "v2",
    packaging,
    isLive: true,
    host: `${v2Tenant.label}.egress.${v2Domain}`,
    basePath: `/out/v1/${channelGroupId}/${programme.channel}/${packaging}/`,
    segmentSeconds: packaging === "mss" ? 2 : 4,
    ladder: programme.ladder,
    popularity: zipf(rank) * packagingShare[packaging],
    channelGroupId,
    channelGroupArn,
    channelId: programme.channel,
    channelArn,
    endpointId: packaging,
    endpointArn: `${channelArn}/originEndpoint/${packaging}`,
  };
}

export const v1LiveEndpoints: readonly V1LiveEndpoint[] = v1Live.flatMap((programme, rank) =>
  programme.packagings.map((packaging) => v1LiveEndpoint(programme, rank, packaging)),
);

const v1VodEndpoints: readonly V1VodEndpoint[] = Array.from({ length: 30 }, (_, rank) =>
  (["hls", "dash", "cmaf"] as const).map((packaging) => v1VodEndpoint(rank, packaging)),
).flat();

export const v2Endpoints: readonly V2Endpoint[] = v2Live.flatMap((programme, rank) =>
  programme.packagings.map((packaging) => v2Endpoint(programme, rank, packaging)),
);

export const v1Audience = new Weighted<V1Endpoint>(
  [...v1LiveEndpoints, ...v1VodEndpoints],
  (endpoint) => endpoint.popularity,
);

export const v2Audience = new Weighted<V2Endpoint>(v2Endpoints, (endpoint) => endpoint.popularity);
