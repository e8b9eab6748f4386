import type { Source } from "../types.ts";

export const auroraAuditSource: Source = {
  id: "aurora-audit",
  doc: "Aurora MySQL audit log, exported by the cluster to CloudWatch Logs.",
  table: "aurora_audit",
  envelopes: ["cloudwatch"],
  format: "aurora-audit",
  logGroups: ["/aws/rds/cluster/*/audit"],
  timeField: "timestamp",
  sampling: { by: "none" },
  columns: [
    "timestamp",
    "serverhost",
    "username",
    "host",
    "connectionid",
    "queryid",
    "operation",
    "database",
    "object",
    "retcode",
  ],
  fingerprint: { anyOf: [] },
};
