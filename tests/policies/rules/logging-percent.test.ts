import { loggingPercent } from "../../../policies/rules/logging-percent.ts";
import { byEnvironment, type Given, testsOf, unknown } from "../judging.ts";

const native = (percentEnabled: unknown, name: unknown = "live"): Given => ({
  type: "aws-native:mediatailor:PlaybackConfiguration",
  props: { name, logConfiguration: { percentEnabled, enabledLoggingStrategies: ["LEGACY_CLOUDWATCH"] } },
});
const loggingOnly = (percent: unknown): Given => ({
  type: "aircheck:media:PlaybackLogging",
  props: { configuration: "movies", percent, strategies: ["LEGACY_CLOUDWATCH"] },
});
const invocation = (input: unknown): Given => ({
  type: "aws:lambda/invocation:Invocation",
  props: { functionName: "f", input },
});
const cloudControl = (desiredState: unknown): Given => ({
  type: "aws:cloudcontrol/resource:Resource",
  props: { typeName: "AWS::MediaTailor::PlaybackConfiguration", desiredState },
});
const extension = (properties: unknown): Given => ({
  type: "aws-native:index:ExtensionResource",
  props: { type: "AWS::MediaTailor::PlaybackConfiguration", properties },
});
const template = (props: Given["props"]): Given => ({ type: "aws:cloudformation/stack:Stack", props });

/** What is said of a percentage above or below the limits. */
const tooMuch = (who: string, percent: number, environment: string, range: string) =>
  `it: ${who} logs ${percent} percent of sessions: allowed in ${environment} is a whole number from ${range}; ` +
  "more needs an override that permits it and has not expired";
const above = (who: string, percent: number) =>
  byEnvironment({
    ...(percent > 50 && { staging: [tooMuch(who, percent, "staging", "1 to 50")] }),
    prod: [tooMuch(who, percent, "prod", "1 to 10")],
  });
const outside = (who: string, percent: number) => ({
  dev: [`it: ${who} logs ${percent} percent of sessions: allowed in dev is a whole number from 1 to 100`],
  staging: [`it: ${who} logs ${percent} percent of sessions: allowed in staging is a whole number from 1 to 50`],
  prod: [`it: ${who} logs ${percent} percent of sessions: allowed in prod is a whole number from 1 to 10`],
});

/** What is said of something that cannot be looked into. */
const unchecked = (what: string) =>
  `it: logging percentages in ${what} cannot be checked. Declare the playback configuration as a resource of the program`;
const uncertain = (what: string) => byEnvironment({ staging: [unchecked(what)], prod: [unchecked(what)] });

const override = {
  configuration: "live",
  percent: 60,
  reason: "ad breaks fail since Monday",
  owner: "ad operations",
  expires: "2026-01-20",
};
const expired = { ...override, expires: "2026-01-14" };
const brokenOverride = (problem: string) => `it: an override permits nothing: ${problem}`;

