import { environments, longestOverrideDays, percentLimits, percentProblem } from "../../limits/limits.ts";
import { overridesProperty, readOverrides } from "../overrides.ts";
import { playbackOf, playbackTypes } from "../playback.ts";
import type { Judge, ResourceRule } from "../rule.ts";
import { plain } from "../values.ts";

const limits = environments.map((name) => `${name} ${percentLimits[name].min} to ${percentLimits[name].max}`);

export const loggingPercent: ResourceRule = {
  name: "mediatailor-logging-percent",
  description: `Checks that MediaTailor logs a percentage of sessions that the environment allows: ${limits.join(", ")}.`,
  why:
    "Each percent of production sessions is paid for at ingestion, delivery and storage, and 100 percent is a bill that nobody " +
    "expected; 0 percent is an incident that nobody can look into. A percentage that is missing, text, a fraction or hidden " +
    "where it cannot be read counts as wrong.",
  exception:
    "List the configuration under `overrides`, with percent, reason, owner and the last day on which it holds, at most " +
    `${longestOverrideDays} days ahead. One that is broken or has expired is a violation itself. There is no exception for 0.`,
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: { overrides: overridesProperty },
  types: playbackTypes,
  check(resource, judge) {
    const playback = playbackOf(resource);
    if (!playback) return;
    if ("opaque" in playback) {
      if (judge.environment === "prod") {
        judge.report(
          `logging percentages in ${playback.opaque} cannot be checked. ` +
            "Declare the playback configuration as a resource of the program",
        );
      }
      return;
    }
    const { configuration } = playback;
    const { inForce, broken } = readOverrides(judge.config.overrides, judge.now);
    for (const one of broken) {
      if (one.configuration === undefined || one.configuration === configuration) {
        judge.report(`an override permits nothing: ${one.problem}`);
      }
    }
    const problem = problemOf(playback.percent(), configuration ?? "", inForce, judge);
    if (problem) judge.report(`${configuration ?? resource.name} logs ${problem}`);
  },
};

/** What is wrong with a percentage of any shape, as the rest of a sentence. */
function problemOf(
  value: unknown,
  configuration: string,
  overrides: Parameters<typeof percentProblem>[3],
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
