import assert from "node:assert/strict";
import { catalog } from "../../catalog/index.ts";
import { parseSettings } from "../../functions/transform/settings.ts";
import { parseConfig } from "../../infra/config.ts";
import { announceObjects, trailPrefixes } from "../../infra/landing-notifications.ts";
import { LandingStream } from "../../infra/landing-stream.ts";
import { Pipeline } from "../../infra/pipeline.ts";
import { planSources } from "../../infra/source-plan.ts";
import { Transform, type TransformArgs } from "../../infra/transform.ts";
import { deployment } from "./mocks.ts";
import { registrationsOf } from "./registrations.ts";

const landing = { name: "landing-bucket", arn: "arn:aws:s3:::landing-bucket" };
const lake = { name: "lake-bucket", arn: "arn:aws:s3:::lake-bucket" };
const code = { directory: "tests/infra/stacks", handler: "index.handler" };
const kmsKeyArn = "arn:aws:kms:us-west-2:123456789012:key/1";
const saltSecretArn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:salt-AbCdEf";

const transformArgs: TransformArgs = {
  landing,
  landingPrefixes: ["landing/mediatailor-ads/", "AWSLogs/123456789012/CloudTrail/"],
  lake,
  lakePrefix: "lake/",
  samplingKey: "config/sampling.json",
  code,
  clientIp: "keep",
  memoryMiB: 1769,
  timeoutSeconds: 300,
  logRetentionDays: 7,
  deployment,
};

const streamArgs = {
  sourceId: "mediatailor-ads",
  bufferMiB: 16,
  bufferSeconds: 60,
  landing,
  errorLogGroup: { name: "errors", arn: "arn:aws:logs:us-west-2:123456789012:log-group:errors" },
  deployment,
};

/** Environment variables of the function, as strings. */
function variablesOf(inputs: Record<string, unknown>): Record<string, string> {
  const { variables } = JSON.parse(JSON.stringify(inputs.environment));
  return variables;
}

