import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder } from "../local/query/lake-fixture.ts";
import type { Ended } from "./aircheck.ts";

const bootstrap = fileURLToPath(new URL("../../cli/bootstrap.mjs", import.meta.url));

/** Stands for npm: leaves a mocha that says what it was given and ends as the variable END says, and counts its own calls. */
const fakeNpm = `#!/usr/bin/env node
const fs = require("node:fs");
fs.appendFileSync("npm-calls", process.argv.slice(2).join(" ") + "\\n");
fs.mkdirSync("node_modules/mocha/bin", { recursive: true });
fs.writeFileSync("node_modules/mocha/bin/mocha.js", \`
process.stdout.write(process.argv.slice(2).join(" "));
if (process.env.END === "signal") process.kill(process.pid, "SIGTERM");
else process.exitCode = Number(process.env.END);
setTimeout(() => {}, process.env.END === "signal" ? 60_000 : 0);
\`);
`;

async function fakeClone(folder: string, version: string): Promise<void> {
  await mkdir(join(folder, "cli"), { recursive: true });
  await mkdir(join(folder, "bin"), { recursive: true });
  await copyFile(bootstrap, join(folder, "cli", "bootstrap.mjs"));
  await writeFile(join(folder, "bin", "npm"), fakeNpm);
  await chmod(join(folder, "bin", "npm"), 0o755);
  await lock(folder, version);
}

function lock(folder: string, version: string): Promise<void> {
  return writeFile(
    join(folder, "package-lock.json"),
    JSON.stringify({ packages: { "": {}, "node_modules/a": { version } } }),
  );
}

function run(folder: string, words: readonly string[], end = "0"): Promise<Ended> {
  const PATH = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
  const child = spawn(process.execPath, [join(folder, "cli", "bootstrap.mjs"), ...words], {
    env: { ...process.env, PATH, END: end },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

const npmCalls = async (folder: string) =>
  (await readFile(join(folder, "npm-calls"), "utf8").catch(() => "")).split("\n").length - 1;

describe("the bootstrap of a clone", () => {
  it("installs when nothing is there, says so in one line, and does not install again until the lock file changes", () =>
    inFolder(async (folder) => {
      await fakeClone(folder, "1.0.0");
      const first = await run(folder, ["test", "a.test.ts"]);
      assert.deepEqual(first, { status: 0, stdout: "a.test.ts", stderr: "installing dependencies (npm ci)\n" });
      assert.equal(await npmCalls(folder), 1);
      assert.equal((await run(folder, ["test", "a.test.ts"])).stderr, "");
      assert.equal(await npmCalls(folder), 1);
      await lock(folder, "1.0.1");
      await run(folder, ["test", "a.test.ts"]);
      assert.equal(await npmCalls(folder), 2);
    }));

  it("takes what npm has installed before, where it is what the lock file says", () =>
    inFolder(async (folder) => {
      await fakeClone(folder, "1.0.0");
      await run(folder, ["test", "a.test.ts"]);
      for (const [installed, calls] of [
        ["2.0.0", 1],
        ["1.9.9", 2],
      ] as const) {
        await lock(folder, `2.0.0`);
        await writeFile(join(folder, "node_modules", ".aircheck-lock"), "of another lock file");
        const written = { packages: { "node_modules/a": { version: installed } } };
        await writeFile(join(folder, "node_modules", ".package-lock.json"), JSON.stringify(written));
        await run(folder, ["test", "a.test.ts"]);
        assert.equal(await npmCalls(folder), calls, installed);
      }
    }));

  it("ends as the program that it ran did", () =>
    inFolder(async (folder) => {
      await fakeClone(folder, "1.0.0");
      assert.equal((await run(folder, ["test", "a.test.ts"], "3")).status, 3);
      assert.equal((await run(folder, ["test", "a.test.ts"], "signal")).status, 128 + 15);
    }));

  it("refuses a command that it does not have, before it installs anything", () =>
    inFolder(async (folder) => {
      await fakeClone(folder, "1.0.0");
      for (const words of [[], ["frobnicate"], ["toString"]]) {
        const { status, stderr } = await run(folder, words);
        assert.equal(status, 2);
        assert.match(stderr, /^give one of start, test, check, bench, build, not "\w*"\n$/);
      }
      assert.equal(await npmCalls(folder), 0);
    }));
});
