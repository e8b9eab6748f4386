import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { type AircheckOutputs, outputsJsonSchema, parseAircheckOutputs } from "../../infra/outputs.ts";

const schemaFile = "examples/consumer/aircheck-outputs.schema.json";

const outputs: AircheckOutputs = {
  contractVersion: 1,
  environment: "dev",
  lake: { bucket: "lake", prefix: "lake/", samplingKey: "config/sampling.json" },
  query: {
    database: "aircheck_dev",
    tables: ["mediatailor_ads"],
    partitionKey: "dt",
    workgroup: "w",
    resultsBucket: "results",
    readerPolicyArn: "arn:aws:iam::123456789012:policy/reader",
    readerRoleArn: null,
  },
  quickSight: null,
  pipeline: {
    landingBucket: "landing",
    queueArn: "arn:aws:sqs:us-west-2:123456789012:q",
    deadLetterQueueArn: "arn:aws:sqs:us-west-2:123456789012:d",
    functionName: "f",
    trailQueueArn: null,
    streams: { "mediatailor-ads": "s" },
  },
  deliveryRights: { toCloudWatchLogs: "a", toS3: "b", toFirehose: "c", vended: "d" },
  mediaTailor: { loggerRoleArn: null, playbackEndpointPrefixes: {} },
  aurora: null,
  alarmTopicArn: null,
  cost: { monthlyUsd: 12.34, basis: { version: 1 } },
};

describe("outputs of a stack", () => {
  it("are read as they are written", () => {
    assert.deepEqual(parseAircheckOutputs(outputs), outputs);
  });

  it("may be more than this version knows", () => {
    assert.deepEqual(parseAircheckOutputs({ ...outputs, newer: 1 }), outputs);
  });

  it("may be of before there was an estimate of costs", () => {
    const { cost: _, ...older } = outputs;
    assert.deepEqual(parseAircheckOutputs(older), { ...outputs, cost: null });
  });

  it("are refused where one is missing or of another type, by name", () => {
    const { workgroup: _, ...query } = outputs.query;
    assert.throws(
      () => parseAircheckOutputs({ ...outputs, query, environment: 3 }),
      /version 1 of the aircheck contract: environment: .*; query\.workgroup: /,
    );
  });

  it("are refused where the contract is another", () => {
    assert.throws(() => parseAircheckOutputs({ ...outputs, contractVersion: 2 }), /contractVersion: /);
  });

  it("have the JSON Schema that is checked in for other teams (UPDATE_GRAPHS=1 writes it again)", async () => {
    const schema = JSON.stringify(outputsJsonSchema(), null, 2);
    if (process.env.UPDATE_GRAPHS) await writeFile(schemaFile, schema);
    // As JSON, for the formatter lays the file out.
    assert.deepEqual(JSON.parse(await readFile(schemaFile, "utf8")), JSON.parse(schema));
  });
});
