import { loggingStrategy } from "../../../policies/rules/logging-strategy.ts";
import { type Given, testsOf, unknown } from "../judging.ts";

const native = (enabledLoggingStrategies: unknown): Given => ({
  type: "aws-native:mediatailor:PlaybackConfiguration",
  props: { name: "live", logConfiguration: { percentEnabled: 5, enabledLoggingStrategies } },
});
const none = "it: live has no logging strategy. Set one or both of LEGACY_CLOUDWATCH, VENDED_LOGS";

testsOf(loggingStrategy, [
  { it: "passes if there is one", resources: [native(["LEGACY_CLOUDWATCH"]), native(["VENDED_LOGS"])] },
  { it: "passes if there are both", resources: [native(["LEGACY_CLOUDWATCH", "VENDED_LOGS"])] },
  { it: "fails if there is none", resources: [native([])], says: [none] },
  { it: "fails if it is missing", resources: [native(undefined)], says: [none] },
  { it: "fails if it is no list", resources: [native("LEGACY_CLOUDWATCH")], says: [none] },
  {
    it: "fails if MediaTailor does not know it",
    resources: [native(["LEGACY_CLOUDWATCH", "CLOUDWATCH"])],
    says: [
      'it: live has the logging strategy "CLOUDWATCH", which MediaTailor does not know. Known ones are LEGACY_CLOUDWATCH, VENDED_LOGS',
    ],
  },
  {
    it: "fails in prod if one of them cannot be known",
    resources: [native(["LEGACY_CLOUDWATCH", unknown.text])],
    unknown: "logConfiguration.enabledLoggingStrategies.1",
  },
  {
    it: "fails if the logging-only resource has none",
    resources: [{ type: "aircheck:media:PlaybackLogging", props: { configuration: "movies", percent: 5 } }],
    says: ["it: movies has no logging strategy. Set one or both of LEGACY_CLOUDWATCH, VENDED_LOGS"],
  },
]);
