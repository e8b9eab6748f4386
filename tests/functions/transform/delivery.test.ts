import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { MemoryLake, transformBytes } from "./memory-lake.ts";
import { mediaTailorAds, v1Egress, v2Egress } from "./records.ts";

const envelope = (texts: readonly string[]): Buffer =>
  gzipSync(
    JSON.stringify({
      messageType: "DATA_MESSAGE",
      owner: "111122223333",
      logGroup: "/aws/MediaPackage/EgressAccessLogs",
      logStream: "s",
      subscriptionFilters: ["f"],
      logEvents: texts.map((message, n) => ({ id: `${n}`, timestamp: 1_594_598_400_000, message })),
    }),
  );

const objects = [
  {
    key: "landing/mediapackage-v1-egress/1.gz",
    bytes: Buffer.concat([envelope([v1Egress(1).text]), envelope([v1Egress(2).text, "broken"])]),
  },
  { key: "landing/mediapackage-v2-egress/2.gz", bytes: gzipSync(`${v2Egress(3).text}\n${v2Egress(4).text}`) },
  { key: "landing/mediatailor-ads/3.gz", bytes: gzipSync(mediaTailorAds(5).text) },
  { key: "exports/4.json", bytes: Buffer.from(`[${v1Egress(6).text},${v2Egress(7).text}]`) },
];

async function lakeOf(order: readonly number[]): Promise<Map<string, string>> {
  const lake = new MemoryLake();
  for (const index of order) {
    const object = objects[index];
    if (object) await transformBytes(object.bytes, { key: object.key }, lake);
  }
  return contents(lake);
}

const contents = (lake: MemoryLake): Map<string, string> =>
  new Map([...lake.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, file]) => [key, file.toString("base64")]));

describe("at-least-once delivery", () => {
  it("gives the same lake, byte for byte, whatever the order of objects and however often each comes", async () => {
    const once = await lakeOf([0, 1, 2, 3]);
    assert.equal(once.size, 5);
    const order = fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8 });
    await fc.assert(
      fc.asyncProperty(order, async (again) => assert.deepEqual(await lakeOf(again), once)),
      { numRuns: 20 },
    );
  });
});
