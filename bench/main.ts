/**
 * `npm run bench`: how fast and how large, against other ways to do the same work, in one run on the same bytes.
 *
 * Every contestant is a process of its own on one processor (but for "2 threads"), warms up once, and is timed over
 * several rounds in turn; every output is read again and compared value by value. Options: `--rows N`, `--rounds N`,
 * `--large N` (rows of the memory test, 0 leaves it out), `--json FILE`.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { coldStart } from "./cold-start.ts";
import { differences, digest } from "./compare.ts";
import { type Contestant, contestants } from "./contestants.ts";
import { writeLandingObject } from "./landing-object.ts";
import { peakMemory } from "./memory.ts";
import { runContestant } from "./run.ts";
import { type Result, resultTable } from "./table.ts";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "200000" },
    rounds: { type: "string", default: "3" },
    large: { type: "string", default: "2000000" },
    json: { type: "string" },
  },
});

const folder = await mkdtemp(join(tmpdir(), "aircheck-bench-"));
try {
  process.stdout.write(await bench(folder));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function bench(dir: string): Promise<string> {
  const rows = Number(options.rows);
  const input = join(dir, "egress.gz");
  say(`making a landing object of ${rows} rows`);
  const inputBytes = await writeLandingObject(input, rows);
  const results = await race(input, dir);
  const wrong = await compareOutputs(results, dir);
  const cold = await coldStart(dir);
  const memory = [{ rows, ...(await peakMemory(input, join(dir, "lake-small"))) }];
  if (Number(options.large) > 0) {
    const large = join(dir, "large.gz");
    say(`making a landing object of ${options.large} rows`);
    await writeLandingObject(large, Number(options.large));
    memory.push({ rows: Number(options.large), ...(await peakMemory(large, join(dir, "lake-large"))) });
  }
  const machine = `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.versions.node}`;
  if (options.json)
    await writeFile(options.json, JSON.stringify({ machine, rows, inputBytes, results, wrong, cold, memory }, null, 2));
  if (wrong.length > 0) process.exitCode = 1;
  return [
    "",
    resultTable(results),
    "",
    ...(wrong.length > 0 ? wrong : ["Every output was read again: all hold the same values in all raw columns."]),
    ...memory.map(
      ({ rows: count, peakMiB, seconds }) =>
        `convert of ${count} rows in one object: peak memory ${peakMiB.toFixed(0)} MiB, ${seconds.toFixed(1)} s`,
    ),
    `cold start of the bundle: ${cold.loadMs.toFixed(0)} ms to load it, ${cold.firstFileMs.toFixed(0)} ms to the first Parquet file of a small object`,
    `${rows} rows, ${(inputBytes / 1e6).toFixed(1)} MB gzip; ${machine}`,
    "",
  ].join("\n");
}

/** Rounds in turn, so that a machine that slows down slows all of them down. */
async function race(input: string, dir: string): Promise<Result[]> {
  const all = contestants(input, dir);
  const results = new Map<Contestant, Result>();
  for (let round = 1; round <= Number(options.rounds); round++) {
    for (const contestant of all) {
      say(`round ${round}: ${contestant.name}`);
      const outcome = await runContestant(contestant);
      const result = results.get(contestant) ?? {
        name: contestant.name,
        output: contestant.output,
        seconds: [],
        peakMiB: 0,
      };
      if (typeof outcome === "string") result.skipped = outcome;
      else {
        result.seconds.push(...outcome.seconds);
        result.peakMiB = Math.max(result.peakMiB, outcome.peakMiB);
      }
      results.set(contestant, result);
    }
  }
  return [...results.values()];
}

async function compareOutputs(results: readonly Result[], dir: string): Promise<string[]> {
  const ours = await digest(join(dir, "raw/lake/mediapackage_egress/*/*.parquet"));
  const wrong: string[] = [];
  for (const { name, output, skipped } of results) {
    if (output === undefined || skipped !== undefined) continue;
    const other = differences(ours, await digest(output));
    if (other.length > 0) wrong.push(`${name} differs from aircheck in ${other.join(", ")}`);
  }
  return wrong;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
