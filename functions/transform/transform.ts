/**
 * From a landing object to lake files: the heart of aircheck.
 *
 * STUB in this commit's working tree: the signature is the contract.
 */
import type { Catalog } from "../../catalog/index.ts";
import type { CountryLookup } from "./derive/country.ts";
import type { ClientIpPolicy } from "./derive/privacy.ts";
import type { SamplingHistory } from "./derive/sampling.ts";
import type { TransformReport } from "./report.ts";

/** A landing object, readable as often as needed. */
export interface LandingObject {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  readonly sizeBytes: number;
  /** When it was written: later event times (by more than a day) are implausible. */
  readonly lastModified: Date;
  /** Opens the content from a byte offset. */
  open(startByte: number): AsyncIterable<Uint8Array>;
}

export interface TransformOptions {
  readonly catalog: Catalog;
  /** Source of every record; else it is found from the key, the log group, or the content. */
  readonly sourceId?: string;
  readonly privacy: ClientIpPolicy;
  readonly sampling: SamplingHistory;
  readonly country?: CountryLookup;
  /** Prefix of the lake in its store, default `lake/`. */
  readonly lakePrefix?: string;
}

/** Where lake files go: the part of a store that the transform writes to. */
export interface LakeSink {
  write(key: string, body: AsyncIterable<Uint8Array>): Promise<number>;
  stat(key: string): Promise<unknown>;
  remove(key: string): Promise<void>;
}

/**
 * Turns one landing object into at most one Parquet file per table and event day.
 *
 * @returns what became of every record
 * @throws ConservationError when records and outcomes do not add up; errors of the sink and of `open`
 */
export async function transformObject(
  _object: LandingObject,
  _lake: LakeSink,
  _options: TransformOptions,
): Promise<TransformReport> {
  throw new Error("not written yet");
}
