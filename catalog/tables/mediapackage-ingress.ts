import type { Table } from "../types.ts";
import { accessLogFields, accessLogUrl, derivedFromClient, derivedFromRequest } from "./access-log.ts";

export const mediapackageIngress: Table = {
  id: "mediapackage_ingress",
  doc: "Requests of encoders to MediaPackage ingest endpoints, v1 and v2.",
  url: accessLogUrl,
  fields: [
    ...accessLogFields,
    {
      name: "input_type",
      type: "string",
      doc: "Channel input type: HLS, CMAF, … (v2).",
      from: ["input_type"],
      nullTexts: ["", "-"],
    },
    {
      name: "input_index",
      type: "int",
      doc: "Which ingest URL, 1 or 2 (v2).",
      from: ["input_index"],
      nullTexts: ["", "-"],
    },
    ...derivedFromRequest,
    ...derivedFromClient,
  ],
};
