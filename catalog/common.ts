import type { Field } from "./types.ts";

/** Columns every table begins with; the transform fills them for each row. */
export const leadingFields = [
  {
    name: "event_time",
    type: "timestamp",
    doc: "When the event happened, UTC, cut to milliseconds. The partition `dt` is its day.",
    from: ["@time"],
  },
  {
    name: "event_time_us",
    type: "bigint",
    unit: "us",
    doc: "The same instant in microseconds since 1970-01-01 UTC, as precise as the record said.",
    from: ["@time"],
  },
  {
    name: "source",
    type: "string",
    doc: "Id of the source in the catalog that the record came from.",
    from: ["@source"],
  },
  {
    name: "event_id",
    type: "string",
    doc: "De-duplication key: two rows of one table with the same id are the same event delivered twice.",
    from: ["@id"],
    distinct: "many",
  },
] as const satisfies readonly Field[];

/** Columns every table ends with. */
export const trailingFields = [
  {
    name: "landing_key",
    type: "string",
    doc: "Key of the landing object that the row was made from.",
    from: ["@landingKey"],
  },
  {
    name: "weight",
    type: "double",
    doc: "How many events the row stands for: 100 / percent where the service logs a percentage of sessions, else 1.",
    from: ["@weight"],
  },
  {
    name: "extra",
    type: "json",
    doc: "JSON object of every input field that the catalog does not know or whose value did not fit its column; NULL when there is none.",
    personal: "text-with-ip",
    from: ["@extra"],
  },
] as const satisfies readonly Field[];

/** Hive partition key of every table: the UTC day of the event, `YYYY-MM-DD`. */
export const partitionKey = "dt";

/** First day that the tables' partition projection covers; earlier event times are rejects. */
export const firstDay = "2015-01-01";

/** How far after its landing object was written an event may lie, in days; later ones are rejects. */
export const futureToleranceDays = 1;
