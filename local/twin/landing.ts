/** The twin's bucket: a folder with what the landing and the lake bucket hold in an account. */
import { mkdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FolderStore } from "../../functions/transform/store/folder-store.ts";
import type { Store, StoredObject } from "../../functions/transform/store/store.ts";
import type { LandingObject } from "../../functions/transform/transform.ts";
import { generateTraffic, samplingDocuments, type TrafficPlan } from "../traffic/index.ts";

/** Where landing objects lie in a bucket: those of Firehose, and those that a trail writes itself. */
export const landingPrefixes = ["landing/", "AWSLogs/"] as const;
const samplingKey = "config/sampling.json";

/** The folders that the twin makes, and the only ones that it removes. */
const ownFolders = ["landing", "AWSLogs", "config", "lake"] as const;

/** Name of the twin's bucket: a part of the names of lake files, which must not depend on where the folder is. */
const bucket = "aircheck-local";

/** Opens the twin's folder, without what an earlier run left in it. */
export async function emptyTwinStore(root: string): Promise<FolderStore> {
  await mkdir(root, { recursive: true });
  // The folder appears wherever somebody starts the twin, most often in a repository.
  await writeFile(join(root, ".gitignore"), "*\n");
  for (const folder of ownFolders) await rm(join(root, folder), { recursive: true, force: true });
  await mkdir(join(root, "lake"));
  return new FolderStore(root, bucket);
}

/** Called after each landing object was written. */
export type LandingProgress = (files: number, bytes: number) => void;

/**
 * Writes the traffic of a plan, and the sampling percentages that held, as the services would have.
 *
 * @throws TrafficPlanError when the plan cannot be carried out
 */
export async function writeTraffic(
  root: string,
  store: Store,
  plan: TrafficPlan,
  onProgress: LandingProgress = () => {},
): Promise<void> {
  let files = 0;
  let bytes = 0;
  for (const file of generateTraffic(plan)) {
    await put(root, store, file.key, file.bytes, file.lastModified);
    files += 1;
    bytes += file.bytes.length;
    onProgress(files, bytes);
  }
  const documents = samplingDocuments(plan);
  for (const [index, { document, lastModified }] of documents.entries()) {
    const version = index === documents.length - 1 ? "" : `@${index + 1}`;
    await put(root, store, `${samplingKey}${version}`, Buffer.from(JSON.stringify(document)), lastModified);
  }
}

/** Every landing object of a bucket, in the order of keys within a prefix. */
export async function landingObjects(store: Store): Promise<LandingObject[]> {
  const objects: LandingObject[] = [];
  for (const prefix of landingPrefixes) {
    for await (const object of store.list(prefix)) objects.push(landingObject(store, object));
  }
  return objects;
}

function landingObject(store: Store, { key, sizeBytes, lastModified }: StoredObject): LandingObject {
  return { bucket: store.bucket, key, sizeBytes, lastModified, open: (startByte) => store.read(key, { startByte }) };
}

/** Times of objects count: an event much later than its object is implausible, and a percentage holds from when it was written. */
async function put(root: string, store: Store, key: string, bytes: Uint8Array, lastModified: Date): Promise<void> {
  await store.write(key, oneOf(bytes));
  await utimes(join(root, key), lastModified, lastModified);
}

async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
