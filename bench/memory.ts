import { fileURLToPath } from "node:url";
import { output } from "./run.ts";

/** Peak memory and time of `aircheck convert` on one object, as a process of its own. */
export async function peakMemory(input: string, lake: string): Promise<{ peakMiB: number; seconds: number }> {
  const probe = fileURLToPath(new URL("./peak-memory.ts", import.meta.url));
  const { status, stdout, stderr } = await output([
    process.execPath,
    "--import",
    "tsx",
    "--import",
    probe,
    cli,
    "convert",
    input,
    "--lake",
    lake,
    "--json",
  ]);
  if (status !== 0) throw new Error(`convert failed: ${stderr}`);
  const summary: unknown = JSON.parse(stdout);
  const peak = /peak (\d+) KiB/.exec(stderr)?.[1];
  if (peak === undefined || typeof summary !== "object" || summary === null || !("seconds" in summary)) {
    throw new Error(`convert printed no measurement: ${stderr}`);
  }
  return { peakMiB: Number(peak) / 1024, seconds: Number(summary.seconds) };
}

const cli = fileURLToPath(new URL("../cli/main.ts", import.meta.url));
