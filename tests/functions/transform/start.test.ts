import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Context } from "aws-lambda";
import { readSalt, SaltSecretError } from "../../../functions/transform/salt-secret.ts";
import { SettingsError } from "../../../functions/transform/settings.ts";
import { startFunction, type TransformFunction } from "../../../functions/transform/start.ts";
import { s3Notification, s3TestEvent, sqsEvent } from "./factories.ts";
import { type Moto, startMotoOrSkip } from "./store/moto.ts";

const least = { LANDING_BUCKET: "raw-logs", LAKE_BUCKET: "lake-1", CLIENT_IP_MODE: "truncate" };
const nowhere = new URL("file:///no/such/folder/index.mjs");
const database = createRequire(import.meta.url).resolve(
  "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb",
);

describe("start of the function", () => {
  let folder: string;
  let saved: NodeJS.ProcessEnv;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "aircheck-start-"));
    saved = { ...process.env };
    process.env.AWS_REGION = "us-east-1";
  });

  afterEach(async () => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, saved);
    await rm(folder, { recursive: true, force: true });
  });

  const beside = () => new URL("index.mjs", pathToFileURL(`${folder}/`));

  it("makes a function that answers a batch", async () => {
    await assertAnswers(await startFunction({ ...least, LAKE_KMS_KEY_ARN: kmsKeyArn }, nowhere));
  });

  it("fails with every mistake of the environment", async () => {
    await assert.rejects(startFunction({}, nowhere), SettingsError);
  });

  it("takes the geography database that lies beside the bundle", async () => {
    await writeFile(join(folder, "geo.mmdb"), "no database");
    await assert.rejects(startFunction(least, beside()), { name: "CountryDatabaseError" });
    await copyFile(database, join(folder, "geo.mmdb"));
    await assertAnswers(await startFunction(least, beside()));
  });

  it("takes the geography database that is named instead", async () => {
    await writeFile(join(folder, "geo.mmdb"), "no database");
    await assertAnswers(await startFunction({ ...least, GEO_DATABASE: database }, beside()));
    const missing = { ...least, GEO_DATABASE: join(folder, "none.mmdb") };
    await assert.rejects(startFunction(missing, beside()), { name: "CountryDatabaseError" });
  });

  describe("with a bucket of landing objects", () => {
    let moto: Moto;

    before(async function () {
      moto = await startMotoOrSkip(this);
      for (const Bucket of [least.LANDING_BUCKET, least.LAKE_BUCKET]) {
        await moto.client.send(new CreateBucketCommand({ Bucket }));
      }
    });

    after(() => moto?.stop());

    it("publishes its metrics under the namespace of the stack", async () => {
      const written: unknown[] = [];
      // In development Powertools writes to the global console, and metrics only where they are asked for.
      const development = { POWERTOOLS_DEV: "true", POWERTOOLS_METRICS_DISABLED: "false" };
      Object.assign(process.env, moto.environment, development);
      const handler = await startFunction({ ...least, METRICS_NAMESPACE: "aircheck/team-a" }, nowhere);
      const key = "landing/mediapackage-v1-egress/a.json";
      await moto.client.send(new PutObjectCommand({ Bucket: least.LANDING_BUCKET, Key: key, Body: "no record\n" }));
      const { log } = console;
      console.log = (line: unknown) => written.push(line);
      try {
        await handler(sqsEvent(s3Notification({ bucket: least.LANDING_BUCKET, key })), lambdaContext);
      } finally {
        console.log = log;
      }
      const namespaces = written.flatMap((line) => /"Namespace":"([^"]+)"/.exec(String(line))?.[1] ?? []);
      assert.deepEqual(namespaces, ["aircheck/team-a"]);
    });
  });

  describe("with a salt in Secrets Manager", () => {
    let moto: Moto;
    let client: SecretsManagerClient;

    before(async function () {
      moto = await startMotoOrSkip(this);
      client = new SecretsManagerClient(moto.configuration);
    });

    after(() => moto?.stop());

    async function newSecret(Name: string, value: { SecretString: string } | { SecretBinary: Uint8Array }) {
      const { ARN } = await client.send(new CreateSecretCommand({ Name, ...value }));
      assert.ok(ARN);
      return ARN;
    }

    it("reads text as UTF-8 and binary as it is", async () => {
      const text = await newSecret("text", { SecretString: "a long and höchst secret salt" });
      assert.deepEqual(Buffer.from(await readSalt(client, text)), Buffer.from("a long and höchst secret salt"));
      const bytes = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
      const binary = await newSecret("binary", { SecretBinary: bytes });
      assert.deepEqual(Uint8Array.from(await readSalt(client, binary)), bytes);
    });

    it("refuses a salt that can be guessed, without repeating it", async () => {
      const arn = await newSecret("short", { SecretString: "pepper" });
      await assert.rejects(readSalt(client, arn), (error) => {
        assert.ok(error instanceof SaltSecretError);
        assert.match(error.message, /has 6 bytes, but a salt must have at least 16/);
        assert.doesNotMatch(error.message, /pepper/);
        assert.equal(error.secretArn, arn);
        return true;
      });
    });

    it("reads it before the first batch, and fails without it", async () => {
      Object.assign(process.env, moto.environment);
      const arn = await newSecret("salt", { SecretString: "0123456789abcdef" });
      const hash = { ...least, CLIENT_IP_MODE: "hash" };
      await assertAnswers(await startFunction({ ...hash, CLIENT_IP_SALT_SECRET_ARN: arn }, nowhere));
      const missing = { ...hash, CLIENT_IP_SALT_SECRET_ARN: `${arn}-none` };
      await assert.rejects(startFunction(missing, nowhere), { name: "ResourceNotFoundException" });
    });

    it("refuses a secret without content", async () => {
      // The real service does not store one; an emulator or a rotation half done may answer so.
      const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:empty-AbCdEf";
      client.middlewareStack.add(() => async () => ({ output: { $metadata: {} }, response: {} }), {
        step: "initialize",
        name: "answer-nothing",
      });
      await assert.rejects(readSalt(client, arn), /has 0 bytes/);
      client.middlewareStack.remove("answer-nothing");
    });
  });
});

const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/lake";

async function assertAnswers(handler: TransformFunction): Promise<void> {
  assert.deepEqual(await handler(sqsEvent(s3TestEvent()), lambdaContext), { batchItemFailures: [] });
}

const lambdaContext: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: "transform",
  functionVersion: "1",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:111122223333:function:transform",
  memoryLimitInMB: "512",
  awsRequestId: "b1b2c3d4",
  logGroupName: "/aws/lambda/transform",
  logStreamName: "2026/08/04/[1]a",
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
