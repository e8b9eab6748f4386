import { logGroupRetention } from "../../../policies/rules/log-group-retention.ts";
import { byEnvironment, type Given, testsOf, unknown } from "../judging.ts";

const group = (retentionInDays: unknown, type = "aws:cloudwatch/logGroup:LogGroup"): Given => ({
  type,
  props: { name: "MediaTailor/ManifestService", retentionInDays },
});
const forEver = "it: it keeps its events for ever. Set retentionInDays";
const tooLong = (days: number, most: number) => [
  `it: it keeps its events for ${days} days; allowed is at most ${most}`,
];

testsOf(logGroupRetention, [
  { it: "passes if it is as long as dev allows", resources: [group(400), group(1)] },
  {
    it: "fails if it is longer than dev and staging allow",
    resources: [group(401)],
    says: byEnvironment({ dev: tooLong(401, 400), staging: tooLong(401, 400) }),
  },
  { it: "fails if it is missing", resources: [group(undefined)], says: [forEver] },
  { it: "fails if it is 0, which is for ever", resources: [group(0)], says: [forEver] },
  {
    it: "passes if AWS keeps it for two days anyhow",
    resources: [{ ...group(undefined), props: { logGroupClass: "DELIVERY" } }],
  },
  { it: "fails if it is text", resources: [group("30")], says: [forEver] },
  {
    it: "fails if the other provider's group has none",
    resources: [group(undefined, "aws-native:logs:LogGroup")],
    says: [forEver],
  },
  { it: "passes if it is another resource", resources: [group(undefined, "aws:cloudwatch/logStream:LogStream")] },
  { it: "passes if the configuration allows more", resources: [group(3653)], config: { maxDays: 3653 } },
  {
    it: "fails if the configuration allows less",
    resources: [group(30)],
    config: { maxDays: 14 },
    says: tooLong(30, 14),
  },
  { it: "fails in prod if it cannot be known", resources: [group(unknown.number)], unknown: "retentionInDays" },
]);
