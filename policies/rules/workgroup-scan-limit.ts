import { largestScanGiB } from "../../limits/limits.ts";
import type { ResourceRule } from "../rule.ts";
import { member, plain } from "../values.ts";

const gib = 2 ** 30;

/** Where each provider keeps the settings, and how it spells the one that makes them hold. */
const bridged = { settings: "configuration", enforces: "enforceWorkgroupConfiguration" };
const native = { settings: "workGroupConfiguration", enforces: "enforceWorkGroupConfiguration" };

export const workgroupScanLimit: ResourceRule = {
  name: "athena-workgroup-scan-limit",
  description: "Checks that every Athena workgroup enforces its settings, and stops a query that would read too much.",
  why:
    "Athena is paid for by what it reads. One query without a filter on the day reads the whole lake; where settings are not " +
    `enforced, any client may leave the limit out. At most, a query: ${Object.entries(largestScanGiB)
      .map(([name, size]) => `${name} ${size} GiB`)
      .join(", ")}.`,
  exception: "Set `maxGiB` in the rule's configuration for a stack whose queries have to read more.",
  severity: "medium",
  level: "mandatory",
  unknown: "fails",
  configuration: {
    maxGiB: { type: "number", minimum: 0.01, description: "The most that one query may read, in GiB, for this stack." },
  },
  types: ["aws:athena/workgroup:Workgroup", "aws-native:athena:WorkGroup"],
  check({ type, name, props }, { environment, config, report }) {
    const { settings, enforces } = type.startsWith("aws-native:") ? native : bridged;
    const configuration = props[settings];
    if (plain(member(configuration, enforces)) !== true) {
      report(`${name} lets clients choose their own settings. Set ${enforces} to true`);
    }
    // Spark is paid for by time, and takes no such limit.
    if (/spark/i.test(String(plain(member(configuration, "engineVersion", "selectedEngineVersion"))))) return;
    const bytes = plain(member(configuration, "bytesScannedCutoffPerQuery"));
    if (typeof bytes !== "number" || !(bytes > 0)) {
      report(`${name} has no limit of what a query may read. Set bytesScannedCutoffPerQuery`);
      return;
    }
    const most = typeof config.maxGiB === "number" ? config.maxGiB : largestScanGiB[environment];
    if (!(bytes <= most * gib)) report(`${name} lets a query read ${bytes / gib} GiB; allowed is at most ${most}`);
  },
};
