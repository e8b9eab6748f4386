/** Reads landing objects back without the code under test: what a consumer of the formats would do. */
import { gunzipSync } from "node:zlib";
import type { LandingFile } from "../../../local/traffic/index.ts";

export interface Envelope {
  readonly messageType: string;
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly logEvents: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[];
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Objects whose records stand in CloudWatch envelopes. */
export function isEnveloped(file: LandingFile): boolean {
  return textOf(file).startsWith('{"messageType"');
}

export function textOf(file: LandingFile): string {
  return gunzipSync(file.bytes).toString("utf8");
}

/** Envelopes follow each other without a separator: a new one begins where the last one's braces are closed. */
export function envelopesOf(file: LandingFile): Envelope[] {
  return textOf(file)
    .split(/(?<=\}\]\})(?=\{"messageType":)/)
    .map((text) => JSON.parse(text));
}

/** Record texts of an object, control messages left out. */
export function recordTexts(file: LandingFile): string[] {
  if (file.sourceId === "cloudtrail") {
    const document: { Records: JsonObject[] } = JSON.parse(textOf(file));
    return document.Records.map((record) => JSON.stringify(record));
  }
  if (!isEnveloped(file)) return textOf(file).split("\n").slice(0, -1);
  return envelopesOf(file)
    .filter((envelope) => envelope.messageType === "DATA_MESSAGE")
    .flatMap((envelope) => envelope.logEvents.map((event) => event.message));
}

/** The object, or undefined when the text is broken. */
export function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Records of one source that can be parsed. */
export function recordsOf(files: readonly LandingFile[], sourceId: string): JsonObject[] {
  return files
    .filter((file) => file.sourceId === sourceId)
    .flatMap((file) => recordTexts(file))
    .map((text) => parsed(text))
    .filter((record) => record !== undefined);
}
