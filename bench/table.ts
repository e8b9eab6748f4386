export interface Result {
  readonly name: string;
  readonly output: string | undefined;
  readonly seconds: number[];
  peakMiB: number;
  skipped?: string;
}

/** A Markdown table: median seconds, and the ratio of us to each. */
export function resultTable(results: readonly Result[]): string {
  const [raw, all] = results.map(({ seconds }) => median(seconds));
  const rows = results.map((result) => {
    if (result.skipped !== undefined) return `| ${result.name} | skipped: ${result.skipped} | | | |`;
    const time = median(result.seconds);
    const ratios = [raw, all].map((ours) => ((ours ?? Number.NaN) / time).toFixed(2));
    return `| ${result.name} | ${time.toFixed(2)} | ${ratios[0]} | ${ratios[1]} | ${result.peakMiB.toFixed(0)} |`;
  });
  return [
    "| contestant | seconds | aircheck raw ÷ it | aircheck derived ÷ it | peak MiB |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