testsOf(loggingPercent, [
  { it: "passes if the percentage is the most that prod allows", resources: [native(10)] },
  { it: "passes if the percentage is the least that is allowed", resources: [native(1)] },
  { it: "fails if it is one more than prod allows", resources: [native(11)], says: above("live", 11) },
  { it: "fails if it is one more than staging allows", resources: [native(51)], says: above("live", 51) },
  { it: "fails if every session is logged", resources: [native(100)], says: above("live", 100) },
  { it: "fails if nothing is logged", resources: [native(0)], says: outside("live", 0) },
  { it: "fails if it is negative", resources: [native(-1)], says: outside("live", -1) },
  { it: "fails if it is a fraction", resources: [native(9.5)], says: outside("live", 9.5) },
  {
    it: "fails if it is missing",
    resources: [native(undefined), { type: "aws-native:mediatailor:PlaybackConfiguration", props: { name: "vod" } }],
    says: [
      "it: live logs a percentage that is left to MediaTailor. Set it",
      "it: vod logs a percentage that is left to MediaTailor. Set it",
    ],
  },
  {
    it: "fails if it is text",
    resources: [native("10")],
    says: ['it: live logs "10" percent of sessions, which is no number. Write it as a number'],
  },
  {
    it: "fails if it is no number that can be compared",
    resources: [native(Number.NaN)],
    says: outside("live", Number.NaN),
  },
  {
    it: "fails in prod if it cannot be known",
    resources: [native(unknown.number)],
    unknown: "logConfiguration.percentEnabled",
  },
  {
    it: "fails in prod if it lies in an object that cannot be known",
    resources: [
      {
        type: "aws-native:mediatailor:PlaybackConfiguration",
        props: { name: "live", logConfiguration: unknown.object },
      },
    ],
    unknown: "logConfiguration",
  },
  { it: "passes if only the name cannot be known", resources: [native(10, unknown.text)] },
  {
    it: "fails if the name of what logs too much cannot be known, override or not",
    resources: [native(60, unknown.text)],
    config: { overrides: [override] },
    says: above("it", 60),
  },
  { it: "fails if the logging-only resource asks for more", resources: [loggingOnly(100)], says: above("movies", 100) },
  { it: "passes if the logging-only resource asks for little", resources: [loggingOnly(5)] },
  {
    it: "fails in prod if the logging-only resource's percentage cannot be known",
    resources: [loggingOnly(unknown.number)],
    unknown: "percent",
  },
  {
    it: "fails if the call behind it asks for more",
    resources: [invocation('{"configuration":"movies","percent":100,"strategies":["LEGACY_CLOUDWATCH"]}')],
    says: above("movies", 100),
  },
  { it: "passes if a call is about something else", resources: [invocation('{"task":"tidy"}'), invocation("[100]")] },
  {
    it: "fails in staging and prod if a call's input cannot be known",
    resources: [invocation(unknown.text)],
    says: uncertain("it, of which input cannot be known in a preview,"),
  },
  {
    it: "passes if somebody has looked into it",
    resources: [invocation(unknown.text), template({ templateUrl: "https://example.com/all.yaml" })],
    config: { ignore: ["it"] },
  },
  {
    it: "fails if a call takes the words of the service",
    resources: [invocation('{"PlaybackConfigurationName":"movies","PercentEnabled":100}')],
    says: above("movies", 100),
  },
  {
    it: "fails if it is hidden in Cloud Control",
    resources: [cloudControl('{"Name":"hidden","LogConfiguration":{"PercentEnabled":100}}')],
    says: above("hidden", 100),
  },
  {
    it: "passes if Cloud Control makes something else",
    resources: [
      { type: "aws:cloudcontrol/resource:Resource", props: { typeName: "AWS::SNS::Topic", desiredState: "{}" } },
    ],
  },
  {
    it: "fails if it is hidden in an extension resource",
    resources: [extension({ Name: "hidden", LogConfiguration: { PercentEnabled: 100 } })],
    says: above("hidden", 100),
  },
  {
    it: "fails if it is hidden in a template, in whatever type of resource and however it is written",
    resources: [
      template({ templateBody: "Resources: { P: { Type: AWS::MediaTailor::PlaybackConfiguration } }" }),
      template({ templateBody: '{"Resources":{"P":{"Type":"AWS::MediaTailor::Playback\\u0043onfiguration"}}}' }),
      {
        ...template({ templateBody: { P: { Type: "AWS::MediaTailor::PlaybackConfiguration" } } }),
        type: "aws-native:cloudformation:StackSet",
      },
    ],
    config: { ignore: ["it"] },
    says: [1, 2, 3].map(() => unchecked("a CloudFormation template with playback configurations")),
  },
  {
    it: "fails if another provider makes it",
    resources: [{ type: "awscc:index/mediatailorPlaybackConfiguration:MediatailorPlaybackConfiguration", props: {} }],
    says: [
      unchecked("a resource of type awscc:index/mediatailorPlaybackConfiguration:MediatailorPlaybackConfiguration"),
    ],
  },
  {
    it: "fails in staging and prod if it may be hidden in a template at an address",
    resources: [template({ templateUrl: "https://example.com/all.yaml" })],
    says: uncertain("the template https://example.com/all.yaml"),
  },
  {
    it: "fails in staging and prod if it may be hidden in a template within a template",
    resources: [template({ templateBody: "Resources: { S: { Type: AWS::CloudFormation::Stack } }" })],
    says: uncertain("a CloudFormation template that brings in others"),
  },
  {
    it: "fails in staging and prod if it may be hidden in a custom resource",
    resources: [{ type: "aws-native:cloudformation:CustomResourceEmulator", props: {} }],
    says: uncertain("a custom resource"),
  },
  {
    it: "passes if a template has no playback configuration",
    resources: [template({ templateBody: "Resources: {}" })],
  },
  {
    it: "passes if another resource has such a property",
    resources: [{ ...native(100), type: "aws-native:ivs:Stage" }],
  },
  { it: "passes if an override permits it", resources: [native(60)], config: { overrides: [override] } },
  {
    it: "fails if it is more than the override permits",
    resources: [native(61)],
    config: { overrides: [override] },
    says: above("live", 61),
  },
  {
    it: "fails if the override is of another configuration",
    resources: [native(60)],
    config: { overrides: [{ ...override, configuration: "vod" }] },
    says: above("live", 60),
  },
  {
    it: "fails if an override has expired, needed or not",
    resources: [native(1)],
    config: { overrides: [expired] },
    says: [brokenOverride("live: it has expired: remove the override, or agree on a new end")],
  },
  {
    it: "fails if an override ends years ahead",
    resources: [native(10)],
    config: { overrides: [{ ...override, expires: "2031-01-01" }] },
    says: [brokenOverride("live: allowed is at most 7 days ahead")],
  },
  {
    it: "fails if an override has no owner",
    resources: [native(10)],
    config: { overrides: [{ ...override, owner: " " }] },
    says: [brokenOverride("live: owner, who answers for it, is missing")],
  },
  {
    it: "fails if an override has no reason",
    resources: [native(10)],
    config: { overrides: [{ ...override, reason: "because" }] },
    says: [brokenOverride("live: reason, in at least ten characters, is missing")],
  },
  {
    it: "fails if an override has no end, no percentage, no configuration or no shape",
    resources: [native(10)],
    config: {
      overrides: [{ ...override, expires: undefined }, { ...override, percent: "60" }, { percent: 60 }, "live"],
    },
    says: [
      brokenOverride("live: expires, the last day on which it holds, is missing"),
      brokenOverride("live: percent is no whole number from 1 to 100"),
      brokenOverride("an entry: configuration, the name of a playback configuration, is missing"),
      brokenOverride("an entry: it is no object"),
    ],
  },
  {
    it: "fails if the overrides are no list",
    resources: [native(10)],
    config: { overrides: { live: 60 } },
    says: [brokenOverride("overrides is no list")],
  },
  {
    it: "passes if an expired override is of another configuration",
    resources: [native(1, "vod")],
    config: { overrides: [expired] },
  },
]);
