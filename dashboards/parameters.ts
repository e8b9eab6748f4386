/**
 * The parameters of saved queries: a range of time, as text that is put into the SQL before it runs.
 *
 * Nothing that a person typed reaches the SQL. Instants are parsed to numbers and written again in one form, so a value
 * either is an instant or is refused.
 */
import type { SavedQuery } from "./types.ts";

/**
 * The events that a query looks at.
 *
 * - `between`: from the first instant, until just before the second
 * - `last`: the hours before the query runs. Only for Athena: it is written with Trino's clock functions
 */
export type TimeRange =
  | { readonly kind: "between"; readonly from: Date; readonly to: Date; readonly bucket?: Bucket }
  | { readonly kind: "last"; readonly hours: number; readonly bucket?: Bucket };

/** Width of a step over time; without a wish it follows from the length of the range. */
export const buckets = ["minute", "hour", "day"] as const;
export type Bucket = (typeof buckets)[number];

/** How long a range is when nobody asked for another, in hours. */
export const defaultHours = 24;

/** A range of time, or an instant of one, is not what it has to be. */
export class TimeRangeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TimeRangeError";
  }
}

/** Every parameter that SQL may name. */
export const parameterNames = ["from", "to", "from_day", "to_day", "day_before", "bucket"] as const;
export type ParameterName = (typeof parameterNames)[number];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const longestHours = 10 * 366 * 24;

/**
 * Reads an ISO 8601 instant or day; without a zone it is UTC, for the lake knows no other.
 *
 * @param name what the value is called where the person gave it, for the message
 * @throws TimeRangeError
 */
export function parseInstant(text: string, name: string): Date {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/i.exec(
    text,
  );
  const [, year = "", month = "", day = "", minutes = "00:00", seconds = ":00", zone = "Z"] = parts ?? [];
  const instant = new Date(`${year}-${month}-${day}T${minutes}${seconds}${zone.toUpperCase()}`);
  // A calendar day that does not exist rolls over into the next month instead of failing.
  const isDay = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  if (!parts || !isDay || Number.isNaN(instant.getTime())) {
    throw new TimeRangeError(
      `${name} is ${JSON.stringify(text)}: give an instant such as 2026-01-31T18:30:00Z (UTC) or a day`,
    );
  }
  return instant;
}

/** Checks the order of two instants. @throws TimeRangeError */
export function between(from: Date, to: Date): TimeRange {
  if (!(from.getTime() < to.getTime())) {
    throw new TimeRangeError(
      `the range begins at ${from.toISOString()} and has to end later, not at ${to.toISOString()}`,
    );
  }
  return { kind: "between", from, to };
}

/**
 * Puts a range into the SQL of a query.
 *
 * @throws TimeRangeError when the range is none; Error when the SQL names a parameter that does not exist
 */
export function renderSql(query: Pick<SavedQuery, "id" | "sql">, range: TimeRange): string {
  const values = parameterValues(range);
  return query.sql.replace(/\{\{([^}]*)\}\}/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) {
      throw new Error(`query ${query.id} names parameter ${name}; there are only ${parameterNames.join(", ")}`);
    }
    return value;
  });
}

function parameterValues(range: TimeRange): ReadonlyMap<string, string> {
  const instants = range.kind === "between" ? fixedValues(range) : rollingValues(range.hours);
  const values: Record<ParameterName, string> = { ...instants, bucket: `'${range.bucket ?? bucketOf(range)}'` };
  return new Map(Object.entries(values));
}

type Instants = Record<Exclude<ParameterName, "bucket">, string>;

function fixedValues({ from, to }: { readonly from: Date; readonly to: Date }): Instants {
  if (!(from.getTime() < to.getTime())) throw new TimeRangeError("the range has to end after it begins");
  return {
    from: timestampLiteral(from),
    to: timestampLiteral(to),
    from_day: dayLiteral(from),
    // The end is not part of the range: one that ends at midnight must not open the next day's partition.
    to_day: dayLiteral(new Date(to.getTime() - 1)),
    day_before: dayLiteral(new Date(from.getTime() - dayMs)),
  };
}

function rollingValues(hours: number): Instants {
  if (!Number.isSafeInteger(hours) || hours < 1 || hours > longestHours) {
    throw new TimeRangeError(`the range is the last ${hours} hours: give a whole number from 1 to ${longestHours}`);
  }
  // Interval literals of Trino take any number of hours, and the planner folds these expressions before it lists partitions.
  const ago = (count: number) => `current_timestamp - interval '${count}' hour`;
  return {
    from: `cast(${ago(hours)} as timestamp)`,
    to: "cast(current_timestamp as timestamp)",
    from_day: `date_format(${ago(hours)}, '%Y-%m-%d')`,
    to_day: "date_format(current_timestamp, '%Y-%m-%d')",
    day_before: `date_format(${ago(hours + 24)}, '%Y-%m-%d')`,
  };
}

/** Fine enough to see an hour of trouble, coarse enough for a chart of a few hundred points. */
function bucketOf(range: TimeRange): Bucket {
  const hours = range.kind === "last" ? range.hours : (range.to.getTime() - range.from.getTime()) / hourMs;
  if (hours <= 6) return "minute";
  return hours <= 31 * 24 ? "hour" : "day";
}

function timestampLiteral(instant: Date): string {
  return `timestamp '${instant.toISOString().replace("T", " ").replace("Z", "")}'`;
}

function dayLiteral(instant: Date): string {
  return `'${instant.toISOString().slice(0, 10)}'`;
}
