/** MediaTailor: the role, the log groups, what is logged of each playback configuration, and the percentages in force. */
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import type { AircheckConfig, ExistingPlaybackConfig } from "./config.ts";
import type { Deployment } from "./deployment.ts";
import { MediaTailorLoggerRole } from "./logger-role.ts";
import { PlaybackConfiguration } from "./playback-configuration.ts";
import { LoggingFunction, PlaybackLogging } from "./playback-logging.ts";
import { publishSampling, samplingDocument } from "./sampling.ts";
import type { SourcePlan } from "./source-plan.ts";
import { type BucketRef, samplingKey } from "./storage.ts";
import type { Streams } from "./streams.ts";
import { SubscribedLogGroups } from "./subscribed-log-groups.ts";
import type { FunctionCode } from "./transform.ts";
import { VendedDeliveries, type VendedLog } from "./vended-deliveries.ts";

export interface MediaTailorArgs {
  readonly config: AircheckConfig;
  readonly plan: SourcePlan;
  readonly streams: Streams;
  readonly lake: BucketRef;
  /** ARN of the logger role, where it is to be adopted. */
  readonly adoptedRoleArn: string | undefined;
  /** Code of the function that sets logging; made only where it is needed. */
  readonly loggingCode: Input<FunctionCode> | undefined;
  readonly deployment: Deployment;
}

export class MediaTailor extends ComponentResource {
  readonly loggerRoleArn: Output<string> | undefined;
  /** By name of the playback configurations made here. */
  readonly playbackEndpointPrefixes: Readonly<Record<string, Output<string>>>;
  /** The vended delivery that is made last. */
  readonly lastDelivery: Resource | undefined;

  constructor(name: string, args: MediaTailorArgs, opts?: ComponentResourceOptions) {
    super("aircheck:media:MediaTailor", name, {}, opts);
    const { config, plan, streams, lake, deployment } = args;
    const { loggerRole, configurations, existingConfigurations } = config.mediaTailor;
    const { kmsKeyArn, logRetentionDays } = config.lake;
    const child = { parent: this };
    const role =
      loggerRole.mode === "skip"
        ? undefined
        : new MediaTailorLoggerRole(
            `${name}-logger`,
            { lefCompatible: loggerRole.lefCompatible, adoptedArn: args.adoptedRoleArn, deployment },
            child,
          );
    const groups = new SubscribedLogGroups(
      name,
      {
        groups: plan.mediaTailorGroups,
        streams: streams.of("subscription"),
        retentionDays: logRetentionDays,
        kmsKeyArn,
        deployment,
      },
      child,
    );
    // Logging is switched on when it has somewhere to go.
    const behindGroups = { ...child, dependsOn: [groups, ...(role ? [role] : [])] };
    const made = new Map(
      configurations.map((configuration) => [
        configuration.name,
        new PlaybackConfiguration(configuration.name, configuration, behindGroups),
      ]),
    );
    const logs = vendedLogs(args, made);
    const vended = new VendedDeliveries(name, { logs, streams: streams.of("vended") }, child);
    const managed = this.#manageLogging(name, args, ({ name: configuration }) => ({
      parent: this,
      dependsOn: [
        ...behindGroups.dependsOn,
        // Switched to vended logs before there is somewhere to deliver them, its logs would stop (reference 3.2).
        ...logs.flatMap(({ key, resource }) => (resource === configuration ? (vended.deliveries.get(key) ?? []) : [])),
      ],
    }));
    publishSampling(
      `${name}-sampling`,
      {
        bucket: lake.writable,
        key: samplingKey,
        content: samplingDocument(
          [...configurations, ...existingConfigurations].map((one) => ({
            name: one.name,
            percent: one.logging.percent,
          })),
        ),
        kmsKeyArn,
      },
      // A percentage that could not be set must not become the weight of rows.
      { ...child, dependsOn: [...made.values(), ...managed] },
    );
    this.loggerRoleArn = role?.ready;
    this.playbackEndpointPrefixes = Object.fromEntries(
      [...made].map(([configuration, { playbackEndpointPrefix }]) => [configuration, playbackEndpointPrefix]),
    );
    this.lastDelivery = vended.last;
    this.registerOutputs({ loggerRoleArn: this.loggerRoleArn });
  }

  #manageLogging(
    name: string,
    args: MediaTailorArgs,
    optsOf: (configuration: ExistingPlaybackConfig) => ComponentResourceOptions,
  ): readonly PlaybackLogging[] {
    const { config, loggingCode, deployment } = args;
    const { existingConfigurations } = config.mediaTailor;
    if (!loggingCode || existingConfigurations.length === 0) return [];
    const { kmsKeyArn, logRetentionDays } = config.lake;
    const logging = new LoggingFunction(
      `${name}-logging`,
      { code: loggingCode, configurations: existingConfigurations, logRetentionDays, kmsKeyArn, deployment },
      { parent: this },
    );
    return existingConfigurations.map(
      (configuration) =>
        new PlaybackLogging(configuration.name, { functionName: logging.name, configuration }, optsOf(configuration)),
    );
  }
}

/**
 * Logs of existing configurations come first: their ARNs are plain text, and their logging waits for them. Those of
 * configurations made here wait for the configurations.
 */
function vendedLogs(
  { config, plan }: MediaTailorArgs,
  made: ReadonlyMap<string, PlaybackConfiguration>,
): readonly (VendedLog & { readonly resource: string })[] {
  const { existingConfigurations } = config.mediaTailor;
  const arns = new Map<string, VendedLog["resourceArn"]>([
    ...existingConfigurations.flatMap((one) => (one.arn === undefined ? [] : [[one.name, one.arn] as const])),
    ...[...made].map(([configuration, { arn }]) => [configuration, arn] as const),
  ]);
  return [...arns].flatMap(([configuration, resourceArn]) =>
    plan.mediaTailorVended
      .filter(({ resource }) => resource === configuration)
      .map(({ sourceId, vended, resource }) => ({
        key: `${sourceId}-${resource}`,
        sourceId,
        vended,
        resource,
        resourceArn,
      })),
  );
}
