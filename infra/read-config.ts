/** Configuration as the engine hands it over. */
import { RunError, runtime } from "@pulumi/pulumi";
import { type AircheckConfig, ConfigError, parseConfig } from "./config.ts";

/**
 * The stack's configuration, checked.
 *
 * @throws RunError, which Pulumi prints without a stack trace, with every mistake at once
 */
export function readConfig(): AircheckConfig {
  try {
    return parseConfig(runtime.allConfig(), Date.now());
  } catch (error) {
    if (error instanceof ConfigError) throw new RunError(error.message);
    throw error;
  }
}
