/** Logging of playback configurations that others manage, and nothing else of them. */
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Function as LambdaFunction } from "@pulumi/aws/lambda/function.js";
import { Invocation } from "@pulumi/aws/lambda/invocation.js";
import { ComponentResource, type ComponentResourceOptions, type Input, interpolate, type Output } from "@pulumi/pulumi";
import type { ExistingPlaybackConfig } from "./config.ts";
import { arnHere, type Deployment } from "./deployment.ts";
import type { LoggingRequest } from "./playback-logging/handler.ts";
import { serviceRole } from "./service-role.ts";
import { codeOf, type FunctionCode } from "./transform.ts";

export interface LoggingFunctionArgs {
  readonly code: Input<FunctionCode>;
  readonly configurations: readonly ExistingPlaybackConfig[];
  readonly logRetentionDays: number;
  readonly kmsKeyArn?: string | undefined;
  readonly deployment: Deployment;
}

/** The one function that sets logging for all of them. */
export class LoggingFunction extends ComponentResource {
  readonly name: Output<string>;

  constructor(name: string, args: LoggingFunctionArgs, opts?: ComponentResourceOptions) {
    super("aircheck:media:LoggingFunction", name, {}, opts);
    const child = { parent: this };
    const logGroup = new LogGroup(
      name,
      { retentionInDays: args.logRetentionDays, ...(args.kmsKeyArn && { kmsKeyId: args.kmsKeyArn }) },
      child,
    );
    const role = serviceRole(
      name,
      {
        service: "lambda.amazonaws.com",
        description: "Sets the logging of playback configurations",
        statements: [
          {
            Sid: "ConfigureLogs",
            Action: "mediatailor:ConfigureLogsForPlaybackConfiguration",
            Resource: resourcesOf(args),
          },
          {
            // MediaTailor makes its own role when a percentage is set for the first time (reference 4.2).
            Sid: "ServiceLinkedRole",
            Action: "iam:CreateServiceLinkedRole",
            Resource: `arn:${args.deployment.partition}:iam::${args.deployment.accountId}:role/aws-service-role/mediatailor.amazonaws.com/AWSServiceRoleForMediaTailor`,
            Condition: { StringEquals: { "iam:AWSServiceName": "mediatailor.amazonaws.com" } },
          },
          {
            Sid: "Log",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: interpolate`${logGroup.arn}:*`,
          },
        ],
      },
      child,
    );
    const made = new LambdaFunction(
      name,
      {
        description: "Sets the logging of one playback configuration, and leaves the rest of it alone",
        role: role.ready,
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        ...codeOf(args.code),
        memorySize: 256,
        // The function waits about a minute for its role's policy to hold.
        timeout: 120,
        loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
        ...(args.kmsKeyArn && { kmsKeyArn: args.kmsKeyArn }),
      },
      child,
    );
    this.name = made.name;
    this.registerOutputs({ name: this.name });
  }
}

/** Named ones where every ARN is known; a configuration's ARN does not follow from its name. */
function resourcesOf({ configurations, deployment }: LoggingFunctionArgs): readonly string[] {
  const known = configurations.flatMap(({ arn }) => (arn === undefined ? [] : [arn]));
  return known.length === configurations.length
    ? known
    : [arnHere(deployment, "mediatailor", "playbackConfiguration/*")];
}

export interface PlaybackLoggingArgs {
  readonly functionName: Output<string>;
  readonly configuration: ExistingPlaybackConfig;
}

/** The logging of one configuration. Reviewers and policies read it from this component's own inputs and outputs. */
export class PlaybackLogging extends ComponentResource {
  constructor(name: string, { functionName, configuration }: PlaybackLoggingArgs, opts?: ComponentResourceOptions) {
    const request: LoggingRequest = {
      configuration: configuration.name,
      percent: configuration.logging.percent,
      strategies: [...configuration.logging.strategies],
      ads: {
        publishOptIn: [...configuration.logging.ads.publishOptIn],
        exclude: [...configuration.logging.ads.exclude],
      },
      manifest: {
        publishOptIn: [...configuration.logging.manifest.publishOptIn],
        exclude: [...configuration.logging.manifest.exclude],
      },
    };
    const shown = { ...request, playbackConfigurationArn: configuration.arn };
    super("aircheck:media:PlaybackLogging", name, shown, opts);
    new Invocation(
      name,
      {
        functionName,
        input: JSON.stringify(request),
        // Create, update and delete each call the function; it leaves the logging alone on delete, and says so.
        lifecycleScope: "CRUD",
      },
      { parent: this },
    );
    this.registerOutputs(shown);
  }
}
