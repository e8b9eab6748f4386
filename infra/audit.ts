/** Who changed what: CloudTrail, and the audit logs of Aurora clusters. */
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { AuroraAudit } from "./aurora.ts";
import type { AircheckConfig } from "./config.ts";
import type { Deployment } from "./deployment.ts";
import { ExistingTrail } from "./existing-trail.ts";
import type { Pipeline } from "./pipeline.ts";
import type { SourcePlan } from "./source-plan.ts";
import { lakePrefix, samplingKey } from "./storage.ts";
import { SubscribedLogGroups } from "./subscribed-log-groups.ts";
import { MediaTrail } from "./trail.ts";
import type { FunctionCode, Transform } from "./transform.ts";

export interface AuditArgs {
  readonly config: AircheckConfig;
  readonly plan: SourcePlan;
  readonly pipeline: Pipeline;
  readonly code: Input<FunctionCode>;
  readonly deployment: Deployment;
}

export class Audit extends ComponentResource {
  readonly aurora: AuroraAudit | undefined;
  /** The second transform, where CloudTrail's files lie in somebody else's bucket. */
  readonly trailTransform: Transform | undefined;

  constructor(name: string, args: AuditArgs, opts?: ComponentResourceOptions) {
    super("aircheck:audit:Audit", name, {}, opts);
    const { config, plan, pipeline, deployment } = args;
    const { cloudTrail, aurora, lake } = config;
    const child = { parent: this };
    if (cloudTrail.mode === "create") {
      const bucketWritable = pipeline.storage.landing.writable;
      new MediaTrail(name, { ...cloudTrail, bucketWritable, kmsKeyArn: lake.kmsKeyArn, deployment }, child);
    }
    this.trailTransform = this.#existingTrail(name, args);
    new SubscribedLogGroups(
      `${name}-aurora`,
      {
        groups: plan.auroraGroups,
        streams: pipeline.streams.of("subscription"),
        retentionDays: lake.logRetentionDays,
        kmsKeyArn: lake.kmsKeyArn,
        deployment,
      },
      child,
    );
    if (Object.keys(aurora.clusters).length > 0) {
      this.aurora = new AuroraAudit(`${name}-aurora`, { ...aurora, deployment }, child);
    }
    this.registerOutputs({});
  }

  #existingTrail(name: string, { config, pipeline, code, deployment }: AuditArgs): Transform | undefined {
    const { bucket, ...cloudTrail } = config.cloudTrail;
    if (cloudTrail.mode !== "existing" || bucket === undefined) return undefined;
    const { transform, privacy, lake } = config;
    const trail = new ExistingTrail(
      `${name}-trail`,
      {
        bucket,
        prefix: cloudTrail.prefix,
        organization: cloudTrail.organization,
        manageNotifications: cloudTrail.manageNotifications,
        ...transform,
        ...privacy,
        lake: pipeline.storage.lake,
        lakePrefix,
        samplingKey,
        code,
        kmsKeyArn: lake.kmsKeyArn,
        landingKmsKeyArn: cloudTrail.kmsKeyArn,
        logRetentionDays: lake.logRetentionDays,
        deployment,
      },
      { parent: this },
    );
    return trail.transform;
  }
}
