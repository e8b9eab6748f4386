import type { Column } from "../columns/layout.ts";
import { Memo } from "../columns/memo.ts";
import { NULL, type Row } from "../columns/row.ts";
import { type ClientIpPolicy, maskerFor } from "../derive/privacy.ts";

export type MaskStep = (row: Row) => void;

/** Hides client addresses in every column that the catalog says may hold one; nothing to do where they are kept. */
export function maskSteps(row: Row, policy: ClientIpPolicy): readonly MaskStep[] {
  if (policy.mode === "keep") return [];
  const mask = maskerFor(policy);
  return row.layout.columns
    .filter(({ field }) => field.personal === "ip" || field.personal === "text-with-ip")
    .map((column) => maskStep(row, column, mask));
}

function maskStep(row: Row, column: Column, mask: (text: string) => string): MaskStep {
  const { index } = column;
  const interner = row.interners[index];
  if (!interner) {
    return (current) => {
      const text = current.text(index);
      if (text === undefined) return;
      const masked = mask(text);
      if (masked !== text) current.setText(index, masked);
    };
  }
  const memo = new Memo(interner);
  const compute = (id: number): number => interner.internText(mask(interner.text(id)));
  return (current) => {
    if (current.states[index] !== NULL) current.ids[index] = memo.get(current.ids[index] ?? 0, compute);
  };
}
