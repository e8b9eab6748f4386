/** The functions' code, bundled while the program runs. */
import { fileURLToPath } from "node:url";
import { bundleTransform } from "../functions/bundle.ts";
import type { AircheckConfig } from "./config.ts";
import { bundlePlaybackLogging } from "./playback-logging/bundle.ts";
import type { FunctionCode } from "./transform.ts";

export interface Code {
  readonly transform: Promise<FunctionCode>;
  /** Only where logging of existing configurations is managed. */
  readonly playbackLogging: Promise<FunctionCode> | undefined;
}

/**
 * Bundles what the configuration needs, below `.aircheck/`; a folder per stack, for two may be deployed at once.
 *
 * Nobody waits for it but the functions themselves: esbuild works beside the registration of everything else.
 */
export function bundleCode(config: AircheckConfig, stack: string): Code {
  const folder = (name: string) => fileURLToPath(new URL(`../.aircheck/functions/${stack}/${name}`, import.meta.url));
  const manages = config.mediaTailor.existingConfigurations.length > 0;
  return {
    transform: bundleTransform(folder("transform"), { geography: config.transform.geography }),
    playbackLogging: manages ? bundlePlaybackLogging(folder("playback-logging")) : undefined,
  };
}
