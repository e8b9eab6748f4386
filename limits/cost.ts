/**
 * What a stack costs in a month, once retention has filled up: an estimate by source group and by service.
 *
 * What grows with the number of records is strictly proportional to it. What does not (alarms, objects that Firehose writes by
 * the clock, the least that a query is billed for) stands in the group `fixed`, so that the two added up are never too low.
 * Volume tiers are filled in the order of `costGroups`: MediaTailor comes last, pays what it adds, and its percentages change
 * nothing in the other groups. Its own part is proportional to percent as long as it stays within one tier.
 */
import type { CostBasis } from "./cost-basis.ts";
import { flowsOf } from "./flows.ts";
import {
  type Meter,
  meters,
  type PriceTable,
  type RegionPrices,
  regionPrices,
  tieredUsd,
  tiersOfVolume,
} from "./prices.ts";
import { type CostService, fixedQuantities, flowQuantities, kinds, type Quantities } from "./quantities.ts";

export const costGroups = ["fixed", "audit", "mediaPackage", "mediaTailor"] as const;
export type CostGroup = (typeof costGroups)[number];

export const groupLabels: Readonly<Record<CostGroup, string>> = {
  fixed: "Fixed",
  audit: "Audit",
  mediaPackage: "MediaPackage",
  mediaTailor: "MediaTailor",
};

export interface CostPart {
  /** Group and kind, such as `mediaTailor.logIngestion`; the same in every estimate. */
  readonly id: string;
  readonly label: string;
  readonly group: CostGroup;
  readonly service: CostService;
  /** In `unit`, a month. */
  readonly quantity: number;
  readonly unit: string;
  /** A month, not rounded. */
  readonly usd: number;
}

export interface CostEstimate {
  readonly region: string;
  /** The sum of the parts, not rounded. */
  readonly monthlyUsd: number;
  readonly parts: readonly CostPart[];
  /** Meters in use whose prices nobody has confirmed, and why. */
  readonly unconfirmed: readonly { readonly meter: Meter; readonly why: string }[];
}

/**
 * The estimate, in parts that are not zero.
 *
 * @throws UnknownRegionError
 */
export function estimateCost(basis: CostBasis, priceTable: PriceTable): CostEstimate {
  const prices = regionPrices(priceTable, basis.region);
  const flows = flowsOf(basis);
  const byGroup: Record<CostGroup, readonly Quantities[]> = {
    fixed: [fixedQuantities(basis, flows)],
    audit: [],
    mediaPackage: [],
    mediaTailor: [],
  };
  for (const flow of flows) byGroup[flow.group] = [...byGroup[flow.group], flowQuantities(flow, basis)];
  const { parts, volumes } = priced(byGroup, prices);
  return {
    region: basis.region,
    monthlyUsd: parts.reduce((sum, { usd }) => sum + usd, 0),
    parts,
    unconfirmed: [...volumes].flatMap(([meter, volume]) => {
      const why = tiersOfVolume(prices[meter], volume).find(
        ({ unconfirmed }) => unconfirmed !== undefined,
      )?.unconfirmed;
      return why === undefined ? [] : [{ meter, why }];
    }),
  };
}

/** USD a month of one group. */
export function groupUsd({ parts }: CostEstimate, group: CostGroup): number {
  return parts.reduce((sum, part) => (part.group === group ? sum + part.usd : sum), 0);
}

/** What one query can cost at most: the workgroup stops it at its scan limit. */
export function dearestQueryUsd({ region, athena }: CostBasis, priceTable: PriceTable): number {
  return tieredUsd(regionPrices(priceTable, region).athena, athena.scanLimitGiB / 1024);
}

/** Puts prices on the sums, tiers filled group by group. */
function priced(byGroup: Readonly<Record<CostGroup, readonly Quantities[]>>, prices: RegionPrices) {
  const volumes = new Map<Meter, number>();
  const parts: CostPart[] = [];
  for (const group of costGroups) {
    for (const { name, label, service, meter } of kinds) {
      const quantity = byGroup[group].reduce((sum, quantities) => sum + (quantities[name] ?? 0), 0);
      if (quantity === 0) continue;
      const before = volumes.get(meter) ?? 0;
      const usd = tieredUsd(prices[meter], quantity, before);
      volumes.set(meter, before + quantity);
      parts.push({ id: `${group}.${name}`, label, group, service, quantity, unit: meters[meter], usd });
    }
  }
  return { parts, volumes };
}
