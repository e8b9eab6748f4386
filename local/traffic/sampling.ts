/** Which share of a playback configuration's sessions is logged, and since when. */
import type { SamplingDocument } from "../../functions/transform/derive/sampling.ts";
import { configurationNames, type TimeWindow, type TrafficPlan, timeWindow } from "./plan.ts";

interface SamplingChange {
  readonly configuration: string;
  readonly timeMs: number;
  readonly from: number;
  readonly to: number;
}

/** The one change of percentage in the window: doubled, or halved where doubling would pass 100. */
export function samplingChange(plan: TrafficPlan): SamplingChange {
  const { startMs, endMs } = timeWindow(plan);
  const configuration = configurationNames(plan).at(-1) ?? "";
  const from = plan.percent[configuration] ?? 0;
  return {
    configuration,
    timeMs: wholeSecond((startMs + endMs) / 2),
    from,
    to: from <= 50 ? from * 2 : Math.floor(from / 2),
  };
}

/** Percentage in force at an instant. */
export function percentAt(plan: TrafficPlan, configuration: string, timeMs: number): number {
  const change = samplingChange(plan);
  if (configuration === change.configuration && timeMs >= change.timeMs) return change.to;
  return plan.percent[configuration] ?? 0;
}

/** The versions of `config/sampling.json`, oldest first: one from before the window, one of the change. */
export function samplingDocuments(plan: TrafficPlan): { document: SamplingDocument; lastModified: Date }[] {
  const change = samplingChange(plan);
  return [dayBefore(timeWindow(plan)), change.timeMs].map((timeMs) => ({
    document: {
      version: 1,
      effectiveFrom: new Date(timeMs).toISOString(),
      configurations: Object.fromEntries(
        configurationNames(plan).map((name) => [name, { percent: percentAt(plan, name, timeMs) }]),
      ),
    },
    lastModified: new Date(timeMs),
  }));
}

function dayBefore(window: TimeWindow): number {
  return wholeSecond(window.startMs - 86_400_000);
}

function wholeSecond(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}
