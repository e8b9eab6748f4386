import type { Source } from "../types.ts";

export const mediapackageV1Egress: Source = {
  id: "mediapackage-v1-egress",
  doc: "MediaPackage v1 egress access logs of live channels and VOD packaging groups (ConfigureLogs).",
  table: "mediapackage_egress",
  envelopes: ["cloudwatch", "json-lines"],
  format: "json",
  logGroups: ["/aws/MediaPackage/EgressAccessLogs"],
  timeField: "timestamp",
  idField: "requestId",
  sampling: { by: "none" },
  fingerprint: { anyOf: ["endpointId", "endpointArn", "assetArn", "packagingConfigArn"], allOf: ["timestamp"] },
};

export const mediapackageV1Ingress: Source = {
  id: "mediapackage-v1-ingress",
  doc: "MediaPackage v1 ingress access logs of live channels (ConfigureLogs).",
  table: "mediapackage_ingress",
  envelopes: ["cloudwatch", "json-lines"],
  format: "json",
  logGroups: ["/aws/MediaPackage/IngressAccessLogs"],
  timeField: "timestamp",
  idField: "requestId",
  sampling: { by: "none" },
  fingerprint: {
    anyOf: ["clientIp", "processingTime", "statusCode"],
    allOf: ["timestamp", "channelId"],
    noneOf: ["endpointId", "endpointArn", "assetArn", "packagingConfigArn"],
  },
};
