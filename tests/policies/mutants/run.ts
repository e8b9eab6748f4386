/**
 * Makes each mistake in a copy of the rules and runs their tests: every one has to be caught.
 *
 *     npx tsx tests/policies/mutants/run.ts [PART-OF-A-FILE'S-NAME…]
 */
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Mutant, mutants } from "./mutants.ts";

/** What the rules and their quick tests need. */
const copied = [
  "package.json",
  "tsconfig.json",
  ".mocharc.json",
  "catalog",
  "infra",
  "limits",
  "policies",
  "tests/policies",
  "tests/limits",
];
const tests = [
  "rules/*.test.ts",
  "environment.test.ts",
  "never-fooled.test.ts",
  "policy-of.test.ts",
  "served.test.ts",
].map((name) => `tests/policies/${name}`);

async function copyOfRules(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "aircheck-mutants-"));
  for (const name of copied) await cp(name, join(folder, name), { recursive: true });
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Whether the tests pass. */
function testsPass(folder: string): Promise<boolean> {
  const mocha = resolve("node_modules/mocha/bin/mocha.js");
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [mocha, "--bail", "tests/limits/limits.test.ts", ...tests], {
      cwd: folder,
      stdio: "ignore",
    });
    child.on("error", failed);
    child.on("exit", (status) => done(status === 0));
  });
}

/** Whether some test fails with the mistake in place. @throws Error where the text does not stand in the file exactly once */
async function isCaught({ file, text, becomes }: Mutant, folder: string): Promise<boolean> {
  const path = join(folder, file);
  const whole = await readFile(path, "utf8");
  const [head, tail, ...more] = whole.split(text);
  if (head === undefined || tail === undefined || more.length > 0) {
    throw new Error(`${file} has not exactly one ${JSON.stringify(text)}: mend the list of mutants`);
  }
  await writeFile(path, head + becomes + tail);
  try {
    return !(await testsPass(folder));
  } finally {
    await writeFile(path, whole);
  }
}

async function main(parts: readonly string[]): Promise<number> {
  const folders = await Promise.all(Array.from({ length: availableParallelism() }, copyOfRules));
  try {
    const [first = ""] = folders;
    if (!(await testsPass(first))) throw new Error("the tests fail without any mistake: run npm test");
    const chosen = mutants.filter(({ file }) => parts.length === 0 || parts.some((part) => file.includes(part)));
    const waiting = [...chosen];
    let survived = 0;
    await Promise.all(
      folders.map(async (folder) => {
        for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
          if (await isCaught(mutant, folder)) continue;
          survived += 1;
          process.stdout.write(`not caught: ${mutant.file}: ${mutant.text} → ${mutant.becomes}\n`);
        }
      }),
    );
    process.stdout.write(`${chosen.length - survived} of ${chosen.length} mistakes caught\n`);
    return survived === 0 && chosen.length > 0 ? 0 : 1;
  } finally {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
