/** Rules that look at more than one value. Each gives sentences; none gives up at the first mistake. */
import { catalog } from "../../catalog/index.ts";
import { type Environment, overrideProblem, percentProblem } from "../../limits/limits.ts";
import { presets } from "./presets.ts";
import { problem } from "./problems.ts";
import { quickSightProblems } from "./quick-sight.ts";
import type { ConfigInput } from "./schema.ts";

/** Groups that were well-formed; a rule is asked only about those. */
export type WellFormed = { readonly [K in keyof ConfigInput]: ConfigInput[K] | undefined };

/** Two keys of which only one may be given; the message names both. */
function exclusive(first: string, second: string, why: string): string {
  return `aircheck:${first} and aircheck:${second} are both given: remove one, for ${why}`;
}

/** @param now milliseconds since 1970-01-01 UTC */
export function ruleProblems(given: WellFormed, now: number): readonly string[] {
  return [
    ...mediaTailorProblems(given, now),
    ...mediaPackageProblems(given),
    ...cloudTrailProblems(given),
    ...lakeProblems(given),
    ...privacyProblems(given),
    ...quickSightProblems(given.quickSight),
    ...alarmProblems(given),
    ...usageProblems(given),
  ];
}

function mediaTailorProblems({ environment, mediaTailor }: WellFormed, now: number): readonly string[] {
  if (!mediaTailor) return [];
  const found: string[] = [];
  const { configurations, existingConfigurations, percentOverrides } = mediaTailor;
  for (const [index, override] of percentOverrides.entries()) {
    const wrong = overrideProblem(override, now);
    if (wrong) found.push(`aircheck:mediaTailor.percentOverrides.${index}.expires is "${override.expires}": ${wrong}`);
    if (!configurations[override.configuration] && !existingConfigurations[override.configuration]) {
      const allowed = "the name of a configuration in mediaTailor.configurations or mediaTailor.existingConfigurations";
      found.push(problem(`mediaTailor.percentOverrides.${index}.configuration`, override.configuration, allowed));
    }
  }
  for (const name of Object.keys(configurations)) {
    if (!existingConfigurations[name]) continue;
    found.push(
      exclusive(
        `mediaTailor.configurations.${name}`,
        `mediaTailor.existingConfigurations.${name}`,
        "a configuration is made here or elsewhere",
      ),
    );
  }
  if (environment) found.push(...percentProblems(environment, mediaTailor, now));
  for (const [name, { logging }] of Object.entries(configurations)) {
    if (logging.manifest.publishOptIn.length > 0) {
      const path = `mediaTailor.configurations.${name}.logging.manifest.publishOptIn`;
      found.push(
        problem(
          path,
          logging.manifest.publishOptIn,
          "nothing: the provider cannot set it on a configuration made here",
        ),
      );
    }
  }
  for (const [name, logging] of Object.entries(existingConfigurations)) {
    const chosen = logging.strategies ?? mediaTailor.strategies;
    if (chosen?.includes("VENDED_LOGS") && logging.arn === undefined) {
      const allowed = "the configuration's ARN (aws mediatailor get-playback-configuration), which VENDED_LOGS needs";
      found.push(problem(`mediaTailor.existingConfigurations.${name}.arn`, undefined, allowed));
    }
  }
  return found;
}

function percentProblems(
  environment: Environment,
  mediaTailor: NonNullable<WellFormed["mediaTailor"]>,
  now: number,
): readonly string[] {
  const asked = [
    ["mediaTailor.percent", "", mediaTailor.percent] as const,
    ...Object.entries(mediaTailor.configurations).map(
      ([name, { logging }]) => [`mediaTailor.configurations.${name}.logging.percent`, name, logging.percent] as const,
    ),
    ...Object.entries(mediaTailor.existingConfigurations).map(
      ([name, { percent }]) => [`mediaTailor.existingConfigurations.${name}.percent`, name, percent] as const,
    ),
  ];
  return asked.flatMap(([path, name, percent]) => {
    if (percent === undefined) return [];
    const wrong = percentProblem(environment, name, percent, mediaTailor.percentOverrides, now);
    return wrong ? [`aircheck:${path} is ${percent}: ${wrong}`] : [];
  });
}

function mediaPackageProblems({ mediaPackage }: WellFormed): readonly string[] {
  if (!mediaPackage) return [];
  const { egressLogGroups, ingressLogGroups } = mediaPackage.v1;
  const found: string[] = [];
  for (const [kind, groups] of Object.entries({ egressLogGroups, ingressLogGroups })) {
    for (const [index, name] of groups.entries()) {
      // The service-linked role may write nowhere else (reference 1.1).
      if (!name.startsWith("/aws/MediaPackage/")) {
        found.push(problem(`mediaPackage.v1.${kind}.${index}`, name, "a name below /aws/MediaPackage/"));
      }
      if (groups.indexOf(name) !== index)
        found.push(problem(`mediaPackage.v1.${kind}.${index}`, name, "each name once"));
    }
  }
  for (const name of egressLogGroups.filter((group) => ingressLogGroups.includes(group))) {
    const allowed = "a log group of one kind, for nothing in a record tells egress from ingress for certain";
    found.push(problem("mediaPackage.v1.ingressLogGroups", name, allowed));
  }
  for (const [index, name] of mediaPackage.v2.channelGroups.entries()) {
    if (mediaPackage.v2.channelGroups.indexOf(name) !== index) {
      found.push(problem(`mediaPackage.v2.channelGroups.${index}`, name, "each name once"));
    }
  }
  return found;
}

