/** Alarms of the pipeline itself: what is stuck, refused, late, strange, or missing. */
import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { ComponentResource, type ComponentResourceOptions, type Input, interpolate } from "@pulumi/pulumi";
import type { AircheckConfig } from "./config.ts";
import type { LandingStream } from "./landing-stream.ts";
import type { Transform } from "./transform.ts";

export interface AlarmsArgs {
  readonly thresholds: AircheckConfig["alarms"];
  readonly topicArn: Input<string>;
  /** Namespace that the functions of this stack publish their metrics under. */
  readonly metricsNamespace: string;
  readonly transforms: readonly { readonly key: string; readonly transform: Transform }[];
  readonly streams: readonly LandingStream[];
  /** Ids of all sources that are collected. */
  readonly sources: readonly string[];
  /** Ids of those that should log at all times. */
  readonly silenceSources: readonly string[];
}

/** The dimension `service` of the function's metrics; their namespace is the stack's. */
export const metricsService = "transform";

type Watch = Omit<MetricAlarmArgs, "alarmActions" | "okActions" | "name">;

const hourSeconds = 3600;

export class Alarms extends ComponentResource {
  constructor(name: string, args: AlarmsArgs, opts?: ComponentResourceOptions) {
    super("aircheck:alarms:Alarms", name, {}, opts);
    const watches = [
      ...args.transforms.flatMap(({ key, transform }) => transformWatches(key, transform, args.thresholds)),
      ...args.streams.flatMap((stream) => streamWatches(stream, args.thresholds)),
      ...args.sources.flatMap((source) => sourceWatches(source, args)),
      ...args.silenceSources.map((source) => silenceWatch(source, args)),
    ];
    for (const [key, watch] of watches) {
      new MetricAlarm(
        `${name}-${key}`,
        { ...watch, alarmActions: [args.topicArn], okActions: [args.topicArn] },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

type KeyedWatch = readonly [key: string, watch: Watch];

function transformWatches(
  key: string,
  { deadLetterName, deadLetterArn, queueName, functionName }: Transform,
  { oldestMessageMinutes }: AircheckConfig["alarms"],
): readonly KeyedWatch[] {
  return [
    [
      `${key}-dead-letters`,
      {
        alarmDescription: interpolate`Landing objects could not be transformed; their records are not in the lake. The log of the function says why. Once that is mended, and before the queue forgets them after 14 days, send them through again: aws sqs start-message-move-task --source-arn ${deadLetterArn}`,
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: deadLetterName },
        statistic: "Maximum",
        period: 300,
        evaluationPeriods: 1,
        threshold: 0,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
      },
    ],
    [
      `${key}-oldest-message`,
      {
        alarmDescription: `A landing object has been waiting for more than ${oldestMessageMinutes} minutes: the function is too slow, throttled or failing`,
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: queueName },
        statistic: "Maximum",
        period: 300,
        evaluationPeriods: 2,
        threshold: oldestMessageMinutes * 60,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
      },
    ],
    [
      `${key}-errors`,
      {
        alarmDescription: "The function failed as a whole: time, memory, or an error before any object was looked at",
        namespace: "AWS/Lambda",
        metricName: "Errors",
        dimensions: { FunctionName: functionName },
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        threshold: 0,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
      },
    ],
  ];
}

function streamWatches(
  { name, sourceId, kind }: LandingStream,
  { freshnessMinutes }: AircheckConfig["alarms"],
): readonly KeyedWatch[] {
  const key = kind === "vended" ? `${sourceId}-vended` : sourceId;
  return [
    [
      `${key}-freshness`,
      {
        alarmDescription: `Firehose has held records of ${sourceId} for more than ${freshnessMinutes} minutes`,
        namespace: "AWS/Firehose",
        metricName: "DeliveryToS3.DataFreshness",
        dimensions: { DeliveryStreamName: name },
        statistic: "Maximum",
        period: 300,
        evaluationPeriods: 3,
        threshold: freshnessMinutes * 60,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
      },
    ],
    [
      `${key}-delivery`,
      {
        alarmDescription: `Firehose cannot write ${sourceId} to the landing bucket; after 24 hours the records are lost. See the streams' log group`,
        namespace: "AWS/Firehose",
        metricName: "DeliveryToS3.Success",
        dimensions: { DeliveryStreamName: name },
        statistic: "Average",
        period: 300,
        evaluationPeriods: 3,
        threshold: 1,
        comparisonOperator: "LessThanThreshold",
        treatMissingData: "notBreaching",
      },
    ],
  ];
}

function sourceWatches(
  source: string,
  { thresholds: { rejectsPerHour, driftPerHour }, metricsNamespace }: AlarmsArgs,
): readonly KeyedWatch[] {
  const metric = (name: string) => sourceMetric(metricsNamespace, source, name);
  return [
    [
      `${source}-rejects`,
      {
        alarmDescription: `More than ${rejectsPerHour} records of ${source} in an hour could not become rows: SELECT reason, detail, raw FROM rejects`,
        ...metric("Rejects"),
        statistic: "Sum",
        period: hourSeconds,
        evaluationPeriods: 1,
        threshold: rejectsPerHour,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
      },
    ],
    [
      `${source}-drift`,
      {
        alarmDescription: `Records of ${source} have fields that the catalog does not know, or values that do not fit: the format has changed. They are kept in the column extra`,
        metricQueries: [
          { id: "drift", expression: "FILL(unknown, 0) + FILL(misfit, 0)", label: "drift", returnData: true },
          { id: "unknown", metric: { ...metric("UnknownFields"), stat: "Sum", period: hourSeconds } },
          { id: "misfit", metric: { ...metric("MisfitFields"), stat: "Sum", period: hourSeconds } },
        ],
        evaluationPeriods: 1,
        threshold: driftPerHour,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
      },
    ],
  ];
}

/** Silence is no data at all, so missing data is what the alarm is about. */
function silenceWatch(source: string, { thresholds, streams, metricsNamespace }: AlarmsArgs): KeyedWatch {
  const hours = thresholds.silenceHours;
  const own = streams.filter(({ sourceId }) => sourceId === source);
  const metrics =
    own.length > 0
      ? own.map(({ name }) => ({
          namespace: "AWS/Firehose",
          metricName: "IncomingRecords",
          dimensions: { DeliveryStreamName: name },
        }))
      : // CloudTrail writes to the bucket itself: its first trace is what the function reads.
        [sourceMetric(metricsNamespace, source, "Records")];
  const ids = metrics.map((_, index) => `records${index}`);
  return [
    `${source}-silence`,
    {
      alarmDescription: `Nothing came from ${source} in ${hours} hours: is logging still on? See "Switching logging on" in docs/deploy.md, and what the streams get on the stack's dashboard`,
      metricQueries: [
        { id: "all", expression: ids.map((id) => `FILL(${id}, 0)`).join(" + "), label: "records", returnData: true },
        ...metrics.map((metric, index) => ({
          id: `records${index}`,
          metric: { ...metric, stat: "Sum", period: hourSeconds },
        })),
      ],
      evaluationPeriods: hours,
      datapointsToAlarm: hours,
      threshold: 0,
      comparisonOperator: "LessThanOrEqualToThreshold",
      treatMissingData: "breaching",
    },
  ];
}

function sourceMetric(namespace: string, source: string, metricName: string) {
  return { namespace, metricName, dimensions: { service: metricsService, source } };
}
