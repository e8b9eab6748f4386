import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { costMarkdown } from "../../docs/generate-cost.ts";
import { assumptionNames, costedSources } from "../../limits/assumptions.ts";
import { priceList } from "../../limits/price-list.ts";
import { parsePriceTable } from "../../limits/prices.ts";

describe("docs/cost.md", () => {
  it("is what prices, assumptions and presets say now (else run: npx tsx docs/generate-cost.ts)", async () => {
    assert.equal(await readFile(new URL("../../docs/cost.md", import.meta.url), "utf8"), costMarkdown());
  });

  it("has every assumption, every source and every region", () => {
    const page = costMarkdown();
    for (const name of [...assumptionNames, ...costedSources])
      assert.match(page, new RegExp(`^\\| \`${name}\` +\\|`, "m"));
    for (const region of Object.keys(priceList)) assert.match(page, new RegExp(`\\| ${region} +\\|`));
  });

  it("shows a price list that is read as it is printed", () => {
    const [, example = ""] = /```json\n(.+?)```/s.exec(costMarkdown()) ?? [];
    const prices = parsePriceTable(example, priceList)["eu-west-1"]?.firehoseVended;
    assert.deepEqual(
      prices?.map(({ usd }) => usd),
      [0.1, 0.08],
    );
  });
});
