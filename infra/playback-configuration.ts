/** A playback configuration made here, its logging included. */
import { PlaybackConfiguration as NativePlaybackConfiguration } from "@pulumi/aws-native/mediatailor/playbackConfiguration.js";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { PlaybackConfig } from "./config.ts";

export class PlaybackConfiguration extends ComponentResource {
  readonly arn: Output<string>;
  readonly playbackEndpointPrefix: Output<string>;

  constructor(
    name: string,
    { name: configuration, settings, logging }: PlaybackConfig,
    opts?: ComponentResourceOptions,
  ) {
    super(
      "aircheck:media:PlaybackConfiguration",
      name,
      { configuration, percent: logging.percent, strategies: logging.strategies },
      opts,
    );
    const { tags, ...rest } = settings;
    const made = new NativePlaybackConfiguration(
      name,
      {
        ...rest,
        name: configuration,
        logConfiguration: {
          percentEnabled: logging.percent,
          enabledLoggingStrategies: [...logging.strategies],
          adsInteractionLog: {
            publishOptInEventTypes: [...logging.ads.publishOptIn],
            excludeEventTypes: [...logging.ads.exclude],
          },
          manifestServiceInteractionLog: { excludeEventTypes: [...logging.manifest.exclude] },
        },
        ...(tags && { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }),
      },
      { parent: this },
    );
    this.arn = made.playbackConfigurationArn;
    this.playbackEndpointPrefix = made.playbackEndpointPrefix;
    this.registerOutputs({ arn: this.arn, playbackEndpointPrefix: this.playbackEndpointPrefix });
  }
}
