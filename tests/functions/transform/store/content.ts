/** Content of objects as tests write and read it. */
import type { StoredObject } from "../../../../functions/transform/store/store.ts";

/** A body of the given pieces. */
export async function* pieces(...content: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of content) yield typeof piece === "string" ? Buffer.from(piece) : piece;
}

export async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  for await (const piece of content) read.push(piece);
  return Buffer.concat(read);
}

export async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  return (await bytesOf(content)).toString("utf8");
}

export async function keysOf(objects: AsyncIterable<StoredObject>): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of objects) keys.push(key);
  return keys;
}
