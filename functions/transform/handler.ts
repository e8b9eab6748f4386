/** The function: SQS messages about landing objects in, lake files out, failed messages back to the queue. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Catalog } from "../../catalog/index.ts";
import type { CountryLookup } from "./derive/country.ts";
import type { ClientIpPolicy } from "./derive/privacy.ts";
import type { SamplingHistory } from "./derive/sampling.ts";
import { compareSequencers, type ObjectCreated, parseMessage } from "./events.ts";
import { sourceOfKey } from "./landing/source.ts";
import type { TransformReport } from "./report.ts";
import { ObjectNotFoundError, type Store } from "./store/store.ts";
import { type FunctionLog, type FunctionMetrics, loggedError, loggedReport, publishReport } from "./telemetry.ts";
import type { LandingObject, transformObject } from "./transform.ts";

export interface HandlerDependencies {
  readonly landing: Store;
  /** Prefixes that landing objects may have; each ends in a slash. */
  readonly landingPrefixes: readonly string[];
  readonly lake: Store;
  readonly lakePrefix: string;
  readonly catalog: Catalog;
  readonly privacy: ClientIpPolicy;
  readonly country?: CountryLookup;
  /** The sampling history in force; asked for once per object. */
  readonly sampling: () => Promise<SamplingHistory>;
  readonly transform: typeof transformObject;
  readonly log: FunctionLog;
  readonly metrics: FunctionMetrics;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Answers a batch of messages with those that have to come again. */
export type TransformHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** An object that is none of ours; nothing was read. */
export class ForeignObjectError extends Error {
  constructor(object: ObjectCreated, bucket: string, prefixes: readonly string[]) {
    super(
      `${JSON.stringify(object.key)} in ${object.bucket} is no landing object: those lie in ${bucket} below ${prefixes.join(", ")}`,
    );
    this.name = "ForeignObjectError";
  }
}

/** One object to transform, and the messages that announced it. */
interface Work {
  object: ObjectCreated;
  readonly messageIds: Set<string>;
}

/**
 * Makes the function's handler.
 *
 * A message fails when it is foreign or when one of its objects could not be transformed; it comes again, and ends in the
 * dead-letter queue. An object that is gone fails too: its records would be lost in silence otherwise.
 */
export function createHandler(dependencies: HandlerDependencies): TransformHandler {
  return async (event) => {
    const failed = new Set<string>();
    // One after another: memory is bounded for one object.
    for (const work of collectWork(event.Records, failed, dependencies.log)) {
      if (await handleObject(work, dependencies)) continue;
      for (const messageId of work.messageIds) failed.add(messageId);
    }
    return {
      batchItemFailures: event.Records.filter((record) => failed.has(record.messageId)).map((record) => ({
        itemIdentifier: record.messageId,
      })),
    };
  };
}

/**
 * Objects of a batch in the order of their first message, each once: S3 delivers events more than once, and Firehose writes
 * an object again when it is not sure (reference 8.5). The event with the highest sequencer counts.
 */
function collectWork(records: readonly SQSRecord[], failed: Set<string>, log: FunctionLog): readonly Work[] {
  const works = new Map<string, Work>();
  for (const { messageId, body } of records) {
    try {
      for (const object of parseMessage(body)) {
        const identity = JSON.stringify([object.bucket, object.key]);
        const work = works.get(identity) ?? { object, messageIds: new Set() };
        if (compareSequencers(object.sequencer, work.object.sequencer) > 0) work.object = object;
        work.messageIds.add(messageId);
        works.set(identity, work);
      }
    } catch (error) {
      failed.add(messageId);
      log.error("foreign message", { messageId, failure: loggedError(error) });
    }
  }
  return [...works.values()];
}

/** @returns whether every record of the object is where it belongs */
async function handleObject({ object, messageIds }: Work, dependencies: HandlerDependencies): Promise<boolean> {
  const { log, metrics, catalog, now } = dependencies;
  const startedAt = now();
  const source = sourceOfKey(catalog, object.key)?.id;
  const facts = { bucket: object.bucket, key: object.key, source, messageIds: [...messageIds] };
  try {
    const landing = await findLanding(object, dependencies);
    const report = await transformLanding(landing, dependencies);
    const lagSeconds = (now() - landing.lastModified.getTime()) / 1000;
    const { versionId } = landing;
    log.info("object transformed", {
      ...facts,
      versionId,
      durationSeconds: (now() - startedAt) / 1000,
      lagSeconds,
      report: loggedReport(report),
    });
    publishReport(metrics, report, source, lagSeconds);
    return true;
  } catch (error) {
    const line = { ...facts, versionId: object.versionId, failure: loggedError(error) };
    if (error instanceof ObjectNotFoundError) log.warn("object is gone", line);
    else log.error("object failed", line);
    return false;
  }
}

/** @throws ForeignObjectError, ObjectNotFoundError, errors of the store */
async function findLanding(object: ObjectCreated, dependencies: HandlerDependencies): Promise<LandingObject> {
  const { landing, landingPrefixes } = dependencies;
  if (object.bucket !== landing.bucket || !landingPrefixes.some((prefix) => object.key.startsWith(prefix))) {
    throw new ForeignObjectError(object, landing.bucket, landingPrefixes);
  }
  const stored = await landing.stat(object.key, object.versionId);
  if (!stored) throw new ObjectNotFoundError(object.bucket, object.key);
  const { versionId } = stored;
  const version = versionId === undefined ? {} : { versionId };
  return {
    bucket: landing.bucket,
    key: object.key,
    ...version,
    sizeBytes: stored.sizeBytes,
    lastModified: stored.lastModified,
    open: (startByte) => landing.read(object.key, { ...version, startByte }),
  };
}

async function transformLanding(landing: LandingObject, dependencies: HandlerDependencies): Promise<TransformReport> {
  const { catalog, privacy, country, lakePrefix, lake, sampling } = dependencies;
  return dependencies.transform(landing, lake, {
    catalog,
    privacy,
    sampling: await sampling(),
    ...(country && { country }),
    lakePrefix,
  });
}
