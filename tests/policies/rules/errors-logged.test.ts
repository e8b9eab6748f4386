import assert from "node:assert/strict";
import { adsEvents, manifestEvents } from "../../../catalog/mediatailor-events.ts";
import { errorsLogged } from "../../../policies/rules/errors-logged.ts";
import { type Given, judge, testsOf, unknown } from "../judging.ts";

const native = (ads: unknown, manifest: unknown = []): Given => ({
  type: "aws-native:mediatailor:PlaybackConfiguration",
  props: {
    name: "live",
    logConfiguration: {
      percentEnabled: 5,
      adsInteractionLog: { excludeEventTypes: ads },
      manifestServiceInteractionLog: { excludeEventTypes: manifest },
    },
  },
});
const leavesOut = (who: string, events: string) => [
  `it: ${who} leaves ${events} out of its logs. Take them out of the filter`,
];

testsOf(errorsLogged, [
  { it: "passes if nothing is left out", resources: [native(undefined), { ...native([]), props: { name: "live" } }] },
  { it: "passes if news without trouble is left out", resources: [native(["VAST_RESPONSE"], ["GENERATED_MANIFEST"])] },
  {
    it: "fails if errors of either log are left out",
    resources: [native(["VAST_RESPONSE", "ERROR_ADS_TIMEOUT"], ["MANIFEST_ERROR"])],
    says: leavesOut("live", "ERROR_ADS_TIMEOUT, MANIFEST_ERROR"),
  },
  {
    it: "fails if the logging-only resource leaves errors out",
    resources: [
      {
        type: "aircheck:media:PlaybackLogging",
        props: { configuration: "movies", ads: { exclude: ["INTERSTITIAL_VOD_FAILURE"] }, manifest: { exclude: [] } },
      },
    ],
    says: leavesOut("movies", "INTERSTITIAL_VOD_FAILURE"),
  },
  {
    it: "fails if Cloud Control leaves errors out",
    resources: [
      {
        type: "aws:cloudcontrol/resource:Resource",
        props: {
          typeName: "AWS::MediaTailor::PlaybackConfiguration",
          desiredState:
            '{"Name":"live","LogConfiguration":{"ManifestServiceInteractionLog":{"ExcludeEventTypes":["IO_ERROR"]}}}',
        },
      },
    ],
    says: leavesOut("live", "IO_ERROR"),
  },
  {
    it: "passes if the configuration knows the error",
    resources: [native(["ERROR_ADS_TIMEOUT"])],
    config: { allowed: ["ERROR_ADS_TIMEOUT"] },
  },
  {
    it: "fails in prod if what is left out cannot be known",
    resources: [native(unknown.list)],
    unknown: "logConfiguration.adsInteractionLog.excludeEventTypes",
  },
]);

describe("leaving out everything that is always logged", () => {
  it("never passes, of either log", () => {
    for (const { info, warning, error } of [adsEvents, manifestEvents]) {
      const { violations } = judge(errorsLogged, [native([...info, ...warning, ...error])]);
      assert.equal(violations.length, 1);
    }
  });
});
