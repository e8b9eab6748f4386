/** Configuration as the engine hands it over. */
import { RunError, runtime } from "@pulumi/pulumi";
import type { Catalog } from "../catalog/index.ts";
import { type AircheckConfig, ConfigError, parseConfig } from "./config.ts";
import { silenceProblems } from "./silence.ts";
import { planSources, type SourcePlan } from "./source-plan.ts";

/**
 * The stack's configuration, checked, and which sources it asks for.
 *
 * @throws RunError, which Pulumi prints without a stack trace, with every mistake at once
 */
export function readConfig(catalog: Catalog): { readonly config: AircheckConfig; readonly plan: SourcePlan } {
  try {
    const config = parseConfig(runtime.allConfig(), Date.now());
    const plan = planSources(config, catalog);
    const problems = silenceProblems(config, plan);
    if (problems.length > 0) throw new ConfigError(problems);
    return { config, plan };
  } catch (error) {
    if (error instanceof ConfigError) throw new RunError(error.message);
    throw error;
  }
}
