/** `aircheck:mediaTailor`: who may log, what is logged, and how much of it. */
import { z } from "zod";
import { adsEvents, manifestEvents } from "../../catalog/mediatailor-events.ts";
import { playbackStrategies } from "../../limits/cost-basis.ts";
import { byName, group, list, names, oneOf, someOf, text, wholeNumber, yesOrNo } from "./kinds.ts";
import { playbackSettings } from "./playback.ts";

/** Where logs go: to the fixed log groups, or by vended delivery. */
export type LoggingStrategy = (typeof playbackStrategies)[number];

/** An event that exists for every session and can be left out; asked-for events are not among them. */
const excludable = (events: { info: readonly string[]; warning: readonly string[]; error: readonly string[] }) =>
  // PLANNED_AVAIL is in the published record schema, but not in the enumeration that the service takes (reference 3.5).
  [...events.info, ...events.warning, ...events.error].filter((name) => name !== "PLANNED_AVAIL");

const events = (what: string, allowed: readonly string[]) =>
  list(
    what,
    z
      .string({ error: `a name of ${what}` })
      .refine((name) => allowed.includes(name), { error: `${what}: ${allowed.join(", ")}` }),
  ).default([]);

const eventFilters = {
  ads: group({
    publishOptIn: events("opt-in events of the ads log", adsEvents.optIn),
    exclude: events("events of the ads log", excludable(adsEvents)),
  }).prefault({}),
  manifest: group({
    publishOptIn: events("opt-in events of the manifest log", manifestEvents.optIn),
    exclude: events("events of the manifest log", excludable(manifestEvents)),
  }).prefault({}),
};

const loggingShape = {
  percent: wholeNumber(0, 100, "percent of sessions").optional(),
  strategies: someOf(...playbackStrategies)
    .min(1, { error: `at least one of ${playbackStrategies.join(", ")}: without a strategy nothing is logged` })
    .optional(),
  ...eventFilters,
};

const override = group({
  configuration: text("the name of a playback configuration", names.media),
  percent: wholeNumber(1, 100, "percent of sessions"),
  reason: text("why, in at least ten characters", /^.{10,}$/s),
  owner: text("who answers for it", /\S/),
  expires: text("a day such as 2026-01-31", /^\d{4}-\d{2}-\d{2}$/),
});

export const mediaTailorSchema = group({
  loggerRole: group({
    mode: oneOf("create", "adopt", "skip").default("create"),
    lefCompatible: yesOrNo().default(false),
  }).prefault({}),
  logGroups: oneOf("create", "import", "existing").default("create"),
  percent: wholeNumber(0, 100, "percent of sessions").optional(),
  strategies: loggingShape.strategies,
  configurations: byName(
    "names of playback configurations",
    names.media,
    group({ ...playbackSettings, logging: group(loggingShape).prefault({}) }),
  ).default({}),
  existingConfigurations: byName(
    "names of playback configurations",
    names.media,
    group({
      ...loggingShape,
      arn: text(
        "the ARN of a playback configuration",
        /^arn:aws[a-z-]*:mediatailor:[a-z0-9-]+:\d{12}:playbackConfiguration\/[^/\s]+$/,
      ).optional(),
    }),
  ).default({}),
  asRun: yesOrNo().default(false),
  percentOverrides: list("overrides", override).default([]),
});

export type MediaTailorInput = z.output<typeof mediaTailorSchema>;
