/** Everything an estimate needs, as plain data: it is kept with the deployment, and read again by the next one. */
import { type AssumptionName, assumptionNames, type CostedSource, costedSources } from "./assumptions.ts";
import { type Environment, environments } from "./limits.ts";
import { Problems } from "./problems.ts";

/** Type token of the component that carries the basis. */
export const costBasisType = "aircheck:cost:CostBasis";

/** Grows when a field goes or changes its meaning. */
export const costBasisVersion = 1;

export const playbackStrategies = ["LEGACY_CLOUDWATCH", "VENDED_LOGS"] as const;
export const logClasses = ["STANDARD", "INFREQUENT_ACCESS"] as const;

/** What a playback configuration logs in a month. */
export interface PlaybackUsage {
  readonly name: string;
  /** Percent of sessions that are logged. */
  readonly percent: number;
  /** Each strategy is a copy of the logs, and is paid for. */
  readonly strategies: readonly (typeof playbackStrategies)[number][];
  readonly sessionsPerMonth: number;
}

export interface MediaPackageUsage {
  /** Requests of players and CDNs. */
  readonly egressRequestsPerMonth: number;
  /** Requests of encoders. */
  readonly ingressRequestsPerMonth: number;
}

export interface CostBasis {
  readonly version: typeof costBasisVersion;
  readonly region: string;
  readonly environment: Environment;
  readonly playback: readonly PlaybackUsage[];
  readonly mediaPackage: { readonly v1: MediaPackageUsage; readonly v2: MediaPackageUsage };
  readonly audit: { readonly cloudTrailEventsPerMonth: number; readonly auroraRecordsPerMonth: number };
  readonly logs: { readonly class: (typeof logClasses)[number]; readonly retentionDays: number };
  /** By class of table; `noncurrent` is how long S3 keeps what has expired. */
  readonly retentionDays: {
    readonly landing: number;
    readonly access: number;
    readonly ads: number;
    readonly audit: number;
    readonly noncurrent: number;
  };
  readonly firehose: {
    readonly subscriptionBufferMiB: number;
    readonly vendedBufferMiB: number;
    readonly bufferSeconds: number;
  };
  readonly transform: { readonly functions: number; readonly memoryMiB: number };
  readonly athena: {
    readonly queriesPerMonth: number;
    readonly scannedDaysPerQuery: number;
    readonly scanLimitGiB: number;
  };
  readonly watch: {
    /** Metrics in alarms: an alarm over an expression is paid by metric. */
    readonly alarmMetrics: number;
    readonly customMetrics: number;
    readonly dashboards: number;
  };
  /** Text bytes of a record, where they are known better than by the twin. */
  readonly recordBytes: Readonly<Partial<Record<CostedSource, number>>>;
  /** Only what differs from the built-in ones, so that better ones do not look like a change of the stack. */
  readonly assumptions: Readonly<Partial<Record<AssumptionName, number>>>;
}

export type ParsedCostBasis =
  | { readonly basis: CostBasis; readonly problems?: undefined }
  | { readonly basis?: undefined; readonly problems: readonly string[] };

/** Reads what another version may have written. Fields that are not known are left out. */
export function parseCostBasis(value: unknown): ParsedCostBasis {
  const problems = new Problems();
  const given = problems.fields("", value);
  if (problems.all.length === 0 && given.version !== costBasisVersion) {
    return { problems: [`version is ${JSON.stringify(given.version)}: allowed is ${costBasisVersion}`] };
  }
  const part = (path: string, from: unknown = given[path]) => {
    const fields = problems.fields(path, from);
    return {
      fields,
      number: (key: string, min = 0, max?: number) => problems.number(`${path}.${key}`, fields[key], min, max),
    };
  };
  const mediaPackage = part("mediaPackage").fields;
  const requests = (version: "v1" | "v2"): MediaPackageUsage => {
    const { number } = part(`mediaPackage.${version}`, mediaPackage[version]);
    return {
      egressRequestsPerMonth: number("egressRequestsPerMonth"),
      ingressRequestsPerMonth: number("ingressRequestsPerMonth"),
    };
  };
  const [audit, logs, days, firehose] = [part("audit"), part("logs"), part("retentionDays"), part("firehose")];
  const [transform, athena, watch] = [part("transform"), part("athena"), part("watch")];
  const basis: CostBasis = {
    version: costBasisVersion,
    region: problems.text("region", given.region, "a region such as eu-west-1", /^[a-z0-9-]+$/),
    environment: problems.oneOf("environment", given.environment, environments),
    playback: problems.list("playback", given.playback, "a list of playback configurations").map((item, index) => {
      const { fields, number } = part(`playback.${index}`, item);
      const at = `playback.${index}.strategies`;
      return {
        name: problems.text(`playback.${index}.name`, fields.name, "a name", /\S/),
        percent: number("percent", 0, 100),
        strategies: problems
          .list(at, fields.strategies, `a list of ${playbackStrategies.join(", ")}`)
          .map((strategy) => problems.oneOf(at, strategy, playbackStrategies)),
        sessionsPerMonth: number("sessionsPerMonth"),
      };
    }),
    mediaPackage: { v1: requests("v1"), v2: requests("v2") },
    audit: {
      cloudTrailEventsPerMonth: audit.number("cloudTrailEventsPerMonth"),
      auroraRecordsPerMonth: audit.number("auroraRecordsPerMonth"),
    },
    logs: {
      class: problems.oneOf("logs.class", logs.fields.class, logClasses),
      retentionDays: logs.number("retentionDays"),
    },
    retentionDays: {
      landing: days.number("landing"),
      access: days.number("access"),
      ads: days.number("ads"),
      audit: days.number("audit"),
      noncurrent: days.number("noncurrent"),
    },
    firehose: {
      subscriptionBufferMiB: firehose.number("subscriptionBufferMiB", 1),
      vendedBufferMiB: firehose.number("vendedBufferMiB", 1),
      bufferSeconds: firehose.number("bufferSeconds", 1),
    },
    transform: { functions: transform.number("functions"), memoryMiB: transform.number("memoryMiB", 128) },
    athena: {
      queriesPerMonth: athena.number("queriesPerMonth"),
      scannedDaysPerQuery: athena.number("scannedDaysPerQuery"),
      scanLimitGiB: athena.number("scanLimitGiB"),
    },
    watch: {
      alarmMetrics: watch.number("alarmMetrics"),
      customMetrics: watch.number("customMetrics"),
      dashboards: watch.number("dashboards"),
    },
    recordBytes: named("recordBytes", costedSources, given.recordBytes, problems),
    assumptions: named("assumptions", assumptionNames, given.assumptions, problems),
  };
  return problems.all.length > 0 ? { problems: problems.all } : { basis };
}

/** Numbers by some of some names. */
function named<Name extends string>(
  path: string,
  names: readonly Name[],
  value: unknown,
  problems: Problems,
): Partial<Record<Name, number>> {
  const fields = problems.fields(path, value);
  const numbers: Partial<Record<Name, number>> = {};
  for (const name of names) {
    if (fields[name] !== undefined) numbers[name] = problems.number(`${path}.${name}`, fields[name], 0);
  }
  return numbers;
}
