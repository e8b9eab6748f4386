/** Text outside of JSON: lines of logs, statements that go on, and what damage left behind. */
import type { Source } from "../../../catalog/types.ts";
import { AuditLines } from "../record/audit-lines.ts";
import type { Intake } from "./intake.ts";
import { envelopeStart } from "./resync.ts";
import type { Window } from "./window.ts";

/** Whether what follows may go on with an audited statement: there white space and commas are text. */
export function inStatement({ bytes, p }: Window, intake: Intake, pinned: Source | undefined): boolean {
  if (!intake.waiting) return false;
  const c = bytes[p];
  if (c === 0) return false;
  return (c !== 0x7b && c !== 0x5b) || pinned?.format === "aurora-audit";
}

/** Where an envelope begins behind text that is no record, on the same line, which ends at `end`. */
export function envelopeBehind(
  window: Window,
  end: number,
  intake: Intake,
  pinned: Source | undefined,
): number | undefined {
  if (isFreeText(window, end, intake, pinned)) return undefined;
  const at = window.view(0, end).indexOf(envelopeStart, window.p);
  return at > window.p ? at : undefined;
}

/** Whether what follows is the rest of an object or array that was left for damage, not a line of text. */
export function isRemains(window: Window, intake: Intake, pinned: Source | undefined): boolean {
  const c = window.bytes[window.p];
  return (c === 0x5d || c === 0x7d || c === 0x3a) && !isFreeText(window, window.bytes.length, intake, pinned);
}

/** Whether any text is a record's, or may be: then nothing inside of it is looked for. */
function isFreeText({ bytes, p }: Window, end: number, intake: Intake, pinned: Source | undefined): boolean {
  if (pinned?.format === "raw" || pinned?.format === "aurora-audit" || intake.waiting) return true;
  return AuditLines.begins(bytes.subarray(p, end));
}
