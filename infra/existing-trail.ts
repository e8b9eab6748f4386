/** A trail that others made: its log files go through the same transform, from the bucket they are in. */
import { getBucketOutput } from "@pulumi/aws/s3/getBucket.js";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { announceObjects, trailPrefixes } from "./landing-notifications.ts";
import type { Organization } from "./trail.ts";
import { Transform, type TransformArgs } from "./transform.ts";

export interface ExistingTrailArgs extends Omit<TransformArgs, "landing" | "landingPrefixes"> {
  readonly bucket: string;
  /** Folder before `AWSLogs/`. */
  readonly prefix?: string | undefined;
  readonly organization?: Organization | undefined;
  /**
   * Whether this program sets the bucket's notifications, all of them. If not, the bucket's owner has to add one for the
   * queue that is among the outputs.
   */
  readonly manageNotifications: boolean;
}

export class ExistingTrail extends ComponentResource {
  readonly transform: Transform;

  constructor(name: string, args: ExistingTrailArgs, opts?: ComponentResourceOptions) {
    super("aircheck:audit:ExistingTrail", name, {}, opts);
    const { bucket, prefix = "", organization, manageNotifications, ...shared } = args;
    const found = getBucketOutput({ bucket }, { parent: this });
    const landing = { name: found.bucket, arn: found.arn };
    const landingPrefixes = trailPrefixes(prefix, shared.deployment.accountId, organization);
    this.transform = new Transform(name, { ...shared, landing, landingPrefixes }, { parent: this });
    if (manageNotifications) {
      announceObjects(name, landing.name, this.transform.queueReady, landingPrefixes, { parent: this });
    }
    this.registerOutputs({ queueArn: this.transform.queueArn });
  }
}
