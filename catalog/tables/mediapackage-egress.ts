import type { Table } from "../types.ts";
import { accessLogFields, accessLogUrl, derivedFromClient, derivedFromRequest } from "./access-log.ts";

export const mediapackageEgress: Table = {
  id: "mediapackage_egress",
  doc: "Requests of players and CDNs to MediaPackage origin endpoints, v1 and v2.",
  url: accessLogUrl,
  fields: [
    ...accessLogFields,
    {
      name: "endpoint_id",
      type: "string",
      doc: "Origin endpoint.",
      from: ["endpointId", "endpoint_id"],
      nullTexts: ["", "-"],
    },
    {
      name: "endpoint_arn",
      type: "string",
      doc: "Origin endpoint ARN.",
      from: ["endpointArn", "endpoint_arn"],
      nullTexts: ["", "-"],
    },
    {
      name: "manifest_name",
      type: "string",
      doc: "Manifest that was addressed, without extension (v2); NULL for segments.",
      from: ["manifest_name"],
      nullTexts: ["", "-"],
    },
    {
      name: "manifest_type",
      type: "string",
      doc: "Kind of manifest as the service names it, e.g. DASH (v2); NULL for segments.",
      from: ["manifest_type"],
      nullTexts: ["", "-"],
    },
    { name: "asset_arn", type: "string", doc: "VOD asset ARN (v1 VOD).", from: ["assetArn"], nullTexts: ["", "-"] },
    {
      name: "packaging_configuration_arn",
      type: "string",
      doc: "VOD packaging configuration ARN (v1 VOD).",
      from: ["packagingConfigArn"],
      nullTexts: ["", "-"],
    },
    {
      name: "log_type",
      type: "string",
      doc: "Unpublished meaning; only when the delivery selects it (v2).",
      from: ["log_type"],
    },
    ...derivedFromRequest,
    ...derivedFromClient,
  ],
};
