/**
 * What the outside may see of one object's way through the function: a log line and metrics.
 *
 * Content of records and client addresses never get here; names of fields do, counts do.
 */
import type { Logger } from "@aws-lambda-powertools/logger";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MetricUnit as UnitOfMetric } from "@aws-lambda-powertools/metrics/types";
import type { TransformReport } from "./report.ts";

/** The part of a Powertools logger that is used. */
export type FunctionLog = Pick<Logger, "info" | "warn" | "error">;

/** The part of Powertools metrics that is used. */
export interface FunctionMetrics {
  addDimensions(dimensions: Record<string, string>): unknown;
  addMetric(name: string, unit: UnitOfMetric, value: number): unknown;
  /** Writes what was added, and forgets it. */
  publishStoredMetrics(): unknown;
}

/** CloudWatch cuts a log line at 256 KB, and a broken sender can invent names without end. */
const loggedNames = 50;
const loggedNameLength = 100;

/** The report as it is logged: names of fields are cut to a number and a length that fit a log line. */
export function loggedReport(report: TransformReport): Record<string, unknown> {
  return {
    ...report,
    unknownFields: mostFrequent(report.unknownFields),
    misfitFields: mostFrequent(report.misfitFields),
  };
}

/**
 * Publishes the metrics of one object, by source where it is known.
 *
 * `UnknownFields` and `MisfitFields` count records times fields.
 *
 * @param lagSeconds from the writing of the landing object to now
 */
export function publishReport(
  metrics: FunctionMetrics,
  report: TransformReport,
  sourceId: string | undefined,
  lagSeconds: number,
): void {
  if (sourceId !== undefined) metrics.addDimensions({ source: sourceId });
  const { Count, Bytes, Seconds } = MetricUnit;
  metrics.addMetric("Records", Count, report.records);
  metrics.addMetric("Rows", Count, report.rows);
  metrics.addMetric("Rejects", Count, report.rejects);
  metrics.addMetric("Control", Count, report.control);
  metrics.addMetric("BytesIn", Bytes, report.bytesIn);
  metrics.addMetric("BytesOut", Bytes, report.bytesOut);
  metrics.addMetric("UnknownFields", Count, sum(report.unknownFields));
  metrics.addMetric("MisfitFields", Count, sum(report.misfitFields));
  metrics.addMetric("LagSeconds", Seconds, lagSeconds);
  metrics.publishStoredMetrics();
}

/**
 * What of an error is logged: name, message and places in the code. A syntax error's message is left out, because it
 * quotes the text that could not be parsed, which may be a record.
 */
export function loggedError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    message: error instanceof SyntaxError ? "(left out: it may quote a record)" : error.message,
    places: places.slice(0, 8).map((line) => line.trim()),
  };
}

function mostFrequent(counts: Readonly<Record<string, number>>): Record<string, number> {
  const ordered = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const shown = ordered.slice(0, loggedNames).map(([name, count]) => [name.slice(0, loggedNameLength), count] as const);
  const rest = ordered.slice(loggedNames);
  return Object.fromEntries(
    rest.length === 0 ? shown : [...shown, [`and ${rest.length} more`, sum(Object.fromEntries(rest))]],
  );
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
