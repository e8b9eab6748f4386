/** Asks a saved query of a lake made of rows. */
import { between, renderSql, savedQuery } from "../../dashboards/index.ts";
import { openLake } from "../../local/query/lake.ts";
import type { Cell } from "../../local/query/values.ts";
import { type FixtureLake, inFolder, writeLake } from "../local/query/lake-fixture.ts";

export type Answer = Readonly<Record<string, Cell>>;

/** Rows of the answer by column name; the range is the first day of March 2026 unless another is given. */
export function ask(
  id: string,
  rows: FixtureLake,
  from = "2026-03-01T00:00:00Z",
  to = "2026-03-02T00:00:00Z",
): Promise<Answer[]> {
  const query = savedQuery(id);
  if (!query) throw new Error(`no saved query ${id}`);
  return inFolder(async (folder) => {
    await writeLake(folder, rows);
    const lake = await openLake(folder);
    try {
      const { columns, rows: answer } = await lake.query(renderSql(query, between(new Date(from), new Date(to))));
      return answer.map((row) => Object.fromEntries(columns.map((column, index) => [column.name, row[index] ?? null])));
    } finally {
      lake.close();
    }
  });
}

/** Only some columns of an answer, row by row. */
export function columnsOf(answer: readonly Answer[], ...names: string[]): Cell[][] {
  return answer.map((row) => names.map((name) => row[name] ?? null));
}
