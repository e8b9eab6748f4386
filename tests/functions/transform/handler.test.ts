import assert from "node:assert/strict";
import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalog } from "../../../catalog/index.ts";
import { noSampling, type SamplingHistory } from "../../../functions/transform/derive/sampling.ts";
import { createHandler, type HandlerDependencies } from "../../../functions/transform/handler.ts";
import { ConservationError, emptyReport, type TransformReport } from "../../../functions/transform/report.ts";
import { FolderStore } from "../../../functions/transform/store/folder-store.ts";
import type { LandingObject, TransformOptions } from "../../../functions/transform/transform.ts";
import { type CreatedObject, eventBridgeEvent, s3Notification, s3TestEvent, sqsEvent } from "./factories.ts";
import { recordingLog, recordingMetrics } from "./recorders.ts";
import { pieces, textOf } from "./store/content.ts";

const landedAt = Date.UTC(2026, 7, 4, 10, 0, 0);
const egressKey = "landing/mediapackage-v1-egress/2026/08/04/10/a b+c.gz";
const trailKey = "AWSLogs/o-org/111122223333/CloudTrail/us-east-1/2026/08/04/a.json.gz";

describe("handler of the function", () => {
  let root: string;
  let landing: FolderStore;
  let lake: FolderStore;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "aircheck-handler-"));
    landing = new FolderStore(join(root, "landing"), "landing-bucket");
    lake = new FolderStore(join(root, "lake"), "lake-bucket");
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  async function land(key: string, content = "content"): Promise<void> {
    await landing.write(key, pieces(content));
    await utimes(join(root, "landing", key), landedAt / 1000, landedAt / 1000);
  }

  /** A handler whose transform is replaced, with everything that it was given and said. */
  function setUp(
    transform: (object: LandingObject, options: TransformOptions) => TransformReport | Promise<TransformReport>,
    changes: Partial<HandlerDependencies> = {},
  ) {
    const { log, lines } = recordingLog();
    const { metrics, published } = recordingMetrics();
    const calls: { object: LandingObject; sink: unknown; options: TransformOptions }[] = [];
    const handle = createHandler({
      landing,
      landingPrefixes: ["landing/", "AWSLogs/"],
      lake,
      lakePrefix: "lake/",
      catalog,
      privacy: { mode: "truncate" },
      sampling: async () => noSampling,
      transform: async (object, sink, options) => {
        calls.push({ object, sink, options });
        return transform(object, options);
      },
      log,
      metrics,
      now: () => landedAt + 12_500,
      ...changes,
    });
    return { handle, lines, published, calls };
  }

  const done = () => emptyReport();
  const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

  it("transforms the announced object with everything it was set up with", async () => {
    await land(egressKey, "0123456789");
    const sampling: SamplingHistory = { versions: [{ fromMs: 0, percentages: new Map([["c", 10]]) }] };
    const country = () => "NL";
    const { handle, calls } = setUp(done, { sampling: async () => sampling, country });
    assert.deepEqual(await handle(sqsEvent(s3Notification({ key: egressKey }))), failures());
    const [call] = calls;
    assert.ok(call);
    const { open, ...object } = call.object;
    assert.deepEqual(object, {
      bucket: "landing-bucket",
      key: egressKey,
      sizeBytes: 10,
      lastModified: new Date(landedAt),
    });
    assert.equal(await textOf(open(0)), "0123456789");
    assert.equal(await textOf(open(7)), "789");
    assert.equal(call.sink, lake);
    assert.deepEqual(call.options, { catalog, privacy: { mode: "truncate" }, sampling, country, lakePrefix: "lake/" });
  });

  it("reads the announced version, not the newest", async () => {
    await land(egressKey, "newest");
    await land(`${egressKey}@3`, "third");
    const { handle, calls } = setUp(done);
    await handle(sqsEvent(s3Notification({ key: egressKey, versionId: "3" })));
    assert.equal(calls[0]?.object.versionId, "3");
    assert.equal(await textOf(calls[0]?.object.open(0) ?? pieces()), "third");
  });

  it("takes events by way of EventBridge", async () => {
    await land(egressKey);
    const { handle, calls } = setUp(done);
    assert.deepEqual(await handle(sqsEvent(eventBridgeEvent({ key: egressKey }))), failures());
    assert.equal(calls[0]?.object.key, egressKey);
  });

  it("does nothing for S3's test message, and for a batch without messages", async () => {
    const { handle, calls, lines, published } = setUp(done);
    assert.deepEqual(await handle(sqsEvent(s3TestEvent())), failures());
    assert.deepEqual(await handle(sqsEvent()), failures());
    assert.deepEqual([calls, lines, published], [[], [], []]);
  });

  it("transforms an object once however often a batch announces it, by the latest event", async () => {
    await land(egressKey);
    for (const version of ["1", "2", "3"]) await land(`${egressKey}@${version}`);
    const { handle, calls, lines } = setUp(done);
    const events: CreatedObject[] = [
      { sequencer: "0A", versionId: "1" },
      { sequencer: "10B", versionId: "3" },
      { sequencer: "FF", versionId: "2" },
      { sequencer: undefined, versionId: "1" },
    ];
    const answer = await handle(sqsEvent(...events.map((event) => s3Notification({ key: egressKey, ...event }))));
    assert.deepEqual(answer, failures());
    assert.deepEqual(
      calls.map(({ object }) => object.versionId),
      ["3"],
    );
    assert.deepEqual(lines[0]?.facts.messageIds, ["m0", "m1", "m2", "m3"]);
  });

  it("fails every message of an object that could not be transformed, and no other", async () => {
    const keys = ["landing/a", "landing/b", "landing/c"];
    for (const key of keys) await land(key);
    const [a = "", b = "", c = ""] = keys;
    const { handle, calls } = setUp((object) => {
      if (object.key === b) throw new Error("store is down");
      return emptyReport();
    });
    const answer = await handle(
      sqsEvent(
        s3Notification({ key: a }),
        s3Notification({ key: b }),
        s3Notification({ key: c }, { key: b }),
        s3Notification({ key: c }),
      ),
    );
    assert.deepEqual(answer, failures("m1", "m2"));
    assert.deepEqual(
      calls.map(({ object }) => object.key),
      keys,
    );
  });

  it("transforms one object after another", async () => {
    for (const key of ["landing/a", "landing/b", "landing/c"]) await land(key);
    let running = 0;
    let most = 0;
    const { handle } = setUp(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return emptyReport();
    });
    await handle(
      sqsEvent(s3Notification({ key: "landing/a" }, { key: "landing/b" }), s3Notification({ key: "landing/c" })),
    );
    assert.equal(most, 1);
  });

  it("fails a foreign message without repeating it, and transforms its neighbours", async () => {
    await land(egressKey);
    const { handle, lines, calls } = setUp(done);
    const answer = await handle(sqsEvent("client 203.0.113.77 said hello", s3Notification({ key: egressKey })));
    assert.deepEqual(answer, failures("m0"));
    assert.equal(calls.length, 1);
    const [line] = lines;
    assert.deepEqual([line?.level, line?.message, line?.facts.messageId], ["error", "foreign message", "m0"]);
    assert.match(JSON.stringify(line), /ForeignMessageError.*it is not JSON/);
    assert.doesNotMatch(JSON.stringify(lines), /203\.0\.113\.77/);
  });

  const foreign: [string, CreatedObject][] = [
    ["a key outside the landing prefixes", { key: "lake/mediapackage_egress/a.parquet" }],
    ["a key that only resembles a landing prefix", { key: "landings/a" }],
    ["another bucket", { key: egressKey, bucket: "other-bucket" }],
  ];
  for (const [what, object] of foreign) {
    it(`fails ${what} and reads nothing`, async () => {
      await land(egressKey);
      const { handle, lines, calls } = setUp(done);
      assert.deepEqual(await handle(sqsEvent(s3Notification(object))), failures("m0"));
      assert.deepEqual(calls, []);
      assert.match(
        JSON.stringify(lines),
        /ForeignObjectError.*is no landing object: those lie in landing-bucket below landing\/, AWSLogs\//,
      );
    });
  }

  it("fails an object that is gone with a warning: its records would be lost in silence", async () => {
    const { handle, lines, calls, published } = setUp(done);
    assert.deepEqual(await handle(sqsEvent(s3Notification({ key: egressKey }))), failures("m0"));
    assert.deepEqual([calls, published], [[], []]);
    assert.deepEqual([lines[0]?.level, lines[0]?.message, lines[0]?.facts.key], ["warn", "object is gone", egressKey]);
  });

  it("fails an object whose records do not add up", async () => {
    await land(egressKey);
    const { handle, lines, published } = setUp((object) => {
      throw new ConservationError(object.key, { ...emptyReport(), records: 2, rows: 1 });
    });
    assert.deepEqual(await handle(sqsEvent(s3Notification({ key: egressKey }))), failures("m0"));
    assert.deepEqual(published, []);
    assert.match(JSON.stringify(lines), /"name":"ConservationError","message":".*2 records, but 1 rows \+ 0 rejects/);
  });

  it("fails an object while the sampling history cannot be read: its weights would be wrong", async () => {
    await land(egressKey);
    const { handle, calls } = setUp(done, {
      sampling: async () => {
        throw new Error("no access to config/sampling.json");
      },
    });
    assert.deepEqual(await handle(sqsEvent(s3Notification({ key: egressKey }))), failures("m0"));
    assert.deepEqual(calls, []);
  });

  it("logs one line per object, with the report", async () => {
    await land(egressKey);
    const report = { ...emptyReport(), records: 3, rows: 2, rejects: 1, rejectReasons: { not_json: 1 } };
    const { handle, lines } = setUp(() => report);
    await handle(sqsEvent(s3Notification({ key: egressKey })));
    assert.deepEqual(lines, [
      {
        level: "info",
        message: "object transformed",
        facts: {
          bucket: "landing-bucket",
          key: egressKey,
          source: "mediapackage-v1-egress",
          messageIds: ["m0"],
          versionId: undefined,
          durationSeconds: 0,
          lagSeconds: 12.5,
          report,
        },
      },
    ]);
  });

  it("publishes the metrics of each object under its source", async () => {
    const keys = [egressKey, trailKey, "landing/unknown/a.gz", "AWSLogs/111122223333/CloudTrail-Digest/a.json.gz"];
    for (const key of keys) await land(key);
    const report: TransformReport = {
      ...emptyReport(),
      records: 10,
      rows: 6,
      rejects: 3,
      control: 1,
      bytesIn: 1000,
      bytesOut: 100,
      unknownFields: { a: 4, b: 1 },
      misfitFields: { c: 2 },
    };
    const { handle, published } = setUp(() => report);
    await handle(sqsEvent(s3Notification(...keys.map((key) => ({ key })))));
    assert.deepEqual(
      published.map(({ dimensions }) => dimensions),
      [{ source: "mediapackage-v1-egress" }, { source: "cloudtrail" }, {}, {}],
    );
    assert.deepEqual(published[0]?.values, {
      Records: ["Count", 10],
      Rows: ["Count", 6],
      Rejects: ["Count", 3],
      Control: ["Count", 1],
      BytesIn: ["Bytes", 1000],
      BytesOut: ["Bytes", 100],
      UnknownFields: ["Count", 5],
      MisfitFields: ["Count", 2],
      LagSeconds: ["Seconds", 12.5],
    });
  });
});
