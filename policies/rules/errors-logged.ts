import { playbackOf, playbackTypes } from "../playback.ts";
import type { ResourceRule } from "../rule.ts";
import { texts } from "../values.ts";

/** Names of events that tell of something that went wrong (reference 3.5). */
const isError = (event: string) => /(^|_)(ERROR|FAILURE|FAILED)(_|$)/.test(event);

export const errorsLogged: ResourceRule = {
  name: "mediatailor-errors-logged",
  description: "Checks that no event filter leaves errors out of the logs.",
  why:
    "A percentage within the limits is worth nothing where the filters leave out what it is logged for: logging would be off, and " +
    "look as if it were on.",
  exception: "List types of errors that are known and harmless under `allowed`.",
  severity: "medium",
  level: "mandatory",
  unknown: "fails",
  configuration: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Types of errors that may be left out.",
    },
  },
  types: playbackTypes,
  check(resource, { config, report }) {
    const playback = playbackOf(resource);
    if (!playback || "opaque" in playback) return;
    const allowed = texts(config.allowed);
    const errors = playback.excluded().filter((event) => isError(event) && !allowed.includes(event));
    if (errors.length > 0)
      report(`${playback.called} leaves ${errors.join(", ")} out of its logs. Take them out of the filter`);
  },
};
