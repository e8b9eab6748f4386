import assert from "node:assert/strict";
import fc from "fast-check";
import { priceList } from "../../limits/price-list.ts";
import { knowsRegion, meters, PriceTableError, parsePriceTable, regionPrices, tieredUsd } from "../../limits/prices.ts";

const price = { usd: 1, unit: "GB", date: "2026-01-31", source: "https://example.com/prices" };

function problemsOf(given: unknown): readonly string[] {
  try {
    parsePriceTable(given, priceList);
  } catch (error) {
    if (error instanceof PriceTableError) return error.problems;
    throw error;
  }
  return [];
}

describe("the price list", () => {
  it("has each meter in its unit, with a day and a page of AWS, in every region", () => {
    assert.deepEqual(parsePriceTable(JSON.stringify(priceList)), priceList);
    for (const prices of Object.values(priceList)) {
      for (const tiers of Object.values(prices)) {
        for (const { source } of tiers) assert.match(source, /^https:\/\/aws\.amazon\.com\/[a-z0-9]+\/pricing\/$/);
      }
    }
  });

  it("stacks tiers so that parts add up to the whole", () => {
    const { vendedToFirehose } = regionPrices(priceList, "us-east-1");
    const gb = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(gb, gb, (first, second) => {
        const whole = tieredUsd(vendedToFirehose, first + second);
        const stacked = tieredUsd(vendedToFirehose, first) + tieredUsd(vendedToFirehose, second, first);
        assert.ok(Math.abs(whole - stacked) <= 1e-6 * Math.max(1, whole), `${whole} and ${stacked}`);
      }),
    );
  });

  it("begins a tier exactly where the one before it ends", () => {
    const { vendedToFirehose } = regionPrices(priceList, "us-east-1");
    assert.equal(tieredUsd(vendedToFirehose, 1, 10_240), 0.15);
    assert.equal(tieredUsd(vendedToFirehose, 1, 10_239), 0.25);
    assert.equal(tieredUsd(vendedToFirehose, 0, 10_240), 0);
  });
});

describe("a price list of one's own", () => {
  it("goes before the built-in one, meter by meter, and leaves the rest", () => {
    const table = parsePriceTable(
      JSON.stringify({ "eu-west-1": { logsStandard: [{ ...price, usd: 0.4 }] } }),
      priceList,
    );
    assert.equal(table["eu-west-1"]?.logsStandard[0]?.usd, 0.4);
    assert.equal(table["eu-west-1"]?.athena, priceList["eu-west-1"]?.athena);
    assert.equal(table["us-east-1"], priceList["us-east-1"]);
    assert.notEqual(priceList["eu-west-1"]?.logsStandard[0]?.usd, 0.4);
  });

  it("may add a region, when it has every meter", () => {
    const table = parsePriceTable({ "eu-north-1": priceList["us-east-1"] }, priceList);
    assert.ok(knowsRegion(table, "eu-north-1") && knowsRegion(table, "us-east-1"));
    const missing = problemsOf({ "eu-north-1": {} });
    assert.equal(missing.length, Object.keys(meters).length);
    assert.ok(missing.includes("eu-north-1.athena is missing: allowed is a list of prices, one for each tier"));
  });

  for (const [what, given, ...messages] of [
    ["no JSON", "{", 'the value is "{": allowed is an object of regions'],
    ["a list", "[]", "the value is []: allowed is an object of regions"],
    ["a region that is no object", { "eu-west-1": 3 }, "eu-west-1 is 3: allowed is an object of meters"],
    [
      "an unknown meter",
      { "eu-west-1": { logs: [] } },
      `eu-west-1.logs is not known: known meters are ${Object.keys(meters).join(", ")}`,
    ],
    [
      "a price that is no number",
      { "eu-west-1": { logsStandard: [{ ...price, usd: "0.5" }] } },
      'eu-west-1.logsStandard.0.usd is "0.5": allowed is a number of at least 0',
    ],
    [
      "a negative price",
      { "eu-west-1": { logsStandard: [{ ...price, usd: -1 }] } },
      "eu-west-1.logsStandard.0.usd is -1: allowed is a number of at least 0",
    ],
    ["another unit", { "eu-west-1": { athena: [price] } }, 'eu-west-1.athena.0.unit is "GB": allowed is TB'],
    [
      "no day and no source",
      { "eu-west-1": { logsStandard: [{ usd: 1, unit: "GB", date: "May", source: "a friend" }] } },
      'eu-west-1.logsStandard.0.date is "May": allowed is a day such as 2026-01-31',
      'eu-west-1.logsStandard.0.source is "a friend": allowed is the address of a page, beginning with https://',
    ],
    ["no tier", { "eu-west-1": { sqs: [] } }, "eu-west-1.sqs is []: allowed is at least one price"],
    [
      "tiers that go back",
      { "eu-west-1": { logsStandard: [{ ...price, upTo: 10 }, { ...price, upTo: 5 }, price] } },
      "eu-west-1.logsStandard.1.upTo is 5: allowed is a number of at least 10",
    ],
    [
      "a last tier that ends",
      { "eu-west-1": { logsStandard: [{ ...price, upTo: 10 }] } },
      "eu-west-1.logsStandard.0.upTo is 10: allowed is nothing in the last tier",
    ],
  ] as const) {
    it(`with ${what} is refused: key, value, what is allowed`, () => assert.deepEqual(problemsOf(given), messages));
  }
});
