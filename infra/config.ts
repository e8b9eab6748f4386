/** The stack's configuration: read once, checked whole, and made into one typed object before anything is registered. */
import type { z } from "zod";
import { type Environment, percentLimit } from "../limits/limits.ts";
import type { LoggingStrategy, MediaTailorInput } from "./config/media-tailor.ts";
import type { PlaybackSettings } from "./config/playback.ts";
import { type Preset, presets, type RetentionDays, type UsagePreset } from "./config/presets.ts";
import { ConfigError, problemsOf } from "./config/problems.ts";
import { usesQuickSight } from "./config/quick-sight.ts";
import { ruleProblems, type WellFormed } from "./config/rules.ts";
import { type ConfigInput, type Key, keys } from "./config/schema.ts";

export { ConfigError } from "./config/problems.ts";

/** Namespace of every key. */
export const namespace = "aircheck";

/** What is logged of one playback configuration. */
export interface Logging {
  /** Percent of sessions, 1 to 100. */
  readonly percent: number;
  readonly strategies: readonly LoggingStrategy[];
  readonly ads: { readonly publishOptIn: readonly string[]; readonly exclude: readonly string[] };
  readonly manifest: { readonly publishOptIn: readonly string[]; readonly exclude: readonly string[] };
}

export interface PlaybackConfig {
  readonly name: string;
  readonly settings: PlaybackSettings;
  readonly logging: Logging;
}

export interface ExistingPlaybackConfig {
  readonly name: string;
  readonly arn?: string;
  readonly logging: Logging;
}

type Filled<Input, Key extends keyof Input> = Omit<Input, Key> & {
  readonly [K in Key]-?: Exclude<Input[K], undefined>;
};

export interface AircheckConfig
  extends Omit<
    ConfigInput,
    "mediaTailor" | "lake" | "firehose" | "athena" | "quickSight" | "alarms" | "usage" | "environment"
  > {
  readonly environment: Environment;
  readonly mediaTailor: Pick<MediaTailorInput, "loggerRole" | "logGroups" | "asRun"> & {
    /** Percent of sessions, where a configuration says nothing. */
    readonly percent: number;
    readonly configurations: readonly PlaybackConfig[];
    readonly existingConfigurations: readonly ExistingPlaybackConfig[];
  };
  readonly lake: Omit<ConfigInput["lake"], "retentionDays" | "logRetentionDays"> & {
    readonly retentionDays: RetentionDays;
    readonly logRetentionDays: number;
  };
  readonly firehose: Filled<ConfigInput["firehose"], "bufferSeconds">;
  readonly athena: Filled<ConfigInput["athena"], "scanLimitGiB">;
  readonly quickSight: Filled<ConfigInput["quickSight"], "enabled">;
  readonly alarms: Filled<
    ConfigInput["alarms"],
    "silenceHours" | "oldestMessageMinutes" | "rejectsPerHour" | "driftPerHour" | "freshnessMinutes"
  >;
  readonly usage: Filled<ConfigInput["usage"], keyof UsagePreset>;
}

/**
 * Makes the configuration of what the stack file says.
 *
 * @param given values by full key, as Pulumi hands them over: text, objects as JSON; other namespaces are left alone
 * @param now milliseconds since 1970-01-01 UTC, for the end of overrides
 * @throws ConfigError with every mistake at once
 */
export function parseConfig(given: Readonly<Record<string, string | undefined>>, now: number): AircheckConfig {
  const problems: string[] = [];
  const own = new Map(
    Object.entries(given).flatMap(([key, value]) =>
      key.startsWith(`${namespace}:`) && value !== undefined ? [[key.slice(namespace.length + 1), value] as const] : [],
    ),
  );
  for (const key of own.keys()) {
    if (!Object.hasOwn(keys, key)) {
      problems.push(`aircheck:${key} is not known: known keys are ${Object.keys(keys).join(", ")}`);
    }
  }
  const read = <Value>(key: Key, schema: z.ZodType<Value>): Value | undefined =>
    part(key, schema, key === "environment" ? own.get(key) || undefined : json(own.get(key)), problems);
  const parsed: WellFormed = {
    environment: read("environment", keys.environment),
    mediaTailor: read("mediaTailor", keys.mediaTailor),
    mediaPackage: read("mediaPackage", keys.mediaPackage),
    cloudTrail: read("cloudTrail", keys.cloudTrail),
    aurora: read("aurora", keys.aurora),
    lake: read("lake", keys.lake),
    firehose: read("firehose", keys.firehose),
    transform: read("transform", keys.transform),
    privacy: read("privacy", keys.privacy),
    athena: read("athena", keys.athena),
    quickSight: read("quickSight", keys.quickSight),
    alarms: read("alarms", keys.alarms),
    consumers: read("consumers", keys.consumers),
    usage: read("usage", keys.usage),
  };
  problems.push(...ruleProblems(parsed, now));
  if (problems.length > 0 || !isComplete(parsed)) throw new ConfigError(problems);
  return filled(parsed);
}

