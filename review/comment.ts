/** The comment on a pull request: what a reviewer has to know before anything runs, the most important first. */
import type { ChangedFiles } from "./changed-files.ts";
import type { CostChange } from "./cost.ts";
import { isBlocking, type Preview, type Step, type Violation } from "./events.ts";
import { type LoggingChange, type LoggingChanges, loggingChanges } from "./logging-changes.ts";
import { code, codeBlock, counted, firstOf, folded, longestComment, longestMessage, table } from "./markdown.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

export interface ReviewInput {
  /** Name of the stack, as Pulumi takes it. */
  readonly stack: string;
  /** Undefined where the preview ended before it wrote an event. */
  readonly preview: Preview | undefined;
  /** Exit status of the preview, where it is known. */
  readonly status?: number | undefined;
  readonly cost?: CostChange | undefined;
  /** The commit that was previewed. */
  readonly commit?: string | undefined;
  /** What the change edits of that by which it is judged, where it is known. */
  readonly changedFiles?: ChangedFiles | undefined;
  /** Whether the rules are the change's own, because there were none before. */
  readonly ownRules?: boolean | undefined;
}

export interface Review {
  readonly verdict: Verdict;
  readonly logging: LoggingChanges;
  /** Markdown, at most `longestComment` characters; the same input gives the same text. */
  readonly comment: string;
}

/** How many rows a list may have, from the first try on: the first that fits is taken. */
const rowLimits = [100, 50, 25, 10, 5, 2, 1];
const longestError = 3000;
const mostGroups = 20;

/** The line by which the comment of a stack is found again; it stands first. */
export function markerOf(stack: string): string {
  return `<!-- aircheck preview: ${stack} -->`;
}

/** Judges a preview and writes the comment. */
export function review(input: ReviewInput): Review {
  const verdict = verdictOf(input.preview, input.status);
  const logging = loggingChanges(input.preview?.steps ?? []);
  const texts = rowLimits.map((limit) => commentText(input, verdict, logging, limit));
  const comment = texts.find((text) => text.length <= longestComment) ?? texts.at(-1) ?? "";
  return { verdict, logging, comment };
}

