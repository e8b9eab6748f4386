import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { catalog } from "../../../catalog/index.ts";
import { TrafficPlanError } from "../../../local/traffic/index.ts";
import { buildLake, type TwinProgress } from "../../../local/twin/build.ts";
import { compareIncidents } from "../../../local/twin/incident.ts";
import { inFolder } from "../query/lake-fixture.ts";

const plan = {
  seed: 11,
  hours: 1,
  endTime: new Date("2026-03-01T12:00:00Z"),
  percent: { "arena-live": 10, "catchup-vod": 5, "news-live": 20 },
};

/** Hash of every file of a lake, by its path. */
async function lakeHashes(lake: string): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const entry of (await readdir(lake, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    hashes.set(
      path.slice(lake.length),
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex"),
    );
  }
  return hashes;
}

describe("the local twin", () => {
  it("loses no record, fills every table and finds the incident; what it wrote can be given to it again", () =>
    inFolder(async (folder) => {
      const steps: TwinProgress[] = [];
      const first = await buildLake(join(folder, "twin"), { kind: "traffic", plan }, (step) => steps.push(step));
      const { records, rows, rejects, control, tables } = first.conversion;
      assert.equal(records, rows + rejects + control);
      for (const table of catalog.tables) assert.ok((tables[table.id]?.rows ?? 0) > 0, table.id);
      assert.deepEqual(
        first.expected.map(({ kind, found }) => [kind, found]),
        [
          ["origin-5xx", true],
          ["ad-errors", true],
        ],
      );
      assert.deepEqual(new Set(steps.map(({ step }) => step)), new Set(["traffic", "transform", "query"]));
      assert.equal(await readFile(join(folder, "twin", ".gitignore"), "utf8"), "*\n");

      const again = await buildLake(join(folder, "again"), { kind: "logs", folder: join(folder, "twin") });
      assert.deepEqual({ ...again.conversion, seconds: 0 }, { ...first.conversion, seconds: 0 });
      assert.deepEqual(again.incidents, first.incidents);
      assert.deepEqual(again.expected, []);
    }));

  it("makes the same lake from the same plan, whatever lay there before, and touches nothing else", () =>
    inFolder(async (folder) => {
      const small = { ...plan, hours: 0.2 };
      await mkdir(join(folder, "b", "lake"), { recursive: true });
      await writeFile(join(folder, "b", "lake", "old"), "from an earlier run");
      await writeFile(join(folder, "b", "notes.txt"), "mine");
      await buildLake(join(folder, "a"), { kind: "traffic", plan: small });
      await buildLake(join(folder, "b"), { kind: "traffic", plan: small });
      const made = await lakeHashes(join(folder, "a", "lake"));
      assert.ok(made.size > 5);
      assert.deepEqual(await lakeHashes(join(folder, "b", "lake")), made);
      assert.equal(await readFile(join(folder, "b", "notes.txt"), "utf8"), "mine");
    }));

  it("keeps the lake that is there when it is given something wrong", () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, "lake"));
      await writeFile(join(folder, "lake", "old"), "x");
      await assert.rejects(
        buildLake(folder, { kind: "logs", folder: join(folder, "nope") }),
        /there is no file or folder/,
      );
      await assert.rejects(buildLake(folder, { kind: "traffic", plan: { ...plan, hours: -1 } }), TrafficPlanError);
      assert.equal(await readFile(join(folder, "lake", "old"), "utf8"), "x");
    }));

  it("says that the incident was not found where the lake does not show it", () => {
    assert.deepEqual(
      compareIncidents(plan, []).map(({ found }) => found),
      [false, false],
    );
  });
});
