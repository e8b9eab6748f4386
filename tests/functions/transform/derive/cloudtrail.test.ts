import assert from "node:assert/strict";
import { changesState } from "../../../../functions/transform/derive/cloudtrail.ts";

describe("API operation (reference 5.3)", () => {
  it("changes state unless its name begins with Describe, Get or List", () => {
    const changing = [
      "ConfigureLogs",
      "RotateIngestEndpointCredentials",
      "PutPlaybackConfiguration",
      "UntagResource",
      "StopChannel",
    ];
    const reading = ["DescribeChannel", "GetPlaybackConfiguration", "ListOriginEndpoints"];
    assert.deepEqual(
      changing.map(changesState),
      changing.map(() => true),
    );
    assert.deepEqual(
      reading.map(changesState),
      reading.map(() => false),
    );
  });
});
