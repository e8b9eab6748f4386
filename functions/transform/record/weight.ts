import type { Source } from "../../../catalog/types.ts";
import { NULL, type Row } from "../columns/row.ts";
import { isDebugSession } from "../derive/mediatailor.ts";
import { type SamplingHistory, weightPeriods } from "../derive/sampling.ts";

/** How many events a row stands for, by the percentage in force at the event's time; reference 3.2. */
export function weigher(source: Source, row: Row, history: SamplingHistory): (row: Row, timeMs: number) => number {
  if (source.sampling.by === "none") return () => 1;
  const configuration = row.layout.indexOf(source.sampling.configurationField);
  const names = row.layout.columns;
  const eventType = names.find(({ name }) => name === "event_type")?.index;
  const path = names.find(({ name }) => name === "mediatailor_path")?.index;
  const periods = new Map<string, ReturnType<typeof weightPeriods>>();
  return (current, timeMs) => {
    const name = current.text(configuration);
    if (name === undefined) return 1;
    let known = periods.get(name);
    if (!known) {
      known = weightPeriods(history, name);
      periods.set(name, known);
    }
    let weight = known[0]?.weight ?? 1;
    for (const period of known) if (period.fromMs <= timeMs) weight = period.weight;
    if (weight === 1 || path === undefined || eventType === undefined) return weight;
    // Debug sessions are logged whatever the percentage is.
    const mayBeDebug = current.states[eventType] !== NULL || current.states[path] !== NULL;
    return mayBeDebug && isDebugSession(current.text(eventType) ?? null, current.text(path) ?? null) ? 1 : weight;
  };
}
