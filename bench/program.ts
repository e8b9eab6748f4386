/**
 * `npx tsx bench/program.ts [STACK_FILE]`: how long and how large an evaluation of the Pulumi program is, from the start of
 * Node.js to the last registration, without an engine's own work. Peak memory is that of the process.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { load } from "js-yaml";
import { z } from "zod";
import { output } from "./run.ts";

interface Measurement {
  readonly seconds: number;
  /** Of all threads; on a busy machine it says more than the seconds do. */
  readonly processorSeconds: number;
  readonly peakMiB: number;
}

const runs = 5;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const [stackFile = here("../Pulumi.prod.yaml")] = process.argv.slice(2);
const project = z.object({ runtime: z.object({ options: z.object({ nodeargs: z.string() }) }) });
const { nodeargs } = project.parse(load(await readFile(here("../Pulumi.yaml"), "utf8"))).runtime.options;

const measured: Measurement[] = [];
for (let run = 0; run < runs; run++) measured.push(await evaluate());
const least = (key: keyof Measurement) => Math.min(...measured.map((one) => one[key])).toFixed(2);
const peakMiB = Math.max(...measured.map((one) => one.peakMiB)).toFixed(0);
process.stdout.write(
  `${stackFile}: ${least("seconds")} s, ${least("processorSeconds")} s of processor time (the least of ${runs} runs), peak ${peakMiB} MiB\n`,
);

async function evaluate(): Promise<Measurement> {
  const started = performance.now();
  const { status, stderr } = await output([
    process.execPath,
    ...nodeargs.split(" "),
    "--import",
    here("peak-memory.ts"),
    here("../tests/infra/print-graph.ts"),
    stackFile,
  ]);
  const seconds = (performance.now() - started) / 1000;
  const [, peak, processor] = /peak (\d+) KiB, processor (\d+) ms/.exec(stderr) ?? [];
  if (status !== 0) throw new Error(`the program failed: ${stderr}`);
  return { seconds, processorSeconds: Number(processor) / 1000, peakMiB: Number(peak) / 1024 };
}
