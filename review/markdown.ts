/** Markdown of GitHub, with text in it that strangers chose: names, values and messages must stay text. */

/** GitHub refuses longer comments. */
export const longestComment = 65_536;

const longestText = 300;

/** A message ends with what to do about it. */
export const longestMessage = 1500;

/**
 * Foreign text as code in one line: nothing in it is markup, a mention, a link or the end of a table's cell.
 *
 * A backtick or a pipe would end the code or the cell, and no escape holds in both places: such text becomes entities.
 */
export function code(text: string, longest = longestText): string {
  const line = shortened(oneLine(text), longest);
  if (line === "") return "";
  return /[`|]/.test(line) ? `<code>${entities(line)}</code>` : `\`${line}\``;
}

/** Foreign text of several lines; the fence is longer than any in it. */
export function codeBlock(text: string, longest: number): string {
  const lines = shortened(
    text
      .split(/\r\n|\r|\n/)
      .map(withoutControls)
      .join("\n")
      .trim(),
    longest,
  );
  const longestRun = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longestRun + 1);
  return `${fence}text\n${lines}\n${fence}`;
}

/** A table; cells have to be our own words, or code. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A part that is folded until somebody asks; the summary has to be our own words. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** The first ones, and how many are left out. */
export function firstOf<T>(
  items: readonly T[],
  limit: number,
): { readonly shown: readonly T[]; readonly more: string } {
  const left = items.length - limit;
  return left <= 0 ? { shown: items, more: "" } : { shown: items.slice(0, limit), more: `… and ${left} more` };
}

/** `1 alarm`, `2 alarms`. */
export function counted(count: number, what: string): string {
  const plural = what.endsWith("y") ? `${what.slice(0, -1)}ies` : `${what}s`;
  return `${count} ${count === 1 ? what : plural}`;
}

function oneLine(text: string): string {
  return withoutControls(text.replace(/\s+/g, " ")).trim();
}

/** Without what no reader sees but which turns text around or hides it. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => (character === "\t" ? " " : ""));
}

function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

/** Cut between characters, never inside one. */
function shortened(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}
