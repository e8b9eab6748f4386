import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { catalog } from "../../../catalog/index.ts";
import { adsEvents, allEvents, manifestEvents, transcodeEvents } from "../../../catalog/mediatailor-events.ts";
import { deliberateOddities } from "../../../local/traffic/index.ts";
import { eveningTraffic } from "./plans.ts";
import { isObject, type JsonObject, recordsOf, recordTexts } from "./read-landing.ts";

/** Keys that the catalog knows for a source: where columns come from, the URL, time and id. */
function knownKeys(sourceId: string): Set<string> {
  const source = catalog.sources.find((candidate) => candidate.id === sourceId);
  const table = catalog.tables.find((candidate) => candidate.id === source?.table);
  assert.ok(source && table);
  const columns = table.fields.flatMap((field) => ("from" in field ? field.from : []));
  const keys = [...columns, table.url?.whole, source.timeField, source.idField];
  return new Set(keys.flatMap((key) => (key === undefined || key.startsWith("@") ? [] : [key.split(".")[0] ?? ""])));
}

const access = (sourceId: string) => recordsOf(eveningTraffic(), sourceId);

describe("generated records", () => {
  for (const source of catalog.sources.filter((candidate) => candidate.format === "json")) {
    it(`of ${source.id} have no keys but those of the catalog and the deliberate oddities`, () => {
      const known = knownKeys(source.id);
      for (const oddity of Object.entries(deliberateOddities)) if (oddity[0] === source.id) known.add(oddity[1]);
      const found = new Set(access(source.id).flatMap((record) => Object.keys(record)));
      assert.ok(found.size > 5);
      assert.deepEqual(
        [...found].filter((key) => !known.has(key)),
        [],
      );
    });
  }

  it("of v1 write the status as text and the time in microseconds", () => {
    for (const record of [...access("mediapackage-v1-egress"), ...access("mediapackage-v1-ingress")]) {
      assert.equal(typeof record.statusCode, "string");
      assert.match(String(record.timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      for (const key of ["processingTime", "receivedBytes", "sentBytes"]) assert.equal(typeof record[key], "number");
      assert.match(String(record.request), /^https:\/\/[a-z0-9.-]+:443\/(in|out)\//);
    }
  });

  it("of v2 write the time in milliseconds and split the URL in egress only", () => {
    for (const record of access("mediapackage-v2-egress")) {
      assert.ok(Number.isInteger(record.event_timestamp));
      assert.match(String(record.request_uri_base), /^https:\/\/[^?]+:443\/out\/v1\/[^?]+$/);
      assert.ok(!("request" in record) && "manifest_name" in record);
    }
    for (const record of access("mediapackage-v2-ingress")) {
      assert.match(String(record.request), /-[12]\.ingest\..*\/in\/v1\/sport-eu\/[12]\/arena-1\//);
      assert.ok(!("request_uri_base" in record));
    }
  });

  it("have no fixed order of keys", () => {
    for (const sourceId of ["mediapackage-v1-egress", "mediapackage-v2-egress", "mediatailor-ads"]) {
      const first = new Set(access(sourceId).map((record) => Object.keys(record)[0]));
      assert.ok(first.size >= 3, `${sourceId}: ${[...first]}`);
    }
  });

  it("show every packaging in the URL shapes of both versions", () => {
    const v1 = access("mediapackage-v1-egress").map((record) => String(record.request));
    const v2 = access("mediapackage-v2-egress").map(
      (record) => `${record.request_uri_base}?${record.request_query_params}`,
    );
    const shapes: readonly (readonly [RegExp, readonly string[]])[] = [
      [/\/index_\d_\d+\.ts\?m=\d{10}$/, v1],
      [/\/index_video_\d_0_init\.mp4\?m=\d{10}$/, v1],
      [/\/cmafseg_audio_\d_\d+\.mp4\?m=\d{10}$/, v1],
      [/\/index\.ism\/Events\(203_0\)\/QualityLevels\(\d+\)\/Fragments\(v=\d+\)$/, v1],
      [/egress\.mediapackage-vod\..*\/index\.m3u8$/, v1],
      [/\/sport-eu\/arena-1\/ll-hls\/index_\d\.m3u8\?_HLS_msn=\d+&_HLS_part=\d$/, v2],
      [/\/sport-eu\/[a-z0-9-]+\/dash\/segment_audio_\d_\d+\.mp4\?$/, v2],
      [/\/sport-eu\/arena-1\/mss\/index\.ism\/Manifest\?$/, v2],
      [/index\.m3u8\?aws\.sessionId=[0-9a-f-]{36}$/, v2],
    ];
    for (const [shape, urls] of shapes)
      assert.ok(
        urls.some((url) => shape.test(url)),
        String(shape),
      );
  });

  it("fetch segments one after the other, at the size that the bit rate asks for", () => {
    const segment = /\/news-24-hls$/;
    const perViewer = new Map<string, number[]>();
    for (const record of access("mediapackage-v1-egress")) {
      if (!segment.test(`/${record.endpointId}`) || record.statusCode !== "200") continue;
      const match = /index_(\d)_(\d+)\.ts/.exec(String(record.request));
      if (!match) continue;
      const bitRate = [400_000, 900_000, 1_800_000, 3_500_000, 6_000_000][Number(match[1]) - 1] ?? 0;
      const ratio = Number(record.sentBytes) / ((bitRate / 8) * 6);
      assert.ok(ratio > 0.4 && ratio < 2.2, `${ratio} of the expected size`);
      const viewer = `${record.clientIp} ${record.userAgent}`;
      if (record.userAgent !== "Amazon CloudFront") {
        perViewer.set(viewer, [...(perViewer.get(viewer) ?? []), Number(match[2])]);
      }
    }
    const runs = [...perViewer.values()].filter((numbers) => numbers.length > 5);
    const steps = runs.flatMap((numbers) => numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0)));
    assert.ok(steps.filter((step) => step === 1).length / steps.length > 0.8);
  });

  it("have the statuses of a real origin: mostly 200, some of each other kind", () => {
    const counts = new Map<string, number>();
    for (const record of [...access("mediapackage-v1-egress"), ...access("mediapackage-v2-egress")]) {
      const status = String(record.statusCode ?? record.status_code);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    for (const status of ["206", "304", "403", "404", "460", "503"]) assert.ok(counts.has(status), `no ${status}`);
    assert.ok((counts.get("200") ?? 0) / total > 0.85);
  });

  it("come from encoders on both pipelines", () => {
    const v1 = access("mediapackage-v1-ingress");
    assert.deepEqual(new Set(v1.map((record) => record.method)), new Set(["PUT"]));
    assert.equal(new Set(v1.map((record) => record.clientIp)).size, 2);
    assert.deepEqual(
      new Set(access("mediapackage-v2-ingress").map((record) => record.input_index)),
      new Set(["1", "2"]),
    );
  });

  it("name only events that MediaTailor has", () => {
    const logs = [
      ["mediatailor-ads", adsEvents, 8],
      ["mediatailor-manifest", manifestEvents, 4],
      ["mediatailor-transcode", transcodeEvents, 3],
    ] as const;
    for (const [sourceId, names, least] of logs) {
      const found = new Set(access(sourceId).map((record) => String(record.eventType)));
      assert.ok(found.size >= least, `${sourceId} has ${[...found]}`);
      assert.deepEqual(
        [...found].filter((name) => !allEvents(names).includes(name)),
        [],
      );
    }
  });

  it("say in a fill plan what the reference asks for", () => {
    const avails = access("mediatailor-ads").flatMap((record) => (isObject(record.avail) ? [record.avail] : []));
    assert.ok(avails.length > 50);
    for (const avail of avails) {
      for (const key of [
        "availId",
        "originAvailDuration",
        "filledDuration",
        "fillRate",
        "numAds",
        "creativeAds",
        "slateAd",
      ]) {
        assert.ok(key in avail, key);
      }
      const seconds = objectsOf(avail.creativeAds).reduce((sum, ad) => sum + Number(ad.vastDuration), 0);
      assert.equal(avail.filledDuration, seconds);
      assert.ok(Number(avail.fillRate) >= 0 && Number(avail.fillRate) <= 1);
    }
    assert.ok(avails.some((avail) => objectsOf(avail.skippedAds).length > 0));
    assert.ok(avails.some((avail) => avail.slateAd === null) && avails.some((avail) => avail.slateAd !== null));
  });

  it("of Aurora split by the rule of reference 6.3 into ten columns", () => {
    const lines = eveningTraffic().flatMap((file) => (file.sourceId === "aurora-audit" ? recordTexts(file) : []));
    const operations = new Set<string>();
    for (const line of lines) {
      const left = line.split(",").slice(0, 8);
      const rest = line.slice(left.join(",").length + 1);
      const object = rest.slice(0, rest.lastIndexOf(","));
      const returnCode = rest.slice(rest.lastIndexOf(",") + 1);
      const operation = left[6] ?? "";
      operations.add(operation);
      assert.match(left[0] ?? "", /^\d{16}$/);
      assert.match(returnCode, ["READ", "WRITE"].includes(operation) ? /^$/ : /^\d+$/);
      if (operation === "QUERY") assert.match(object, /^'(?:[^'\\\n]|\\.)*'$/);
      else assert.match(object, /^\w*$/);
    }
    assert.deepEqual([...operations].sort(), ["CONNECT", "DISCONNECT", "FAILED_CONNECT", "QUERY", "READ", "WRITE"]);
    assert.ok(lines.some((line) => line.includes("\\'") && /,'[^']*,/.test(line)));
  });
});

function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
