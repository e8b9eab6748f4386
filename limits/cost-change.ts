/** The difference of two estimates, and how it is told in one line. */
import { type CostEstimate, type CostGroup, type CostPart, costGroups, groupLabels, groupUsd } from "./cost.ts";
import { cents, usdChangeText, usdText } from "./money.ts";

export interface PartChange extends Pick<CostPart, "id" | "label" | "group" | "service"> {
  readonly beforeUsd: number;
  readonly afterUsd: number;
  readonly changeUsd: number;
}

export interface GroupChange {
  readonly group: CostGroup;
  readonly beforeUsd: number;
  readonly afterUsd: number;
  readonly changeUsd: number;
}

/** USD a month, not rounded. */
export interface CostComparison {
  /** Undefined where there was no deployment before, or nothing that could be read of it. */
  readonly beforeUsd: number | undefined;
  readonly afterUsd: number;
  readonly changeUsd: number;
  /** Every part of either estimate. */
  readonly parts: readonly PartChange[];
  readonly groups: readonly GroupChange[];
}

export function compareCosts(before: CostEstimate | undefined, after: CostEstimate): CostComparison {
  const old = new Map(before?.parts.map((part) => [part.id, part]) ?? []);
  const now = new Map(after.parts.map((part) => [part.id, part]));
  const parts = [...new Map([...old, ...now]).values()].map(({ id, label, group, service }) => ({
    id,
    label,
    group,
    service,
    ...change(old.get(id)?.usd ?? 0, now.get(id)?.usd ?? 0),
  }));
  const total = change(before?.monthlyUsd ?? 0, after.monthlyUsd);
  return {
    ...total,
    beforeUsd: before?.monthlyUsd,
    parts: costGroups.flatMap((group) => parts.filter((part) => part.group === group)),
    groups: costGroups.map((group) => ({
      group,
      ...change(before ? groupUsd(before, group) : 0, groupUsd(after, group)),
    })),
  };
}

/**
 * One line for a reviewer: `estimated USD 1,234.56 a month (was 234.56, +1,000.00): MediaTailor +1,000.00`.
 *
 * Groups that do not change by a cent are left out; the largest change comes first.
 */
export function costChangeLine(before: CostEstimate | undefined, after: CostEstimate): string {
  const { groups } = compareCosts(before, after);
  const told = groups
    .filter(({ changeUsd }) => cents(changeUsd) !== 0)
    .sort((a, b) => Math.abs(b.changeUsd) - Math.abs(a.changeUsd))
    .map(({ group, changeUsd }) => `${groupLabels[group]} ${before ? usdChangeText(changeUsd) : usdText(changeUsd)}`);
  const now = cents(after.monthlyUsd);
  const was = before && cents(before.monthlyUsd);
  const since = was === undefined ? "nothing known of before" : `was ${usdText(was)}, ${usdChangeText(now - was)}`;
  return `estimated USD ${usdText(now)} a month (${since})${told.length > 0 ? `: ${told.join(", ")}` : ""}`;
}

function change(beforeUsd: number, afterUsd: number) {
  return { beforeUsd, afterUsd, changeUsd: afterUsd - beforeUsd };
}
