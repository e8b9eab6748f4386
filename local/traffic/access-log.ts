/** Access log records of MediaPackage as text: v1 as reference 1.2 and 1.3, v2 as reference 2.2 and 2.4. */
import type { Endpoint, V1Endpoint, V2Endpoint } from "./endpoints.ts";
import { keyOrders } from "./key-order.ts";
import { account } from "./plan.ts";
import type { Exchange } from "./playback.ts";
import { type Random, randomStream } from "./random.ts";
import { sourceById } from "./routes.ts";

/** What both versions log of a request, whoever made it. */
export interface AccessLine {
  readonly timeMs: number;
  readonly clientIp: string;
  readonly seconds: number;
  readonly status: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly agent: string;
  /** What the record says of its channel, endpoint or asset. */
  readonly resource: Readonly<Record<string, string>>;
}

const v1Keys = [
  "timestamp",
  "clientIp",
  "processingTime",
  "statusCode",
  "receivedBytes",
  "sentBytes",
  "method",
  "request",
  "protocol",
  "userAgent",
  "account",
  "channelId",
  "channelArn",
  "domainName",
  "requestId",
  "endpointId",
  "endpointArn",
  "assetArn",
  "packagingConfigArn",
];
const v1Orders = keyOrders(v1Keys, randomStream(0, "key order", "v1"));

/** v1 writes the status as text and the time in microseconds. */
export function v1Text(line: AccessLine, random: Random): string {
  const record = {
    timestamp: isoMicroseconds(line.timeMs),
    clientIp: line.clientIp,
    processingTime: line.seconds,
    statusCode: String(line.status),
    receivedBytes: line.receivedBytes,
    sentBytes: line.sentBytes,
    method: line.method,
    request: wholeUrl(line),
    protocol: "HTTP/1.1",
    userAgent: line.agent,
    account,
    domainName: serverName(line, random),
    requestId: random.alphanumeric(33),
    ...line.resource,
  };
  return JSON.stringify(record, random.pick(v1Orders));
}

const v2EgressOrders = keyOrders(registryOrder("mediapackage-v2-egress"), randomStream(0, "key order", "v2 egress"));
const v2IngressOrders = keyOrders(registryOrder("mediapackage-v2-ingress"), randomStream(0, "key order", "v2 ingress"));

function registryOrder(sourceId: string): readonly string[] {
  return sourceById(sourceId).vended?.recordFields ?? [];
}

export function v2EgressText(line: AccessLine, random: Random): string {
  const record = {
    ...v2Common(line, random),
    request_uri_base: `https://${line.host}:443${line.path}`,
    request_query_params: line.query,
  };
  return JSON.stringify(record, random.pick(v2EgressOrders));
}

export function v2IngressText(line: AccessLine, random: Random): string {
  return JSON.stringify({ ...v2Common(line, random), request: wholeUrl(line) }, random.pick(v2IngressOrders));
}

function v2Common(line: AccessLine, random: Random): Record<string, string | number> {
  return {
    event_timestamp: Math.floor(line.timeMs),
    client_ip: line.clientIp,
    time_to_first_byte: line.seconds,
    status_code: String(line.status),
    received_bytes: line.receivedBytes,
    sent_bytes: line.sentBytes,
    method: line.method,
    protocol: "HTTP/1.1",
    user_agent: line.agent,
    domain_name: serverName(line, random),
    request_id: random.alphanumeric(33),
    account,
    ...line.resource,
  };
}

function wholeUrl(line: AccessLine): string {
  return `https://${line.host}:443${line.path}${line.query === "" ? "" : `?${line.query}`}`;
}

/** A client without SNI leaves `-` (reference 1.2). */
function serverName(line: AccessLine, random: Random): string {
  return random.chance(0.001) ? "-" : line.host;
}

/** `2020-07-13T18:59:56.293656Z` */
function isoMicroseconds(timeMs: number): string {
  const wholeMs = Math.floor(timeMs);
  const microseconds = String(Math.floor((timeMs - wholeMs) * 1000)).padStart(3, "0");
  return `${new Date(wholeMs).toISOString().slice(0, 23)}${microseconds}Z`;
}

/** The line of a player's or CDN's request. */
export function lineOf(exchange: Exchange): AccessLine {
  return {
    timeMs: exchange.timeMs,
    clientIp: exchange.requester.address,
    seconds: exchange.timeToFirstByte,
    status: exchange.status,
    receivedBytes: exchange.receivedBytes,
    sentBytes: exchange.sentBytes,
    method: "GET",
    host: exchange.endpoint.host,
    path: exchange.path,
    query: exchange.query,
    agent: exchange.requester.agent,
    resource: resourceOf(exchange.endpoint, exchange),
  };
}

function resourceOf(endpoint: Endpoint, exchange: Exchange): Readonly<Record<string, string>> {
  return endpoint.kind === "v2" ? v2Resource(endpoint, exchange) : v1Resource(endpoint);
}

function v1Resource(endpoint: V1Endpoint): Readonly<Record<string, string>> {
  if (endpoint.kind === "v1-vod") {
    return { assetArn: endpoint.assetArn, packagingConfigArn: endpoint.packagingConfigArn };
  }
  const { channelId, channelArn, endpointId, endpointArn } = endpoint;
  return { channelId, channelArn, endpointId, endpointArn };
}

/** The manifest fields are empty texts in segment requests (reference 2.5). */
function v2Resource(endpoint: V2Endpoint, { manifestType }: Exchange): Readonly<Record<string, string>> {
  return {
    resource_arn: endpoint.channelGroupArn,
    channel_id: endpoint.channelId,
    channel_arn: endpoint.channelArn,
    endpoint_id: endpoint.endpointId,
    endpoint_arn: endpoint.endpointArn,
    channel_group_id: endpoint.channelGroupId,
    manifest_name: manifestType === "" ? "" : "index",
    manifest_type: manifestType,
  };
}
