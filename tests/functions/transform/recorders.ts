/** Logger, metrics and stores that remember what they were told. */
import type { FunctionLog, FunctionMetrics } from "../../../functions/transform/telemetry.ts";

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly message: unknown;
  readonly facts: Readonly<Record<string, unknown>>;
}

export function recordingLog(): { readonly log: FunctionLog; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine["level"]): FunctionLog["info"] =>
    (message, ...extra) => {
      lines.push({ level, message, facts: Object.assign({}, ...extra) });
    };
  return { log: { info: at("info"), warn: at("warn"), error: at("error") }, lines };
}

/** One published set of metrics. */
export interface Published {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, readonly [unit: string, value: number]>>;
}

export function recordingMetrics(): { readonly metrics: FunctionMetrics; readonly published: Published[] } {
  const published: Published[] = [];
  let dimensions: Record<string, string> = {};
  let values: Record<string, readonly [string, number]> = {};
  const metrics: FunctionMetrics = {
    addDimensions: (more) => {
      Object.assign(dimensions, more);
    },
    addMetric: (name, unit, value) => {
      values[name] = [unit, value];
    },
    publishStoredMetrics: () => {
      published.push({ dimensions, values });
      dimensions = {};
      values = {};
    },
  };
  return { metrics, published };
}