for (const preview of [true, false]) {
  describe(`the pipeline, in ${preview ? "a preview" : "an update"}`, () => {
    it("hands the function settings that it can read", async () => {
      const args = { ...transformArgs, clientIp: "hash" as const, saltSecretArn, kmsKeyArn };
      const made = await registrationsOf(() => new Transform("t", args), { preview });
      assert.deepEqual(parseSettings(variablesOf(made.inputs("Function"))), {
        landingBucket: "landing-bucket",
        landingPrefixes: ["landing/mediatailor-ads/", "AWSLogs/123456789012/CloudTrail/"],
        lakeBucket: "lake-bucket",
        lakePrefix: "lake/",
        samplingKey: "config/sampling.json",
        clientIp: { mode: "hash", saltSecretArn },
        metricsNamespace: "aircheck/dev",
        lakeKmsKeyArn: kmsKeyArn,
      });
    });

    it("gives a message more time than the function has, and a dead-letter queue", async () => {
      const made = await registrationsOf(() => new Transform("t", transformArgs), { preview });
      const { visibilityTimeoutSeconds, redrivePolicy } = made.inputs("Queue", "t");
      assert.equal(visibilityTimeoutSeconds, 1800);
      assert.deepEqual(JSON.parse(String(redrivePolicy)), {
        deadLetterTargetArn: "arn:aws:sqs:us-west-2:123456789012:t-dead-letters-1234567",
        maxReceiveCount: 5,
      });
      assert.deepEqual(made.inputs("EventSourceMapping").functionResponseTypes, ["ReportBatchItemFailures"]);
    });

    it("lets only the landing bucket of this account write to the queue", async () => {
      const made = await registrationsOf(() => new Transform("t", transformArgs), { preview });
      const notify = made.statements("QueuePolicy", "t").find(({ Sid }) => Sid === "LandingBucketNotifies");
      assert.deepEqual(notify?.Condition, {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnEquals: { "aws:SourceArn": landing.arn },
      });
    });

    it("gives the function no right without a resource, and none on all objects", async () => {
      const made = await registrationsOf(() => new Transform("t", transformArgs), { preview });
      for (const { Action, Resource, Sid } of made.statements("RolePolicy", "t")) {
        assert.ok(![Resource].flat().includes("*"), Sid);
        assert.ok(
          [Action].flat().every((action) => !action.includes("*")),
          Sid,
        );
      }
    });

    it("passes subscription data on as it comes, and ends vended records with a line break", async () => {
      const own = await registrationsOf(() => new LandingStream("s", { ...streamArgs, kind: "subscription" }), {
        preview,
      });
      const subscription = JSON.stringify(own.inputs("FirehoseDeliveryStream").extendedS3Configuration);
      assert.match(subscription, /"compressionFormat":"UNCOMPRESSED"/);
      assert.doesNotMatch(subscription, /processingConfiguration/);
      const vended = await registrationsOf(() => new LandingStream("s", { ...streamArgs, kind: "vended" }), {
        preview,
      });
      const inputs = vended.inputs("FirehoseDeliveryStream");
      assert.match(
        JSON.stringify(inputs.extendedS3Configuration),
        /"compressionFormat":"GZIP".*AppendDelimiterToRecord/,
      );
      assert.deepEqual(inputs.tags, { "aircheck:source": "mediatailor-ads", LogDeliveryEnabled: "true" });
    });

    it("lets Firehose assume its role for this account only", async () => {
      const made = await registrationsOf(() => new LandingStream("s", { ...streamArgs, kind: "vended" }), { preview });
      const [trust] = made.statements("Role", "s", "assumeRolePolicy");
      assert.deepEqual(trust?.Condition, { StringEquals: { "sts:ExternalId": "123456789012" } });
    });

    it("announces the prefixes that the function accepts, and no other", async () => {
      const config = parseConfig({ "aircheck:environment": "dev" }, 0);
      const plan = planSources(config, catalog);
      const made = await registrationsOf(() => new Pipeline("p", { config, catalog, plan, code, deployment }), {
        preview,
      });
      const accepted = variablesOf(made.inputs("Function")).LANDING_PREFIXES?.split(",") ?? [];
      const announced = [
        ...JSON.stringify(made.inputs("BucketNotification").queues).matchAll(/"filterPrefix":"([^"]*)"/g),
      ];
      assert.deepEqual(
        announced.map(([, prefix]) => prefix),
        accepted,
      );
      assert.ok(accepted.includes("AWSLogs/123456789012/CloudTrail/"));
    });

    it("keeps the raw objects of production when the stack goes", async () => {
      for (const [environment, forceDestroy] of [["dev", true] as const, ["prod", false] as const]) {
        const config = parseConfig({ "aircheck:environment": environment }, 0);
        const plan = planSources(config, catalog);
        const made = await registrationsOf(() => new Pipeline("p", { config, catalog, plan, code, deployment }), {
          preview,
        });
        assert.equal(made.inputs("Bucket", "p-landing").forceDestroy, forceDestroy);
      }
    });
  });
}

describe("folders of a trail", () => {
  it("are those of the account's calls, without digests", () => {
    assert.deepEqual(trailPrefixes("", "123456789012", undefined), ["AWSLogs/123456789012/CloudTrail/"]);
    assert.deepEqual(trailPrefixes("org/trails", "123456789012", undefined), [
      "org/trails/AWSLogs/123456789012/CloudTrail/",
    ]);
  });

  it("are one for each account of an organisation", () => {
    const organization = { id: "o-a1b2c3d4e5", accounts: ["111122223333", "444455556666", "111122223333"] };
    assert.deepEqual(trailPrefixes("", "123456789012", organization), [
      "AWSLogs/o-a1b2c3d4e5/111122223333/CloudTrail/",
      "AWSLogs/o-a1b2c3d4e5/444455556666/CloudTrail/",
    ]);
  });

  it("are refused where there are more than S3 announces", () => {
    const prefixes = Array.from({ length: 101 }, (_, index) => `AWSLogs/${index}/`);
    assert.throws(() => announceObjects("n", "bucket", "queue", prefixes, {}), /101 prefixes .* S3 takes 100/);
  });
});
