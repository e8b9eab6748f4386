/** A lake in memory, and landing objects from bytes: what tests of the transform as a whole need. */
import { catalog } from "../../../catalog/index.ts";
import { noSampling } from "../../../functions/transform/derive/sampling.ts";
import type { TransformReport } from "../../../functions/transform/report.ts";
import {
  type LakeSink,
  type LandingObject,
  type TransformOptions,
  transformObject,
} from "../../../functions/transform/transform.ts";

/** Files by key; a write that fails leaves nothing behind. */
export class MemoryLake implements LakeSink {
  readonly files = new Map<string, Buffer>();

  async write(key: string, body: AsyncIterable<Uint8Array>): Promise<number> {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part.slice());
    const file = Buffer.concat(parts);
    this.files.set(key, file);
    return file.length;
  }

  async stat(key: string): Promise<unknown> {
    return this.files.get(key);
  }

  async remove(key: string): Promise<void> {
    this.files.delete(key);
  }
}

export interface Landed {
  readonly key?: string;
  readonly lastModified?: Date;
  /** Bytes of a piece in which the content is read; default everything at once. */
  readonly pieceBytes?: number;
  readonly options?: Partial<TransformOptions>;
}

/** When landing objects of tests were written: after every event. */
export const landedAt = new Date("2020-07-14T00:00:00.000Z");

export function landingObject(bytes: Uint8Array, landed: Landed = {}): LandingObject {
  const { key = "landing/unknown/a.gz", lastModified = landedAt, pieceBytes = Math.max(1, bytes.length) } = landed;
  return {
    bucket: "landing",
    key,
    sizeBytes: bytes.length,
    lastModified,
    async *open(startByte) {
      for (let at = startByte; at < bytes.length; at += pieceBytes) yield bytes.slice(at, at + pieceBytes);
    },
  };
}

export const usualOptions: TransformOptions = { catalog, privacy: { mode: "keep" }, sampling: noSampling };

/** Transforms `bytes` as one landing object into a lake. */
export async function transformBytes(
  bytes: Uint8Array,
  landed: Landed = {},
  lake: MemoryLake = new MemoryLake(),
): Promise<{ readonly lake: MemoryLake; readonly report: TransformReport }> {
  const report = await transformObject(landingObject(bytes, landed), lake, { ...usualOptions, ...landed.options });
  return { lake, report };
}
