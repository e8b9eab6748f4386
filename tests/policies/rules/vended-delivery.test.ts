import assert from "node:assert/strict";
import { catalog } from "../../../catalog/index.ts";
import { vendedDelivery, vendedLogTypes } from "../../../policies/rules/vended-delivery.ts";
import { type Given, testsOf, unknown } from "../judging.ts";

const arn = "arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/abc";
const live = (strategies: unknown, playbackConfigurationArn: unknown = unknown.text): Given => ({
  type: "aws-native:mediatailor:PlaybackConfiguration",
  name: "live",
  props: {
    name: "live",
    playbackConfigurationArn,
    logConfiguration: { percentEnabled: 5, enabledLoggingStrategies: strategies },
  },
});
const movies = (props: object): Given => ({
  type: "aircheck:media:PlaybackLogging",
  name: "movies",
  props: { configuration: "movies", percent: 5, strategies: ["VENDED_LOGS"], ...props },
});
const source = (logType: unknown, resourceArn: unknown = unknown.text, madeFrom = ["live"]): Given => ({
  type: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
  name: `source-${logType}`,
  props: { logType, resourceArn, name: `source-${logType}` },
  madeFrom: { resourceArn: madeFrom },
});
const delivery = (logType: unknown): Given => ({
  type: "aws-native:logs:Delivery",
  name: `delivery-${logType}`,
  props: { deliverySourceName: `source-${logType}` },
});
const all = (make: (logType: string) => readonly Given[]) => vendedLogTypes.flatMap(make);
const nothing = (who: string, types: readonly string[]) =>
  `${who}: ${who} vends its logs, and nothing delivers ${types.join(", ")}`;

testsOf(vendedDelivery, [
  {
    it: "passes if each of its logs is delivered",
    resources: [live(["VENDED_LOGS"]), ...all((type) => [source(type), delivery(type)])],
  },
  { it: "passes if nothing is vended", resources: [live(["LEGACY_CLOUDWATCH"])] },
  { it: "fails if nothing is delivered", resources: [live(["VENDED_LOGS"])], says: [nothing("live", vendedLogTypes)] },
  {
    it: "fails if one log has a source without a delivery",
    resources: [
      live(["LEGACY_CLOUDWATCH", "VENDED_LOGS"]),
      ...all((type) => (type === "TRANSCODE_LOGS" ? [source(type)] : [source(type), delivery(type)])),
    ],
    says: [nothing("live", ["TRANSCODE_LOGS"])],
  },
  {
    it: "fails if the sources are of another configuration",
    resources: [live(["VENDED_LOGS"]), ...all((type) => [source(type, arn, []), delivery(type)])],
    says: [nothing("live", vendedLogTypes)],
  },
  {
    it: "fails if the sources name another configuration, although they were made from this one",
    resources: [live(["VENDED_LOGS"], `${arn}d`), ...all((type) => [source(type, arn), delivery(type)])],
    says: [nothing("live", vendedLogTypes)],
  },
  {
    it: "passes if the sources name the configuration by its ARN",
    resources: [movies({ playbackConfigurationArn: arn }), ...all((type) => [source(type, arn, []), delivery(type)])],
  },
  {
    it: "fails if a configuration that is managed elsewhere has no ARN",
    resources: [movies({}), ...all((type) => [source(type, arn, []), delivery(type)])],
    says: [nothing("movies", vendedLogTypes)],
  },
  {
    it: "passes if the call says the same as its component",
    resources: [
      movies({ playbackConfigurationArn: arn }),
      {
        type: "aws:lambda/invocation:Invocation",
        name: "call",
        parent: "movies",
        props: { input: '{"configuration":"movies","percent":5,"strategies":["VENDED_LOGS"]}' },
      },
      ...all((type) => [source(type, arn, []), delivery(type)]),
    ],
  },
  {
    it: "fails if a call of its own vends",
    resources: [
      {
        type: "aws:lambda/invocation:Invocation",
        name: "call",
        props: { input: '{"configuration":"movies","percent":5,"strategies":["VENDED_LOGS"]}' },
      },
    ],
    says: [
      "call: movies vends its logs, and nothing delivers AD_DECISION_SERVER_LOGS, MANIFEST_SERVICE_LOGS, TRANSCODE_LOGS",
    ],
  },
  {
    it: "fails in prod if the strategies cannot be known",
    resources: [live(unknown.list)],
    unknown: "logConfiguration.enabledLoggingStrategies",
  },
]);

describe("types of vended logs", () => {
  it("are those of the catalog", () => {
    const ofCatalog = catalog.sources.flatMap(({ vended }) =>
      vended?.resource === "mediatailor-playback-configuration" ? [vended.logType] : [],
    );
    assert.deepEqual([...vendedLogTypes].sort(), ofCatalog.sort());
  });
});
