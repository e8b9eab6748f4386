/** Estimates and their differences as people read them. */
import { assumed, assumptionNames, assumptions } from "../limits/assumptions.ts";
import { type CostEstimate, costGroups, dearestQueryUsd, groupLabels, groupUsd } from "../limits/cost.ts";
import type { CostBasis } from "../limits/cost-basis.ts";
import type { CostComparison } from "../limits/cost-change.ts";
import { usdChangeText, usdText } from "../limits/money.ts";
import { meters, type PriceTable, regionPrices } from "../limits/prices.ts";
import { tableText } from "./table.ts";

export interface Estimated {
  readonly basis: CostBasis;
  readonly estimate: CostEstimate;
}

const text = (name: string) => ({ name, type: "VARCHAR" });
const number = (name: string) => ({ name, type: "DOUBLE" });
const counts = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** Parts by source group with sums, what is expected and assumed, and where prices come from. */
export function estimateText({ basis, estimate }: Estimated, prices: PriceTable): string {
  const rows = costGroups.flatMap((group) => {
    const parts = estimate.parts.filter((part) => part.group === group);
    if (parts.length === 0) return [];
    return [
      ...parts.map(({ label, service, quantity, unit, usd }) => [
        groupLabels[group],
        label,
        service,
        counts.format(quantity),
        unit,
        usdText(usd),
      ]),
      [groupLabels[group], "sum", "", "", "", usdText(groupUsd(estimate, group))],
    ];
  });
  const columns = [text("source"), text("part"), text("service"), number("quantity"), text("unit"), number("USD")];
  const total = ["total", "", "", "", "", usdText(estimate.monthlyUsd)];
  return `${tableText({ columns, rows: [...rows, total] })}\n${noteLines(notes({ basis, estimate }, prices))}`;
}

/** Before, after and change of every part that costs a cent on either side. */
export function comparisonText({ parts, beforeUsd, afterUsd, changeUsd }: CostComparison): string {
  const columns = [text("source"), text("part"), number("before"), number("after"), number("change")];
  const shown = parts.filter((part) => usdText(part.beforeUsd) !== "0.00" || usdText(part.afterUsd) !== "0.00");
  const rows = shown.map((part) => [
    groupLabels[part.group],
    part.label,
    usdText(part.beforeUsd),
    usdText(part.afterUsd),
    usdChangeText(part.changeUsd),
  ]);
  const total = [
    "total",
    "",
    beforeUsd === undefined ? "" : usdText(beforeUsd),
    usdText(afterUsd),
    usdChangeText(changeUsd),
  ];
  return `${tableText({ columns, rows: [...rows, total] })}\n${noteLines([["compared", sameModel]])}`;
}

const firstTrail =
  "a trail that is made here is the first of its account: AWS charges the management events of a second one";

/** Only the text of a revision is looked at, never its code. */
const sameModel =
  "what the change of the stack file costs: both sides with this version's presets, prices and model, also where those changed";

type Note = readonly [what: string, said: string];

function noteLines(all: readonly Note[]): string {
  return all.map(([what, said]) => `${what.padEnd(11)} ${said}\n`).join("");
}

function notes({ basis, estimate }: Estimated, prices: PriceTable): readonly Note[] {
  const { v1, v2 } = basis.mediaPackage;
  const requests = v1.egressRequestsPerMonth + v2.egressRequestsPerMonth;
  const days = Object.values(regionPrices(prices, basis.region)).flatMap((tiers) => tiers.map(({ date }) => date));
  const [first = "", last = ""] = [[...days].sort()[0], [...days].sort().at(-1)];
  return [
    ...basis.playback.map(
      ({ name, percent, sessionsPerMonth, strategies }) =>
        [
          "expected",
          `${counts.format(sessionsPerMonth)} sessions of ${name}, ${percent} % logged by ${strategies.join(" and ")}`,
        ] as const,
    ),
    [
      "expected",
      `${counts.format(requests)} requests to MediaPackage, ${counts.format(basis.athena.queriesPerMonth)} queries`,
    ],
    ...assumptionNames.map((name) => {
      const from = basis.assumptions[name] === undefined ? "" : ", by usage";
      const value = assumed(basis.assumptions, name).toLocaleString("en-US", { maximumFractionDigits: 6 });
      return ["assumed", `${name} ${value} ${assumptions[name].unit}${from}`] as const;
    }),
    ...(basis.audit.cloudTrailEventsPerMonth > 0 ? [["assumed", firstTrail] as const] : []),
    ["prices", `of ${first}${last === first ? "" : ` to ${last}`}, each with its page in the price list: docs/cost.md`],
    ...estimate.unconfirmed.map(
      ({ meter, why }) => ["unconfirmed", `the price of ${meter} a ${meters[meter]}: ${why}`] as const,
    ),
    ["at most", `USD ${usdText(dearestQueryUsd(basis, prices))} for one query, by the workgroup's scan limit`],
  ];
}
