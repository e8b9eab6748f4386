/** The function's environment, read once. Secrets come by reference only. */
import { z } from "zod";

/** How client addresses are kept; the salt of `hash` is a secret that is read at start. */
export type ClientIpSetting =
  | { readonly mode: "keep" }
  | { readonly mode: "truncate" }
  | { readonly mode: "hash"; readonly saltSecretArn: string };

export interface Settings {
  readonly landingBucket: string;
  /** Prefixes that landing objects may have; each ends in a slash. */
  readonly landingPrefixes: readonly string[];
  readonly lakeBucket: string;
  /** Prefix of everything that is written; ends in a slash. */
  readonly lakePrefix: string;
  /** Key of the sampling history in the lake bucket. */
  readonly samplingKey: string;
  readonly clientIp: ClientIpSetting;
  /** CloudWatch namespace of the function's metrics; one for each stack, so that two of one region do not add up. */
  readonly metricsNamespace: string;
  readonly lakeKmsKeyArn?: string;
  /** File of the geography database; undefined: `geo.mmdb` beside the bundle, if it is there. */
  readonly geoDatabase?: string;
}

/** The environment cannot be used; `problems` has one sentence per mistake: variable, value, what is allowed. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the function's environment has ${problems.length} mistake(s): ${problems.join("; ")}`);
    this.name = "SettingsError";
    this.problems = problems;
  }
}

const required = z.string({ error: "is missing" });
const bucket = required.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of an S3 bucket");
const keyShape = /^[^/]+(\/[^/]+)*$/;
const prefix = z
  .string()
  .refine((value) => value.endsWith("/") && keyShape.test(value.slice(0, -1)), "must be a folder such as landing/");

function arn(service: string) {
  const shape = new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]+:\\d{12}:.+$`);
  return z
    .string({ error: `is missing; it must be an ARN of ${service}` })
    .regex(shape, `must be an ARN of ${service}`);
}

const environmentSchema = z.object({
  LANDING_BUCKET: bucket,
  LANDING_PREFIXES: z
    .string()
    .default("landing/,AWSLogs/")
    .transform((list) => list.split(",").map((item) => item.trim()))
    .pipe(z.array(prefix)),
  LAKE_BUCKET: bucket,
  LAKE_PREFIX: prefix.default("lake/"),
  SAMPLING_KEY: z
    .string()
    .regex(keyShape, "must be a key such as config/sampling.json")
    .default("config/sampling.json"),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html: AWS/ is the services' own.
  METRICS_NAMESPACE: z
    .string()
    .regex(
      /^(?!AWS\/)[A-Za-z0-9._#/-]{1,255}$/,
      "must be a CloudWatch namespace such as aircheck/dev, and not begin with AWS/",
    )
    .default("aircheck"),
  LAKE_KMS_KEY_ARN: arn("kms").optional(),
  GEO_DATABASE: z.string().optional(),
});

// A salt without hashing is a mistake too: whoever gave it believes that addresses are hashed.
const clientIpSchema = z.discriminatedUnion(
  "CLIENT_IP_MODE",
  [
    z.object({
      CLIENT_IP_MODE: z.enum(["keep", "truncate"]),
      CLIENT_IP_SALT_SECRET_ARN: z.undefined({ error: "is used only where CLIENT_IP_MODE is hash" }).optional(),
    }),
    z.object({ CLIENT_IP_MODE: z.literal("hash"), CLIENT_IP_SALT_SECRET_ARN: arn("secretsmanager") }),
  ],
  { error: "must be keep, truncate or hash" },
);

/**
 * Reads the settings; a variable that is set to nothing counts as not set.
 *
 * @throws SettingsError with every mistake at once
 */
export function parseSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const environment = environmentSchema.safeParse(given);
  const clientIp = clientIpSchema.safeParse(given);
  const problems = [...problemsOf(given, environment.error), ...problemsOf(given, clientIp.error)];
  if (environment.success) problems.push(...loopProblems(environment.data));
  if (!environment.success || !clientIp.success || problems.length > 0) throw new SettingsError(problems);
  const { LAKE_KMS_KEY_ARN, GEO_DATABASE, ...rest } = environment.data;
  return {
    landingBucket: rest.LANDING_BUCKET,
    landingPrefixes: rest.LANDING_PREFIXES,
    lakeBucket: rest.LAKE_BUCKET,
    lakePrefix: rest.LAKE_PREFIX,
    samplingKey: rest.SAMPLING_KEY,
    clientIp: clientIpSetting(clientIp.data),
    metricsNamespace: rest.METRICS_NAMESPACE,
    ...(LAKE_KMS_KEY_ARN && { lakeKmsKeyArn: LAKE_KMS_KEY_ARN }),
    ...(GEO_DATABASE && { geoDatabase: GEO_DATABASE }),
  };
}

function clientIpSetting(given: z.infer<typeof clientIpSchema>): ClientIpSetting {
  if (given.CLIENT_IP_MODE !== "hash") return { mode: given.CLIENT_IP_MODE };
  return { mode: "hash", saltSecretArn: given.CLIENT_IP_SALT_SECRET_ARN };
}

/** A lake below a landing prefix of the same bucket would make every written file a new event, for ever. */
function loopProblems({
  LANDING_BUCKET,
  LANDING_PREFIXES,
  LAKE_BUCKET,
  LAKE_PREFIX,
}: z.infer<typeof environmentSchema>) {
  if (LANDING_BUCKET !== LAKE_BUCKET) return [];
  return LANDING_PREFIXES.filter((landing) => LAKE_PREFIX.startsWith(landing) || landing.startsWith(LAKE_PREFIX)).map(
    (landing) =>
      `LAKE_PREFIX is "${LAKE_PREFIX}" and LANDING_PREFIXES has "${landing}" in the same bucket, but neither may lie in the other`,
  );
}

function problemsOf(given: Readonly<Record<string, string | undefined>>, error: z.ZodError | undefined): string[] {
  return (error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    const value = given[name];
    return value === undefined ? `${name} ${message}` : `${name} is ${JSON.stringify(value)} but ${message}`;
  });
}
