/** What an SQS message says about landing objects: S3's own notifications, and S3 events that came by EventBridge. */
import { z } from "zod";

/** One object that was created. */
export interface ObjectCreated {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  /** Hexadecimal; orders the events of one key, see {@link compareSequencers}. Empty when the event has none. */
  readonly sequencer: string;
}

/** A message that is no S3 event, or one that says something other than "created". Its text is not repeated: it is not ours. */
export class ForeignMessageError extends Error {
  constructor(problem: string) {
    super(
      `the message is no S3 event of a created object: ${problem}; allowed are S3 notifications and EventBridge events for ObjectCreated`,
    );
    this.name = "ForeignMessageError";
  }
}

/** What S3 sends once to check that it may send; only as a notification, and its shape is its own (reference 10.5). */
const testEvent = z.object({ Event: z.literal("s3:TestEvent") });

const text = z.string().min(1);

const notification = z.object({
  Records: z
    .array(
      z.object({
        eventSource: z.literal("aws:s3"),
        eventName: z.string().regex(/^(s3:)?ObjectCreated:/),
        s3: z.object({
          bucket: z.object({ name: text }),
          object: z.object({ key: text, versionId: z.string().nullish(), sequencer: z.string().nullish() }),
        }),
      }),
    )
    .min(1),
});

const eventBridgeEvent = z.object({
  source: z.literal("aws.s3"),
  "detail-type": z.literal("Object Created"),
  detail: z.object({
    bucket: z.object({ name: text }),
    object: z.object({ key: text, "version-id": z.string().nullish(), sequencer: z.string().nullish() }),
  }),
});

/**
 * Objects that a message announces; empty for S3's test message.
 *
 * @param body text of the SQS message
 * @throws ForeignMessageError
 */
export function parseMessage(body: string): readonly ObjectCreated[] {
  const json = parseJson(body);
  if (testEvent.safeParse(json).success) return [];
  if (typeof json === "object" && json !== null && "detail" in json) {
    const { object, bucket } = conforming(eventBridgeEvent, json).detail;
    // EventBridge does not encode the key: a plus sign in it is one.
    return [objectCreated(bucket.name, object.key, object["version-id"], object.sequencer)];
  }
  return conforming(notification, json).Records.map(({ s3: { bucket, object } }) =>
    objectCreated(bucket.name, decodeKey(object.key), object.versionId, object.sequencer),
  );
}

/**
 * Order of two events of one key, as `Array.sort` takes it: the longer hexadecimal text is compared with the shorter one
 * padded with zeros on the left (reference 10.5).
 */
export function compareSequencers(a: string, b: string): number {
  const width = Math.max(a.length, b.length);
  const [left, right] = [a, b].map((text) => text.toUpperCase().padStart(width, "0"));
  return left === right ? 0 : `${left}` < `${right}` ? -1 : 1;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ForeignMessageError("it is not JSON");
  }
}

function conforming<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
  throw new ForeignMessageError(problems.join(", "));
}

/** S3 encodes keys as forms do: a space is a plus sign. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    throw new ForeignMessageError("the key of an object is not URL-encoded");
  }
}

function objectCreated(
  bucket: string,
  key: string,
  versionId: string | null | undefined,
  sequencer: string | null | undefined,
): ObjectCreated {
  const named = versionId && versionId !== "null" ? { versionId } : {};
  return { bucket, key, ...named, sequencer: sequencer ?? "" };
}
