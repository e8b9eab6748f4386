/** From Firehose to the lake: buckets, streams, queue and function. */
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import type { Catalog } from "../catalog/index.ts";
import type { AircheckConfig } from "./config.ts";
import { consumerStatements } from "./consumers.ts";
import type { Deployment } from "./deployment.ts";
import { announceObjects, trailPrefixes } from "./landing-notifications.ts";
import { landingPrefix } from "./landing-stream.ts";
import type { SourcePlan } from "./source-plan.ts";
import { lakePrefix, Storage, samplingKey } from "./storage.ts";
import { Streams } from "./streams.ts";
import { trailStatements } from "./trail.ts";
import { type FunctionCode, Transform } from "./transform.ts";

export interface PipelineArgs {
  readonly config: AircheckConfig;
  readonly catalog: Catalog;
  readonly plan: SourcePlan;
  readonly code: Input<FunctionCode>;
  readonly deployment: Deployment;
}

export class Pipeline extends ComponentResource {
  readonly storage: Storage;
  readonly streams: Streams;
  readonly transform: Transform;

  constructor(name: string, args: PipelineArgs, opts?: ComponentResourceOptions) {
    super("aircheck:pipeline:Pipeline", name, {}, opts);
    const { config, catalog, plan, code, deployment } = args;
    const { lake, cloudTrail, firehose, privacy, consumers } = config;
    const { kmsKeyArn, logRetentionDays } = lake;
    const ownTrail = cloudTrail.mode === "create";
    const child = { parent: this };
    this.storage = new Storage(
      name,
      {
        catalog,
        retentionDays: lake.retentionDays,
        kmsKeyArn,
        existingLakeBucket: lake.existingBucket,
        keepLanding: config.environment === "prod",
        landingStatements: (arn) => (ownTrail ? trailStatements(arn, deployment, cloudTrail.organization) : []),
        lakeStatements: (arn) => consumerStatements(arn, consumers.principals),
      },
      child,
    );
    const { landing } = this.storage;
    this.streams = new Streams(
      `${name}-streams`,
      { ...firehose, streams: plan.streams, landing, kmsKeyArn, logRetentionDays, deployment },
      child,
    );
    const landingPrefixes = [
      ...new Set(plan.streams.map(({ sourceId }) => landingPrefix(sourceId))),
      ...(ownTrail ? trailPrefixes("", deployment.accountId, cloudTrail.organization) : []),
    ];
    const shared = {
      ...config.transform,
      ...privacy,
      lake: this.storage.lake,
      lakePrefix,
      samplingKey,
      code,
      kmsKeyArn,
      logRetentionDays,
      deployment,
    };
    this.transform = new Transform(`${name}-transform`, { ...shared, landing, landingPrefixes }, child);
    announceObjects(`${name}-landing`, landing.name, this.transform.queueReady, landingPrefixes, child);
    this.registerOutputs({});
  }
}
