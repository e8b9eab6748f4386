/**
 * A store over a directory: the local twin's landing zone and lake.
 *
 * - A key is a path below the root, `/` between its parts.
 * - Older versions of `key` are the siblings `key@1`, `key@2`, …: a larger number is a newer version, the file without a
 *   number is the newest. Their version id is the number; the newest has none. `write` replaces and keeps no old version:
 *   whoever wants a history writes the siblings. `list` hides a sibling as long as its newest version is there.
 * - An object being written is a file whose name begins with `.aircheck-part-`; no key may have such a part.
 */
import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ObjectNotFoundError, type ReadOptions, type Store, type StoredObject } from "./store.ts";

const temporaryPrefix = ".aircheck-part-";
const pieceBytes = 256 * 1024;
const versionSuffix = /@([1-9]\d*)$/;

/** A key that cannot be a file below the root of a {@link FolderStore}. */
export class InvalidKeyError extends Error {
  readonly key: string;

  constructor(key: string, problem: string) {
    super(`the key ${JSON.stringify(key)} ${problem}; a key is names joined by single slashes, e.g. landing/a/b.gz`);
    this.name = "InvalidKeyError";
    this.key = key;
  }
}

export class FolderStore implements Store {
  readonly bucket: string;
  readonly #root: string;

  /**
   * @param root directory of the objects; made by the first write
   * @param bucket name of the store, default the directory's own name: the name is part of the lake's file names, and a
   *   whole path would make them differ from machine to machine
   */
  constructor(root: string, bucket?: string) {
    this.#root = resolve(root);
    this.bucket = bucket ?? basename(this.#root);
  }

  async stat(key: string, versionId?: string): Promise<StoredObject | undefined> {
    const path = this.#path(key, versionId);
    const info = path === undefined ? undefined : await statFile(path);
    return info && storedObject(key, info, versionId);
  }

  async *read(key: string, options: ReadOptions = {}): AsyncGenerator<Uint8Array> {
    const path = this.#path(key, options.versionId);
    const file = path === undefined ? undefined : await openFile(path);
    if (!file) throw new ObjectNotFoundError(this.bucket, key);
    try {
      let position = options.startByte ?? 0;
      for (;;) {
        // A new piece each time: the reader may keep what it was given.
        const piece = Buffer.allocUnsafeSlow(pieceBytes);
        const { bytesRead } = await file.read(piece, 0, pieceBytes, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        yield piece.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  }

  /** Objects below a prefix by UTF-8 byte order of their keys, as S3 lists them. @throws InvalidKeyError */
  async *list(prefix: string): AsyncGenerator<StoredObject> {
    const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    checkParts(prefix, folder.split("/").slice(0, -1));
    yield* this.#walk(folder, prefix);
  }

  async versions(key: string): Promise<readonly StoredObject[]> {
    const path = this.#newest(key);
    const numbers = (await entries(dirname(path)))
      .filter((entry) => entry.name.replace(versionSuffix, "") === basename(path))
      .flatMap((entry) => versionSuffix.exec(entry.name)?.[1] ?? []);
    // Longer numbers are larger; text of equal length sorts as numbers do, and no number is too long for it.
    numbers.sort((a, b) => b.length - a.length || (a < b ? 1 : -1));
    const found: StoredObject[] = [];
    for (const versionId of [undefined, ...numbers]) {
      const object = await this.stat(key, versionId);
      if (object) found.push(object);
    }
    return found;
  }

  async write(key: string, body: AsyncIterable<Uint8Array>): Promise<number> {
    const path = this.#newest(key);
    const temporary = join(dirname(path), `${temporaryPrefix}${randomUUID()}`);
    let bytes = 0;
    await mkdir(dirname(path), { recursive: true });
    try {
      const file = await open(temporary, "wx");
      try {
        for await (const piece of body) {
          await file.writeFile(piece);
          bytes += piece.length;
        }
      } finally {
        await file.close();
      }
      // Readers see the old object or the new one, never a part. A lost machine may lose it: the landing object is kept.
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return bytes;
  }

  async remove(key: string): Promise<void> {
    const path = this.#newest(key);
    if (await statFile(path)) await rm(path, { force: true });
  }

  #newest(key: string): string {
    checkParts(key, key.split(/[\\/]/));
    return join(this.#root, key);
  }

  /** Undefined for a version id that is not one of this store: it must not become part of a path. */
  #path(key: string, versionId: string | undefined): string | undefined {
    const newest = this.#newest(key);
    if (versionId === undefined) return newest;
    return versionSuffix.test(`@${versionId}`) ? `${newest}@${versionId}` : undefined;
  }

  async *#walk(folder: string, prefix: string): AsyncGenerator<StoredObject> {
    const found = await entries(join(this.#root, folder));
    const names = new Set(found.map((entry) => entry.name));
    // A folder sorts by its name with the slash, so that walking depth first gives the order of whole keys.
    const order = found
      .map((entry) => ({ name: entry.name, key: `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}` }))
      .map((entry) => ({ ...entry, bytes: Buffer.from(entry.key) }))
      .sort((a, b) => Buffer.compare(a.bytes, b.bytes));
    for (const { name, key } of order) {
      if (name.startsWith(temporaryPrefix) || !(key.startsWith(prefix) || prefix.startsWith(key))) continue;
      if (key.endsWith("/")) {
        yield* this.#walk(key, prefix);
        continue;
      }
      const newest = name.replace(versionSuffix, "");
      if (newest !== name && names.has(newest)) continue;
      // A file may go while the folder is read, and what is no file is no object.
      const object = key.startsWith(prefix) ? await this.stat(key) : undefined;
      if (object) yield object;
    }
  }
}

/** @param parts of the key, on any platform: a backslash separates on some */
function checkParts(key: string, parts: readonly string[]): void {
  if (key.includes("\0")) throw new InvalidKeyError(key, "has a NUL character in it");
  if (key.startsWith("/")) throw new InvalidKeyError(key, "is an absolute path");
  for (const part of parts) {
    if (part === "") throw new InvalidKeyError(key, "has an empty part");
    if (part === "." || part === "..") throw new InvalidKeyError(key, `has the part ${part}`);
    if (part.startsWith(temporaryPrefix)) throw new InvalidKeyError(key, "has the name of an unfinished object");
  }
}

function storedObject(key: string, info: Stats, versionId: string | undefined): StoredObject {
  return { key, sizeBytes: info.size, lastModified: info.mtime, ...(versionId === undefined ? {} : { versionId }) };
}

/** Size and time of a regular file; undefined for anything else and for nothing. */
async function statFile(path: string): Promise<Stats | undefined> {
  const info = await orMissing(stat(path));
  return info?.isFile() ? info : undefined;
}

async function openFile(path: string): Promise<FileHandle | undefined> {
  return (await statFile(path)) && orMissing(open(path));
}

async function entries(folder: string) {
  return (await orMissing(readdir(folder, { withFileTypes: true }))) ?? [];
}

/** The result, or undefined when the path, or a folder on its way, is not there. */
async function orMissing<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      return undefined;
    }
    throw error;
  }
}
