/** Subscription filters: log groups into the streams of their sources. */
import { LogSubscriptionFilter } from "@pulumi/aws/cloudwatch/logSubscriptionFilter.js";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { boundedName } from "./bounded-name.ts";
import { arnHere, type Deployment } from "./deployment.ts";
import type { LandingStream } from "./landing-stream.ts";
import { serviceRole } from "./service-role.ts";

export interface SubscribedGroup {
  /** Name of the log group as people know it, for names of resources. */
  readonly key: string;
  readonly logGroup: Input<string>;
  readonly sourceId: string;
}

export interface LogSubscriptionsArgs {
  readonly groups: readonly SubscribedGroup[];
  /** By source id; every group's source has one. */
  readonly streams: ReadonlyMap<string, LandingStream>;
  readonly deployment: Deployment;
}

/** A log group without a stream would be subscribed to nothing. */
export class UnknownStreamError extends Error {
  constructor(group: SubscribedGroup) {
    super(`there is no subscription stream for ${group.sourceId}, the source of log group ${group.key}`);
    this.name = "UnknownStreamError";
  }
}

export class LogSubscriptions extends ComponentResource {
  /** @throws UnknownStreamError */
  constructor(name: string, { groups, streams, deployment }: LogSubscriptionsArgs, opts?: ComponentResourceOptions) {
    super("aircheck:media:LogSubscriptions", name, {}, opts);
    const child = { parent: this };
    const used = groups.map((group) => {
      const stream = streams.get(group.sourceId);
      if (!stream) throw new UnknownStreamError(group);
      return { ...group, stream };
    });
    const role = serviceRole(
      name,
      {
        service: "logs.amazonaws.com",
        description: "CloudWatch Logs puts subscribed log events into Firehose",
        condition: {
          StringEquals: { "aws:SourceAccount": deployment.accountId },
          ArnLike: { "aws:SourceArn": arnHere(deployment, "logs", "*") },
        },
        statements: [
          {
            Sid: "Put",
            Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
            Resource: [...new Set(used.map(({ stream }) => stream.arn))],
          },
        ],
      },
      child,
    );
    for (const { key, logGroup, stream } of used) {
      new LogSubscriptionFilter(
        boundedName(`${name}-${key}`, 100),
        {
          logGroup,
          destinationArn: stream.arn,
          roleArn: role.ready,
          // Everything: what is left out here is lost.
          filterPattern: "",
        },
        child,
      );
    }
    this.registerOutputs({});
  }
}
