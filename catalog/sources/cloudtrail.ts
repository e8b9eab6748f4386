import type { Source } from "../types.ts";

export const cloudtrail: Source = {
  id: "cloudtrail",
  doc: "CloudTrail records of calls to MediaPackage v1, v2, VOD and MediaTailor.",
  table: "cloudtrail_events",
  envelopes: ["cloudtrail-records", "cloudwatch", "json-lines"],
  format: "json",
  logGroups: [],
  timeField: "eventTime",
  idField: "eventID",
  sampling: { by: "none" },
  fingerprint: { anyOf: ["eventSource"], allOf: ["eventTime", "eventName"] },
};
