/** Every saved query, each once; Athena, the local page and the command line read them from here. */
import { adQueries } from "./ads.ts";
import { errorQueries } from "./errors.ts";
import { incidentQueries } from "./incident.ts";
import { peopleQueries } from "./people.ts";
import { performanceQueries } from "./performance.ts";
import { qualityQueries } from "./quality.ts";
import { requestQueries } from "./requests.ts";
import type { SavedQuery } from "./types.ts";

export {
  type Bucket,
  between,
  buckets,
  defaultHours,
  parseInstant,
  renderSql,
  type TimeRange,
  TimeRangeError,
} from "./parameters.ts";
export type { Axis, Chart, SavedQuery } from "./types.ts";

export const savedQueries: readonly SavedQuery[] = [
  ...requestQueries,
  ...errorQueries,
  ...performanceQueries,
  ...incidentQueries,
  ...adQueries,
  ...peopleQueries,
  ...qualityQueries,
];

/** The questions that every dashboard answers first, in their order. */
export const sixQuestions = [
  "request-volume",
  "status-codes",
  "geography",
  "devices-and-browsers",
  "error-rate",
  "performance",
] as const;

/** A saved query by its name, or undefined. */
export function savedQuery(id: string): SavedQuery | undefined {
  return savedQueries.find((query) => query.id === id);
}
