/** Queue, dead-letter queue and function: landing objects of one bucket become lake files. */
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { EventSourceMapping } from "@pulumi/aws/lambda/eventSourceMapping.js";
import { Function as LambdaFunction } from "@pulumi/aws/lambda/function.js";
import { Queue } from "@pulumi/aws/sqs/queue.js";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy.js";
import {
  asset,
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  interpolate,
  jsonStringify,
  type Output,
  output,
} from "@pulumi/pulumi";
import { type Deployment, fromThisAccount, metricsNamespace } from "./deployment.ts";
import { keyStatements, policyDocument, type Statement } from "./policy-document.ts";
import { serviceRole } from "./service-role.ts";

/** The function's code, as its bundler leaves it. */
export interface FunctionCode {
  readonly directory: string;
  readonly handler: string;
}

/** The arguments of a Lambda function that say what it runs. */
export function codeOf(code: Input<FunctionCode>): {
  readonly handler: Output<string>;
  readonly code: Output<asset.Archive>;
} {
  const bundle = output(code);
  return { handler: bundle.handler, code: bundle.apply(({ directory }) => new asset.FileArchive(directory)) };
}

export interface TransformArgs {
  readonly landing: { readonly name: Input<string>; readonly arn: Input<string> };
  /** Prefixes that landing objects have; each ends in a slash. */
  readonly landingPrefixes: readonly string[];
  readonly lake: { readonly name: Input<string>; readonly arn: Input<string> };
  readonly lakePrefix: string;
  readonly samplingKey: string;
  readonly code: Input<FunctionCode>;
  readonly clientIp: "keep" | "truncate" | "hash";
  readonly saltSecretArn?: string | undefined;
  readonly kmsKeyArn?: string | undefined;
  /** Key of the landing objects, where it is another than the stack's. */
  readonly landingKmsKeyArn?: string | undefined;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency?: number | undefined;
  readonly logRetentionDays: number;
  readonly deployment: Deployment;
}

/** Tries before a message goes to the dead-letter queue. */
const maxReceives = 5;

/** As long as SQS keeps a message, in seconds: an outage over a long week-end loses nothing. */
const retentionSeconds = 14 * 86_400;

export class Transform extends ComponentResource {
  readonly queueName: Output<string>;
  readonly queueArn: Output<string>;
  /** The queue's ARN, known once S3 may write to it. */
  readonly queueReady: Output<string>;
  readonly deadLetterName: Output<string>;
  readonly deadLetterArn: Output<string>;
  readonly functionName: Output<string>;
  readonly functionArn: Output<string>;
  readonly logGroupName: Output<string>;

  constructor(name: string, args: TransformArgs, opts?: ComponentResourceOptions) {
    super("aircheck:pipeline:Transform", name, {}, opts);
    const child = { parent: this };
    const encryption = args.kmsKeyArn ? { kmsMasterKeyId: args.kmsKeyArn } : { sqsManagedSseEnabled: true };
    const deadLetters = new Queue(
      `${name}-dead-letters`,
      { messageRetentionSeconds: retentionSeconds, ...encryption },
      child,
    );
    const queue = new Queue(
      name,
      {
        messageRetentionSeconds: retentionSeconds,
        // Six times the function's time, as Lambda asks: a message must not come again while it is being worked on.
        visibilityTimeoutSeconds: Math.min(43_200, 6 * args.timeoutSeconds),
        redrivePolicy: jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: maxReceives }),
        ...encryption,
      },
      child,
    );
    const mayNotify = new QueuePolicy(
      name,
      { queueUrl: queue.url, policy: policyDocument(queueStatements(queue.arn, args)) },
      child,
    );
    new QueuePolicy(
      `${name}-dead-letters`,
      { queueUrl: deadLetters.url, policy: policyDocument([tlsOnly(deadLetters.arn)]) },
      child,
    );
    const logGroup = new LogGroup(
      name,
      { retentionInDays: args.logRetentionDays, ...(args.kmsKeyArn && { kmsKeyId: args.kmsKeyArn }) },
      child,
    );
    const role = serviceRole(
      name,
      {
        service: "lambda.amazonaws.com",
        description: "The transform reads landing objects and writes the lake",
        statements: functionStatements(args, queue.arn, logGroup.arn),
      },
      child,
    );
    const made = new LambdaFunction(
      name,
      {
        description: "Landing objects to Parquet",
        role: role.ready,
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        ...codeOf(args.code),
        memorySize: args.memoryMiB,
        timeout: args.timeoutSeconds,
        loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
        ...(args.reservedConcurrency !== undefined && { reservedConcurrentExecutions: args.reservedConcurrency }),
        ...(args.kmsKeyArn && { kmsKeyArn: args.kmsKeyArn }),
        environment: { variables: environment(args) },
      },
      child,
    );
    new EventSourceMapping(
      name,
      {
        eventSourceArn: queue.arn,
        functionName: made.name,
        // Objects are handled one after another: a batch has to fit the function's time.
        batchSize: 5,
        functionResponseTypes: ["ReportBatchItemFailures"],
        // Without a bound here, a reserved concurrency would be used up and messages sent to the dead letters unread.
        ...(args.reservedConcurrency !== undefined && {
          scalingConfig: { maximumConcurrency: args.reservedConcurrency },
        }),
      },
      child,
    );
    this.queueName = queue.name;
    this.queueArn = queue.arn;
    this.queueReady = mayNotify.id.apply(() => queue.arn);
    this.deadLetterName = deadLetters.name;
    this.deadLetterArn = deadLetters.arn;
    this.functionName = made.name;
    this.functionArn = made.arn;
    this.logGroupName = logGroup.name;
    this.registerOutputs({
      queueArn: this.queueArn,
      deadLetterArn: this.deadLetterArn,
      functionName: this.functionName,
    });
  }
}

