import type { Activity, Timed } from "./interleave.ts";
import type { TimeWindow } from "./plan.ts";
import type { Random } from "./random.ts";

/**
 * Beginnings of activities as a Poisson process.
 *
 * @param window when they begin; may have no end
 * @param ratePerSecond mean number of beginnings per second at an instant; it must change slowly compared with 1/rate
 * @param begin makes the activity with this number, counted from 0
 */
export function* arrivals<T extends Timed>(
  random: Random,
  { startMs, endMs }: TimeWindow,
  ratePerSecond: (timeMs: number) => number,
  begin: (timeMs: number, index: number) => Iterator<T>,
): Generator<Activity<T>> {
  let timeMs = startMs;
  for (let index = 0; ; index++) {
    timeMs += random.exponential(ratePerSecond(timeMs)) * 1000;
    if (timeMs >= endMs) return;
    yield { startMs: timeMs, events: begin(timeMs, index) };
  }
}
