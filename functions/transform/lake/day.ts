import { partitionKey } from "../../../catalog/common.ts";

export const dayMs = 86_400_000;

/** Day of an instant, as days since 1970-01-01 UTC. */
export function dayOf(timeMs: number): number {
  return Math.floor(timeMs / dayMs);
}

/** Key of a landing object's file in a table's partition. @param fileName without extension */
export function lakeKey(lakePrefix: string, tableId: string, day: number, fileName: string): string {
  const dayText = new Date(day * dayMs).toISOString().slice(0, 10);
  return `${lakePrefix}${tableId}/${partitionKey}=${dayText}/${fileName}.parquet`;
}
