/** One Firehose stream: records of one source, as received, into the landing bucket. */
import { LogStream } from "@pulumi/aws/cloudwatch/logStream.js";
import { FirehoseDeliveryStream } from "@pulumi/aws/kinesis/firehoseDeliveryStream.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  interpolate,
  type Output,
  output,
} from "@pulumi/pulumi";
import type { Deployment } from "./deployment.ts";
import { keyStatements } from "./policy-document.ts";
import { serviceRole } from "./service-role.ts";

/** How records come: gzip members from a subscription filter, or one JSON object each from vended delivery. */
export type StreamKind = "subscription" | "vended";

export interface LandingStreamArgs {
  readonly sourceId: string;
  readonly kind: StreamKind;
  readonly bufferMiB: number;
  readonly bufferSeconds: number;
  readonly landing: { readonly name: Input<string>; readonly arn: Input<string> };
  /** Log group of the streams' own errors. */
  readonly errorLogGroup: { readonly name: Input<string>; readonly arn: Input<string> };
  readonly kmsKeyArn?: string | undefined;
  readonly deployment: Deployment;
}

/** Where records of a source land; its slash at the end keeps one source from catching another's objects. */
export const landingPrefix = (sourceId: string) => `landing/${sourceId}/`;

export class LandingStream extends ComponentResource {
  readonly sourceId: string;
  readonly kind: StreamKind;
  readonly name: Output<string>;
  readonly arn: Output<string>;

  constructor(name: string, args: LandingStreamArgs, opts?: ComponentResourceOptions) {
    super("aircheck:pipeline:LandingStream", name, {}, opts);
    const child = { parent: this };
    const logStream = new LogStream(name, { logGroupName: args.errorLogGroup.name, name }, child);
    const landingArn = output(args.landing.arn);
    const role = serviceRole(
      name,
      {
        service: "firehose.amazonaws.com",
        description: `Firehose writes ${args.sourceId} to the landing bucket`,
        condition: { StringEquals: { "sts:ExternalId": args.deployment.accountId } },
        statements: [
          {
            Sid: "WriteObjects",
            Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
            Resource: [
              interpolate`${landingArn}/${landingPrefix(args.sourceId)}*`,
              interpolate`${landingArn}/errors/${args.sourceId}/*`,
            ],
          },
          {
            Sid: "FindBucket",
            Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            Resource: landingArn,
          },
          {
            Sid: "LogErrors",
            Action: "logs:PutLogEvents",
            Resource: interpolate`${args.errorLogGroup.arn}:log-stream:${name}`,
          },
          ...keyStatements(args.kmsKeyArn, "kms:Decrypt", "kms:GenerateDataKey"),
        ],
      },
      child,
    );
    const stream = new FirehoseDeliveryStream(
      name,
      {
        destination: "extended_s3",
        serverSideEncryption: {
          enabled: true,
          ...(args.kmsKeyArn
            ? { keyType: "CUSTOMER_MANAGED_CMK", keyArn: args.kmsKeyArn }
            : { keyType: "AWS_OWNED_CMK" }),
        },
        extendedS3Configuration: {
          roleArn: role.ready,
          bucketArn: landingArn,
          prefix: `${landingPrefix(args.sourceId)}!{timestamp:yyyy/MM/dd/HH}/`,
          errorOutputPrefix: `errors/${args.sourceId}/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
          bufferingSize: args.bufferMiB,
          bufferingInterval: args.bufferSeconds,
          ...(args.kmsKeyArn && { kmsKeyArn: args.kmsKeyArn }),
          cloudwatchLoggingOptions: {
            enabled: true,
            logGroupName: args.errorLogGroup.name,
            logStreamName: logStream.name,
          },
          ...encoding(args.kind),
        },
        // Vended delivery finds the streams it may write to by this tag; a stack that dropped it would stop the logs.
        tags: { "aircheck:source": args.sourceId, ...(args.kind === "vended" && { LogDeliveryEnabled: "true" }) },
      },
      child,
    );
    this.sourceId = args.sourceId;
    this.kind = args.kind;
    this.name = stream.name;
    this.arn = stream.arn;
    this.registerOutputs({ name: this.name, arn: this.arn, sourceId: args.sourceId });
  }
}

/** Subscription data is gzip already, and a second layer would hide it; vended records need an end of line (reference 8.3). */
function encoding(kind: StreamKind) {
  if (kind === "subscription") return { compressionFormat: "UNCOMPRESSED", fileExtension: ".gz" };
  return {
    compressionFormat: "GZIP",
    processingConfiguration: {
      enabled: true,
      processors: [
        { type: "AppendDelimiterToRecord", parameters: [{ parameterName: "Delimiter", parameterValue: "\\n" }] },
      ],
    },
  };
}
