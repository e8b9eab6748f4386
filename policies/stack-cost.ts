/** What the stack costs, by the basis that the program carries and the percentages that its resources really have. */
import type { PolicyResource } from "@pulumi/policy";
import { type CostEstimate, estimateCost } from "../limits/cost.ts";
import {
  type CostBasis,
  costBasisType,
  type PlaybackUsage,
  parseCostBasis,
  playbackStrategies,
} from "../limits/cost-basis.ts";
import { priceList } from "../limits/price-list.ts";
import { type PriceTable, PriceTableError, parsePriceTable, UnknownRegionError } from "../limits/prices.ts";
import { playbackIn, playbackOf } from "./playback.ts";
import type { PropertySchema } from "./rule.ts";
import { ofTypes } from "./stack-resources.ts";
import { ifKnown, plain, texts } from "./values.ts";

export const pricesProperty: PropertySchema = {
  type: "object",
  description: "Prices that go before the built-in ones, by region and meter; see docs/cost.md.",
};

export interface StackCost {
  readonly after: CostEstimate;
  /** Of the last deployment, at today's prices; undefined where there was none, or nothing that could be read. */
  readonly before: CostEstimate | undefined;
  /** Configurations whose logging is set, and of which the basis knows nothing. */
  readonly leftOut: readonly string[];
}

/** There is no estimate; `why` is a sentence without its end. */
export interface NoCost {
  readonly why: string;
}

/** @throws UnknownValueError where a percentage is not known */
export function stackCost(resources: readonly PolicyResource[], prices: unknown): StackCost | NoCost {
  const [record, ...others] = ofTypes(resources, [costBasisType]);
  if (others.length > 0) return { why: "the program carries several bases of an estimate, and one hides the other" };
  if (!record) return { why: `the program carries no basis of an estimate: a component of type ${costBasisType}` };
  const { basis, problems } = parseCostBasis(plain(record.props.basis));
  if (!basis) return { why: `the basis of the estimate cannot be read: ${problems.join("; ")}` };
  const real = realPlayback(resources);
  const names = basis.playback.map(({ name }) => name);
  const leftOut = [...real.keys()].filter((name) => !names.includes(name));
  const before = parseCostBasis(ifKnown(() => plain(record.props.before))).basis;
  try {
    const table = prices === undefined ? priceList : parsePriceTable(prices, priceList);
    const after = estimateCost(
      { ...basis, playback: basis.playback.map((one) => ({ ...one, ...real.get(one.name) })) },
      table,
    );
    return { after, before: before && estimated(before, table), leftOut };
  } catch (error) {
    if (error instanceof PriceTableError || error instanceof UnknownRegionError) return { why: error.message };
    throw error;
  }
}

/** What stood in another region is compared as long as there are prices of it. */
function estimated(basis: CostBasis, table: PriceTable): CostEstimate | undefined {
  try {
    return estimateCost(basis, table);
  } catch (error) {
    if (error instanceof UnknownRegionError) return undefined;
    throw error;
  }
}

/** What resources say of a configuration; strategies only where there are some, for no strategy is another rule's. */
type RealPlayback = Pick<PlaybackUsage, "percent"> & Partial<Pick<PlaybackUsage, "strategies">>;

/** By configuration; of several resources about one, what logs most. What is no number is another rule's. */
function realPlayback(resources: readonly PolicyResource[]): Map<string, RealPlayback> {
  const real = new Map<string, RealPlayback>();
  for (const resource of playbackIn(resources)) {
    const facts = playbackOf(resource);
    if (!facts || "opaque" in facts) continue;
    const name = facts.called;
    const percent = plain(facts.percent());
    if (typeof percent !== "number" || percent < (real.get(name)?.percent ?? 0)) continue;
    const named = texts(facts.strategies());
    const strategies = playbackStrategies.filter((strategy) => named.includes(strategy));
    real.set(name, { percent, ...(strategies.length > 0 && { strategies }) });
  }
  return real;
}