/** The value of a key as an object, `{}` where it is not set; text that is no JSON stays text and fails the shape. */
function json(value: string | undefined): unknown {
  try {
    return JSON.parse(value || "{}");
  } catch {
    return value;
  }
}

/** The checked value; undefined where it was wrong, and then the mistakes are in `problems`. */
function part<Value>(key: Key, schema: z.ZodType<Value>, value: unknown, problems: string[]): Value | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  problems.push(...problemsOf(key, value, result.error));
  return undefined;
}

function isComplete(parsed: WellFormed): parsed is ConfigInput {
  return Object.values(parsed).every((value) => value !== undefined);
}

/** Puts the environment's presets where the stack file says nothing. */
function filled(input: ConfigInput): AircheckConfig {
  const preset: Preset = presets[input.environment];
  const { lake, firehose, athena, quickSight, alarms, mediaTailor, usage } = input;
  const { silenceHours, oldestMessageMinutes, rejectsPerHour, driftPerHour, freshnessMinutes } = preset;
  const defaults = {
    percent: mediaTailor.percent ?? percentLimit(input.environment).advised,
    strategies: mediaTailor.strategies ?? (["LEGACY_CLOUDWATCH"] as const),
  };
  return {
    ...input,
    mediaTailor: {
      loggerRole: mediaTailor.loggerRole,
      logGroups: mediaTailor.logGroups,
      asRun: mediaTailor.asRun,
      percent: defaults.percent,
      configurations: Object.entries(mediaTailor.configurations).map(([name, { logging, ...settings }]) => ({
        name,
        settings,
        logging: { ...logging, ...loggingOf(logging, defaults) },
      })),
      existingConfigurations: Object.entries(mediaTailor.existingConfigurations).map(([name, { arn, ...logging }]) => ({
        name,
        ...(arn !== undefined && { arn }),
        logging: { ...logging, ...loggingOf(logging, defaults) },
      })),
    },
    lake: {
      ...lake,
      retentionDays: filledRetention(lake.retentionDays ?? {}, preset.retentionDays),
      logRetentionDays: lake.logRetentionDays ?? preset.logRetentionDays,
    },
    firehose: { ...firehose, bufferSeconds: firehose.bufferSeconds ?? preset.bufferSeconds },
    athena: { ...athena, scanLimitGiB: athena.scanLimitGiB ?? preset.scanLimitGiB },
    quickSight: { ...quickSight, enabled: usesQuickSight(quickSight) },
    alarms: {
      ...alarms,
      silenceHours: alarms.silenceHours ?? silenceHours,
      oldestMessageMinutes: alarms.oldestMessageMinutes ?? oldestMessageMinutes,
      rejectsPerHour: alarms.rejectsPerHour ?? rejectsPerHour,
      driftPerHour: alarms.driftPerHour ?? driftPerHour,
      freshnessMinutes: alarms.freshnessMinutes ?? freshnessMinutes,
    },
    usage: filledUsage(usage, preset.usage),
  };
}

/** Sessions by configuration alone are all the sessions there are. */
function filledUsage(usage: ConfigInput["usage"], preset: UsagePreset): AircheckConfig["usage"] {
  const named = Object.values(usage.sessionsByConfiguration);
  const ofNamed = named.length > 0 ? named.reduce((sum, sessions) => sum + sessions, 0) : undefined;
  return {
    ...usage,
    sessionsPerMonth: usage.sessionsPerMonth ?? ofNamed ?? preset.sessionsPerMonth,
    requestsPerMonth: usage.requestsPerMonth ?? preset.requestsPerMonth,
    ingressRequestsPerMonth: usage.ingressRequestsPerMonth ?? preset.ingressRequestsPerMonth,
    cloudTrailEventsPerMonth: usage.cloudTrailEventsPerMonth ?? preset.cloudTrailEventsPerMonth,
    auroraRecordsPerMonth: usage.auroraRecordsPerMonth ?? preset.auroraRecordsPerMonth,
    queriesPerMonth: usage.queriesPerMonth ?? preset.queriesPerMonth,
    scannedDaysPerQuery: usage.scannedDaysPerQuery ?? preset.scannedDaysPerQuery,
  };
}

function loggingOf(
  logging: { readonly percent?: number | undefined; readonly strategies?: readonly LoggingStrategy[] | undefined },
  defaults: { readonly percent: number; readonly strategies: readonly LoggingStrategy[] },
) {
  return { percent: logging.percent ?? defaults.percent, strategies: logging.strategies ?? defaults.strategies };
}

/** Old versions are kept as long as landing objects at least, which is what a replay needs. */
function filledRetention(
  asked: NonNullable<ConfigInput["lake"]["retentionDays"]>,
  preset: RetentionDays,
): RetentionDays {
  const days = { ...preset, ...withoutUndefined(asked) };
  return { ...days, noncurrent: asked.noncurrent ?? Math.max(preset.noncurrent, days.landing) };
}

/** An object without the keys whose value is undefined. */
function withoutUndefined<Value>(values: { readonly [K in keyof RetentionDays]?: Value | undefined }) {
  const present = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return Object.fromEntries(present);
}
