import { workgroupScanLimit } from "../../../policies/rules/workgroup-scan-limit.ts";
import { byEnvironment, type Given, testsOf, unknown } from "../judging.ts";

const gib = 2 ** 30;
const workgroup = (bytesScannedCutoffPerQuery: unknown, enforceWorkgroupConfiguration: unknown = true): Given => ({
  type: "aws:athena/workgroup:Workgroup",
  props: { configuration: { bytesScannedCutoffPerQuery, enforceWorkgroupConfiguration } },
});
const loose = "it: it lets clients choose their own settings. Set enforceWorkgroupConfiguration to true";
const unlimited = "it: it has no limit of what a query may read. Set bytesScannedCutoffPerQuery";
const tooMuch = (size: number, most: number) => [`it: it lets a query read ${size} GiB; allowed is at most ${most}`];

testsOf(workgroupScanLimit, [
  { it: "passes if it is the most that dev allows", resources: [workgroup(100 * gib)] },
  {
    it: "fails if it is more than dev allows",
    resources: [workgroup(101 * gib)],
    says: byEnvironment({ dev: tooMuch(101, 100) }),
  },
  {
    it: "fails if it is more than staging allows",
    resources: [workgroup(501 * gib)],
    says: byEnvironment({ dev: tooMuch(501, 100), staging: tooMuch(501, 500) }),
  },
  {
    it: "fails if it is more than prod allows",
    resources: [workgroup(2001 * gib)],
    says: { dev: tooMuch(2001, 100), staging: tooMuch(2001, 500), prod: tooMuch(2001, 2000) },
  },
  {
    it: "fails if there is no limit",
    resources: [workgroup(undefined), workgroup(0), workgroup("1")],
    says: [unlimited, unlimited, unlimited],
  },
  {
    it: "fails if clients may choose",
    resources: [workgroup(gib, false), workgroup(gib, null)],
    says: [loose, loose],
  },
  { it: "fails if there are no settings", resources: [{ ...workgroup(gib), props: {} }], says: [loose, unlimited] },
  {
    it: "passes if the other provider's workgroup is tight",
    resources: [
      {
        type: "aws-native:athena:WorkGroup",
        props: { workGroupConfiguration: { bytesScannedCutoffPerQuery: gib, enforceWorkGroupConfiguration: true } },
      },
    ],
  },
  {
    it: "fails if the other provider's workgroup is loose",
    resources: [{ type: "aws-native:athena:WorkGroup", props: { workGroupConfiguration: {} } }],
    says: ["it: it lets clients choose their own settings. Set enforceWorkGroupConfiguration to true", unlimited],
  },
  { it: "passes if the configuration allows more", resources: [workgroup(9000 * gib)], config: { maxGiB: 9000 } },
  {
    it: "fails if the configuration allows less",
    resources: [workgroup(2 * gib)],
    config: { maxGiB: 1.5 },
    says: tooMuch(2, 1.5),
  },
  {
    it: "passes if it is for Spark",
    resources: [
      {
        type: "aws:athena/workgroup:Workgroup",
        props: {
          configuration: {
            enforceWorkgroupConfiguration: true,
            engineVersion: { selectedEngineVersion: "PySpark engine version 3" },
          },
        },
      },
    ],
  },
  {
    it: "fails in prod if the limit cannot be known",
    resources: [workgroup(unknown.number)],
    unknown: "configuration.bytesScannedCutoffPerQuery",
  },
  {
    it: "fails in prod if the settings cannot be known",
    resources: [{ ...workgroup(gib), props: { configuration: unknown.object } }],
    unknown: "configuration",
  },
]);
