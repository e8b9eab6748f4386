import assert from "node:assert/strict";
import { openPartitions } from "../../../../functions/transform/lake/partitions.ts";
import { MemoryLake, transformBytes } from "../memory-lake.ts";
import { rowsAndRejects } from "../read-lake.ts";
import { v1Egress } from "../records.ts";

const dayMs = 86_400_000;
const lastDay = Date.UTC(2020, 6, 13);

describe("partitions", () => {
  it("writes one file per day, however many days there are, and loses no row", async () => {
    const days = openPartitions * 3 + 4;
    const records = Array.from({ length: days * 5 }, (_, n) => {
      const timestamp = new Date(lastDay - (n % days) * dayMs + n).toISOString();
      return v1Egress(n, { timestamp });
    });
    const text = records.map((record) => record.text).join("\n");
    const { rows, rejects, report } = await rowsAndRejects(`${text}\nnot a record`);
    assert.equal(report.records, records.length + 1);
    assert.equal(report.tables.mediapackage_egress?.files, days);
    assert.equal(rejects.length, 1);
    assert.deepEqual(rows.map(({ request_id }) => request_id).sort(), records.map(({ id }) => id).sort());
    const bytes = Buffer.byteLength(text) + Buffer.byteLength("\nnot a record");
    assert.equal(report.bytesIn, bytes, "reading again for other days does not make the object larger");
  });

  it("names each file by its day and the object's identity", async () => {
    const { lake } = await transformBytes(Buffer.from(v1Egress(1).text));
    const [key = ""] = [...lake.files.keys()];
    assert.match(key, /^lake\/mediapackage_egress\/dt=2020-07-13\/[0-9a-f]{40}\.parquet$/);
  });

  it("gives different objects different names, by bucket-independent key and by version", async () => {
    const lake = new MemoryLake();
    await transformBytes(Buffer.from(v1Egress(1).text), { key: "landing/unknown/a" }, lake);
    await transformBytes(Buffer.from(v1Egress(1).text), { key: "landing/unknown/b" }, lake);
    assert.equal(lake.files.size, 2);
  });

  it("keeps texts that are all different apart when they are too many to remember", async () => {
    const records = Array.from({ length: 132_000 }, (_, n) =>
      JSON.stringify({
        timestamp: "2020-07-13T00:00:00Z",
        endpointId: "e",
        requestId: `r${n}`,
        channelId: `channel-${n}`,
      }),
    );
    const { rows } = await rowsAndRejects(records.join("\n"));
    assert.equal(rows.length, records.length);
    const wrong = rows.filter(({ request_id, channel_id }) => channel_id !== `channel-${String(request_id).slice(1)}`);
    assert.deepEqual(wrong, []);
  });

  it("closes batches of long texts early and keeps every one", async () => {
    const body = "x".repeat(900_000);
    const records = Array.from({ length: 24 }, (_, n) =>
      JSON.stringify({
        eventTimestamp: "2020-07-13T00:00:00Z",
        eventType: "GENERATED_MANIFEST",
        awsAccountId: "111122223333",
        originId: "o",
        requestId: `r${n}`,
        responseBody: `${n} ${body}`,
      }),
    );
    const { rows, report } = await rowsAndRejects(records.join("\n"));
    assert.equal(report.tables.mediatailor_manifest?.rows, records.length);
    for (const row of rows) assert.equal(row.response_body, `${String(row.request_id).slice(1)} ${body}`);
  });

  it("removes the rejects of an earlier run when there are none any more", async () => {
    const lake = new MemoryLake();
    await transformBytes(Buffer.from(`${v1Egress(1).text}\nbroken`), {}, lake);
    assert.equal([...lake.files.keys()].filter((key) => key.includes("/rejects/")).length, 1);
    await transformBytes(Buffer.from(v1Egress(1).text), {}, lake);
    assert.deepEqual(
      [...lake.files.keys()].filter((key) => key.includes("/rejects/")),
      [],
    );
  });
});
