/** Makes the function from its environment: everything that one warm function does once. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { catalog } from "../../catalog/index.ts";
import { type CountryLookup, openCountryLookup } from "./derive/country.ts";
import type { ClientIpPolicy } from "./derive/privacy.ts";
import { readSamplingHistory } from "./derive/sampling.ts";
import { createHandler } from "./handler.ts";
import { readSalt } from "./salt-secret.ts";
import { cacheSampling } from "./sampling-cache.ts";
import { type ClientIpSetting, parseSettings } from "./settings.ts";
import { S3Store } from "./store/s3-store.ts";
import { transformObject } from "./transform.ts";

/** Value of the metrics' dimension `service`. */
const serviceName = "transform";

export type TransformFunction = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * Makes the Lambda function.
 *
 * @param environment as Lambda sets it
 * @param besideBundle where the bundle's own files lie
 * @throws SettingsError, SaltSecretError, CountryDatabaseError
 */
export async function startFunction(
  environment: Readonly<Record<string, string | undefined>>,
  besideBundle: URL,
): Promise<TransformFunction> {
  const settings = parseSettings(environment);
  const client = new S3Client({});
  const lake = new S3Store(client, settings.lakeBucket, {
    readPrefixes: [settings.lakePrefix, settings.samplingKey],
    writePrefixes: [settings.lakePrefix],
    ...(settings.lakeKmsKeyArn && { kmsKeyArn: settings.lakeKmsKeyArn }),
  });
  const country = openCountry(settings.geoDatabase, fileURLToPath(new URL("./geo.mmdb", besideBundle)));
  const log = new Logger({ serviceName });
  const handle = createHandler({
    landing: new S3Store(client, settings.landingBucket, { readPrefixes: settings.landingPrefixes, writePrefixes: [] }),
    landingPrefixes: settings.landingPrefixes,
    lake,
    lakePrefix: settings.lakePrefix,
    catalog,
    privacy: await clientIpPolicy(settings.clientIp),
    ...(country && { country }),
    sampling: cacheSampling(() => readSamplingHistory(lake, settings.samplingKey), Date.now),
    transform: transformObject,
    log,
    metrics: new Metrics({ namespace: settings.metricsNamespace, serviceName }),
    now: Date.now,
  });
  return (event, context) => {
    log.addContext(context);
    return handle(event);
  };
}

async function clientIpPolicy(setting: ClientIpSetting): Promise<ClientIpPolicy> {
  if (setting.mode !== "hash") return setting;
  return { mode: "hash", salt: await readSalt(new SecretsManagerClient({}), setting.saltSecretArn) };
}

/** The named database, else the bundle's own where it has one. */
function openCountry(named: string | undefined, packaged: string): CountryLookup | undefined {
  const file = named ?? (existsSync(packaged) ? packaged : undefined);
  if (file === undefined) return undefined;
  const country = openCountryLookup(file);
  // Any public address: the database is read now and not within the first invocation.
  country("8.8.8.8");
  return country;
}
