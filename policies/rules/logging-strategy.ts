import { playbackStrategies } from "../../limits/cost-basis.ts";
import { playbackOf, playbackTypes } from "../playback.ts";
import type { ResourceRule } from "../rule.ts";
import { plain } from "../values.ts";

export const loggingStrategy: ResourceRule = {
  name: "mediatailor-logging-strategy",
  description: "Checks that every playback configuration says in which way it hands over its logs.",
  why:
    "Without a strategy the service decides, and a service that changes its mind stops a pipeline that waits elsewhere. A word " +
    "that MediaTailor does not know fails late, when the rest of the change has been made.",
  exception: `Set one or both of ${playbackStrategies.join(", ")}.`,
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  types: playbackTypes,
  check(resource, judge) {
    const playback = playbackOf(resource);
    // What cannot be seen is for the rule about percentages.
    if (!playback || "opaque" in playback) return;
    const name = playback.called;
    const strategies = plain(playback.strategies());
    if (!Array.isArray(strategies) || strategies.length === 0) {
      judge.report(`${name} has no logging strategy. Set one or both of ${playbackStrategies.join(", ")}`);
      return;
    }
    const unknown = strategies.filter((strategy) => !playbackStrategies.some((known) => known === strategy));
    if (unknown.length > 0) {
      judge.report(
        `${name} has the logging strategy ${JSON.stringify(unknown[0])}, which MediaTailor does not know. ` +
          `Known ones are ${playbackStrategies.join(", ")}`,
      );
    }
  },
};
