import type { Column } from "../columns/layout.ts";
import { Memo } from "../columns/memo.ts";
import { NULL, type Row } from "../columns/row.ts";
import { maskPasswords } from "../derive/aurora.ts";

export type CleanStep = (row: Row) => void;

const NO_VALUE = -1;

/**
 * What the catalog asks for before anything is derived: texts that mean "no value", wrapping quotes, passwords in SQL.
 * Once per distinct text.
 */
export function cleanSteps(row: Row): readonly CleanStep[] {
  return row.layout.columns.filter(wantsCleaning).map((column) => cleanStep(row, column));
}

function wantsCleaning({ kind, field }: Column): boolean {
  return kind === "dictionary" && "from" in field && Boolean(field.nullTexts || field.strip || field.mask);
}

function cleanStep(row: Row, column: Column): CleanStep {
  const { index, field } = column;
  const interner = row.interners[index];
  if (!interner || !("from" in field)) throw new RangeError(`column ${column.name} is no dictionary`);
  const memo = new Memo(interner);
  const compute = (id: number): number => {
    const text = interner.text(id);
    const bare = field.strip === "quotes" ? stripQuotes(text) : text;
    if (field.nullTexts?.includes(bare)) return NO_VALUE;
    const clean = field.mask === "password" ? maskPasswords(bare) : bare;
    return clean === text ? id : interner.internText(clean);
  };
  return (current) => {
    if (current.states[index] === NULL) return;
    const id = memo.get(current.ids[index] ?? 0, compute);
    if (id === NO_VALUE) current.states[index] = NULL;
    else current.ids[index] = id;
  };
}

function stripQuotes(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
