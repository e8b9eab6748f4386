import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isBlockingReload,
  playbackSession,
  requestType,
  splitUrl,
  streamingFormat,
} from "../../../../functions/transform/derive/request.ts";

const host = "https://aaabbbcccdddee.mediapackage.us-east-1.amazonaws.com:443";

describe("request type and streaming format of a URL (reference 11.2, 11.3)", () => {
  const cases: readonly [uri: string, type: string, format: string | null][] = [
    [`${host}/out/v1/75ee/index.m3u8`, "manifest", "hls"],
    [`${host}/out/v1/75ee/INDEX_1.M3U8?m=1`, "manifest", "hls"],
    ["/out/v1/75ee/list.m3u", "manifest", "hls"],
    ["/out/v1/g/c/e/index.mpd#t=1", "manifest", "dash"],
    ["/out/v1/75ee/index%2Empd", "manifest", "dash"],
    [`${host}/out/v1/75ee/index.ism/Manifest`, "manifest", "mss"],
    ["/out/v1/75ee/index.isml/manifest", "manifest", "mss"],
    ["/out/v1/75ee/start/1/end/2/index.ism/x/Manifest", "manifest", "mss"],
    ["/out/v1/75ee/index.ism/QualityLevels(2000000)/Fragments(v=123)", "segment", "mss"],
    ["/out/v1/75ee/index.ism/QualityLevels(1)/FragmentInfo(a=1)", "segment", "mss"],
    ["/live/QualityLevels(1)/KeyFrames(v=1)", "segment", "mss"],
    ["/keys/1.key", "key", null],
    ["/out/v1/75ee/index_video_1_0_init.mp4?m=1538005779", "init", "cmaf_or_dash"],
    ["/out/v1/75ee/cmafseg_video_1_track_1_csid_1a_2_init.mp4", "init", "cmaf_or_dash"],
    ["/out/v1/75ee/init.cmfv", "init", "cmaf_or_dash"],
    ["/out/v1/75ee/video-init-3_12.m4s", "init", "cmaf_or_dash"],
    ["/out/v1/75ee/video.init", "init", null],
    ["/out/v1/75ee/reinit.mp4", "segment", "cmaf_or_dash"],
    ["/out/v1/75ee/hls_7_145095.ts", "segment", "hls"],
    ["/out/v1/75ee/index_video_1_0_17.mp4", "segment", "cmaf_or_dash"],
    ["/a/segment_1.cmfa", "segment", "cmaf_or_dash"],
    ["/a/segment_1.aac", "segment", "hls"],
    ["/a/segment_1.webm", "segment", "dash"],
    ["/a/segment_1.webvtt", "subtitle", null],
    ["/a/segment_1.vtt", "subtitle", null],
    ["/a/segment_1.ttml", "subtitle", null],
    ["/thumb/1.jpg", "image", null],
    ["/crossdomain.xml", "other", null],
    ["/", "other", null],
    ["", "other", null],
    // What AWS's sample gets wrong: host and query are no part of the rule (reference 1.5).
    ["https://video.ts", "other", null],
    ["https://cdn.ism.example/ping?next=a.ts", "other", null],
    ["/bad%escape%zz/%ff/a.ts", "segment", "hls"],
    ["/manifest", "other", null],
  ];
  for (const [uri, type, format] of cases) {
    it(`${uri || "an empty one"} is ${type}, ${format}`, () => {
      assert.equal(requestType(uri), type);
      assert.equal(streamingFormat(uri), format);
    });
  }

  it("believes a known manifest type of v2 before the path, and the path before an unknown one", () => {
    assert.equal(streamingFormat("/a/index.m3u8", "DASH"), "dash");
    assert.equal(streamingFormat("/a/index", "hls"), "hls");
    assert.equal(streamingFormat("/a/index", "LL-HLS"), "hls");
    assert.equal(streamingFormat("/a/index", "LOW_LATENCY_HLS"), "hls");
    assert.equal(streamingFormat("/a/index", " MSS "), "mss");
    assert.equal(streamingFormat("/a/index.mpd", "NEWS"), "dash");
    assert.equal(streamingFormat("/a/index.mpd", ""), "dash");
  });

  it("takes any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.match(requestType(text), /^(manifest|key|init|segment|subtitle|image|other)$/);
        streamingFormat(text, text);
        isBlockingReload(text);
        playbackSession(text);
      }),
    );
  });
});

describe("query of a request", () => {
  it("tells a blocking reload by the parameter _HLS_msn", () => {
    assert.equal(isBlockingReload("_HLS_msn=273&_HLS_part=2"), true);
    assert.equal(isBlockingReload("?a=1&_HLS_msn"), true);
    assert.equal(isBlockingReload("a=_HLS_msn"), false);
    assert.equal(isBlockingReload("_hls_msn=1"), false);
    assert.equal(isBlockingReload("x_HLS_msn=1"), false);
    assert.equal(isBlockingReload(""), false);
  });

  it("finds the playback session, percent-decoded", () => {
    assert.equal(playbackSession("m=1&aws.sessionId=e039fd39-09f0&x=2"), "e039fd39-09f0");
    assert.equal(playbackSession("aws%2EsessionId=a%3Db"), "a=b");
    assert.equal(playbackSession("aws.sessionId=a=b"), "a=b");
    assert.equal(playbackSession("aws.sessionId="), null);
    assert.equal(playbackSession("aws.sessionId"), null);
    assert.equal(playbackSession("sessionId=1"), null);
  });

  it("is split off at the first question mark and can be put back", () => {
    assert.deepEqual(splitUrl("/a?b?c"), { uri: "/a", query: "b?c" });
    assert.deepEqual(splitUrl("/a"), { uri: "/a", query: null });
    assert.deepEqual(splitUrl("/a?"), { uri: "/a", query: "" });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (url) => {
        const { uri, query } = splitUrl(url);
        assert.equal(query === null ? uri : `${uri}?${query}`, url);
        assert.ok(!uri.includes("?"));
      }),
    );
  });
});
