/** Time-limited permissions to log more sessions, as the pack's configuration lists them. */
import { longestOverrideDays, overrideProblem, type PercentOverride } from "../limits/limits.ts";
import { isRecord } from "../limits/problems.ts";
import type { PropertySchema } from "./rule.ts";

export const overridesProperty: PropertySchema = {
  type: "array",
  default: [],
  description: `Permissions for single configurations to log more, each for at most ${longestOverrideDays} days.`,
  items: {
    type: "object",
    required: ["configuration", "percent", "reason", "owner", "expires"],
    additionalProperties: false,
    properties: {
      configuration: { type: "string", minLength: 1, description: "Name of the playback configuration." },
      percent: { type: "integer", minimum: 1, maximum: 100, description: "The most that it permits." },
      reason: { type: "string", minLength: 10, description: "Why, in at least ten characters." },
      owner: { type: "string", minLength: 1, description: "Who answers for it." },
      expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "Last day on which it holds, UTC." },
    },
  },
};

export interface Overrides {
  readonly inForce: readonly PercentOverride[];
  /** Those that permit nothing. One that does not even name a configuration is about all of them. */
  readonly broken: readonly { readonly configuration: string | undefined; readonly problem: string }[];
}

/**
 * Sorts the entries. Nothing is taken on trust: the file may have come past the engine's check of its schema.
 *
 * @param now milliseconds since 1970-01-01 UTC
 */
export function readOverrides(entries: unknown, now: number): Overrides {
  if (entries === undefined || entries === null) return { inForce: [], broken: [] };
  if (!Array.isArray(entries)) {
    return { inForce: [], broken: [{ configuration: undefined, problem: "overrides is no list" }] };
  }
  const inForce: PercentOverride[] = [];
  const broken: { configuration: string | undefined; problem: string }[] = [];
  for (const entry of entries) {
    const override = shaped(entry);
    const problem = typeof override === "string" ? override : overrideProblem(override, now);
    if (typeof override !== "string" && problem === undefined) inForce.push(override);
    else broken.push({ configuration: nameOf(entry), problem: `${nameOf(entry) ?? "an entry"}: ${problem}` });
  }
  return { inForce, broken };
}

/** The override, or what it lacks. */
function shaped(entry: unknown): PercentOverride | string {
  if (!isRecord(entry)) return "it is no object";
  const { configuration, percent, reason, owner, expires } = entry;
  if (!isText(configuration, 1)) return "configuration, the name of a playback configuration, is missing";
  if (typeof percent !== "number" || !Number.isInteger(percent) || percent < 1 || percent > 100) {
    return "percent is no whole number from 1 to 100";
  }
  if (!isText(reason, 10)) return "reason, in at least ten characters, is missing";
  if (!isText(owner, 1)) return "owner, who answers for it, is missing";
  if (typeof expires !== "string") return "expires, the last day on which it holds, is missing";
  return { configuration, percent, reason, owner, expires };
}

function isText(value: unknown, shortest: number): value is string {
  return typeof value === "string" && value.trim().length >= shortest;
}

function nameOf(entry: unknown): string | undefined {
  return isRecord(entry) && isText(entry.configuration, 1) ? entry.configuration : undefined;
}
