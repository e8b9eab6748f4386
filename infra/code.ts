/** The functions' code, bundled while the program runs. */
import { fileURLToPath } from "node:url";
import { bundleTransform } from "../functions/bundle.ts";
import type { AircheckConfig } from "./config.ts";
import { bundlePlaybackLogging } from "./playback-logging/bundle.ts";
import type { FunctionCode } from "./transform.ts";

export interface Code {
  readonly transform: FunctionCode;
  /** Only where logging of existing configurations is managed. */
  readonly playbackLogging: FunctionCode | undefined;
}

/** Bundles what the configuration needs, below `.aircheck/`; a folder per stack, for two may be deployed at once. */
export async function bundleCode(config: AircheckConfig, stack: string): Promise<Code> {
  const folder = (name: string) => fileURLToPath(new URL(`../.aircheck/functions/${stack}/${name}`, import.meta.url));
  const manages = config.mediaTailor.existingConfigurations.length > 0;
  const [transform, playbackLogging] = await Promise.all([
    bundleTransform(folder("transform"), { geography: config.transform.geography }),
    manages ? bundlePlaybackLogging(folder("playback-logging")) : undefined,
  ]);
  return { transform, playbackLogging };
}
