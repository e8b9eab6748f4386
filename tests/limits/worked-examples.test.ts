/** Examples with published prices, worked out by hand; each is asserted to the cent. */
import assert from "node:assert/strict";
import type { CostBasis } from "../../limits/cost-basis.ts";
import { cents } from "../../limits/money.ts";
import { priceList } from "../../limits/price-list.ts";
import { type Meter, parsePriceTable, regionPrices, tieredUsd } from "../../limits/prices.ts";
import { estimate, idle, usdOf } from "./cost-fixture.ts";

const virginia = regionPrices(priceList, "us-east-1");
const billed = (meter: Meter, quantity: number) => cents(tieredUsd(virginia[meter], quantity));

describe("a published price", () => {
  it("of CloudWatch Logs: 50 GB custom logs, 100 GB-months kept", () => {
    // https://aws.amazon.com/cloudwatch/pricing/: 50 GB × 0.50 = 25.00; 100 GB-months × 0.03 = 3.00.
    assert.deepEqual([billed("logsStandard", 50), billed("logsStorage", 100)], [25, 3]);
  });

  it("of the infrequent-access class: half of the standard class", () => {
    // https://aws.amazon.com/cloudwatch/pricing/: 50 GB × 0.25 = 12.50.
    assert.equal(billed("logsInfrequentAccess", 50), 12.5);
  });

  it("of vended logs within the first tier: a bill for 674.86 GB", () => {
    // Line of a bill of us-east-1, "0.25 per GB … for the first 10TB": 674.86 GB, USD 168.71; the quantity is rounded there.
    // Delivery to Firehose has the tiers of delivery to S3 on https://aws.amazon.com/cloudwatch/pricing/.
    assert.ok(Math.abs(tieredUsd(virginia.vendedToFirehose, 674.86) - 168.71) < 0.0051);
  });

  it("of vended logs through every tier: 72 TB", () => {
    // 72 TB = 73,728 GB, https://aws.amazon.com/cloudwatch/pricing/:
    // 10,240 × 0.25 = 2,560.00; 20,480 × 0.15 = 3,072.00; 20,480 × 0.075 = 1,536.00; 22,528 × 0.05 = 1,126.40.
    assert.equal(billed("vendedToFirehose", 73_728), 8294.4);
  });

  it("of Firehose: 100 records of 3 KB a second, billed as 5 KB", () => {
    // Example of https://aws.amazon.com/firehose/pricing/: 100 × 5 KB / 1,048,576 KB a GB × 86,400 s × 30 days
    // = 1,235.96 GB; × 0.029 = 35.84.
    const gb = ((100 * 5) / 1_048_576) * 86_400 * 30;
    assert.equal(cents(gb), 1235.96);
    assert.equal(billed("firehoseDirectPut", gb), 35.84);
  });

  it("of Firehose through every tier, with the prices of a list: 3,000,000 GB in London", () => {
    // Lines of an Infracost report with the tiers of https://aws.amazon.com/firehose/pricing/ for Europe (London):
    // 512,000 × 0.035 = 17,920.00; 1,536,000 × 0.030 = 46,080.00; 952,000 × 0.024 = 22,848.00.
    const tier = (usd: number, upTo?: number) => ({
      usd,
      unit: "GB",
      date: "2024-01-01",
      source: "https://aws.amazon.com/firehose/pricing/",
      ...(upTo && { upTo }),
    });
    const list = { "eu-west-2": { firehoseDirectPut: [tier(0.035, 512_000), tier(0.03, 2_048_000), tier(0.024)] } };
    const { firehoseDirectPut } = regionPrices(parsePriceTable(list, { "eu-west-2": virginia }), "eu-west-2");
    assert.equal(cents(tieredUsd(firehoseDirectPut, 3_000_000)), 17_920 + 46_080 + 22_848);
  });

  it("of S3 through every tier: 600 TB kept, a million writes, ten million reads", () => {
    // https://aws.amazon.com/s3/pricing/: 51,200 × 0.023 = 1,177.60; 460,800 × 0.022 = 10,137.60;
    // 102,400 × 0.021 = 2,150.40. A thousand writes 0.005, a thousand reads 0.0004: 5.00 and 4.00.
    assert.equal(billed("s3Storage", 614_400), 13_465.6);
    assert.deepEqual([billed("s3Put", 1e6), billed("s3Get", 1e7)], [5, 4]);
  });

  it("of Lambda on arm64: three million requests of 120 ms with 1,536 MB", () => {
    // https://aws.amazon.com/lambda/pricing/, without the free allowance: 3,000,000 × 0.12 s × 1.5 GB = 540,000 GB-seconds;
    // × 0.0000133334 = 7.20; 3 million requests × 0.20 = 0.60.
    assert.equal(billed("lambdaArm", 540_000), 7.2);
    assert.equal(billed("lambdaRequests", 3e6), 0.6);
  });

  it("of Athena: 3 TB of text, 1 TB of gzip, a quarter of 1 TB of Parquet", () => {
    // Example of https://aws.amazon.com/athena/pricing/: 3 × 5 = 15.00; 1 × 5 = 5.00; 0.25 × 5 = 1.25.
    assert.deepEqual([billed("athena", 3), billed("athena", 1), billed("athena", 0.25)], [15, 5, 1.25]);
  });

  it("of SQS: ten million requests", () => {
    // https://aws.amazon.com/sqs/pricing/, without the free million: 10 × 0.40 = 4.00.
    assert.equal(billed("sqs", 1e7), 4);
  });

  it("of metrics, alarms and dashboards: 12,000 metrics, 50 alarms, one dashboard", () => {
    // https://aws.amazon.com/cloudwatch/pricing/: 10,000 × 0.30 + 2,000 × 0.10 = 3,200.00; 50 × 0.10 = 5.00; 3.00.
    assert.deepEqual([billed("customMetric", 12_000), billed("alarm", 50), billed("dashboard", 1)], [3200, 5, 3]);
  });

  it("of CloudTrail: the first copy of management events is free", () => {
    // https://aws.amazon.com/cloudtrail/pricing/
    assert.equal(billed("cloudTrailFirstCopy", 1e9), 0);
  });
});

