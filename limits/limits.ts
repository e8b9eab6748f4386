/**
 * How much of the sessions MediaTailor may log, per environment: data and the rules over it.
 *
 * The service takes 0 to 100 (reference 3.2). 100 % of a production workload is a bill nobody expected, and 0 % is an
 * incident nobody can look into: both are mistakes here, unless an override with reason, owner and end says otherwise.
 */

export const environments = ["dev", "staging", "prod"] as const;
export type Environment = (typeof environments)[number];

/** Percentages of sessions, whole numbers, both ends allowed. */
export interface PercentLimit {
  readonly min: number;
  readonly max: number;
  /** What is taken where nobody asks for another. */
  readonly advised: number;
}

export const percentLimits: Readonly<Record<Environment, PercentLimit>> = {
  dev: { min: 1, max: 100, advised: 100 },
  staging: { min: 1, max: 50, advised: 50 },
  prod: { min: 1, max: 10, advised: 10 },
};

/** The longest that a log group may keep its events, in days; the lake is the cheaper place to keep them in. */
export const longestLogRetentionDays: Readonly<Record<Environment, number>> = { dev: 400, staging: 400, prod: 3653 };

/** The most that one query may be allowed to read, in GiB. */
export const largestScanGiB: Readonly<Record<Environment, number>> = { dev: 100, staging: 500, prod: 2000 };

/** How far ahead an override may end, in days. */
export const longestOverrideDays = 7;

/** A time-limited permission to log more sessions of one playback configuration than the environment allows. */
export interface PercentOverride {
  /** Name of the playback configuration. */
  readonly configuration: string;
  /** The highest percentage that it permits, 1 to 100. */
  readonly percent: number;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`, UTC. */
  readonly expires: string;
}

/** Whether a text names an environment. */
export function isEnvironment(text: string): text is Environment {
  return environments.some((environment) => environment === text);
}

/** The limit of an environment; one that nobody knows is treated as production. */
export function percentLimit(environment: string): PercentLimit {
  return percentLimits[isEnvironment(environment) ? environment : "prod"];
}

/**
 * What is wrong with the validity of an override, as a sentence; undefined where it holds.
 *
 * @param now milliseconds since 1970-01-01 UTC
 */
export function overrideProblem(override: PercentOverride, now: number): string | undefined {
  const end = endOf(override.expires);
  if (end === undefined) return "allowed is a day such as 2026-01-31";
  if (end <= now) return "it has expired: remove the override, or agree on a new end";
  if (end > startOfDay(now) + (longestOverrideDays + 1) * dayMs) {
    return `allowed is at most ${longestOverrideDays} days ahead`;
  }
  return undefined;
}

/**
 * What is wrong with a percentage, as a sentence that says what is allowed; undefined where nothing is.
 *
 * @param configuration name of the playback configuration
 * @param now milliseconds since 1970-01-01 UTC
 */
export function percentProblem(
  environment: string,
  configuration: string,
  percent: number,
  overrides: readonly PercentOverride[],
  now: number,
): string | undefined {
  const { min, max } = percentLimit(environment);
  const isWhole = Number.isInteger(percent);
  if (isWhole && percent >= min && percent <= max) return undefined;
  const permitted = overrides.some(
    (override) =>
      override.configuration === configuration &&
      overrideProblem(override, now) === undefined &&
      percent >= min &&
      percent <= override.percent,
  );
  if (isWhole && permitted) return undefined;
  const more = percent > max ? "; more needs an override that permits it and has not expired" : "";
  return `allowed in ${environment} is a whole number from ${min} to ${max}${more}`;
}

const dayMs = 86_400_000;

function startOfDay(instantMs: number): number {
  return Math.floor(instantMs / dayMs) * dayMs;
}

/** The first instant after the day; undefined where the text is no day of the calendar. */
function endOf(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const start = Date.parse(`${day}T00:00:00Z`);
  // A day that does not exist, such as 2026-02-30, rolls over into the next month instead of failing.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return undefined;
  return start + dayMs;
}
