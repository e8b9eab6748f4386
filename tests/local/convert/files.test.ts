import assert from "node:assert/strict";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { findInputFiles, InputError } from "../../../local/convert/files.ts";
import { inFolder } from "../query/lake-fixture.ts";

async function folderOf(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), name);
  }
}

describe("files that a person means by paths", () => {
  it("are all below a folder in the order of their paths, without hidden ones", () =>
    inFolder(async (folder) => {
      await folderOf(folder, ["b.gz", "a/z.gz", "a/b/c.gz", ".hidden", "a/.git/x", "a/.DS_Store"]);
      const files = await findInputFiles([folder]);
      assert.deepEqual(
        files.map((file) => relative(folder, file.path)),
        ["a/b/c.gz", "a/z.gz", "b.gz"],
      );
      assert.deepEqual(
        files.map((file) => file.sizeBytes),
        [8, 6, 4],
      );
    }));

  it("are taken once when they are named twice, and hidden ones when they are named", () =>
    inFolder(async (folder) => {
      await folderOf(folder, ["a.gz", ".hidden"]);
      const files = await findInputFiles([join(folder, "a.gz"), folder, join(folder, ".hidden")]);
      assert.deepEqual(
        files.map((file) => relative(folder, file.path)),
        [".hidden", "a.gz"],
      );
    }));

  it("include what links to files lead to, and no folder that a link leads to", () =>
    inFolder(async (folder) => {
      await folderOf(folder, ["logs/a.gz", "elsewhere/b.gz"]);
      await symlink(join(folder, "elsewhere", "b.gz"), join(folder, "logs", "b.gz"));
      await symlink(join(folder, "logs"), join(folder, "logs", "circle"));
      const files = await findInputFiles([join(folder, "logs")]);
      assert.deepEqual(
        files.map((file) => relative(folder, file.path)),
        ["logs/a.gz", "logs/b.gz"],
      );
    }));

  it("are not those of the lake that is written", () =>
    inFolder(async (folder) => {
      await folderOf(folder, ["logs/a.gz", "lake/t/dt=2026-01-01/x.parquet"]);
      const files = await findInputFiles([folder], [join(folder, "lake")]);
      assert.deepEqual(
        files.map((file) => relative(folder, file.path)),
        ["logs/a.gz"],
      );
    }));

  it("are refused when there are none", () =>
    inFolder(async (folder) => {
      await assert.rejects(findInputFiles([folder]), (error: unknown) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, /^there are no files in /);
        return true;
      });
      await assert.rejects(
        findInputFiles([join(folder, "nope.gz")]),
        /there is no file or folder .*nope\.gz: check the path/,
      );
      await assert.rejects(findInputFiles(["/dev/null"]), /neither a file nor a folder/);
    }));

  it("are refused when they cannot be read", async function () {
    if (process.getuid?.() === 0) return this.skip();
    return inFolder(async (folder) => {
      await folderOf(folder, ["secret.gz"]);
      await chmod(join(folder, "secret.gz"), 0o000);
      await assert.rejects(findInputFiles([folder]), /secret\.gz cannot be read \(EACCES\): check its permissions/);
    });
  });
});
