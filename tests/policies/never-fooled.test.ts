/** In production no percentage passes in silence, however the stack is called and whatever shape the value has. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { percentLimits } from "../../limits/limits.ts";
import { playbackTypes } from "../../policies/playback.ts";
import { loggingPercent } from "../../policies/rules/logging-percent.ts";
import { type Given, judge, noon, type Stack, unknown } from "./judging.ts";

const day = (offset: number) => new Date(noon + offset * 86_400_000).toISOString().slice(0, 10);

/** A stack that is production, by name, tag or for want of a better sign. */
const production: fc.Arbitrary<Stack> = fc.oneof(
  fc.record({
    name: fc.constantFrom(
      "prod",
      "production",
      "prod-eu",
      "Prod",
      "PRODUCTION",
      "eu-prod-2",
      "live",
      "main",
      "acme",
      "qa-eu",
    ),
    tags: fc.constantFrom<Record<string, string>>(
      {},
      { team: "dev" },
      { environment: "prod" },
      { environment: "prdo" },
    ),
  }),
  fc.record({ name: fc.constantFrom("prod", "eu-production"), tags: fc.constant({ environment: "dev" }) }),
  fc.record({ name: fc.constantFrom("dev", "main"), tags: fc.constant({ "aircheck:environment": "Production" }) }),
  fc.record({ name: fc.constant("dev"), config: fc.constantFrom({ environment: "prod" }, { environment: "oops" }) }),
);

/** A percentage that production may not have, in any shape that the engine could bring. */
const forbidden: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: percentLimits.prod.max + 1 }),
  fc.integer({ max: 0 }),
  fc.double().filter((value) => !Number.isInteger(value)),
  fc.string(),
  fc.constantFrom("5", "10%", true, null, undefined, [5], { value: 5 }, unknown.number, unknown.text, unknown.object),
);

/** Every place where a percentage can stand; a template cannot be looked into, and is a violation whatever it says. */
const places: readonly ((percent: unknown) => Given)[] = [
  (percentEnabled) => ({
    type: "aws-native:mediatailor:PlaybackConfiguration",
    props: { name: "live", logConfiguration: { percentEnabled, enabledLoggingStrategies: ["VENDED_LOGS"] } },
  }),
  (percent) => ({ type: "aircheck:media:PlaybackLogging", props: { configuration: "live", percent } }),
  (percent) => ({
    type: "aws:lambda/invocation:Invocation",
    props: { input: JSON.stringify({ configuration: "live", percent, strategies: ["VENDED_LOGS"] }) },
  }),
  (PercentEnabled) => ({
    type: "aws:cloudcontrol/resource:Resource",
    props: {
      typeName: "AWS::MediaTailor::PlaybackConfiguration",
      desiredState: JSON.stringify({ Name: "live", LogConfiguration: { PercentEnabled } }),
    },
  }),
  (PercentEnabled) => ({
    type: "aws-native:index:ExtensionResource",
    props: {
      type: "AWS::MediaTailor::PlaybackConfiguration",
      properties: { Name: "live", LogConfiguration: { PercentEnabled } },
    },
  }),
];

/** Types whose content nobody can look into. */
const opaque = playbackTypes.filter((type) => type.includes(":cloudformation"));

/** Overrides that permit nothing of `live`. */
const uselessOverride = fc.constantFrom(
  { expires: day(-1) },
  { expires: day(8) },
  { expires: day(4000) },
  { expires: "tomorrow" },
  { expires: "2026-02-30" },
  { owner: "" },
  { owner: undefined },
  { reason: "so" },
  { percent: "100" },
  { percent: 1000 },
  { configuration: "vod" },
  { configuration: "" },
  { configuration: undefined },
);
const goodOverride = {
  configuration: "live",
  percent: 100,
  reason: "ad breaks fail since Monday",
  owner: "ad operations",
  expires: day(3),
};

describe("in production", () => {
  it("no forbidden percentage passes, wherever it stands", () => {
    fc.assert(
      fc.property(production, forbidden, fc.constantFrom(...places), (stack, percent, place) => {
        const { violations } = judge(loggingPercent, [place(percent)], stack);
        assert.equal(violations.length, 1, JSON.stringify({ stack, percent }));
      }),
      { numRuns: 1000 },
    );
  });

  it("every allowed percentage passes", () => {
    fc.assert(
      fc.property(production, fc.integer({ min: 1, max: 10 }), fc.constantFrom(...places), (stack, percent, place) => {
        assert.deepEqual(judge(loggingPercent, [place(percent)], stack), { violations: [], unknown: undefined });
      }),
    );
  });

  it("an override helps only where it is in force for this configuration", () => {
    fc.assert(
      fc.property(
        production,
        fc.integer({ min: 11, max: 100 }),
        fc.constantFrom(...places),
        uselessOverride,
        (stack, percent, place, flaw) => {
          const judged = (override: object) =>
            judge(loggingPercent, [place(percent)], { ...stack, config: { ...stack.config, overrides: [override] } });
          assert.ok(judged({ ...goodOverride, ...flaw }).violations.length > 0);
          assert.deepEqual(judged(goodOverride).violations, []);
          assert.ok(judged({ ...goodOverride, percent: percent - 1 }).violations.length > 0);
        },
      ),
    );
  });

  it("no type of resource is left out of these tests", () => {
    const tried = places.map((place) => place(1).type);
    assert.deepEqual([...tried, ...opaque].sort(), [...playbackTypes].sort());
  });

  it("nothing passes that may hide a percentage", () => {
    const props = { templateBody: "Type: AWS::MediaTailor::PlaybackConfiguration" };
    fc.assert(
      fc.property(production, fc.constantFrom(...opaque), (stack, type) => {
        assert.equal(judge(loggingPercent, [{ type, props }], stack).violations.length, 1);
      }),
    );
  });

  it("no override ever permits to log nothing", () => {
    for (const place of places) {
      assert.equal(
        judge(loggingPercent, [place(0)], { name: "prod", config: { overrides: [goodOverride] } }).violations.length,
        1,
      );
    }
  });
});
