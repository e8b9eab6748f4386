/** Saved queries over a lake on this machine. */
import {
  type Bucket,
  between,
  defaultHours,
  renderSql,
  type SavedQuery,
  type TimeRange,
} from "../../dashboards/index.ts";
import type { Lake, QueryResult } from "./lake.ts";

const hourMs = 3_600_000;

/**
 * The range that a query looks at: what was asked for, the rest filled in from the data.
 *
 * Without an end it ends with the newest event of the query's tables, for logs on a laptop are seldom today's; without
 * a beginning it begins {@link defaultHours} before its end.
 *
 * @throws TimeRangeError when the beginning is not before the end
 */
export async function rangeFor(
  lake: Lake,
  query: Pick<SavedQuery, "tables">,
  asked: { readonly from?: Date; readonly to?: Date; readonly bucket?: Bucket } = {},
): Promise<TimeRange> {
  const to = asked.to ?? endOfData(await lake.newest(query.tables), asked.from);
  const range = between(asked.from ?? plusHours(to, -defaultHours), to);
  return asked.bucket ? { ...range, bucket: asked.bucket } : range;
}

/** Runs a saved query over a range. @throws LakeError */
export function runSaved(lake: Lake, query: SavedQuery, range: TimeRange): Promise<QueryResult> {
  return lake.query(renderSql(query, range));
}

/** Just after the newest event, for the end of a range does not belong to it; later when that would not be after `from`. */
function endOfData(newest: Date | undefined, from: Date | undefined): Date {
  const end = newest ? new Date(newest.getTime() + 1) : new Date();
  return from && end <= from ? plusHours(from, defaultHours) : end;
}

function plusHours(instant: Date, hours: number): Date {
  return new Date(instant.getTime() + hours * hourMs);
}
