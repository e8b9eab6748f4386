/** The pipeline on one CloudWatch dashboard: does it get records, does it keep up, what does it refuse. */
import { Dashboard } from "@pulumi/aws/cloudwatch/dashboard.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  jsonStringify,
  type Output,
} from "@pulumi/pulumi";
import { metricsService } from "./alarms.ts";
import { type Deployment, metricsNamespace, plainStackName } from "./deployment.ts";
import type { LandingStream } from "./landing-stream.ts";
import type { Transform } from "./transform.ts";

export interface PipelineDashboardArgs {
  readonly transforms: readonly Transform[];
  readonly streams: readonly LandingStream[];
  readonly sources: readonly string[];
  readonly workgroup: Input<string>;
  readonly deployment: Deployment;
}

type Metric = readonly (Input<string> | Readonly<Record<string, unknown>>)[];

interface Chart {
  readonly title: string;
  readonly metrics: readonly Metric[];
  readonly stat: "Sum" | "Maximum" | "Average";
  readonly periodSeconds: number;
}

export class PipelineDashboard extends ComponentResource {
  readonly name: Output<string>;

  constructor(name: string, args: PipelineDashboardArgs, opts?: ComponentResourceOptions) {
    super("aircheck:alarms:PipelineDashboard", name, {}, opts);
    const dashboard = new Dashboard(
      name,
      {
        // Names of dashboards are what people look for in a list.
        dashboardName: plainStackName(args.deployment),
        dashboardBody: jsonStringify({ widgets: widgets(charts(args), args.deployment.region) }),
      },
      { parent: this },
    );
    this.name = dashboard.dashboardName;
    this.registerOutputs({ name: this.name });
  }
}

function charts({ transforms, streams, sources, workgroup, deployment }: PipelineDashboardArgs): readonly Chart[] {
  const namespace = metricsNamespace(deployment);
  const bySource = (metric: string): readonly Metric[] =>
    sources.map((source) => [namespace, metric, "service", metricsService, "source", source, { label: source }]);
  const byStream = (metric: string): readonly Metric[] =>
    streams.map(({ name, sourceId, kind }) => [
      "AWS/Firehose",
      metric,
      "DeliveryStreamName",
      name,
      { label: `${sourceId}${kind === "vended" ? " (vended)" : ""}` },
    ]);
  const byQueue = (metric: string, queue: (transform: Transform) => Input<string>): readonly Metric[] =>
    transforms.map((transform) => ["AWS/SQS", metric, "QueueName", queue(transform)]);
  const byFunction = (metric: string): readonly Metric[] =>
    transforms.map(({ functionName }) => ["AWS/Lambda", metric, "FunctionName", functionName]);
  const all: readonly Chart[] = [
    { title: "Rows written", metrics: bySource("Rows"), stat: "Sum", periodSeconds: 300 },
    { title: "Rejects", metrics: bySource("Rejects"), stat: "Sum", periodSeconds: 300 },
    { title: "Fields unknown to the catalog", metrics: bySource("UnknownFields"), stat: "Sum", periodSeconds: 300 },
    { title: "Lag behind landing, s", metrics: bySource("LagSeconds"), stat: "Maximum", periodSeconds: 300 },
    { title: "Firehose: records in", metrics: byStream("IncomingRecords"), stat: "Sum", periodSeconds: 300 },
    {
      title: "Firehose: oldest record, s",
      metrics: byStream("DeliveryToS3.DataFreshness"),
      stat: "Maximum",
      periodSeconds: 300,
    },
    {
      title: "Oldest waiting object, s",
      metrics: byQueue("ApproximateAgeOfOldestMessage", ({ queueName }) => queueName),
      stat: "Maximum",
      periodSeconds: 300,
    },
    {
      title: "Dead letters",
      metrics: byQueue("ApproximateNumberOfMessagesVisible", ({ deadLetterName }) => deadLetterName),
      stat: "Maximum",
      periodSeconds: 300,
    },
    { title: "Function errors", metrics: byFunction("Errors"), stat: "Sum", periodSeconds: 300 },
    { title: "Function duration, ms", metrics: byFunction("Duration"), stat: "Maximum", periodSeconds: 300 },
    {
      title: "Athena: bytes scanned",
      metrics: [["AWS/Athena", "ProcessedBytes", "WorkGroup", workgroup]],
      stat: "Sum",
      periodSeconds: 3600,
    },
  ];
  return all.filter(({ metrics }) => metrics.length > 0);
}

/** Two charts in a row of the 24 columns. */
function widgets(shown: readonly Chart[], region: string) {
  return shown.map(({ title, metrics, stat, periodSeconds }, index) => ({
    type: "metric",
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: { title, metrics, stat, period: periodSeconds, region, view: "timeSeries", stacked: false },
  }));
}