describe("an estimate worked out by hand", () => {
  /** 2^20 sessions, all logged, 1,024 records of 1 KiB each: 2^40 bytes, 1,024 GB of text; gzip an eighth of it. */
  const oneTB: CostBasis = {
    ...idle,
    playback: [{ name: "live", percent: 100, strategies: ["LEGACY_CLOUDWATCH"], sessionsPerMonth: 2 ** 20 }],
    // 72 bytes of gzip for 933 of text are measured; this factor makes them 128 for 1,024.
    recordBytes: { "mediatailor-ads": 1024 },
    assumptions: {
      adsRecordsPerSession: 1024,
      manifestRecordsPerSession: 0,
      transcodeRecordsPerSession: 0,
      compressedBytesFactor: 128 / (72 * (1024 / 933)),
      archivedEventBytes: 0,
    },
  };

  it("for subscriptions: 1 TB of the ads log through CloudWatch and Firehose", () => {
    const found = estimate(oneTB);
    // 1,024 GB × 0.50 = 512.00.
    assert.equal(cents(usdOf(found, "mediaTailor.logIngestion")), 512);
    // 128 GB of gzip, kept 30 of 30.41667 days: 126.2466 GB-months × 0.03 = 3.79.
    assert.equal(cents(usdOf(found, "mediaTailor.logStorage")), 3.79);
    // An envelope of 120 records has 15,360 bytes, three times 5 KB exactly: 128 GB × 0.029 = 3.71.
    assert.equal(cents(usdOf(found, "mediaTailor.firehoseSubscription")), 3.71);
    // 128 GB in the landing bucket for 30 days and another 30 as old versions: 252.4932 GB-months × 0.023 = 5.81.
    assert.equal(cents(usdOf(found, "mediaTailor.landingStorage")), 5.81);
    // Parquet is 41/72 of gzip: 72.8889 GB for 430 days: 1,030.4320 GB-months × 0.023 = 23.70.
    assert.equal(cents(usdOf(found, "mediaTailor.lakeStorage")), 23.7);
    // 128 GB in objects of 16 MiB are 8,192, each written twice: 16,384 × 0.000005 = 0.08.
    assert.equal(cents(usdOf(found, "mediaTailor.writes")), 0.08);
    // 1,073.741824 million records × 26 s + 8,192 objects × 0.3 s = 30,374.89 s; × 1,769/1,024 GB = 52,473.3 GB-seconds;
    // × 0.0000133334 = 0.70.
    assert.equal(cents(usdOf(found, "mediaTailor.functionTime")), 0.7);
  });

  it("for vended logs: the same terabyte delivered to Firehose", () => {
    const vended = {
      ...oneTB,
      playback: oneTB.playback.map((one) => ({ ...one, strategies: ["VENDED_LOGS"] as const })),
    };
    const found = estimate(vended);
    // 1,024 GB × 0.25 = 256.00, and 1,024 GB × 0.13 = 133.12, not rounded up to 5 KB a record.
    assert.equal(cents(usdOf(found, "mediaTailor.vendedDelivery")), 256);
    assert.equal(cents(usdOf(found, "mediaTailor.firehoseVended")), 133.12);
    assert.equal(usdOf(found, "mediaTailor.logIngestion"), 0);
    assert.equal(usdOf(found, "mediaTailor.logStorage"), 0);
  });

  it("for small envelopes: each is billed as 5 KB", () => {
    // Envelopes of 10 Aurora records have 10 × 64 bytes: 1,048,576 records are 104,857.6 envelopes of 5 KB, half a GB;
    // × 0.029 = 0.0145.
    const audit = { cloudTrailEventsPerMonth: 0, auroraRecordsPerMonth: 2 ** 20 };
    const found = estimate({ ...idle, audit, assumptions: { compressedBytesFactor: 1 } });
    assert.equal(usdOf(found, "audit.firehoseSubscription").toFixed(6), "0.014500");
  });
});
