/** Generated pages of Markdown: tables as the formatter wants them, and the check that a page is not stale. */
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";

/** Columns are padded to one width, as the formatter of the repository wants them. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map(cell));
  const widths = head.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [first = [], ...others] = lines;
  return [line(first), line(widths.map((width) => "-".repeat(width))), ...others.map(line)].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}

export function code(text: string): string {
  return `\`${text}\``;
}

/**
 * Writes a page; with `--check` nothing is written, and a stale copy is told of.
 *
 * @param generator the program that writes it, as people run it
 * @returns the exit status
 */
export async function writePage(
  target: string,
  wanted: string,
  generator: string,
  args: readonly string[],
): Promise<number> {
  if (!args.includes("--check")) {
    await writeFile(target, wanted);
    return 0;
  }
  const current = await readFile(target, "utf8").catch(() => "");
  if (current === wanted) return 0;
  process.stderr.write(`docs/${basename(target)} is stale: run npx tsx ${generator}\n`);
  return 1;
}