function cloudTrailProblems({ cloudTrail }: WellFormed): readonly string[] {
  if (!cloudTrail) return [];
  const { mode, bucket, prefix, kmsKeyArn, manageNotifications, multiRegion, readEvents } = cloudTrail;
  const found: string[] = [];
  if (mode === "existing" && bucket === undefined) {
    found.push(problem("cloudTrail.bucket", undefined, "the bucket of the trail, where mode is existing"));
  }
  if (mode !== "existing") {
    for (const [key, value] of Object.entries({
      bucket,
      prefix,
      kmsKeyArn,
      manageNotifications: manageNotifications || undefined,
    })) {
      if (value !== undefined) found.push(problem(`cloudTrail.${key}`, value, "nothing, unless mode is existing"));
    }
  }
  if (mode !== "create") {
    for (const [key, value] of Object.entries({ multiRegion, readEvents })) {
      if (value) found.push(problem(`cloudTrail.${key}`, value, "false, unless mode is create"));
    }
  }
  if (mode === "skip" && cloudTrail.organization) {
    found.push(problem("cloudTrail.organization", cloudTrail.organization, "nothing, where mode is skip"));
  }
  return found;
}

function lakeProblems({ environment, lake }: WellFormed): readonly string[] {
  if (!lake?.retentionDays) return [];
  return [
    ...replayProblems(environment, lake.retentionDays),
    ...(lake.existingBucket ? existingLakeProblems(lake.retentionDays) : []),
  ];
}

type RetentionInput = NonNullable<ConfigInput["lake"]["retentionDays"]>;

/** The transform reads the version of a landing object that it was told of, and so does a replay. */
function replayProblems(environment: Environment | undefined, { landing, noncurrent }: RetentionInput) {
  const landingDays = landing ?? (environment && presets[environment].retentionDays.landing);
  if (noncurrent === undefined || landingDays === undefined || noncurrent >= landingDays) return [];
  const allowed = `at least ${landingDays}, the days of landing: a replay reads versions that have been overwritten since`;
  return [problem("lake.retentionDays.noncurrent", noncurrent, allowed)];
}

function existingLakeProblems(retentionDays: RetentionInput): readonly string[] {
  return (["access", "ads", "audit", "rejects"] as const).flatMap((kind) =>
    retentionDays[kind] === undefined
      ? []
      : exclusive(
          "lake.existingBucket",
          `lake.retentionDays.${kind}`,
          "the life cycle of an existing bucket belongs to whoever made it",
        ),
  );
}

function privacyProblems({ privacy }: WellFormed): readonly string[] {
  if (!privacy) return [];
  if (privacy.clientIp === "hash" && privacy.saltSecretArn === undefined) {
    return [problem("privacy.saltSecretArn", undefined, "the ARN of a secret of 16 or more random bytes, for hash")];
  }
  if (privacy.clientIp !== "hash" && privacy.saltSecretArn !== undefined) {
    // Whoever gave a salt believes that addresses are hashed.
    return [problem("privacy.saltSecretArn", privacy.saltSecretArn, "nothing, unless privacy.clientIp is hash")];
  }
  return [];
}

function alarmProblems({ alarms }: WellFormed): readonly string[] {
  if (!alarms) return [];
  const found: string[] = [];
  if (alarms.topicArn !== undefined && alarms.emails.length > 0) {
    found.push(exclusive("alarms.topicArn", "alarms.emails", "subscriptions of an existing topic belong to its owner"));
  }
  for (const [index, id] of (alarms.silenceSources ?? []).entries()) {
    if (!catalog.sources.some((source) => source.id === id)) {
      const allowed = `one of ${catalog.sources.map((source) => source.id).join(", ")}`;
      found.push(problem(`alarms.silenceSources.${index}`, id, allowed));
    }
  }
  return found;
}

function usageProblems({ usage, mediaTailor, mediaPackage }: WellFormed): readonly string[] {
  if (!usage) return [];
  const found: string[] = [];
  const { sessionsPerMonth, sessionsByConfiguration, mediaPackageV2Percent } = usage;
  const named = Object.values(sessionsByConfiguration).reduce((sum, sessions) => sum + sessions, 0);
  if (sessionsPerMonth !== undefined && named > sessionsPerMonth) {
    const allowed = `at least ${named}, the sum of usage.sessionsByConfiguration, for it is the sessions of all`;
    found.push(problem("usage.sessionsPerMonth", sessionsPerMonth, allowed));
  }
  for (const name of mediaTailor ? Object.keys(sessionsByConfiguration) : []) {
    if (mediaTailor?.configurations[name] || mediaTailor?.existingConfigurations[name]) continue;
    const allowed = "sessions of a configuration in mediaTailor.configurations or mediaTailor.existingConfigurations";
    found.push(problem(`usage.sessionsByConfiguration.${name}`, sessionsByConfiguration[name], allowed));
  }
  if (mediaPackageV2Percent && mediaPackage?.v2.channelGroups.length === 0) {
    const allowed = "nothing, unless mediaPackage.v2.channelGroups has a name";
    found.push(problem("usage.mediaPackageV2Percent", mediaPackageV2Percent, allowed));
  }
  return found;
}
