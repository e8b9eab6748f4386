import assert from "node:assert/strict";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { S3Store } from "../../../../functions/transform/store/s3-store.ts";
import { ObjectNotFoundError } from "../../../../functions/transform/store/store.ts";
import { bytesOf, keysOf, pieces, textOf } from "./content.ts";
import { type Moto, startMotoOrSkip } from "./moto.ts";

const everything = { readPrefixes: [""], writePrefixes: [""] };
const MiB = 1024 * 1024;

describe("S3 store over a real server", () => {
  let moto: Moto;
  let client: S3Client;
  let buckets = 0;

  before(async function () {
    moto = await startMotoOrSkip(this);
    client = moto.client;
  });

  after(() => moto?.stop());

  async function newBucket(versioned = false): Promise<string> {
    buckets += 1;
    const Bucket = `bucket-${buckets}`;
    await client.send(new CreateBucketCommand({ Bucket }));
    if (versioned) await enableVersions(Bucket);
    return Bucket;
  }

  function enableVersions(Bucket: string) {
    return client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  }

  async function markersOf(Bucket: string): Promise<number> {
    return (await client.send(new ListObjectVersionsCommand({ Bucket }))).DeleteMarkers?.length ?? 0;
  }

  it("gives back what was written, whole and from an offset, under any key", async () => {
    const store = new S3Store(client, await newBucket(), everything);
    const key = "landing/a b+c/é%20&.gz";
    assert.equal(await store.write(key, pieces("one ", "", "two")), 7);
    assert.equal(await textOf(store.read(key)), "one two");
    assert.equal(await textOf(store.read(key, { startByte: 4 })), "two");
    assert.equal(await textOf(store.read(key, { startByte: 7 })), "");
    assert.deepEqual(await keysOf(store.list("landing/")), [key]);
  });

  it("writes an object without content", async () => {
    const store = new S3Store(client, await newBucket(), everything);
    assert.equal(await store.write("empty", pieces()), 0);
    assert.equal((await store.stat("empty"))?.sizeBytes, 0);
    assert.equal(await textOf(store.read("empty")), "");
  });

  it("sends small objects in one request and large ones in parts of 8 MiB", async () => {
    const bucket = await newBucket();
    const store = new S3Store(client, bucket, everything);
    const content = Buffer.alloc(20 * MiB + 5, 0).map((_, index) => (index * 7) % 253);
    const slices = Array.from({ length: 41 }, (_, index) =>
      content.subarray((index * MiB) / 2, ((index + 1) * MiB) / 2),
    );
    assert.equal(await store.write("large", pieces(...slices)), content.length);
    assert.equal(await store.write("small", pieces("x")), 1);
    assert.deepEqual(await bytesOf(store.read("large")), Buffer.from(content));
    assert.deepEqual(
      await bytesOf(store.read("large", { startByte: 17 * MiB })),
      Buffer.from(content.subarray(17 * MiB)),
    );
    assert.match(await etagOf(bucket, "large"), /-3"$/);
    assert.doesNotMatch(await etagOf(bucket, "small"), /-/);
  });

  async function etagOf(Bucket: string, Key: string): Promise<string> {
    return (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag ?? "";
  }

  for (const before of [1, 20 * MiB]) {
    it(`leaves the old object and no parts when the body fails behind ${before} bytes`, async () => {
      const bucket = await newBucket();
      const store = new S3Store(client, bucket, everything);
      await store.write("a", pieces("old"));
      async function* broken() {
        for (let sent = 0; sent < before; sent += MiB) yield Buffer.alloc(Math.min(MiB, before));
        throw new Error("source broke");
      }
      await assert.rejects(store.write("a", broken()), /source broke/);
      assert.equal(await textOf(store.read("a")), "old");
      const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
      assert.deepEqual(Uploads ?? [], []);
    });
  }

  it("has nothing where there is no object", async () => {
    const store = new S3Store(client, await newBucket(true), everything);
    assert.equal(await store.stat("none"), undefined);
    assert.deepEqual(await store.versions("none"), []);
    assert.deepEqual(await keysOf(store.list("none")), []);
    await assert.rejects(bytesOf(store.read("none")), (error) => {
      assert.ok(error instanceof ObjectNotFoundError);
      assert.deepEqual([error.bucket, error.key], [store.bucket, "none"]);
      return true;
    });
  });

  it("passes on what is wrong with the bucket", async () => {
    const store = new S3Store(client, "no-such-bucket", everything);
    await assert.rejects(bytesOf(store.read("a")), { name: "NoSuchBucket" });
    await assert.rejects(keysOf(store.list("a")), { name: "NoSuchBucket" });
  });

  it("lists more keys than one page holds, in byte order", async () => {
    const store = new S3Store(client, await newBucket(), everything);
    const keys = Array.from({ length: 1005 }, (_, index) => `p/${String(index).padStart(4, "0")}`);
    keys[0] = "p/\u{FFFD}";
    keys[1] = "p/\u{1F4FA}";
    for (let next = 0; next < keys.length; next += 16) {
      await Promise.all(keys.slice(next, next + 16).map((key) => store.write(key, pieces("x"))));
    }
    await store.write("q", pieces("x"));
    const expected = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    assert.deepEqual(await keysOf(store.list("p/")), expected);
  });

  describe("with versions", () => {
    it("keeps, lists and reads them, newest first, without delete markers and other keys", async () => {
      const bucket = await newBucket(true);
      const store = new S3Store(client, bucket, everything);
      for (const text of ["first", "second"]) await store.write("s.json", pieces(text));
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "s.json" }));
      assert.equal(await store.stat("s.json"), undefined);
      await store.write("s.json", pieces("third"));
      await store.write("s.json.bak", pieces("other"));
      const versions = await store.versions("s.json");
      const texts: string[] = [];
      for (const { versionId } of versions) {
        assert.ok(versionId);
        texts.push(await textOf(store.read("s.json", { versionId })));
        assert.equal((await store.stat("s.json", versionId))?.versionId, versionId);
      }
      assert.deepEqual(texts, ["third", "second", "first"]);
      assert.equal((await store.stat("s.json"))?.versionId, versions[0]?.versionId);
    });

    it("has no object for a version that is not there", async () => {
      const bucket = await newBucket(true);
      const store = new S3Store(client, bucket, everything);
      await store.write("a", pieces("x"));
      const { versionId } = (await store.stat("a")) ?? {};
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "a", VersionId: versionId }));
      assert.ok(versionId);
      assert.equal(await store.stat("a", versionId), undefined);
      await assert.rejects(bytesOf(store.read("a", { versionId })), ObjectNotFoundError);
    });

    it("names no version in a bucket without them", async () => {
      const store = new S3Store(client, await newBucket(), everything);
      await store.write("a", pieces("x"));
      const stored = await store.stat("a");
      assert.deepEqual(Object.keys(stored ?? {}), ["key", "sizeBytes", "lastModified"]);
      assert.deepEqual(await store.versions("a"), [stored]);
    });

    it("still reads an object that is older than the versions", async () => {
      const bucket = await newBucket();
      const store = new S3Store(client, bucket, everything);
      await store.write("a", pieces("old"));
      await enableVersions(bucket);
      await store.write("a", pieces("new"));
      const [newest, oldest] = await store.versions("a");
      assert.notEqual(newest?.versionId, undefined);
      assert.equal(oldest?.versionId, "null");
      assert.equal(await textOf(store.read("a", { versionId: "null" })), "old");
    });

    it("gets a delete marker when an object is removed, and none when there is none", async () => {
      const bucket = await newBucket(true);
      const store = new S3Store(client, bucket, everything);
      await store.write("a", pieces("x"));
      await store.remove("none");
      assert.equal(await markersOf(bucket), 0);
      await store.remove("a");
      await store.remove("a");
      assert.equal(await markersOf(bucket), 1);
      assert.equal(await store.stat("a"), undefined);
    });
  });

  it("reads what others put there", async () => {
    const bucket = await newBucket();
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "a", Body: "by another" }));
    assert.equal(await textOf(new S3Store(client, bucket, everything).read("a")), "by another");
  });
});
