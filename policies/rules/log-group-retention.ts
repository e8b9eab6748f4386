import { longestLogRetentionDays } from "../../limits/limits.ts";
import type { ResourceRule } from "../rule.ts";
import { plain } from "../values.ts";

export const logGroupRetention: ResourceRule = {
  name: "log-group-retention",
  description: "Checks that every log group forgets: its retention is set, and not longer than the environment allows.",
  why:
    "A log group without retention keeps everything for ever, beside the lake that is asked instead, and so does one with 0 days. " +
    `At most: ${Object.entries(longestLogRetentionDays)
      .map(([name, days]) => `${name} ${days} days`)
      .join(", ")}.`,
  exception: "Set `maxDays` in the rule's configuration for a stack that has to keep its log groups longer.",
  severity: "medium",
  level: "mandatory",
  unknown: "fails",
  configuration: {
    maxDays: {
      type: "integer",
      minimum: 1,
      maximum: 3653,
      description: "The longest retention, in days, for this stack.",
    },
  },
  types: ["aws:cloudwatch/logGroup:LogGroup", "aws-native:logs:LogGroup"],
  check({ name, props }, { environment, config, report }) {
    // AWS keeps a group of this class for two days, whatever is set.
    if (props.logGroupClass === "DELIVERY") return;
    const days = plain(props.retentionInDays);
    if (typeof days !== "number" || !(days >= 1)) {
      report(`${name} keeps its events for ever. Set retentionInDays`);
      return;
    }
    const most = typeof config.maxDays === "number" ? config.maxDays : longestLogRetentionDays[environment];
    if (!(days <= most)) report(`${name} keeps its events for ${days} days; allowed is at most ${most}`);
  },
};
