import { generateTraffic, type LandingFile, type TrafficPlan } from "../../../local/traffic/index.ts";

/** Two evening hours with every kind of traffic. */
export const eveningPlan: TrafficPlan = {
  seed: 7,
  hours: 2,
  endTime: new Date("2025-06-20T21:00:00Z"),
  percent: { "arena-live": 20, "catchup-vod": 10, "news-live": 25 },
};

let evening: readonly LandingFile[] | undefined;

/** Objects of {@link eveningPlan}, made once for all tests. */
export function eveningTraffic(): readonly LandingFile[] {
  evening ??= [...generateTraffic(eveningPlan)];
  return evening;
}
