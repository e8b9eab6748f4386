/** The log groups that media services and Aurora write to, and their way into the streams. */
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { Deployment } from "./deployment.ts";
import type { LandingStream } from "./landing-stream.ts";
import { fixedLogGroup } from "./log-group.ts";
import { LogSubscriptions } from "./log-subscriptions.ts";
import type { PlannedGroup } from "./source-plan.ts";

export interface SubscribedLogGroupsArgs {
  readonly groups: readonly PlannedGroup[];
  readonly streams: ReadonlyMap<string, LandingStream>;
  readonly retentionDays: number;
  readonly kmsKeyArn?: string | undefined;
  readonly deployment: Deployment;
}

export class SubscribedLogGroups extends ComponentResource {
  constructor(name: string, args: SubscribedLogGroupsArgs, opts?: ComponentResourceOptions) {
    super("aircheck:media:SubscribedLogGroups", name, {}, opts);
    const { groups, streams, retentionDays, kmsKeyArn, deployment } = args;
    if (groups.length > 0) {
      const subscribed = groups.map((group) => ({
        key: group.name,
        sourceId: group.sourceId,
        logGroup: fixedLogGroup(
          group.name,
          { name: group.name, ownership: group.ownership, retentionDays, kmsKeyArn },
          { parent: this },
        ),
      }));
      new LogSubscriptions(name, { groups: subscribed, streams, deployment }, { parent: this });
    }
    this.registerOutputs({});
  }
}
