import assert from "node:assert/strict";
import fc from "fast-check";
import {
  beaconEvent,
  isDebugSession,
  skippedCount,
  skippedReasons,
  unfilledSeconds,
  userAgentOfHeaders,
} from "../../../../functions/transform/derive/mediatailor.ts";

const skipping = (...reasons: unknown[]) =>
  JSON.stringify({
    availId: "8",
    skippedAds: reasons.map((skippedReason) => ({ creativeUniqueId: "ad", skippedReason })),
  });

describe("fill plan of an ad break (reference 3.4)", () => {
  it("tells how many ads it left out", () => {
    assert.equal(skippedCount(skipping("NEW_CREATIVE", "TRANSCODE_IN_PROGRESS")), 2);
    assert.equal(skippedCount('{"availId":"8"}'), 0);
    assert.equal(skippedCount('{"skippedAds":null}'), 0);
  });

  it("tells why, each reason once and in order", () => {
    assert.equal(skippedReasons(skipping("B", "A", "B", 7, undefined, "")), "B,A");
    assert.equal(skippedReasons(skipping()), null);
    assert.equal(skippedReasons('{"skippedAds":["A",null]}'), null);
  });

  it("may be JSON text inside of JSON text", () => {
    assert.equal(skippedReasons(JSON.stringify(skipping("A"))), "A");
    assert.equal(skippedCount('"no plan"'), null);
  });

  it("says nothing when it is none", () => {
    for (const text of [null, "", "{", "[]", "7", "null", '{"skippedAds":{}}']) {
      assert.equal(skippedCount(text), null, String(text));
      assert.equal(skippedReasons(text), null, String(text));
    }
  });

  it("leaves seconds unfilled, or overfills", () => {
    assert.equal(unfilledSeconds(30, 12.5), 17.5);
    assert.equal(unfilledSeconds(30, 31), -1);
  });
});

describe("beacon", () => {
  it("has a tracking event", () => {
    assert.equal(beaconEvent('{"trackingEvent":"impression","beaconUri":"http://x"}'), "impression");
    for (const text of [null, "{}", '{"trackingEvent":7}', '{"trackingEvent":""}', "garbage"])
      assert.equal(beaconEvent(text), null);
  });
});

describe("user agent among headers", () => {
  const headers = (...entries: readonly [string, unknown][]) =>
    JSON.stringify(entries.map(([name, value]) => ({ name, value })));

  it("is looked up by name in any case, not by place", () => {
    assert.equal(userAgentOfHeaders(headers(["X-Forwarded-For", "192.0.2.1"], ["user-AGENT", "Roku"]), null), "Roku");
  });

  it("is taken from the beacon when the request has none", () => {
    const beacon = JSON.stringify({ headers: [{ name: "User-Agent", value: "VLC" }] });
    assert.equal(userAgentOfHeaders(headers(["Host", "x"]), beacon), "VLC");
    assert.equal(userAgentOfHeaders(null, beacon), "VLC");
    assert.equal(userAgentOfHeaders(headers(["User-Agent", ""]), beacon), "VLC");
    assert.equal(userAgentOfHeaders(headers(["User-Agent", "Roku"]), beacon), "Roku");
  });

  it("is null where there is none", () => {
    for (const text of [null, "[]", "{}", "[null,1,{}]", '[{"name":7}]', headers(["User-Agent", 7])]) {
      assert.equal(userAgentOfHeaders(text, text), null, String(text));
    }
  });
});

describe("debug session (reference 3.2, 3.6)", () => {
  it("is told by events that occur in such sessions only", () => {
    assert.equal(isDebugSession("GENERATED_MANIFEST", null), true);
    assert.equal(isDebugSession("ORIGIN_MANIFEST", "/v1/x"), true);
    assert.equal(isDebugSession("SESSION_INITIALIZED", null), true);
    assert.equal(isDebugSession("TRACKING_RESPONSE", null), true);
    assert.equal(isDebugSession("UNKNOWN_HOST", null), false);
    assert.equal(isDebugSession(null, null), false);
  });

  it("is told by the parameter aws.logMode, whose value is case-sensitive", () => {
    const path = "/v1/master/0123/news/master.m3u8";
    assert.equal(isDebugSession("UNKNOWN_HOST", `${path}?a=1&aws.logMode=DEBUG`), true);
    assert.equal(isDebugSession(null, `${path}?aws%2ElogMode=DEBUG`), true);
    assert.equal(isDebugSession(null, `${path}?aws.logMode=debug`), false);
    assert.equal(isDebugSession(null, `${path}?aws.logMode=DEBUGGER`), false);
    assert.equal(isDebugSession(null, `${path}/aws.logMode=DEBUG`), false);
    assert.equal(isDebugSession(null, path), false);
  });
});

it("MediaTailor columns take any text and any JSON", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      beaconEvent(text);
      skippedCount(text);
      skippedReasons(text);
      userAgentOfHeaders(text, text);
      isDebugSession(text, text);
    }),
  );
});
