/**
 * Prices of AWS by region, each with its day and the public page that shows it.
 *
 * Where the number of a region was not to be found it is scaled or remembered, and says so: `aircheck cost` names those that it
 * used, and a price list of your own goes before them.
 */
import type { Price, PriceTable, RegionPrices } from "./prices.ts";

const pages = {
  cloudWatch: "https://aws.amazon.com/cloudwatch/pricing/",
  firehose: "https://aws.amazon.com/firehose/pricing/",
  s3: "https://aws.amazon.com/s3/pricing/",
  sqs: "https://aws.amazon.com/sqs/pricing/",
  lambda: "https://aws.amazon.com/lambda/pricing/",
  athena: "https://aws.amazon.com/athena/pricing/",
  cloudTrail: "https://aws.amazon.com/cloudtrail/pricing/",
} as const;

/** Day of the lists that most numbers were read from. */
const listDay = "2025-10-28";
/** Day of the list that log ingestion in Europe (Ireland) was read from. */
const irelandDay = "2026-03-01";

const tb = 1024;
const pb = 1024 * tb;

interface Origin {
  readonly unit: string;
  readonly date: string;
  readonly source: string;
  readonly unconfirmed?: string;
}

/** One price without tiers. */
const flat = (usd: number, origin: Origin): readonly Price[] => [{ usd, ...origin }];

/** Tiers as `[end, usd]`, and the price beyond the last end. */
const tiers = (below: readonly (readonly [upTo: number, usd: number])[], beyond: number, origin: Origin) => [
  ...below.map(([upTo, usd]) => ({ usd, ...origin, upTo })),
  ...flat(beyond, origin),
];

/** What differs between regions; the rest has one price everywhere. */
interface RegionFacts {
  readonly logs: { readonly standard: number; readonly storage: number; readonly date: string };
  /** Log ingestion here over log ingestion in us-east-1: what unconfirmed prices are scaled by; 1 where lists are the same. */
  readonly scale: number;
  /** USD a GB in the first tier of direct puts; undefined: scaled like the rest. */
  readonly firehose?: number;
  readonly s3: { readonly usd: readonly [number, number, number]; readonly put: number; readonly get: number };
}

/** Rounded to the hundredth of a cent. */
const scaled = (usd: number, scale: number) => Math.round(usd * scale * 10_000) / 10_000;

function prices({ logs, scale, firehose, s3 }: RegionFacts): RegionPrices {
  const cloudWatch = (unit: string, date = listDay): Origin => ({ unit, date, source: pages.cloudWatch });
  const guess = scale === 1 ? {} : { unconfirmed: "scaled from us-east-1 by the price of log ingestion" };
  const list = (unit: string, source: string): Origin => ({ unit, date: listDay, source });
  return {
    logsStandard: flat(logs.standard, cloudWatch("GB", logs.date)),
    logsInfrequentAccess: flat(scaled(0.25, scale), { ...cloudWatch("GB"), ...guess }),
    logsStorage: flat(logs.storage, cloudWatch("GB-month")),
    vendedToFirehose: tiers(
      [
        [10 * tb, scaled(0.25, scale)],
        [30 * tb, scaled(0.15, scale)],
        [50 * tb, scaled(0.075, scale)],
      ],
      scaled(0.05, scale),
      { ...cloudWatch("GB"), ...guess },
    ),
    firehoseDirectPut: [
      {
        usd: firehose ?? scaled(0.029, scale),
        ...list("GB", pages.firehose),
        ...(firehose ? {} : guess),
        upTo: 500 * tb,
      },
      ...tiers([[2 * pb, scaled(0.025, scale)]], scaled(0.02, scale), { ...list("GB", pages.firehose), ...guess }),
    ],
    firehoseVended: tiers(
      [
        [500 * tb, scaled(0.13, scale)],
        [2 * pb, scaled(0.11, scale)],
      ],
      scaled(0.09, scale),
      {
        ...list("GB", pages.firehose),
        unconfirmed: `remembered${scale === 1 ? "" : " of us-east-1, scaled by the price of log ingestion"}: no list that was at hand has it`,
      },
    ),
    s3Storage: tiers(
      [
        [50 * tb, s3.usd[0]],
        [500 * tb, s3.usd[1]],
      ],
      s3.usd[2],
      list("GB-month", pages.s3),
    ),
    s3Put: flat(s3.put, list("request", pages.s3)),
    s3Get: flat(s3.get, list("request", pages.s3)),
    sqs: tiers(
      [
        [100e9, 0.4e-6],
        [200e9, 0.3e-6],
      ],
      0.24e-6,
      list("request", pages.sqs),
    ),
    lambdaArm: tiers(
      [
        [7.5e9, 0.0000133334],
        [18.75e9, 0.0000120001],
      ],
      0.0000106667,
      list("GB-second", pages.lambda),
    ),
    lambdaRequests: flat(0.2e-6, list("request", pages.lambda)),
    athena: flat(5, list("TB", pages.athena)),
    cloudTrailFirstCopy: flat(0, list("event", pages.cloudTrail)),
    alarm: flat(0.1, cloudWatch("metric")),
    customMetric: tiers(
      [
        [10_000, 0.3],
        [250_000, 0.1],
        [1_000_000, 0.05],
      ],
      0.02,
      cloudWatch("metric"),
    ),
    dashboard: flat(3, cloudWatch("dashboard")),
  };
}

const us: RegionFacts = {
  logs: { standard: 0.5, storage: 0.03, date: listDay },
  scale: 1,
  s3: { usd: [0.023, 0.022, 0.021], put: 5e-6, get: 0.4e-6 },
};

/** The built-in table. */
export const priceList: PriceTable = {
  "us-east-1": prices(us),
  "us-west-2": prices(us),
  "eu-west-1": prices({
    logs: { standard: 0.57, storage: 0.03, date: irelandDay },
    scale: 1.14,
    firehose: 0.031,
    s3: { usd: [0.023, 0.022, 0.021], put: 5e-6, get: 0.4e-6 },
  }),
  "eu-central-1": prices({
    logs: { standard: 0.63, storage: 0.0324, date: listDay },
    scale: 1.26,
    s3: { usd: [0.0245, 0.0235, 0.0225], put: 5.4e-6, get: 0.43e-6 },
  }),
  "ap-southeast-2": prices({
    logs: { standard: 0.67, storage: 0.033, date: listDay },
    scale: 1.34,
    s3: { usd: [0.025, 0.024, 0.023], put: 5.5e-6, get: 0.44e-6 },
  }),
};
