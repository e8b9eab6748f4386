/** Events as AWS sends them, with only what a test says set apart from the usual. */
import type { SQSEvent, SQSRecord } from "aws-lambda";

export interface CreatedObject {
  readonly key?: string;
  readonly bucket?: string;
  readonly versionId?: string | null;
  /** Given as undefined, the event has none. */
  readonly sequencer?: string | undefined;
  readonly eventName?: string;
  readonly eventSource?: string;
}

/** Key in the form of S3's notifications: as a form encodes it, slashes left alone. */
export function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+");
}

/** One record of an S3 notification. */
export function s3Record(object: CreatedObject = {}): Record<string, unknown> {
  const { key = "landing/mediapackage-v1-egress/a.gz", bucket = "landing-bucket" } = object;
  const sequencer = "sequencer" in object ? object.sequencer : "0055AED6DCD90281E5";
  return {
    eventVersion: "2.5",
    eventSource: object.eventSource ?? "aws:s3",
    awsRegion: "us-east-1",
    eventTime: "2026-08-04T10:00:00.000Z",
    eventName: object.eventName ?? "ObjectCreated:Put",
    requestParameters: { sourceIPAddress: "203.0.113.77" },
    s3: {
      s3SchemaVersion: "1.0",
      bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encodeKey(key),
        size: 1024,
        eTag: "d41d8cd98f00b204e9800998ecf8427e",
        sequencer,
        ...("versionId" in object && { versionId: object.versionId }),
      },
    },
  };
}

/** Body of a message that S3 sends to the queue itself. */
export function s3Notification(...objects: readonly CreatedObject[]): string {
  return JSON.stringify({ Records: objects.map(s3Record) });
}

/** Body of a message that comes by way of EventBridge. */
export function eventBridgeEvent(object: CreatedObject = {}, detailType = "Object Created"): string {
  const { key = "landing/mediapackage-v1-egress/a.gz", bucket = "landing-bucket", versionId, sequencer } = object;
  return JSON.stringify({
    version: "0",
    id: "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": detailType,
    source: "aws.s3",
    account: "111122223333",
    time: "2026-08-04T10:00:00Z",
    region: "us-east-1",
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key, size: 1024, etag: "b1946ac92492d2347c6235b4d2611184", "version-id": versionId, sequencer },
      "source-ip-address": "203.0.113.77",
      reason: "PutObject",
    },
  });
}

/** What S3 sends when a queue is connected to a bucket. */
export function s3TestEvent(): string {
  return JSON.stringify({
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Time: "2026-08-04T10:00:00.000Z",
    Bucket: "landing-bucket",
    RequestId: "5582815E1AEA5ADF",
    HostId: "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE",
  });
}

/** A batch of messages `m0`, `m1`, … with the given bodies. */
export function sqsEvent(...bodies: readonly string[]): SQSEvent {
  return { Records: bodies.map(sqsRecord) };
}

function sqsRecord(body: string, index: number): SQSRecord {
  return {
    messageId: `m${index}`,
    receiptHandle: `handle-${index}`,
    body,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "1785837600000",
      SenderId: "AIDAEXAMPLE",
      ApproximateFirstReceiveTimestamp: "1785837600001",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:111122223333:landing",
    awsRegion: "us-east-1",
  };
}
