import {
  environments,
  longestOverrideDays,
  type PercentOverride,
  percentLimits,
  percentProblem,
} from "../../limits/limits.ts";
import { overridesProperty, readOverrides } from "../overrides.ts";
import { playbackOf, playbackPattern, playbackTypes } from "../playback.ts";
import type { Judge, ResourceRule } from "../rule.ts";
import { plain, texts } from "../values.ts";

const limits = environments.map((name) => `${name} ${percentLimits[name].min} to ${percentLimits[name].max}`);

export const loggingPercent: ResourceRule = {
  name: "mediatailor-logging-percent",
  description: `Checks that MediaTailor logs a percentage of sessions that the environment allows: ${limits.join(", ")}.`,
  why:
    "Each percent of production sessions is paid for at ingestion, delivery and storage, and 100 percent is a bill that nobody " +
    "expected; 0 percent is an incident that nobody can look into. A percentage that is missing, text, a fraction or hidden " +
    "where it cannot be read counts as wrong; what may only perhaps hide one (a template at an address, the input of a function " +
    "that is not known) counts as wrong in staging and prod.",
  exception:
    "List the configuration under `overrides`, with percent, reason, owner and the last day on which it holds, at most " +
    `${longestOverrideDays} days ahead. One that is broken or has expired is a violation itself. There is no exception for 0. ` +
    "A resource that hides nothing, although it might, goes under `ignore` by its name.",
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {
    overrides: overridesProperty,
    ignore: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Names of resources that somebody has looked into: templates and calls of functions that set no logging.",
    },
  },
  types: playbackTypes,
  typePattern: playbackPattern,
  check(resource, judge) {
    const playback = playbackOf(resource);
    if (!playback) return;
    if ("opaque" in playback) {
      const ignored = texts(judge.config.ignore).includes(resource.name);
      if (playback.certain || (judge.environment !== "dev" && !ignored)) {
        judge.report(
          `logging percentages in ${playback.opaque} cannot be checked. ` +
            "Declare the playback configuration as a resource of the program",
        );
      }
      return;
    }
    const { configuration, called } = playback;
    const { inForce, broken } = readOverrides(judge.config.overrides, judge.now);
    for (const one of broken) {
      if (one.configuration === undefined || one.configuration === configuration) {
        judge.report(`an override permits nothing: ${one.problem}`);
      }
    }
    const problem = problemOf(playback.percent(), configuration ?? "", inForce, judge);
    if (problem) judge.report(`${called} logs ${problem}`);
  },
};

/** What is wrong with a percentage of any shape, as the rest of a sentence. */
function problemOf(
  value: unknown,
  configuration: string,
  overrides: readonly PercentOverride[],
  { environment, now }: Judge,
): string | undefined {
  const percent = plain(value);
  if (percent === undefined || percent === null) {
    return "a percentage that is left to MediaTailor. Set it";
  }
  if (typeof percent !== "number") {
    return `${JSON.stringify(percent)} percent of sessions, which is no number. Write it as a number`;
  }
  const problem = percentProblem(environment, configuration, percent, overrides, now);
  return problem && `${percent} percent of sessions: ${problem}`;
}
