/** All Firehose streams, and the log group of their own errors. */
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import type { Deployment } from "./deployment.ts";
import { LandingStream, type StreamKind } from "./landing-stream.ts";

export interface StreamsArgs {
  readonly streams: readonly { readonly sourceId: string; readonly kind: StreamKind }[];
  readonly subscriptionBufferMiB: number;
  readonly vendedBufferMiB: number;
  readonly bufferSeconds: number;
  readonly landing: { readonly name: Input<string>; readonly arn: Input<string> };
  readonly kmsKeyArn?: string | undefined;
  readonly logRetentionDays: number;
  readonly deployment: Deployment;
}

export class Streams extends ComponentResource {
  readonly all: readonly LandingStream[];

  constructor(name: string, args: StreamsArgs, opts?: ComponentResourceOptions) {
    super("aircheck:pipeline:Streams", name, {}, opts);
    const { landing, kmsKeyArn, deployment, bufferSeconds } = args;
    const errorLogGroup = new LogGroup(
      name,
      { retentionInDays: args.logRetentionDays, ...(kmsKeyArn && { kmsKeyId: kmsKeyArn }) },
      { parent: this },
    );
    this.all = args.streams.map(({ sourceId, kind }) => {
      const vended = kind === "vended";
      return new LandingStream(
        `${sourceId}${vended ? "-vended" : ""}`,
        {
          sourceId,
          kind,
          bufferMiB: vended ? args.vendedBufferMiB : args.subscriptionBufferMiB,
          bufferSeconds,
          landing,
          errorLogGroup,
          kmsKeyArn,
          deployment,
        },
        { parent: this },
      );
    });
    this.registerOutputs({});
  }

  /** Streams of a kind by source id. */
  of(kind: StreamKind): ReadonlyMap<string, LandingStream> {
    return new Map(
      this.all.filter((stream) => stream.kind === kind).map((stream) => [stream.sourceId, stream] as const),
    );
  }
}
