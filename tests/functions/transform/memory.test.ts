import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

describe("memory", () => {
  it("stays below 512 MiB for an object of 200 MB in a single gzip member, and loses no row of it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aircheck-memory-"));
    try {
      const probe = fileURLToPath(new URL("./memory-probe.ts", import.meta.url));
      const { stdout } = await run(process.execPath, ["--import", "tsx", probe, folder, "200"], {
        env: { ...process.env, NODE_V8_COVERAGE: "" },
      });
      const { records, rows, rejects, textBytes, peakMiB } = JSON.parse(stdout);
      assert.ok(textBytes >= 200_000_000);
      assert.ok(records > 300_000);
      assert.deepEqual({ rows, rejects }, { rows: records, rejects: 0 });
      assert.ok(peakMiB <= 512, `peak memory was ${peakMiB} MiB`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
