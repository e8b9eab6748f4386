/** Pieces of SQL that every query begins with: rows of a range of time, each event once. */

/** Prunes partitions by day, then cuts to the instant. */
export const inRange = `dt between {{from_day}} and {{to_day}}
    and event_time >= {{from}} and event_time < {{to}}`;

/** The range and the hour before it, for what led to an event at its very beginning. */
export const inRangeOrHourBefore = `dt between {{day_before}} and {{to_day}}
    and event_time >= {{from}} - interval '1' hour and event_time < {{to}}`;

/**
 * Select of a table's rows in the range, each event once.
 *
 * Delivery to the landing bucket is at least once: Firehose repeats a batch when it is unsure, and the copies stand in
 * two landing objects, so that two rows have one `event_id`. Their content is equal, so any one may stay; a row number
 * without an order, cut to 1, makes Trino keep a hash of the ids only and no rows.
 *
 * What it costs: the ids, which compress badly, are read too (about 20 bytes a row, more than the other columns of most
 * questions together), and held in memory for the range. It is worth it: a count that is wrong by a factor nobody knows is no answer.
 *
 * @param columns what is selected, beside nothing else
 * @param where a further condition on the rows
 * @param range which rows of time; default {@link inRange}
 */
export function distinctRows(table: string, columns: readonly string[], where?: string, range = inRange): string {
  const condition = where === undefined ? "" : `\n    and ${where}`;
  return `select ${columns.join(", ")}
  from (
    select ${columns.join(", ")}, row_number() over (partition by event_id) as copy
    from ${table}
    where ${range}${condition}
  ) as delivered
  where copy = 1`;
}