/** The variables of `functions/transform/settings.ts`. */
function environment(args: TransformArgs): Record<string, Input<string>> {
  return {
    LANDING_BUCKET: args.landing.name,
    LANDING_PREFIXES: args.landingPrefixes.join(","),
    LAKE_BUCKET: args.lake.name,
    LAKE_PREFIX: args.lakePrefix,
    SAMPLING_KEY: args.samplingKey,
    CLIENT_IP_MODE: args.clientIp,
    METRICS_NAMESPACE: metricsNamespace(args.deployment),
    ...(args.saltSecretArn && { CLIENT_IP_SALT_SECRET_ARN: args.saltSecretArn }),
    ...(args.kmsKeyArn && { LAKE_KMS_KEY_ARN: args.kmsKeyArn }),
  };
}

function tlsOnly(queueArn: Output<string>): Statement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queueArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function queueStatements(queueArn: Output<string>, { landing, deployment }: TransformArgs): readonly Statement[] {
  return [
    tlsOnly(queueArn),
    {
      Sid: "LandingBucketNotifies",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ...fromThisAccount(deployment), ArnEquals: { "aws:SourceArn": landing.arn } },
    },
  ];
}

function functionStatements(
  args: TransformArgs,
  queueArn: Output<string>,
  logGroupArn: Output<string>,
): readonly Statement[] {
  const landingArn = output(args.landing.arn);
  const lakeArn = output(args.lake.arn);
  return [
    {
      Sid: "ReadLanding",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: args.landingPrefixes.map((prefix) => interpolate`${landingArn}/${prefix}*`),
    },
    {
      Sid: "WriteLake",
      Action: ["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject", "s3:DeleteObject"],
      Resource: interpolate`${lakeArn}/${args.lakePrefix}*`,
    },
    {
      Sid: "ReadSampling",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: interpolate`${lakeArn}/${args.samplingKey}`,
    },
    {
      // Without it S3 answers 403, not 404, for what is not there.
      Sid: "FindObjects",
      Action: ["s3:ListBucket", "s3:ListBucketVersions"],
      Resource: [landingArn, lakeArn],
    },
    {
      Sid: "TakeMessages",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
      Resource: queueArn,
    },
    { Sid: "Log", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: interpolate`${logGroupArn}:*` },
    ...(args.saltSecretArn
      ? [{ Sid: "ReadSalt", Action: "secretsmanager:GetSecretValue", Resource: args.saltSecretArn }]
      : []),
    ...keyStatements(args.kmsKeyArn, "kms:Decrypt", "kms:GenerateDataKey"),
    ...(args.landingKmsKeyArn
      ? [{ Sid: "ReadLandingKey", Action: "kms:Decrypt", Resource: args.landingKmsKeyArn }]
      : []),
  ];
}
