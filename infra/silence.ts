/** Sources whose silence is an incident. Pure. */
import type { AircheckConfig } from "./config.ts";
import type { SourcePlan } from "./source-plan.ts";

/** Every source that this stack collects. */
export function collectedSources(config: AircheckConfig, plan: SourcePlan): readonly string[] {
  return [
    ...new Set(plan.streams.map(({ sourceId }) => sourceId)),
    ...(config.cloudTrail.mode === "skip" ? [] : ["cloudtrail"]),
  ];
}

/**
 * Sources that should log at all times: those that the configuration names, else those that it makes log.
 *
 * The fixed log groups are there on an account without a channel too, so they alone say nothing. Transcoding is logged only
 * when an ad is new, and errors of the manifest service only when there are some.
 */
export function sourcesThatShouldLog(config: AircheckConfig, plan: SourcePlan): readonly string[] {
  if (config.alarms.silenceSources) return config.alarms.silenceSources;
  const { configurations, existingConfigurations } = config.mediaTailor;
  const playback = configurations.length + existingConfigurations.length > 0;
  return [
    ...(playback ? ["mediatailor-ads"] : []),
    ...new Set(plan.mediaPackageVended.map(({ sourceId }) => sourceId)),
    ...new Set(plan.auroraGroups.map(({ sourceId }) => sourceId)),
  ];
}

/** Sources that are to be watched but are not collected, as sentences. */
export function silenceProblems(config: AircheckConfig, plan: SourcePlan): readonly string[] {
  const collected = collectedSources(config, plan);
  return (config.alarms.silenceSources ?? []).flatMap((id, index) =>
    collected.includes(id)
      ? []
      : [
          `aircheck:alarms.silenceSources.${index} is "${id}": this stack does not collect it; allowed is one of ${collected.join(", ")}`,
        ],
  );
}
