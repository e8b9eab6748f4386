import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../../functions/transform/settings.ts";

const least = { LANDING_BUCKET: "raw-logs", LAKE_BUCKET: "lake-1", CLIENT_IP_MODE: "truncate" };
const secretArn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:salt-AbCdEf";

function problemsOf(variables: Record<string, string | undefined>): readonly string[] {
  try {
    parseSettings(variables);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    for (const problem of error.problems) assert.ok(error.message.includes(problem));
    return error.problems;
  }
  return [];
}

describe("settings of the function", () => {
  it("need two buckets and what becomes of client addresses", () => {
    assert.deepEqual(parseSettings(least), {
      landingBucket: "raw-logs",
      landingPrefixes: ["landing/", "AWSLogs/"],
      lakeBucket: "lake-1",
      lakePrefix: "lake/",
      samplingKey: "config/sampling.json",
      clientIp: { mode: "truncate" },
      metricsNamespace: "aircheck",
    });
  });

  it("take everything else from the environment too", () => {
    const settings = parseSettings({
      ...least,
      LANDING_PREFIXES: "in/a/, in/b/",
      LAKE_PREFIX: "out/",
      SAMPLING_KEY: "percent.json",
      CLIENT_IP_MODE: "hash",
      CLIENT_IP_SALT_SECRET_ARN: secretArn,
      LAKE_KMS_KEY_ARN: "arn:aws:kms:eu-central-1:111122223333:key/1234",
      GEO_DATABASE: "/opt/geo.mmdb",
      METRICS_NAMESPACE: "aircheck/team-a",
      PATH: "/usr/bin",
    });
    assert.deepEqual(settings, {
      landingBucket: "raw-logs",
      landingPrefixes: ["in/a/", "in/b/"],
      lakeBucket: "lake-1",
      lakePrefix: "out/",
      samplingKey: "percent.json",
      clientIp: { mode: "hash", saltSecretArn: secretArn },
      metricsNamespace: "aircheck/team-a",
      lakeKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234",
      geoDatabase: "/opt/geo.mmdb",
    });
  });

  it("take a variable set to nothing as not set", () => {
    const empty = { LANDING_PREFIXES: "", CLIENT_IP_SALT_SECRET_ARN: "", LAKE_KMS_KEY_ARN: "", GEO_DATABASE: "" };
    assert.deepEqual(parseSettings({ ...least, ...empty }), parseSettings(least));
    assert.deepEqual(problemsOf({ ...least, LAKE_BUCKET: "" }), ["LAKE_BUCKET is missing"]);
  });

  it("name every mistake at once, with the value and what is allowed", () => {
    const problems = problemsOf({
      LANDING_BUCKET: "Raw_Logs",
      LANDING_PREFIXES: "landing/,oops",
      LAKE_PREFIX: "/lake/",
      SAMPLING_KEY: "config/",
      CLIENT_IP_MODE: "mask",
      METRICS_NAMESPACE: "AWS/S3",
      LAKE_KMS_KEY_ARN: "alias/lake",
    });
    assert.deepEqual(problems, [
      'LANDING_BUCKET is "Raw_Logs" but must be the name of an S3 bucket',
      'LANDING_PREFIXES is "landing/,oops" but must be a folder such as landing/',
      "LAKE_BUCKET is missing",
      'LAKE_PREFIX is "/lake/" but must be a folder such as landing/',
      'SAMPLING_KEY is "config/" but must be a key such as config/sampling.json',
      'METRICS_NAMESPACE is "AWS/S3" but must be a CloudWatch namespace such as aircheck/dev, and not begin with AWS/',
      'LAKE_KMS_KEY_ARN is "alias/lake" but must be an ARN of kms',
      'CLIENT_IP_MODE is "mask" but must be keep, truncate or hash',
    ]);
    assert.throws(() => parseSettings({}), /^SettingsError: the function's environment has 3 mistake\(s\): /);
  });

  it("do not let a prefix be everything", () => {
    for (const prefix of ["/", ",", "a//", "landing"]) {
      assert.equal(problemsOf({ ...least, LANDING_PREFIXES: prefix }).length > 0, true, prefix);
    }
  });

  it("need a salt for hashing, by reference", () => {
    assert.deepEqual(problemsOf({ ...least, CLIENT_IP_MODE: "hash" }), [
      "CLIENT_IP_SALT_SECRET_ARN is missing; it must be an ARN of secretsmanager",
    ]);
    assert.deepEqual(problemsOf({ ...least, CLIENT_IP_MODE: "hash", CLIENT_IP_SALT_SECRET_ARN: "salt" }), [
      'CLIENT_IP_SALT_SECRET_ARN is "salt" but must be an ARN of secretsmanager',
    ]);
  });

  it("do not take a salt that would not be used", () => {
    for (const mode of ["keep", "truncate"]) {
      assert.deepEqual(problemsOf({ ...least, CLIENT_IP_MODE: mode, CLIENT_IP_SALT_SECRET_ARN: secretArn }), [
        `CLIENT_IP_SALT_SECRET_ARN is "${secretArn}" but is used only where CLIENT_IP_MODE is hash`,
      ]);
    }
  });

  it("do not let the lake trigger the function that writes it", () => {
    const one = { ...least, LAKE_BUCKET: "raw-logs" };
    assert.deepEqual(problemsOf(one), []);
    for (const [landing, lake] of [
      ["data/", "data/lake/"],
      ["data/landing/", "data/"],
      ["data/", "data/"],
    ]) {
      const problems = problemsOf({ ...one, LANDING_PREFIXES: landing, LAKE_PREFIX: lake });
      assert.match(problems.join(), /in the same bucket, but neither may lie in the other/);
      assert.deepEqual(problemsOf({ ...least, LANDING_PREFIXES: landing, LAKE_PREFIX: lake }), []);
    }
  });
});
