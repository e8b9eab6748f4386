/** Landing objects one after another through the transform, and what came of them together. */
import { createReadStream } from "node:fs";
import { addReport, emptyReport, type TransformReport } from "../../functions/transform/report.ts";
import {
  type LakeSink,
  type LandingObject,
  type TransformOptions,
  transformObject,
} from "../../functions/transform/transform.ts";
import type { InputFile } from "./files.ts";

export interface ConvertSummary extends TransformReport {
  files: number;
  seconds: number;
}

/** Called before each object, and at the end with `done = count`. */
export type ConvertProgress = (done: number, count: number, key: string | undefined) => void;

/** A file as a landing object: its bucket is `file`, its key the absolute path. */
export function landingObjectOf(file: InputFile): LandingObject {
  return {
    bucket: "file",
    key: file.path,
    sizeBytes: file.sizeBytes,
    lastModified: file.modified,
    open: (startByte) => createReadStream(file.path, { start: startByte }),
  };
}

/**
 * Transforms objects one after another, in the order given.
 *
 * @throws what the transform throws: the objects before are in the lake then, and running again overwrites them
 */
export async function convertObjects(
  objects: readonly LandingObject[],
  lake: LakeSink,
  options: TransformOptions,
  onProgress: ConvertProgress = () => {},
): Promise<ConvertSummary> {
  const started = performance.now();
  const total = emptyReport();
  for (const [index, object] of objects.entries()) {
    onProgress(index, objects.length, object.key);
    addReport(total, await transformObject(object, lake, options));
  }
  onProgress(objects.length, objects.length, undefined);
  return { files: objects.length, seconds: Math.round(performance.now() - started) / 1000, ...total };
}

/** What `convert --json` answers: the numbers of the summary that are a contract. */
export function summaryJson(summary: ConvertSummary) {
  const { files, records, rows, rejects, control, bytesIn, bytesOut, seconds, tables, rejectReasons } = summary;
  return { files, records, rows, rejects, control, bytesIn, bytesOut, seconds, tables, rejectReasons };
}
