/** `aircheck review`: the comment on a pull request, from what a preview wrote down. */
import { readFile } from "node:fs/promises";
import {
  CostFileError,
  EventLogError,
  isBlocking,
  type Review,
  readChangedFiles,
  readCost,
  readPreview,
  review,
} from "../review/index.ts";
import { type ExitStatus, type Terminal, UsageError, write } from "./terminal.ts";

export interface ReviewOptions {
  readonly stack: string;
  readonly events: string;
  readonly status?: number;
  readonly cost?: string;
  readonly commit?: string;
  readonly changedFiles?: string;
  readonly ownRules?: boolean;
  readonly json?: boolean;
}

/** Ends with 1 where the change is blocked: the comment is written all the same. */
export async function reviewCommand(options: ReviewOptions, { stdout }: Terminal): Promise<ExitStatus> {
  const { stack, status, commit, ownRules } = options;
  // The name goes into a comment of HTML, by which the comment on the pull request is found again.
  if (!/^[\w.-]+(\/[\w.-]+){0,2}$/.test(stack)) {
    throw new UsageError("--stack is no name of a stack: letters, digits, _, - and . are allowed");
  }
  if (commit !== undefined && !/^[0-9a-f]{7,64}$/.test(commit)) throw new UsageError("--commit is no hash of a commit");
  const preview = await previewOf(options);
  const [cost, changedFiles] = [await costOf(options.cost), await changedFilesOf(options.changedFiles)];
  const made = review({ stack, preview, status, commit, cost, changedFiles, ownRules });
  const text = options.json ? `${JSON.stringify(jsonOf(stack, preview, made), null, 2)}\n` : made.comment;
  await write(stdout, text);
  return made.verdict.blocked ? 1 : 0;
}

async function previewOf({ events, stack, status }: ReviewOptions) {
  const text = await readFile(events, "utf8").catch(() => undefined);
  // A preview that cannot even begin, for want of rights or of a stack, leaves no events.
  const began = text !== undefined && text.trim() !== "";
  if (!began && status !== undefined && status !== 0) return undefined;
  if (text === undefined) throw new UsageError(`--events ${events} cannot be read: check the path`);
  try {
    return readPreview(text, stack);
  } catch (error) {
    if (!(error instanceof EventLogError)) throw error;
    throw new UsageError(
      `--events ${events}: ${error.message}: give the file that pulumi preview --event-log wrote, whole`,
    );
  }
}

async function costOf(file: string | undefined) {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new UsageError(`--cost ${file} cannot be read: check the path`);
  try {
    return readCost(text);
  } catch (error) {
    if (!(error instanceof CostFileError)) throw error;
    throw new UsageError(`--cost ${file}: ${error.message}: give what aircheck cost --json --from REVISION printed`);
  }
}

async function changedFilesOf(file: string | undefined) {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new UsageError(`--changed-files ${file} cannot be read: check the path`);
  return readChangedFiles(text);
}

function jsonOf(stack: string, preview: Awaited<ReturnType<typeof previewOf>>, { verdict, logging, comment }: Review) {
  const violations = preview?.violations ?? [];
  const mandatory = violations.filter(isBlocking).length;
  return {
    stack,
    blocked: verdict.blocked,
    reasons: verdict.reasons,
    complete: verdict.complete,
    violations: { mandatory, advisory: violations.length - mandatory },
    logging: logging.changes,
    resources: { changed: preview?.steps.length ?? 0, unchanged: preview?.unchanged ?? 0 },
    comment,
  };
}
