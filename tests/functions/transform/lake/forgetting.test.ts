import assert from "node:assert/strict";
import { catalog } from "../../../../catalog/index.ts";
import { layoutOf } from "../../../../functions/transform/columns/layout.ts";
import { openPartitions, Partitions } from "../../../../functions/transform/lake/partitions.ts";
import { TableState } from "../../../../functions/transform/lake/table-state.ts";
import { MemoryLake } from "../memory-lake.ts";
import { readLake } from "../read-lake.ts";

const table = catalog.tables.find(({ id }) => id === "mediapackage_egress");
assert.ok(table);

describe("texts that do not repeat", () => {
  it("are forgotten also where every partition has only a few rows", async () => {
    const state = new TableState(layoutOf(table));
    const lake = new MemoryLake();
    const partitions = new Partitions(lake, "lake/", "object");
    const agent = state.layout.indexOf("user_agent");
    const id = state.layout.indexOf("request_id");
    const filler = "x".repeat(1000);
    const rows = openPartitions * 1000;
    let most = 0;
    for (let n = 0; n < rows; n++) {
      state.row.clear(new Uint8Array(0));
      state.row.setNumber(state.layout.indexOf("event_time"), 0);
      state.row.setText(agent, `${n} ${filler}`);
      state.row.setText(id, `${n}`);
      partitions.append(state, 18_000 + (n % openPartitions));
      most = Math.max(most, state.interners[agent]?.byteLength ?? 0);
    }
    assert.ok(most < 18 * 1024 * 1024, `${most} bytes were remembered`);
    const files = await partitions.finish();
    assert.equal(files.length, openPartitions);
    const read = await readLake(lake);
    assert.equal(read.rows.length, rows);
    for (const row of read.rows) assert.equal(row.user_agent, `${row.request_id} ${filler}`);
  });
});
