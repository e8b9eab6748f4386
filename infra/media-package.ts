/** MediaPackage: log groups of v1 into streams, vended logs of v2's channel groups. */
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { AircheckConfig } from "./config.ts";
import { arnHere, type Deployment } from "./deployment.ts";
import type { SourcePlan } from "./source-plan.ts";
import type { Streams } from "./streams.ts";
import { SubscribedLogGroups } from "./subscribed-log-groups.ts";
import { VendedDeliveries } from "./vended-deliveries.ts";

export interface MediaPackageArgs {
  readonly config: AircheckConfig;
  readonly plan: SourcePlan;
  readonly streams: Streams;
  /** Vended deliveries are made one after another; this one comes before those of MediaPackage. */
  readonly after: Resource | undefined;
  readonly deployment: Deployment;
}

export class MediaPackage extends ComponentResource {
  constructor(name: string, args: MediaPackageArgs, opts?: ComponentResourceOptions) {
    super("aircheck:media:MediaPackage", name, {}, opts);
    const { config, plan, streams, after, deployment } = args;
    const { kmsKeyArn, logRetentionDays } = config.lake;
    new SubscribedLogGroups(
      name,
      {
        groups: plan.mediaPackageGroups,
        streams: streams.of("subscription"),
        retentionDays: logRetentionDays,
        kmsKeyArn,
        deployment,
      },
      { parent: this },
    );
    new VendedDeliveries(
      name,
      {
        logs: plan.mediaPackageVended.map(({ sourceId, vended, resource }) => ({
          key: `${sourceId}-${resource}`,
          sourceId,
          vended,
          resourceArn: arnHere(deployment, "mediapackagev2", `channelGroup/${resource}`),
        })),
        streams: streams.of("vended"),
        after,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
