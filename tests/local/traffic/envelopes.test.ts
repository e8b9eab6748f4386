import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, it } from "mocha";
import { cloudWatchObject, egressEvents } from "../../../local/traffic/index.ts";
import { sourceById } from "../../../local/traffic/routes.ts";
import { eveningTraffic } from "./plans.ts";
import { type Envelope, envelopesOf, isEnveloped, parsed, recordTexts } from "./read-landing.ts";

const gzipMagic = Buffer.from([0x1f, 0x8b, 0x08]);

function dataOf(sourceId: string): Envelope[] {
  return eveningTraffic()
    .filter((file) => file.sourceId === sourceId && isEnveloped(file))
    .flatMap((file) => envelopesOf(file))
    .filter((envelope) => envelope.messageType === "DATA_MESSAGE");
}

describe("envelopes of generated traffic", () => {
  it("inflate whole, and hold what their source's log group writes", () => {
    for (const file of eveningTraffic()) {
      assert.ok(Buffer.from(file.bytes).subarray(0, 3).equals(gzipMagic), file.key);
      assert.ok(gunzipSync(file.bytes).length > 0, file.key);
      if (!isEnveloped(file)) continue;
      const expected = sourceById(file.sourceId).logGroups.map((group) => group.replace("*", "adops-prod"));
      for (const envelope of envelopesOf(file)) {
        if (envelope.messageType === "CONTROL_MESSAGE") continue;
        assert.ok(expected.includes(envelope.logGroup), envelope.logGroup);
        assert.equal(envelope.owner, "111122223333");
        for (const event of envelope.logEvents) assert.match(event.id, /^\d{56}$/);
      }
    }
  });

  it("are several gzip members in one object", () => {
    const file = eveningTraffic().find((candidate) => candidate.sourceId === "mediapackage-v1-egress");
    assert.ok(file);
    assert.ok(envelopesOf(file).length > 3);
    const members = Buffer.from(file.bytes).toString("latin1").split(gzipMagic.toString("latin1")).length - 1;
    assert.ok(members >= envelopesOf(file).length, `${members} gzip members`);
  });

  it("begin with a control message for every subscription, and have few of them later", () => {
    for (const sourceId of ["mediapackage-v1-egress", "mediapackage-v1-ingress", "mediatailor-ads", "aurora-audit"]) {
      const files = eveningTraffic().filter((file) => file.sourceId === sourceId && isEnveloped(file));
      const types = files.flatMap((file) => envelopesOf(file).map((envelope) => envelope.messageType));
      const control = types.filter((type) => type === "CONTROL_MESSAGE").length;
      assert.ok(control >= 1 && control < files.length / 2, `${sourceId} has ${control} control messages`);
    }
  });

  it("are delivered twice now and then, whole", () => {
    const envelopes = dataOf("mediapackage-v1-egress");
    const texts = envelopes.map((envelope) => JSON.stringify(envelope));
    const repeated = texts.length - new Set(texts).size;
    assert.ok(repeated >= 1 && repeated < texts.length / 10, `${repeated} of ${texts.length} envelopes are duplicates`);
    const ids = [...new Set(texts)].flatMap((text) => {
      const envelope: Envelope = JSON.parse(text);
      return envelope.logEvents.map((event) => event.id);
    });
    assert.equal(new Set(ids).size, ids.length);
  });

  it("hold a handful of events, or hundreds", () => {
    const sizes = dataOf("mediapackage-v1-ingress").map((envelope) => envelope.logEvents.length);
    assert.ok(sizes.some((size) => size <= 8));
    const busy = [...egressEventsUpTo(3000)];
    const object = cloudWatchObject(busy, egressMeta);
    const file = { sourceId: "mediapackage-v1-egress", key: "", lastModified: new Date(0), bytes: object };
    assert.ok(envelopesOf(file).some((envelope) => envelope.logEvents.length > 150));
  });

  it("spoil a few records: some cut off, some with a field that nobody knows", () => {
    for (const sourceId of ["mediapackage-v1-egress", "mediapackage-v2-egress", "mediatailor-ads"]) {
      const texts = new Set(eveningTraffic().flatMap((file) => (file.sourceId === sourceId ? recordTexts(file) : [])));
      const broken = [...texts].filter((text) => parsed(text) === undefined).length;
      const unknown = [...texts].filter((text) =>
        /"(edgeLocation|tls_version|adDecisionLatencyMs)":/.test(text),
      ).length;
      assert.ok(broken >= 1 && broken <= 3, `${sourceId} has ${broken} broken records of ${texts.size}`);
      assert.ok(unknown >= 1 && unknown <= 5, `${sourceId} has ${unknown} unknown fields in ${texts.size}`);
    }
  });

  it("keep every event that they are given, in its order, whatever its text is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 900 }),
        fc.nat(),
        (texts, seed) => {
          const events = texts.map((text, index) => ({ timeMs: 1_750_000_000_000 + index + 0.5, text }));
          const bytes = cloudWatchObject(events, egressMeta, seed);
          const found = gunzipSync(bytes)
            .toString("utf8")
            .split(/(?<=\}\]\})(?=\{"messageType":"DATA_MESSAGE","owner":)/)
            .flatMap((text): Envelope["logEvents"] => JSON.parse(text).logEvents);
          assert.deepEqual(
            found.map((event) => event.message),
            texts.map((text) => Buffer.from(text, "utf8").toString("utf8")),
          );
          assert.deepEqual(
            found.map((event) => event.timestamp),
            events.map((event) => Math.floor(event.timeMs)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("egress events", () => {
  it("come without end, in the order of time, at about the rate that is asked for", () => {
    const events = [...egressEventsUpTo(40_000)];
    for (const [index, event] of events.entries()) {
      assert.ok(index === 0 || event.timeMs >= (events[index - 1]?.timeMs ?? 0));
    }
    // The first minutes fill up with viewers: the rate counts from then on.
    const later = events.slice(20_000);
    const seconds = ((later.at(-1)?.timeMs ?? 0) - (later[0]?.timeMs ?? 0)) / 1000;
    const perSecond = later.length / seconds;
    assert.ok(perSecond > 70 && perSecond < 135, `${perSecond} events per second`);
  });

  it("are about as long as real ones", () => {
    const events = [...egressEventsUpTo(2000)];
    const mean = events.reduce((sum, event) => sum + event.text.length, 0) / events.length;
    assert.ok(mean > 700 && mean < 1100, `${mean} characters`);
  });
});

const egressMeta = {
  owner: "111122223333",
  logGroup: "/aws/MediaPackage/EgressAccessLogs",
  logStream: "channel/news-24",
  subscriptionFilter: "aircheck",
};

function* egressEventsUpTo(count: number) {
  let left = count;
  for (const event of egressEvents({ seed: 5, startTime: new Date("2025-06-20T18:00:00Z"), requestsPerSecond: 100 })) {
    if (left-- === 0) return;
    yield event;
  }
}
