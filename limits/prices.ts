/**
 * What AWS asks for, as data: the shape of the price table, how a price list is read, and what a quantity costs.
 *
 * Units follow the bills: a GB is 2^30 bytes, a TB 2^40. Free allowances of an account are not taken off, for other uses of
 * the account may need them.
 */
import { Problems } from "./problems.ts";

/** What is metered, and the unit in which it is priced. */
export const meters = {
  logsStandard: "GB",
  logsInfrequentAccess: "GB",
  logsStorage: "GB-month",
  vendedToFirehose: "GB",
  firehoseDirectPut: "GB",
  firehoseVended: "GB",
  s3Storage: "GB-month",
  s3Put: "request",
  s3Get: "request",
  sqs: "request",
  lambdaArm: "GB-second",
  lambdaRequests: "request",
  athena: "TB",
  cloudTrailFirstCopy: "event",
  alarm: "metric",
  customMetric: "metric",
  dashboard: "dashboard",
} as const;

export type Meter = keyof typeof meters;

/** A price of one unit, up to a volume in a month. */
export interface Price {
  readonly usd: number;
  readonly unit: string;
  /** Day as of which the price holds here, `YYYY-MM-DD`. */
  readonly date: string;
  /** Public page that shows it. */
  readonly source: string;
  /** End of the tier, in units a month; the last tier has none. */
  readonly upTo?: number;
  /** Where the number comes from, when it is no published one: scaled, or remembered. */
  readonly unconfirmed?: string;
}

/** Tiers of each meter, the first one first. */
export type RegionPrices = Readonly<Record<Meter, readonly Price[]>>;
export type PriceTable = Readonly<Record<string, RegionPrices>>;

/** A price list cannot be used; `problems` has one sentence per mistake. */
export class PriceTableError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the price list has ${problems.length === 1 ? "a mistake" : "mistakes"}: ${problems.join("; ")}`);
    this.name = "PriceTableError";
    this.problems = problems;
  }
}

/** There are no prices of a region. */
export class UnknownRegionError extends Error {
  readonly region: string;
  readonly known: readonly string[];

  constructor(region: string, known: readonly string[]) {
    super(`there are no prices of region ${region}: known are ${known.join(", ")}; give a price list that has it`);
    this.name = "UnknownRegionError";
    this.region = region;
    this.known = known;
  }
}

/** Whether there are prices of a region. */
export function knowsRegion(table: PriceTable, region: string): boolean {
  return Object.hasOwn(table, region);
}

/** @throws UnknownRegionError */
export function regionPrices(table: PriceTable, region: string): RegionPrices {
  const prices = knowsRegion(table, region) ? table[region] : undefined;
  if (!prices) throw new UnknownRegionError(region, Object.keys(table).sort());
  return prices;
}

/**
 * What `quantity` units cost that come on top of `before` units of the same meter and month, in USD.
 *
 * Stacked this way, the parts add up to the bill of the whole, whatever the tiers.
 */
export function tieredUsd(tiers: readonly Price[], quantity: number, before = 0): number {
  let usd = 0;
  let start = 0;
  for (const tier of tiers) {
    const end = tier.upTo ?? Number.POSITIVE_INFINITY;
    // Within one tier nothing is subtracted: ten times the quantity has to be ten times the price, to the last bit.
    const whole = start <= before && before + quantity <= end;
    const units = whole ? quantity : Math.min(before + quantity, end) - Math.max(before, start);
    if (units > 0 && before < end) usd += units * tier.usd;
    start = end;
  }
  return usd;
}

/** The tiers that a volume reaches. */
export function tiersOfVolume(tiers: readonly Price[], volume: number): readonly Price[] {
  return tiers.filter((_, index) => index === 0 || (tiers[index - 1]?.upTo ?? Number.POSITIVE_INFINITY) < volume);
}

/** Something for each meter. */
export function eachMeter<Value>(make: (meter: Meter) => Value): Readonly<Record<Meter, Value>> {
  return {
    logsStandard: make("logsStandard"),
    logsInfrequentAccess: make("logsInfrequentAccess"),
    logsStorage: make("logsStorage"),
    vendedToFirehose: make("vendedToFirehose"),
    firehoseDirectPut: make("firehoseDirectPut"),
    firehoseVended: make("firehoseVended"),
    s3Storage: make("s3Storage"),
    s3Put: make("s3Put"),
    s3Get: make("s3Get"),
    sqs: make("sqs"),
    lambdaArm: make("lambdaArm"),
    lambdaRequests: make("lambdaRequests"),
    athena: make("athena"),
    cloudTrailFirstCopy: make("cloudTrailFirstCopy"),
    alarm: make("alarm"),
    customMetric: make("customMetric"),
    dashboard: make("dashboard"),
  };
}

/**
 * Reads a price list: `{"<region>": {"<meter>": [{usd, unit, date, source, upTo?}]}}`, as text or as JSON.parse made of it.
 *
 * What it says goes before `base`, meter by meter; a region that `base` lacks has to come with every meter.
 *
 * @throws PriceTableError with every mistake: key, value, what is allowed
 */
export function parsePriceTable(given: unknown, base: PriceTable = {}): PriceTable {
  const problems = new Problems();
  const table: Record<string, RegionPrices> = { ...base };
  for (const [region, value] of Object.entries(problems.fields("", fromText(given), "an object of regions"))) {
    const list = problems.fields(region, value, "an object of meters");
    for (const name of Object.keys(list).filter((key) => !Object.hasOwn(meters, key))) {
      problems.add(`${region}.${name} is not known: known meters are ${Object.keys(meters).join(", ")}`);
    }
    const known = knowsRegion(base, region) ? base[region] : undefined;
    table[region] = eachMeter((meter) => {
      const own = Object.hasOwn(list, meter) ? list[meter] : undefined;
      return own === undefined && known ? known[meter] : readTiers(`${region}.${meter}`, own, meter, problems);
    });
  }
  if (problems.all.length > 0) throw new PriceTableError(problems.all);
  return table;
}

/** Text that is no JSON stays text, and is no object of regions. */
function fromText(given: unknown): unknown {
  if (typeof given !== "string") return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}

function readTiers(path: string, value: unknown, meter: Meter, problems: Problems): readonly Price[] {
  const list = problems.list(path, value, "a list of prices, one for each tier");
  if (Array.isArray(value) && list.length === 0) problems.add(`${path} is []: allowed is at least one price`);
  let start = 0;
  return list.map((item, index) => {
    const at = `${path}.${index}`;
    const { usd, unit, date, source, upTo, unconfirmed } = problems.fields(at, item, "a price");
    const last = index === list.length - 1;
    if (last && upTo !== undefined)
      problems.add(`${at}.upTo is ${JSON.stringify(upTo)}: allowed is nothing in the last tier`);
    // Tiers that do not grow would count a volume twice, or not at all.
    const end = last ? undefined : problems.number(`${at}.upTo`, upTo, start + Number.EPSILON);
    start = end ?? start;
    return {
      usd: problems.number(`${at}.usd`, usd, 0),
      unit: problems.oneOf(`${at}.unit`, unit, [meters[meter]]),
      date: problems.text(`${at}.date`, date, "a day such as 2026-01-31", /^\d{4}-\d{2}-\d{2}$/),
      source: problems.text(
        `${at}.source`,
        source,
        "the address of a page, beginning with https://",
        /^https:\/\/\S+$/,
      ),
      ...(end !== undefined && { upTo: end }),
      ...(unconfirmed !== undefined && { unconfirmed: problems.text(`${at}.unconfirmed`, unconfirmed, "text", /\S/) }),
    };
  });
}
