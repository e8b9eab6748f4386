import assert from "node:assert/strict";
import { catalog } from "../../../../catalog/index.ts";
import { Batch } from "../../../../functions/transform/columns/batch.ts";
import { layoutOf } from "../../../../functions/transform/columns/layout.ts";
import { TableState } from "../../../../functions/transform/lake/table-state.ts";
import { toIpc } from "../../../../functions/transform/parquet/arrow.ts";
import { ParquetFile, ParquetRowsError, rowGroupRows } from "../../../../functions/transform/parquet/file.ts";
import { footerRows } from "../../../../functions/transform/parquet/footer.ts";

const [table] = catalog.tables;
assert.ok(table);
const state = new TableState(layoutOf(table));

function batchOf(rows: number): Uint8Array {
  const batch = new Batch(state.layout);
  for (let n = 0; n < rows; n++) {
    state.row.clear(new Uint8Array(0));
    state.row.setNumber(state.layout.indexOf("event_time"), n);
    state.row.setText(state.layout.indexOf("request_uri"), `/segment-${n % 7}.ts`);
    batch.append(state.row);
  }
  return toIpc(state.schema, batch, state.interners);
}

async function read(file: ParquetFile): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of file.bytes()) parts.push(part.slice());
  return Buffer.concat(parts);
}

describe("a Parquet file", () => {
  it("counts all rows of all batches, over several row groups", async () => {
    const file = new ParquetFile(state.layout);
    const bytes = read(file);
    const ipc = batchOf(16_384);
    for (let batch = 0; batch < 9; batch++) await file.write(ipc, 16_384);
    await file.close();
    const rows = footerRows(await bytes);
    assert.equal(rows, 9 * 16_384);
    assert.ok(rows > rowGroupRows);
  });

  it("is not believed when it holds other rows than it was given", async () => {
    const file = new ParquetFile(state.layout);
    const bytes = read(file);
    await file.write(batchOf(10), 11);
    await file.close();
    await assert.rejects(
      bytes,
      (error) => error instanceof ParquetRowsError && error.expected === 11 && error.found === 10,
    );
  });

  it("gives the reason when it is broken off, whether or not something was written", async () => {
    for (const written of [0, 10]) {
      const file = new ParquetFile(state.layout);
      const bytes = assert.rejects(read(file), /the source failed/);
      if (written > 0) await file.write(batchOf(written), written);
      file.abort(new Error("the source failed"));
      await bytes;
    }
  });
});
