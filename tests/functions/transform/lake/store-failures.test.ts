import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderStore } from "../../../../functions/transform/store/folder-store.ts";
import { type LakeSink, transformObject } from "../../../../functions/transform/transform.ts";
import { landingObject, MemoryLake, usualOptions } from "../memory-lake.ts";
import { v1Egress } from "../records.ts";

const lines = (count: number): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, n) => v1Egress(n).text).join("\n"));

/** A store that refuses every write, after reading `pieces` pieces of it. */
function refusing(pieces: number): LakeSink {
  return {
    async write(_key, body) {
      let left = pieces;
      for await (const _ of body) if (--left < 0) break;
      throw new Error("AccessDenied");
    },
    stat: async () => undefined,
    remove: async () => {},
  };
}

describe("failures of the store", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };

  before(() => process.on("unhandledRejection", note));
  after(() => {
    process.off("unhandledRejection", note);
    assert.deepEqual(unhandled, []);
  });

  it("fails the object when a write is refused at once, even with batches still to come", async () => {
    const object = landingObject(lines(40_000), { pieceBytes: 100_000 });
    await assert.rejects(transformObject(object, refusing(-1), usualOptions), /AccessDenied/);
  });

  it("fails the object when a write is refused after some bytes", async () => {
    const object = landingObject(lines(40_000), { pieceBytes: 100_000 });
    await assert.rejects(transformObject(object, refusing(1), usualOptions), /AccessDenied/);
  });

  it("fails with the error of reading, and leaves nothing visible", async () => {
    const root = await mkdtemp(join(tmpdir(), "aircheck-failing-"));
    try {
      const bytes = lines(2_000);
      const object = {
        ...landingObject(bytes),
        async *open() {
          yield bytes.subarray(0, 400_000);
          throw new Error("the connection was reset");
        },
      };
      await assert.rejects(transformObject(object, new FolderStore(root), usualOptions), /the connection was reset/);
      const left = await readdir(root, { recursive: true, withFileTypes: true });
      assert.deepEqual(
        left.filter((entry) => entry.isFile()).map(({ name }) => name),
        [],
      );
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  it("fails when old rejects cannot be removed: they would contradict the rows", async () => {
    const lake = new MemoryLake();
    lake.stat = async () => ({});
    lake.remove = async () => {
      throw new Error("AccessDenied");
    };
    await assert.rejects(transformObject(landingObject(lines(3)), lake, usualOptions), /AccessDenied/);
  });
});
