/** What the transform needs of an object store. Two implementations: S3, and a folder on disk. */

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly lastModified: Date;
  /** Version of the object where the store keeps versions; never the text `null`. */
  readonly versionId?: string;
}

export interface ReadOptions {
  readonly versionId?: string;
  /** Offset of the first byte wanted; default 0. */
  readonly startByte?: number;
}

export interface Store {
  /** Name that tells this store from others; part of the identity of its objects. */
  readonly bucket: string;
  /** Size, time and version of an object, or undefined when there is none. */
  stat(key: string, versionId?: string): Promise<StoredObject | undefined>;
  /** Content in pieces. @throws ObjectNotFoundError on the first piece. */
  read(key: string, options?: ReadOptions): AsyncIterable<Uint8Array>;
  /** Objects below a prefix in key order. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** All versions of one key, newest first; empty when there is none. */
  versions(key: string): Promise<readonly StoredObject[]>;
  /** Writes an object whole or not at all: when `body` throws, nothing is visible. @returns bytes written */
  write(key: string, body: AsyncIterable<Uint8Array>): Promise<number>;
  /** Removes an object; no error when there is none. */
  remove(key: string): Promise<void>;
}

export class ObjectNotFoundError extends Error {
  readonly bucket: string;
  readonly key: string;

  constructor(bucket: string, key: string) {
    super(`there is no object ${key} in ${bucket}`);
    this.name = "ObjectNotFoundError";
    this.bucket = bucket;
    this.key = key;
  }
}
