import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { FolderStore, InvalidKeyError } from "../../../../functions/transform/store/folder-store.ts";
import { ObjectNotFoundError } from "../../../../functions/transform/store/store.ts";
import { bytesOf, keysOf, pieces, textOf } from "./content.ts";

describe("folder store", () => {
  let root: string;
  let store: FolderStore;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "aircheck-folder-"));
    store = new FolderStore(root, "twin");
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it("gives back what was written, whole and from an offset", async () => {
    assert.equal(await store.write("landing/a/b.gz", pieces("one ", "", "two")), 7);
    assert.equal(await textOf(store.read("landing/a/b.gz")), "one two");
    assert.equal(await textOf(store.read("landing/a/b.gz", { startByte: 4 })), "two");
    assert.equal(await textOf(store.read("landing/a/b.gz", { startByte: 7 })), "");
    assert.equal(await textOf(store.read("landing/a/b.gz", { startByte: 99 })), "");
  });

  it("reads an object of many pieces in order and keeps no piece's memory", async () => {
    const content = Buffer.alloc(1_000_001, 0).map((_, index) => index % 251);
    await store.write("large", pieces(content));
    const kept: Uint8Array[] = [];
    for await (const piece of store.read("large")) kept.push(piece);
    assert.ok(kept.length > 1);
    assert.deepEqual(Buffer.concat(kept), Buffer.from(content));
  });

  it("can stop reading in the middle", async () => {
    await store.write("large", pieces(Buffer.alloc(600_000)));
    for await (const piece of store.read("large")) {
      assert.ok(piece.length < 600_000);
      break;
    }
    await store.remove("large");
    assert.equal(await store.stat("large"), undefined);
  });

  it("tells size and time of an object", async () => {
    await store.write("a", pieces("12345"));
    await utimes(join(root, "a"), 1_700_000_000, 1_700_000_000);
    assert.deepEqual(await store.stat("a"), { key: "a", sizeBytes: 5, lastModified: new Date(1_700_000_000_000) });
  });

  it("is named after its folder unless named otherwise", () => {
    assert.equal(new FolderStore("/somewhere/deep/landing").bucket, "landing");
    assert.equal(store.bucket, "twin");
  });

  describe("where there is no object", () => {
    const missing = ["none", "none/below", "file/below", "folder"];

    beforeEach(async () => {
      await store.write("file", pieces("x"));
      await store.write("folder/file", pieces("x"));
    });

    for (const key of missing) {
      it(`has nothing at ${key}`, async () => {
        assert.equal(await store.stat(key), undefined);
        assert.deepEqual(await store.versions(key), []);
        await store.remove(key);
        await assert.rejects(bytesOf(store.read(key)), (error) => {
          assert.ok(error instanceof ObjectNotFoundError);
          assert.deepEqual([error.bucket, error.key], ["twin", key]);
          return true;
        });
      });
    }

    it("removes one object and leaves the others", async () => {
      await store.remove("file");
      assert.deepEqual(await keysOf(store.list("")), ["folder/file"]);
    });
  });

  describe("keys", () => {
    const bad = [
      "",
      "/etc/passwd",
      "..",
      "../a",
      "a/../b",
      "a/./b",
      "a//b",
      "a/",
      "a\0b",
      "a\\..\\b",
      "a/.aircheck-part-1",
    ];

    for (const key of bad) {
      it(`refuses ${JSON.stringify(key)} everywhere`, async () => {
        const refusal = { name: "InvalidKeyError", key };
        await assert.rejects(store.stat(key), refusal);
        await assert.rejects(bytesOf(store.read(key)), refusal);
        await assert.rejects(store.versions(key), refusal);
        await assert.rejects(store.write(key, pieces("x")), refusal);
        await assert.rejects(store.remove(key), refusal);
        assert.deepEqual(await readdir(root), []);
      });
    }

    it("never leave the root, whatever they are", async () => {
      const part = fc.constantFrom("..", ".", "", "a", "b.gz", "\\", "\0", "é", "@1", "..\\..");
      const key = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join("/"));
      const inner = new FolderStore(join(root, "inner"));
      await fc.assert(
        fc.asyncProperty(key, async (candidate) => {
          try {
            await inner.write(candidate, pieces("x"));
          } catch (error) {
            // A file where another key needs a folder is an error of the file system, and no escape.
            assert.ok(error instanceof InvalidKeyError || (error instanceof Error && "code" in error), `${error}`);
          }
          assert.deepEqual(
            (await readdir(root)).filter((name) => name !== "inner"),
            [],
          );
        }),
        { numRuns: 200 },
      );
    });

    it("say in the error what they should be", async () => {
      await assert.rejects(
        store.stat("a/../b"),
        /"a\/\.\.\/b" has the part \.\.; a key is names joined by single slashes/,
      );
    });
  });

  describe("list", () => {
    it("goes by the bytes of whole keys, not by folders", async () => {
      const keys = ["a/b", "a.b", "a0", "a/", "A", "b/c/d", "b-c", "b/c.d", "é", "z", "\u{1F4FA}", "\u{FFFD}x"].filter(
        (key) => !key.endsWith("/"),
      );
      for (const key of keys) await store.write(key, pieces("x"));
      const expected = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      assert.deepEqual(await keysOf(store.list("")), expected);
    });

    it("takes a prefix that ends anywhere in a name", async () => {
      for (const key of ["landing/a/1", "landing/ab", "landing/b", "lake/a"]) await store.write(key, pieces("x"));
      assert.deepEqual(await keysOf(store.list("landing/a")), ["landing/a/1", "landing/ab"]);
      assert.deepEqual(await keysOf(store.list("landing/a/")), ["landing/a/1"]);
      assert.deepEqual(await keysOf(store.list("landing/a/1")), ["landing/a/1"]);
      assert.deepEqual(await keysOf(store.list("landing/a/12")), []);
      assert.deepEqual(await keysOf(store.list("la")), ["lake/a", "landing/a/1", "landing/ab", "landing/b"]);
    });

    it("is empty below a prefix that is not there", async () => {
      assert.deepEqual(await keysOf(store.list("none/at/all/")), []);
      assert.deepEqual(await keysOf(new FolderStore(join(root, "never made")).list("")), []);
    });

    it("refuses a prefix outside the root", async () => {
      await assert.rejects(keysOf(store.list("../")), InvalidKeyError);
      await assert.rejects(keysOf(store.list("/etc/")), InvalidKeyError);
    });

    it("shows files behind links, and nothing for links that lead nowhere", async () => {
      await store.write("a", pieces("x"));
      await symlink(join(root, "a"), join(root, "link"));
      await symlink(join(root, "none"), join(root, "dead"));
      assert.deepEqual(await keysOf(store.list("")), ["a", "link"]);
    });

    it("does not show what is being written", async () => {
      let listed: string[] = [];
      async function* body() {
        yield Buffer.from("first");
        listed = await keysOf(store.list(""));
      }
      await store.write("a/b", body());
      assert.deepEqual(listed, []);
      assert.deepEqual(await keysOf(store.list("")), ["a/b"]);
    });
  });

  describe("write", () => {
    it("leaves the old object, and no trace of the new one, when the body fails", async () => {
      await store.write("a/b", pieces("old"));
      async function* broken() {
        yield Buffer.from("new");
        throw new Error("source broke");
      }
      await assert.rejects(store.write("a/b", broken()), /source broke/);
      assert.equal(await textOf(store.read("a/b")), "old");
      assert.deepEqual(await readdir(join(root, "a")), ["b"]);
    });

    it("leaves no trace when the key is a folder's name", async () => {
      await store.write("a/b/c", pieces("x"));
      await assert.rejects(store.write("a/b", pieces("y")), (error) => error instanceof Error && "code" in error);
      assert.deepEqual(await readdir(join(root, "a")), ["b"]);
    });

    it("replaces, and keeps no old version", async () => {
      await store.write("a", pieces("old"));
      await store.write("a", pieces("new"));
      assert.equal(await textOf(store.read("a")), "new");
      assert.deepEqual(await readdir(root), ["a"]);
    });

    it("writes an object without content", async () => {
      assert.equal(await store.write("empty", pieces()), 0);
      assert.equal((await store.stat("empty"))?.sizeBytes, 0);
    });
  });

  describe("versions", () => {
    beforeEach(async () => {
      for (const name of ["s.json@1", "s.json@2", "s.json@10", "s.json", "s.json@x", "s.json@0", "other@1"]) {
        await store.write(`config/${name}`, pieces(name));
      }
    });

    it("are the numbered siblings, newest first, and the file itself before them", async () => {
      const versions = await store.versions("config/s.json");
      assert.deepEqual(
        versions.map(({ key, versionId }) => [key, versionId]),
        [
          ["config/s.json", undefined],
          ["config/s.json", "10"],
          ["config/s.json", "2"],
          ["config/s.json", "1"],
        ],
      );
    });

    it("are read and asked for by number", async () => {
      assert.equal(await textOf(store.read("config/s.json", { versionId: "2" })), "s.json@2");
      assert.equal((await store.stat("config/s.json", "10"))?.versionId, "10");
      assert.equal(await store.stat("config/s.json", "3"), undefined);
    });

    it("have no other names", async () => {
      for (const versionId of ["x", "0", "", "1/../../s.json"]) {
        assert.equal(await store.stat("config/s.json", versionId), undefined);
        await assert.rejects(bytesOf(store.read("config/s.json", { versionId })), ObjectNotFoundError);
      }
    });

    it("are hidden from lists while the newest is there; names that only look alike are not", async () => {
      assert.deepEqual(await keysOf(store.list("")), [
        "config/other@1",
        "config/s.json",
        "config/s.json@0",
        "config/s.json@x",
      ]);
    });

    it("stay when the newest is removed", async () => {
      await store.remove("config/s.json");
      const versions = await store.versions("config/s.json");
      assert.deepEqual(
        versions.map(({ versionId }) => versionId),
        ["10", "2", "1"],
      );
    });
  });

  it("passes on errors of the file system that are not absence", async () => {
    await mkdir(join(root, "a"));
    await writeFile(join(root, "a", "x"), "x");
    const tooLong = "n".repeat(300);
    await assert.rejects(store.stat(tooLong), { code: "ENAMETOOLONG" });
  });
});
