/** What traffic to make, and what follows from it for everyone who makes a part. */

export interface TrafficPlan {
  /** Integer. The same plan gives the same bytes; another seed gives other traffic of the same kind. */
  readonly seed: number;
  /** Length of the time window that the traffic covers, in hours. */
  readonly hours: number;
  /** End of the window: no event is later. */
  readonly endTime: Date;
  /**
   * Mean number of player and CDN requests per second to the origin, MediaPackage v1 and v2 together; MediaTailor
   * sessions grow with it. Default {@link defaultRequestsPerSecond}: about 100,000 records of all sources in six hours.
   */
  readonly requestsPerSecond?: number;
  /**
   * Playback configurations and the percentage of their sessions that is logged, a whole number 0–100. In the order of
   * their names, the first has most viewers and is the one of the incident; the last changes its percentage in the middle
   * of the window.
   */
  readonly percent: Readonly<Record<string, number>>;
}

const defaultRequestsPerSecond = 2;

/** Playback configurations for a plan that has no wishes of its own. */
export const defaultPercent: Readonly<Record<string, number>> = {
  "arena-live": 10,
  "catchup-vod": 5,
  "news-live": 20,
};

/** A plan that cannot be carried out; the message lists every mistake. */
export class TrafficPlanError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the traffic plan has ${problems.length} mistake(s): ${problems.join("; ")}`);
    this.name = "TrafficPlanError";
    this.problems = problems;
  }
}

/** Account and region that everything happens in: placeholders of the AWS documentation. */
export const account = "111122223333";
export const region = "eu-central-1";

export interface TimeWindow {
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
}

export function timeWindow(plan: TrafficPlan): TimeWindow {
  const endMs = plan.endTime.getTime();
  return { startMs: endMs - Math.round(plan.hours * 3_600_000), endMs };
}

export function requestsPerSecond(plan: TrafficPlan): number {
  return plan.requestsPerSecond ?? defaultRequestsPerSecond;
}

/** @throws TrafficPlanError */
export function checkPlan(plan: TrafficPlan): void {
  const problems: string[] = [];
  if (!Number.isSafeInteger(plan.seed)) problems.push(`seed is ${plan.seed}; it must be an integer`);
  if (!(plan.hours > 0 && plan.hours <= 24 * 366))
    problems.push(`hours is ${plan.hours}; it must be above 0 and at most 8784`);
  if (Number.isNaN(plan.endTime.getTime())) problems.push("endTime is no date");
  const rate = requestsPerSecond(plan);
  if (!(rate > 0 && Number.isFinite(rate))) problems.push(`requestsPerSecond is ${rate}; it must be above 0`);
  const names = configurationNames(plan);
  if (names.length === 0) problems.push("percent names no playback configuration; give at least one");
  for (const name of names) {
    const percent = plan.percent[name] ?? Number.NaN;
    if (!(Number.isInteger(percent) && percent >= 0 && percent <= 100)) {
      problems.push(`percent of ${name} is ${percent}; it must be a whole number from 0 to 100`);
    }
  }
  if (problems.length > 0) throw new TrafficPlanError(problems);
}

/** Playback configurations, most viewers first. Sorted, so that the order of the plan's keys does not matter. */
export function configurationNames(plan: TrafficPlan): readonly string[] {
  return Object.keys(plan.percent).sort();
}
