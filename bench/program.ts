/**
 * `npx tsx bench/program.ts [STACK_FILE]`: how long and how large an evaluation of the Pulumi program is, from the start of
 * Node.js to the last registration, without an engine's own work. Peak memory is that of the process.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { load } from "js-yaml";
import { z } from "zod";
import { output } from "./run.ts";

const runs = 5;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const [stackFile = here("../Pulumi.prod.yaml")] = process.argv.slice(2);
const project = z.object({ runtime: z.object({ options: z.object({ nodeargs: z.string() }) }) });
const { nodeargs } = project.parse(load(await readFile(here("../Pulumi.yaml"), "utf8"))).runtime.options;

const measured: { seconds: number; peakMiB: number }[] = [];
for (let run = 0; run < runs; run++) measured.push(await evaluate());
const seconds = measured.map((one) => one.seconds).sort((a, b) => a - b);
const peakMiB = Math.max(...measured.map((one) => one.peakMiB));
process.stdout.write(
  `${stackFile}: best of ${runs} ${seconds[0]?.toFixed(2)} s, median ${seconds[runs >> 1]?.toFixed(2)} s, peak ${peakMiB.toFixed(0)} MiB\n`,
);

async function evaluate(): Promise<{ seconds: number; peakMiB: number }> {
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
  const peak = /peak (\d+) KiB/.exec(stderr)?.[1];
  if (status !== 0 || peak === undefined) throw new Error(`the program failed: ${stderr}`);
  return { seconds, peakMiB: Number(peak) / 1024 };
}
