/**
 * Runs a piece of work once to warm up and then `runs` times, and prints a JSON line: seconds of each counted run, rows,
 * and the peak memory of the process.
 */
export async function timed(runs: number, work: () => Promise<number>): Promise<void> {
  let rows = await work();
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    rows = await work();
    seconds.push((performance.now() - start) / 1000);
  }
  process.stdout.write(`${JSON.stringify({ seconds, rows, peakMiB: process.resourceUsage().maxRSS / 1024 })}\n`);
}
