/** A store over an S3 bucket that cannot be made to touch anything outside its prefixes. */

import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchKey,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { ObjectNotFoundError, type ReadOptions, type Store, type StoredObject } from "./store.ts";

/** One part is in memory for each object being written; 10,000 of them are 78 GiB, far above any lake file. */
const partBytes = 8 * 1024 * 1024;

export interface S3StoreOptions {
  /** Keys that may be read, listed and asked for begin with one of these. */
  readonly readPrefixes: readonly string[];
  /** Keys that may be written and removed begin with one of these. */
  readonly writePrefixes: readonly string[];
  /** KMS key for what is written; without one the bucket's own default holds. */
  readonly kmsKeyArn?: string;
}

/** A key outside the prefixes that a store was made for. No request was sent. */
export class OutsidePrefixError extends Error {
  readonly bucket: string;
  readonly key: string;
  readonly access: "read" | "write";
  readonly prefixes: readonly string[];

  constructor(bucket: string, key: string, access: "read" | "write", prefixes: readonly string[]) {
    const allowed = prefixes.length === 0 ? "nothing" : `only ${prefixes.join(", ")}`;
    super(
      `${access} of ${JSON.stringify(key)} in ${bucket} refused: ${allowed} may be ${access === "read" ? "read" : "written"}`,
    );
    this.name = "OutsidePrefixError";
    this.bucket = bucket;
    this.key = key;
    this.access = access;
    this.prefixes = prefixes;
  }
}

export class S3Store implements Store {
  readonly bucket: string;
  readonly #client: S3Client;
  readonly #options: S3StoreOptions;

  constructor(client: S3Client, bucket: string, options: S3StoreOptions) {
    this.#client = client;
    this.bucket = bucket;
    this.#options = options;
  }

  async stat(key: string, versionId?: string): Promise<StoredObject | undefined> {
    this.#check("read", key);
    return this.#head(key, versionId);
  }

  async *read(key: string, options: ReadOptions = {}): AsyncGenerator<Uint8Array> {
    this.#check("read", key);
    const body = (await this.#get(key, options))?.Body;
    if (body === undefined) return;
    if (!(body instanceof Readable))
      throw new TypeError("the S3 client was made for a browser: its bodies are no streams");
    // A connection that breaks off, and content that does not fit its checksum, are errors of the stream.
    yield* body;
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    this.#check("read", prefix);
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key, Size, LastModified } of page.Contents ?? []) yield storedObject(Key, Size, LastModified);
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  /**
   * All versions, newest first, without delete markers.
   *
   * An object written before versioning was switched on has the version `null`: it is left out where it is the newest,
   * and kept where it is not, because nothing else would name it.
   */
  async versions(key: string): Promise<readonly StoredObject[]> {
    this.#check("read", key);
    const found: StoredObject[] = [];
    let KeyMarker: string | undefined;
    let VersionIdMarker: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectVersionsCommand({ Bucket: this.bucket, Prefix: key, KeyMarker, VersionIdMarker }),
      );
      for (const { Key, Size, LastModified, VersionId, IsLatest } of page.Versions ?? []) {
        // The prefix is the key, which other keys may begin with.
        if (Key === key) found.push(storedObject(Key, Size, LastModified, IsLatest ? named(VersionId) : VersionId));
      }
      // Keys come in order: behind the key itself there is nothing to look for.
      const more = page.IsTruncated === true && page.NextKeyMarker === key;
      KeyMarker = more ? page.NextKeyMarker : undefined;
      VersionIdMarker = more ? page.NextVersionIdMarker : undefined;
    } while (KeyMarker !== undefined);
    return found;
  }

  async write(key: string, body: AsyncIterable<Uint8Array>): Promise<number> {
    this.#check("write", key);
    let bytes = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const piece of body) {
        bytes += piece.length;
        yield piece;
      }
    }
    const { kmsKeyArn } = this.#options;
    const upload = new Upload({
      client: this.#client,
      params: {
        Bucket: this.bucket,
        Key: key,
        Body: Readable.from(counted(), { objectMode: true, highWaterMark: 1 }),
        ...(kmsKeyArn && { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyArn, BucketKeyEnabled: true }),
      },
      partSize: partBytes,
      // Several files may be open at once: one part each, sent before the next is filled.
      queueSize: 1,
      leavePartsOnError: false,
    });
    await upload.done();
    return bytes;
  }

  async remove(key: string): Promise<void> {
    this.#check("write", key);
    // In a bucket with versions every delete leaves a marker, also when there is nothing to delete.
    if (!(await this.#head(key))) return;
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  #check(access: "read" | "write", key: string): void {
    const prefixes = access === "read" ? this.#options.readPrefixes : this.#options.writePrefixes;
    if (!prefixes.some((prefix) => key.startsWith(prefix))) {
      throw new OutsidePrefixError(this.bucket, key, access, prefixes);
    }
  }

  async #head(key: string, versionId?: string): Promise<StoredObject | undefined> {
    try {
      const head = await this.#client.send(
        new HeadObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId }),
      );
      return storedObject(key, head.ContentLength, head.LastModified, named(head.VersionId));
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** The answer, or undefined when the object ends before `startByte`. */
  async #get(key: string, { startByte, versionId }: ReadOptions): Promise<GetObjectCommandOutput | undefined> {
    const Range = startByte ? `bytes=${startByte}-` : undefined;
    try {
      return await this.#client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId, Range }),
      );
    } catch (error) {
      if (statusOf(error) === 416) return undefined;
      if (error instanceof NoSuchKey || (error instanceof S3ServiceException && error.name === "NoSuchVersion")) {
        throw new ObjectNotFoundError(this.bucket, key);
      }
      throw error;
    }
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

/** Version id as the contract wants it: `null` is S3's word for "none". */
function named(versionId: string | undefined): string | undefined {
  return versionId === "null" ? undefined : versionId;
}

function storedObject(
  key: string | undefined,
  sizeBytes: number | undefined,
  lastModified: Date | undefined,
  versionId?: string,
): StoredObject {
  if (key === undefined || sizeBytes === undefined || lastModified === undefined) {
    throw new TypeError(`S3 described the object ${key ?? "without a key"} without its size or time`);
  }
  return { key, sizeBytes, lastModified, ...(versionId === undefined ? {} : { versionId }) };
}