function commentText(input: ReviewInput, verdict: Verdict, logging: LoggingChanges, limit: number): string {
  const { stack, preview, cost, commit, changedFiles } = input;
  const sections = [
    `${markerOf(stack)}\n## ${code(stack)}: ${verdict.blocked ? "blocked" : "fine"}`,
    verdictSection(preview, verdict, logging),
    rulesSection(input, limit),
    ...(preview ? [errorSection(preview)] : []),
    ...(preview ? [loggingSection(logging, verdict, limit)] : []),
    ...(preview ? [violationSection(preview, limit)] : []),
    costSection(cost, changedFiles),
    ...(preview ? [otherSection(preview, logging, limit)] : []),
    ...(commit === undefined ? [] : [`Preview of ${commit}.`]),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function verdictSection(preview: Preview | undefined, verdict: Verdict, logging: LoggingChanges): string {
  const advice = preview?.violations.filter((one) => !isBlocking(one)).length ?? 0;
  const lines = verdict.blocked
    ? ["> [!CAUTION]", ...verdict.reasons.map((reason) => `> **${sentence(reason)}**`)].join("\n")
    : `No mandatory rule is broken${advice === 0 ? "" : `; ${counted(advice, "advisory")} below`}.`;
  if (preview === undefined) return lines;
  const counts = [
    counted(preview.violations.length - advice, "mandatory violation"),
    counted(advice, "advisory"),
    `${counted(logging.changes.flatMap(({ names }) => names).length, "change")} in logging`,
    counted(preview.steps.length, "changed resource"),
  ].join(" · ");
  const partial = verdict.complete
    ? ""
    : "\n\nThe preview did not come to its end: there may be more changes than these, and what would be deleted is not known.";
  return `${lines}\n\n${counts}${partial}`;
}

/** Whoever may edit the rules may break them: a reviewer has to see it before the verdict is believed. */
function rulesSection({ changedFiles, ownRules }: ReviewInput, limit: number): string {
  const files = changedFiles?.rules ?? [];
  const by = ownRules
    ? "There were no rules before it: it was judged by its own."
    : "It was judged by the rules as they were before it.";
  if (files.length === 0) return ownRules ? `> [!IMPORTANT]\n> ${by}` : "";
  const { shown, more } = firstOf(files, limit);
  const list = [...shown.map((file) => `- ${code(file)}`), ...(more === "" ? [] : [`- ${more}`])];
  return ["> [!IMPORTANT]", `> **This change edits the rules.** ${by}`, ">", ...list.map((line) => `> ${line}`)].join(
    "\n",
  );
}

function errorSection({ errors }: Preview): string {
  if (errors.length === 0) return "";
  return `### Error\n\n${codeBlock(errors.join("\n\n"), longestError)}`;
}

const effectWords: Readonly<Record<LoggingChange["effect"], string>> = {
  stops: "**stops**",
  deleted: "**deleted**",
  replaced: "**replaced**",
  released: "released",
  changed: "changed",
  new: "new",
};

function loggingSection(
  { changes, counted: countedKinds }: LoggingChanges,
  { complete }: Verdict,
  limit: number,
): string {
  const parts: string[] = [];
  const warnings = [
    ...kindCounts("Ends", changes, ["stops", "deleted"]),
    ...kindCounts("Replaced, with a gap in between", changes, ["replaced"]),
  ];
  if (warnings.length > 0) parts.push(["> [!WARNING]", ...warnings.map((line) => `> ${line}`)].join("\n"));
  const { shown, more } = firstOf(changes, limit);
  if (shown.length > 0) {
    parts.push(
      table(
        ["", "what", "property", "before", "after", ""],
        shown.map((change) => loggingRow(change, limit)),
      ),
    );
  }
  if (more !== "") parts.push(more);
  if (countedKinds.length > 0) {
    parts.push(`New: ${countedKinds.map(({ kind, count }) => counted(count, kind)).join(", ")}.`);
  }
  if (parts.length === 0) parts.push(complete ? "None." : "None that the preview came to see.");
  return ["### Changes in logging", ...parts].join("\n\n");
}

/** How many resources of each kind; one with several changes counts once. */
function kindCounts(
  what: string,
  changes: readonly LoggingChange[],
  effects: readonly LoggingChange["effect"][],
): readonly string[] {
  const names = new Map<string, Set<string>>();
  for (const change of changes.filter(({ effect }) => effects.includes(effect))) {
    names.set(change.kind, new Set([...(names.get(change.kind) ?? []), ...change.names]));
  }
  const counts = [...names].map(([kind, { size }]) => counted(size, kind));
  return counts.length === 0 ? [] : [`${what}: ${counts.join(", ")}.`];
}

function loggingRow({ effect, kind, names, property, before, after, note }: LoggingChange, limit: number) {
  const what = names.length === 1 ? kind : counted(names.length, kind);
  return [
    effectWords[effect],
    `${what} ${nameList(names, limit)}`,
    property,
    code(before),
    code(after),
    noteText(note),
  ];
}

function nameList(names: readonly string[], limit: number): string {
  const { shown, more } = firstOf(names, limit);
  return [...shown.map((name) => code(name)), ...(more === "" ? [] : [more])].join(", ");
}

/** Notes are ours, but some name a property. */
function noteText(note: string): string {
  return note.replace(/^because of ([^;]*)/, (_, properties: string) => `because of ${code(properties)}`);
}

function violationSection({ violations }: Preview, limit: number): string {
  const levels = [
    {
      title: "Mandatory",
      of: violations.filter(isBlocking),
      hint: "These block the deployment: change the program, or agree on an exception as docs/policies.md says.",
    },
    { title: "Advisory", of: violations.filter((one) => !isBlocking(one)), hint: "" },
  ];
  const lists = levels.flatMap(({ title, of, hint }) =>
    of.length === 0
      ? []
      : [[`#### ${title} (${of.length})`, hint, violationList(of, limit)].filter(Boolean).join("\n\n")],
  );
  return ["### Violations", ...(lists.length === 0 ? ["None."] : lists)].join("\n\n");
}

function violationList(violations: readonly Violation[], limit: number): string {
  const { shown, more } = firstOf(violations, limit);
  const policies = [...new Set(shown.map(({ policy }) => policy))];
  const items = policies.map((policy) => {
    const own = shown.filter((one) => one.policy === policy);
    const description = own[0]?.description ?? "";
    const head = `- ${code(policy)}${description === "" ? "" : `: ${code(description)}`}`;
    const messages = [...new Set(own.map(({ message }) => message))];
    const lines = messages.map((message) => {
      const names = own.flatMap((one) => (one.message === message ? [one.name] : []));
      return `  - ${names.map((name) => code(name)).join(", ")}: ${code(message, longestMessage)}`;
    });
    return [head, ...lines].join("\n");
  });
  return [...items, ...(more === "" ? [] : [`- ${more}`])].join("\n");
}

function costSection(cost: CostChange | undefined, changedFiles: ChangedFiles | undefined): string {
  if (cost === undefined) return "### Cost\n\nNo estimate.";
  const { beforeUsd, afterUsd, budget } = cost;
  const total =
    beforeUsd === undefined
      ? `About **${usd(afterUsd)}** a month; nothing is known of before.`
      : `${usd(beforeUsd)} → **${usd(afterUsd)}** a month (${signedUsd(afterUsd - beforeUsd)}): what the change of the stack file costs, an estimate.`;
  const sameModel =
    beforeUsd !== undefined && (changedFiles?.costModel.length ?? 0) > 0
      ? [
          "This change also edits presets, prices or the cost model. Both sides are made with the new ones: what that alone changes does not show.",
        ]
      : [];
  const groups = cost.groups.filter((group) => cents(group.beforeUsd) !== cents(group.afterUsd));
  const rows = groups.map((one) => [code(one.group), usd(one.beforeUsd), usd(one.afterUsd)]);
  return [
    "### Cost",
    ...(budget?.exceeded ? [`> [!WARNING]\n> More than the budget of ${usd(budget.usd)} a month.`] : []),
    total,
    ...sameModel,
    ...(rows.length > 0 && beforeUsd !== undefined ? [table(["", "before", "after"], rows.slice(0, mostGroups))] : []),
  ].join("\n\n");
}

const otherEffects = ["deleted", "replaced", "released", "changed", "new"] as const;

function otherSection({ unchanged }: Preview, { others }: LoggingChanges, limit: number): string {
  const counts = otherEffects.flatMap((effect) => {
    const count = others.filter((step) => step.effect === effect).length;
    return count === 0 ? [] : [`${count} ${effect}`];
  });
  const summary = `### Other resources\n\n${[...counts, `${unchanged} unchanged`].join(", ")}.`;
  if (others.length === 0) return summary;
  const sorted = [...others].sort((a, b) => otherOrder(a) - otherOrder(b));
  const { shown, more } = firstOf(sorted, limit);
  const lines = shown.map(({ effect, type, name }) => `- ${effectWords[effect]} ${code(type)} ${code(name)}`);
  return `${summary}\n\n${folded(`All ${others.length}`, [...lines, ...(more === "" ? [] : [`- ${more}`])].join("\n"))}`;
}

function otherOrder({ effect }: Step): number {
  return otherEffects.indexOf(effect);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function signedUsd(amount: number): string {
  return `${cents(amount) < 0 ? "−" : "+"}${usd(Math.abs(amount))}`;
}

function cents(amount: number): number {
  return Math.round(amount * 100);
}

function usd(amount: number): string {
  return `${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} USD`;
}
