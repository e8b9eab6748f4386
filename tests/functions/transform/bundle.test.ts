import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { bundleTransform, type TransformBundle } from "../../../functions/bundle.ts";
import { S3Store } from "../../../functions/transform/store/s3-store.ts";
import { s3Notification, s3TestEvent, sqsEvent } from "./factories.ts";
import { invokeBundle, node24OrSkip } from "./node24.ts";
import { bytesOf, keysOf, pieces } from "./store/content.ts";
import { type Moto, startMotoOrSkip } from "./store/moto.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const MB = 1_000_000;
const settings = { LANDING_BUCKET: "landing-bucket", LAKE_BUCKET: "lake-bucket", CLIENT_IP_MODE: "truncate" };

describe("bundle of the function", () => {
  let root: string;
  let bundle: TransformBundle;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "aircheck-bundle-"));
    bundle = await bundleTransform(join(root, "first"));
  });

  after(() => rm(root, { recursive: true, force: true }));

  it("is one module and the Parquet encoder", async () => {
    assert.deepEqual((await readdir(bundle.directory)).sort(), ["index.mjs", "parquet_wasm_bg.wasm"]);
    assert.equal(bundle.file, join(root, "first", "index.mjs"));
    assert.equal(bundle.handler, "index.handler");
  });

  it("has at most 12 MB unzipped without geography", () => {
    process.stderr.write(`    the bundle has ${(bundle.bytes / MB).toFixed(2)} MB unzipped\n`);
    assert.equal(
      bundle.bytes,
      bundle.files.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    assert.ok(bundle.bytes > 5 * MB && bundle.bytes <= 12 * MB, `${bundle.bytes} bytes`);
  });

  it("is the same from build to build, and names no folder of the machine", async () => {
    const again = await bundleTransform(join(root, "elsewhere", "second"));
    assert.deepEqual(await digests(again), await digests(bundle));
    const text = await readFile(bundle.file, "utf8");
    for (const path of [repository, homedir(), root]) assert.equal(text.includes(path), false, path);
  });

  it("has the geography database only when asked", async () => {
    const directory = join(root, "geography");
    const withGeography = await bundleTransform(directory, { geography: true });
    assert.deepEqual(
      withGeography.files.map(({ name }) => name),
      ["geo.mmdb", "index.mjs", "parquet_wasm_bg.wasm"],
    );
    assert.ok(withGeography.bytes > bundle.bytes + 5 * MB);
    assert.deepEqual(await digests(await bundleTransform(directory)), await digests(bundle));
  });

  it("is not made in a folder that holds something else", async () => {
    const directory = join(root, "used");
    await bundleTransform(directory);
    await writeFile(join(directory, "notes.txt"), "x");
    await assert.rejects(bundleTransform(directory), (error) => {
      assert.ok(error instanceof Error && error.name === "BundleFolderError");
      assert.match(error.message, /holds notes\.txt, .*name an empty or a new folder/);
      return true;
    });
  });

  describe("under Node.js 24", function () {
    this.timeout(180_000);
    let node: string;

    before(async function () {
      node = await node24OrSkip(this);
    });

    it("starts and answers S3's test message without any network", async () => {
      const environment = { ...settings, AWS_REGION: "us-east-1" };
      const { answer, log } = await invokeBundle(node, bundle.file, sqsEvent(s3TestEvent()), environment);
      assert.deepEqual(answer, { batchItemFailures: [] });
      assert.deepEqual(log, []);
    });

    it("does not start with a wrong environment, and says what is wrong", async () => {
      const started = invokeBundle(node, bundle.file, sqsEvent(), { LANDING_BUCKET: "Raw_Logs" });
      await assert.rejects(
        started,
        /SettingsError: .*LANDING_BUCKET is \\?"Raw_Logs\\?" but must be the name of an S3 bucket/,
      );
    });

    describe("with a real S3 server", () => {
      const key = "landing/mediapackage-v2-egress/2026/08/04/10/a b+c.gz";
      let moto: Moto;
      let lake: S3Store;

      before(async function () {
        moto = await startMotoOrSkip(this);
        for (const Bucket of [settings.LANDING_BUCKET, settings.LAKE_BUCKET]) {
          await moto.client.send(new CreateBucketCommand({ Bucket }));
        }
        const landing = new S3Store(moto.client, settings.LANDING_BUCKET, { readPrefixes: [], writePrefixes: [""] });
        lake = new S3Store(moto.client, settings.LAKE_BUCKET, { readPrefixes: [""], writePrefixes: [] });
        await landing.write(key, pieces(gzipSync(`${JSON.stringify(egressRecord)}\nno record\n`)));
      });

      after(() => moto?.stop());

      const invoke = (event: string) =>
        invokeBundle(node, bundle.file, sqsEvent(event), { ...settings, ...moto.environment });

      it("makes Parquet files of a landing object, and the same ones when it is announced again", async () => {
        const first = await invoke(s3Notification({ key }));
        assert.deepEqual(first.answer, { batchItemFailures: [] });
        const keys = await keysOf(lake.list(""));
        assert.equal(keys.length, 2);
        assert.match(keys[0] ?? "", /^lake\/mediapackage_egress\/dt=2020-07-13\/[^/]+\.parquet$/);
        assert.match(keys[1] ?? "", /^lake\/rejects\/dt=\d{4}-\d\d-\d\d\/[^/]+\.parquet$/);
        const contents = await Promise.all(keys.map((file) => bytesOf(lake.read(file))));
        for (const content of contents) {
          assert.deepEqual([content.subarray(0, 4), content.subarray(-4)].map(String), ["PAR1", "PAR1"]);
        }

        const second = await invoke(s3Notification({ key }));
        assert.deepEqual(second.answer, { batchItemFailures: [] });
        assert.deepEqual(await keysOf(lake.list("")), keys);
        assert.deepEqual(await Promise.all(keys.map((file) => bytesOf(lake.read(file)))), contents);

        const metrics = first.log.find((line) => "_aws" in line);
        assert.deepEqual(
          [metrics?.source, metrics?.Records, metrics?.Rows, metrics?.Rejects],
          ["mediapackage-v2-egress", 2, 1, 1],
        );
        const line = first.log.find(({ message }) => message === "object transformed");
        assert.deepEqual([line?.level, line?.key, line?.source], ["INFO", key, "mediapackage-v2-egress"]);
        assert.doesNotMatch(JSON.stringify(first.log), new RegExp(`${egressRecord.client_ip}|no record`));
      });

      it("gives back a message whose object is gone, with a line that says so", async () => {
        const { answer, log } = await invoke(s3Notification({ key: "landing/mediapackage-v2-egress/none.gz" }));
        assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: "m0" }] });
        assert.deepEqual(
          log.map(({ level, message }) => [level, message]),
          [["WARN", "object is gone"]],
        );
      });
    });
  });
});

/** Shape of reference 2.4; 2020-07-13 is long before any clock that runs this test. */
const egressRecord = {
  resource_arn: "arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/my_channel_group",
  event_timestamp: 1594666796293,
  client_ip: "203.0.113.77",
  time_to_first_byte: 0.445,
  status_code: "200",
  received_bytes: 468,
  sent_bytes: 2587370,
  method: "GET",
  request_uri_base:
    "https://a.egress.b.mediapackagev2.us-east-1.amazonaws.com:443/out/v1/my_channel_group/c/e/index.mpd",
  request_query_params: "param1=value1",
  protocol: "HTTP/1.1",
  user_agent: "Amazon CloudFront",
  request_id: "aaaAAA111bbbBBB222cccCCC333dddDDD",
  account: "111122223333",
  channel_id: "c",
  endpoint_id: "e",
  channel_group_id: "my_channel_group",
  manifest_name: "index",
  manifest_type: "DASH",
};

async function digests({ files, directory }: TransformBundle): Promise<Record<string, string>> {
  const entries = files.map(async ({ name }) => {
    const content = await readFile(join(directory, name));
    return [name, createHash("sha256").update(content).digest("hex")] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
