/** Whether a change may go on, and if not, why. */
import { isBlocking, type Preview } from "./events.ts";
import { counted } from "./markdown.ts";

export interface Verdict {
  readonly blocked: boolean;
  /** In our words; empty where nothing blocks. */
  readonly reasons: readonly string[];
  /** Whether the preview saw all of the change: without its end nobody knows what would be deleted. */
  readonly complete: boolean;
}

/**
 * Only what is known to be fine is fine.
 *
 * @param preview undefined where it ended before it wrote an event
 * @param status exit status of the preview, where it is known
 */
export function verdictOf(preview: Preview | undefined, status: number | undefined): Verdict {
  const failed = status !== undefined && status !== 0;
  if (preview === undefined) {
    return { blocked: true, reasons: ["the preview ended before it began: see the log of the job"], complete: false };
  }
  const mandatory = preview.violations.filter(isBlocking).length;
  const complete = preview.finished && preview.errors.length === 0;
  const reasons = [
    ...(mandatory > 0 ? [counted(mandatory, "mandatory violation")] : []),
    ...(preview.errors.length > 0 && preview.finished ? ["the preview failed"] : []),
    ...(preview.finished ? [] : ["the preview was cut off: see the log of the job, too"]),
    ...(preview.finished && preview.packs.length === 0 ? ["no policy pack ran, so nothing was checked"] : []),
  ];
  if (failed && reasons.length === 0) reasons.push(`the preview ended with status ${status}: see the log of the job`);
  return { blocked: reasons.length > 0, reasons, complete };
}
