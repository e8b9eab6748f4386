import assert from "node:assert/strict";
import { catalog } from "../../../../catalog/index.ts";
import { detect, unwrapCarrier } from "../../../../functions/transform/record/detect.ts";
import type { RecordContext } from "../../../../functions/transform/record/finish.ts";

const context: RecordContext = {
  logGroup: "group",
  logStream: "stream",
  owner: "111122223333",
  eventId: "id",
  timestamp: "1",
};

describe("detect", () => {
  const found: readonly (readonly [string, Readonly<Record<string, unknown>>, string | undefined])[] = [
    ["an endpoint: v1 egress", { timestamp: "t", endpointId: "e" }, "mediapackage-v1-egress"],
    ["an asset: v1 egress", { timestamp: "t", assetArn: "a" }, "mediapackage-v1-egress"],
    [
      "a channel without endpoint: v1 ingress",
      { timestamp: "t", channelId: "c", clientIp: "i" },
      "mediapackage-v1-ingress",
    ],
    ["a split URL: v2 egress", { event_timestamp: 1, request_uri_base: "u" }, "mediapackage-v2-egress"],
    ["an input: v2 ingress", { event_timestamp: 1, input_type: "HLS" }, "mediapackage-v2-ingress"],
    [
      "an event that only one log has",
      { eventTimestamp: "t", eventType: "UNKNOWN_HOST", originId: "o" },
      "mediatailor-manifest",
    ],
    [
      "an event of two logs, by its other keys",
      { eventTimestamp: "t", eventType: "INTERNAL_ERROR", originId: "o", creativeUniqueId: "c" },
      "mediatailor-transcode",
    ],
    [
      "an event of no list, by the keys that are known: ads",
      { eventTimestamp: "t", eventType: "NEW", originId: "o", adsRequestUrl: "u", requestHeaders: [] },
      "mediatailor-ads",
    ],
    [
      "an event of no list, by the keys that are known: manifest",
      { eventTimestamp: "t", eventType: "NEW", originId: "o", mediaTailorPath: "p", httpCode: "1" },
      "mediatailor-manifest",
    ],
    ["an API call", { eventTime: "t", eventName: "n", eventSource: "s" }, "cloudtrail"],
    ["nothing", {}, undefined],
    ["a time alone", { timestamp: "t" }, undefined],
  ];
  for (const [what, record, source] of found) {
    it(`knows ${what}`, () => {
      assert.equal(detect(catalog, record)?.id, source);
    });
  }

  it("knows no source of what is no object", () => {
    for (const value of [null, 1, "text", true, [{ timestamp: "t", endpointId: "e" }]]) {
      assert.equal(detect(catalog, value), undefined);
    }
  });

  it("does not take inherited names for keys", () => {
    assert.equal(detect(catalog, Object.create({ eventTime: "t", eventName: "n", eventSource: "s" })), undefined);
  });
});

describe("unwrapCarrier", () => {
  it("leaves ordinary records alone, also those with a message or a time", () => {
    for (const record of [
      {},
      { message: "m" },
      { timestamp: 1 },
      { timestamp: 1, message: "m" },
      1,
      null,
      [],
      [1],
      [{}],
    ]) {
      assert.equal(unwrapCarrier(record, context), undefined);
    }
  });

  it("tells an envelope of many records", () => {
    for (const name of ["logEvents", "Records", "events", "Events", "results"]) {
      assert.equal(unwrapCarrier({ [name]: [{}] }, context), "wrapper", name);
      assert.equal(unwrapCarrier({ [name]: [[]] }, context), "wrapper", name);
      assert.equal(unwrapCarrier({ [name]: ["text"] }, context), undefined, name);
      assert.equal(unwrapCarrier({ [name]: {} }, context), undefined, name);
    }
  });

  it("opens a log event of the CLI, with what it says of itself", () => {
    const event = { timestamp: 5, message: "m", ingestionTime: 6, logStreamName: "own", eventId: "e" };
    assert.deepEqual(unwrapCarrier(event, context), {
      message: "m",
      context: { ...context, logStream: "own", eventId: "e", timestamp: "5" },
    });
  });

  it("keeps what the envelope said where the event says nothing", () => {
    assert.deepEqual(unwrapCarrier({ "@message": "m" }, context), { message: "m", context });
  });

  it("opens a row of Logs Insights, as an object and as pairs of field and value", () => {
    const expected = {
      message: "m",
      context: {
        ...context,
        logGroup: "/a/b",
        logStream: "s",
        owner: "444455556666",
        timestamp: "2020-07-13 18:59:56.000",
      },
    };
    const row = {
      "@timestamp": "2020-07-13 18:59:56.000",
      "@message": "m",
      "@log": "444455556666:/a/b",
      "@logStream": "s",
    };
    assert.deepEqual(unwrapCarrier(row, context), expected);
    const pairs = Object.entries(row).map(([field, value]) => ({ field, value }));
    assert.deepEqual(unwrapCarrier(pairs, context), expected);
  });

  it("takes the name of a log group without an account as it is", () => {
    const carried = unwrapCarrier({ "@message": "m", "@log": "/a/b" }, context);
    assert.ok(typeof carried === "object");
    assert.equal(carried.context.logGroup, "/a/b");
    assert.equal(carried.context.owner, context.owner);
  });

  it("takes a message that the console saved as an object", () => {
    assert.deepEqual(unwrapCarrier({ "@message": { a: 1 } }, context), { message: '{"a":1}', context });
  });

  it("takes such a message to the letter", () => {
    const json = '{ "x" : {"@message":0} , "\\u0040message" : {"a":9007199254740993, "b":1.0} , "y":[] }';
    assert.deepEqual(unwrapCarrier(JSON.parse(json), context, Buffer.from(json)), {
      message: '{"a":9007199254740993, "b":1.0}',
      context,
    });
  });

  it("opens an event of lookup-events", () => {
    assert.deepEqual(unwrapCarrier({ EventId: "x", CloudTrailEvent: "{}" }, context), { message: "{}", context });
  });

  it("finds no record where the message is missing", () => {
    assert.equal(unwrapCarrier({ "@message": null }, context), undefined);
    assert.equal(unwrapCarrier({ timestamp: 1, ingestionTime: 2 }, context), undefined);
  });
});
