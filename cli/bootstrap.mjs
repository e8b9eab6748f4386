/**
 * The first thing that runs on a fresh clone: `node cli/bootstrap.mjs start|test|check|bench|build [arguments]`.
 *
 * Plain JavaScript without dependencies, because it is what installs them.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { chmod, copyFile } from "node:fs/promises";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 15];
const stampFile = join(root, "node_modules", ".aircheck-lock");

/** A tool of node_modules, run by this very Node.js; its `bin` may not be executable everywhere. */
const tool = (path, ...args) => ["node", join(root, "node_modules", path), ...args];
/** A program of this repository. The loader is named by its address, for a bare name is looked up from the working directory. */
const typescript = (file, ...args) => ["node", "--import", import.meta.resolve("tsx"), join(root, file), ...args];

const checks = () => [
  ["types", tool("typescript/bin/tsc", "-p", root)],
  ["lint and format", tool("@biomejs/biome/bin/biome", "check", root)],
  [
    "arrows between folders",
    tool("dependency-cruiser/bin/dependency-cruise.mjs", "--config", ".dependency-cruiser.cjs", "--", ...folders()),
  ],
  ["unused code", tool("knip/bin/knip.js")],
  ["generated docs: tables", typescript("docs/generate-tables.ts", "--check")],
  ["generated docs: costs", typescript("docs/generate-cost.ts", "--check")],
];

const commands = {
  start: (rest) => run(typescript("cli/main.ts", "start", ...rest), { cwd: process.cwd() }),
  test,
  check: runChecks,
  bench: (rest) => run(typescript("bench/main.ts", ...rest)),
  build,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...rest]) {
  if (nodeIsTooOld(process.versions.node)) {
    return fail(
      `aircheck needs Node.js ${oldestNode.join(".")} or later, and this is ${process.versions.node}: install a newer one from https://nodejs.org`,
    );
  }
  const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
  if (!command) {
    fail(`give one of ${Object.keys(commands).join(", ")}, not ${JSON.stringify(name ?? "")}`);
    return 2;
  }
  const installed = await install();
  return installed === 0 ? command(rest) : installed;
}

function nodeIsTooOld(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
}

/** Installs what the lock file says, unless that is what is there already. */
async function install() {
  const lockText = readFileSync(join(root, "package-lock.json"), "utf8");
  const stamp = createHash("sha256").update(lockText).digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return 0;
  if (!isInstalled(JSON.parse(lockText).packages)) {
    process.stderr.write("installing dependencies (npm ci)\n");
    // npm is a script for the shell on Windows.
    const shell = process.platform === "win32";
    const status = await run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], { stdout: 2, shell });
    if (status !== 0) return fail("npm ci failed, see above: the package registry has to be reachable");
  }
  writeFileSync(stampFile, stamp);
  return 0;
}

/** Whether somebody has run npm here already: npm writes down what it has put into node_modules. */
function isInstalled(wanted) {
  const written = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(written)) return false;
  const { packages: found } = JSON.parse(readFileSync(written, "utf8"));
  // Optional packages are those of other platforms, for the most part.
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || (found[path] ? found[path].version === version : optional === true),
  );
}

/** All tests with the coverage gate; or those of the files given, without it, for it is about the whole. */
function test(rest) {
  const mocha = join(root, "node_modules/mocha/bin/mocha.js");
  if (rest.some((word) => /\.(ts|mjs)$/.test(word))) return run(["node", mocha, ...rest]);
  return run(tool("c8/bin/c8.js", process.execPath, mocha, "tests", ...rest));
}

async function runChecks() {
  let failed = 0;
  for (const [name, command] of checks()) {
    const status = await run(command);
    process.stderr.write(`${status === 0 ? "ok    " : "FAILED"} ${name}\n`);
    if (status !== 0) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}

/** What the package is made of: the command, which runs from any folder, and the contract of the outputs, which others import. */
async function build() {
  const command = await bundled("cli/main.ts", "cli.js", "#!/usr/bin/env node");
  await chmod(command, 0o755);
  await bundled("infra/outputs.ts", "outputs.js");
  // The copy that a test keeps fresh.
  const schema = join(root, "examples", "consumer", "aircheck-outputs.schema.json");
  await copyFile(schema, join(root, "dist", "outputs.schema.json"));
  return run(tool("typescript/bin/tsc", "-p", join(root, "tsconfig.outputs.json")));
}

/** One file below `dist/`; dependencies stay packages, for some of them bring native code and data. */
async function bundled(entryPoint, name, firstLine) {
  const { build: bundle } = await import("esbuild");
  const outfile = join(root, "dist", name);
  await bundle({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: `node${oldestNode.join(".")}`,
    ...(firstLine && { banner: { js: firstLine } }),
    logLevel: "warning",
  });
  return outfile;
}

function folders() {
  return [
    "catalog",
    "functions",
    "dashboards",
    "limits",
    "infra",
    "local",
    "cli",
    "tests",
    "bench",
    "docs",
    "examples",
  ].filter((name) => existsSync(join(root, name)));
}

/**
 * Runs a program and waits; signals go on to it.
 *
 * @returns its exit status, or 128 and the number of the signal that ended it, as a shell would say
 */
function run([program, ...args], { cwd = root, stdout = "inherit", shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program === "node" ? process.execPath : program, args, {
      cwd,
      shell,
      stdio: ["inherit", stdout, "inherit"],
    });
    // Ctrl-C reaches the child from the terminal too; it is the child that decides what comes of it.
    const pass = (signal) => child.kill(signal);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, pass);
    const done = (status) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(status);
    };
    child.on("error", (error) => done(fail(`${program} cannot be run: ${error.message}`)));
    child.on("exit", (status, signal) => done(status ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  return 1;
}
