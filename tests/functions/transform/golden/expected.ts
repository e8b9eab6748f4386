/** Compares lake rows with rows written by hand: every column that the expected row does not name has to be NULL. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { catalog, lakeTables, tableColumns } from "../../../../catalog/index.ts";
import type { EventFacts, Example, ExpectedRow } from "./example.ts";
import type { LakeRow } from "./read-pyarrow.ts";

/**
 * The rows, as many as expected, in any order; a row's place among them is told by its `event_id`.
 *
 * @param columns of the table, where the catalog as shipped does not have it
 */
export function assertRows(
  actual: readonly LakeRow[],
  table: string,
  expected: readonly ExpectedRow[],
  columns: readonly string[] = columnsOf(table),
): void {
  const complete = expected.map((row) => completeRow(table, row, columns));
  assert.deepEqual(
    [...actual].sort((a, b) => compare(a.cells, b.cells)),
    complete.sort((a, b) => compare(a.cells, b.cells)),
  );
}

function compare(a: ExpectedRow, b: ExpectedRow): number {
  const [left, right] = [JSON.stringify([a.event_id, a.event_time_us]), JSON.stringify([b.event_id, b.event_time_us])];
  return left < right ? -1 : left > right ? 1 : 0;
}

function columnsOf(table: string): readonly string[] {
  const found = lakeTables(catalog).find(({ id }) => id === table);
  if (!found) throw new RangeError(`no table ${table}`);
  return tableColumns(found).map(({ name }) => name);
}

function completeRow(table: string, row: ExpectedRow, columns: readonly string[]): LakeRow {
  const unknown = Object.keys(row).filter((name) => !columns.includes(name));
  assert.deepEqual(unknown, [], `the expected row of ${table} has columns that the catalog lacks`);
  const cells = Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));
  return { table, partition: `dt=${String(row.event_time).slice(0, 10)}`, cells };
}

/** The whole row of an example in an envelope. */
export function rowOf(example: Example, key: string, facts: EventFacts): ExpectedRow {
  return {
    event_id: facts.eventId ?? hashOf(example.texts.join("\n")),
    source: example.source,
    landing_key: key,
    ...example.row,
    ...example.fromEnvelope?.(facts),
  };
}

/** Id of a record that nothing else identifies: the first half of the SHA-256 of its text. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
