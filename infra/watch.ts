/** Looking after the pipeline: alarms with somewhere to go, and the dashboard. */
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { AlarmTopic } from "./alarm-topic.ts";
import { Alarms } from "./alarms.ts";
import type { Audit } from "./audit.ts";
import type { AircheckConfig } from "./config.ts";
import { type Deployment, metricsNamespace } from "./deployment.ts";
import type { LakeAccess } from "./lake-access.ts";
import type { Pipeline } from "./pipeline.ts";
import { PipelineDashboard } from "./pipeline-dashboard.ts";
import { collectedSources, sourcesThatShouldLog } from "./silence.ts";
import type { SourcePlan } from "./source-plan.ts";

export interface WatchArgs {
  readonly config: AircheckConfig;
  readonly plan: SourcePlan;
  readonly pipeline: Pipeline;
  readonly access: LakeAccess;
  readonly audit: Audit;
  readonly deployment: Deployment;
}

export class Watch extends ComponentResource {
  readonly topicArn: Output<string> | undefined;

  constructor(name: string, args: WatchArgs, opts?: ComponentResourceOptions) {
    super("aircheck:alarms:Watch", name, {}, opts);
    const { config, plan, pipeline, access, audit, deployment } = args;
    const { alarms, lake } = config;
    const child = { parent: this };
    const sources = collectedSources(config, plan);
    const streams = pipeline.streams.all;
    const transforms = [
      { key: "transform", transform: pipeline.transform },
      ...(audit.trailTransform ? [{ key: "trail-transform", transform: audit.trailTransform }] : []),
    ];
    if (alarms.enabled) {
      const topicArn = alarms.topicArn
        ? output(alarms.topicArn)
        : new AlarmTopic(`${name}-alarms`, { emails: alarms.emails, kmsKeyArn: lake.kmsKeyArn, deployment }, child).arn;
      new Alarms(
        name,
        {
          thresholds: alarms,
          topicArn,
          metricsNamespace: metricsNamespace(deployment),
          transforms,
          streams,
          sources,
          silenceSources: sourcesThatShouldLog(config, plan),
        },
        child,
      );
      this.topicArn = topicArn;
    }
    new PipelineDashboard(
      name,
      {
        transforms: transforms.map(({ transform }) => transform),
        streams,
        sources,
        workgroup: access.workgroup.name,
        deployment,
      },
      child,
    );
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
