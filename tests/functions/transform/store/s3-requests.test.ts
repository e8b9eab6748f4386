import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import { S3Client } from "@aws-sdk/client-s3";
import { OutsidePrefixError, S3Store, type S3StoreOptions } from "../../../../functions/transform/store/s3-store.ts";
import { ObjectNotFoundError } from "../../../../functions/transform/store/store.ts";
import { bytesOf, keysOf, pieces } from "./content.ts";

const everything = { readPrefixes: [""], writePrefixes: [""] };

describe("requests of the S3 store, and answers that it must not trust", () => {
  let server: Server;
  let requests: { method: string; url: string; headers: Record<string, unknown> }[];

  async function serve(listener: RequestListener, options: S3StoreOptions = everything): Promise<S3Store> {
    requests = [];
    server = createServer((request, response) => {
      requests.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
      request.resume();
      request.on("end", () => listener(request, response));
    }).listen(0, "127.0.0.1");
    await new Promise((listening) => server.once("listening", listening));
    const address = server.address();
    assert.ok(address !== null && typeof address !== "string");
    const client = new S3Client({
      endpoint: `http://127.0.0.1:${address.port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
    return new S3Store(client, "lake", options);
  }

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const lastModified = { "last-modified": "Tue, 04 Aug 2026 10:00:00 GMT" };

  it("does not take a connection that breaks off for the end of the object", async () => {
    const store = await serve((_, response) => {
      response.writeHead(200, { "content-length": "1000", ...lastModified });
      response.write("x".repeat(400), () => response.destroy());
    });
    await assert.rejects(bytesOf(store.read("a")), /aborted|closed|reset/i);
  });

  it("does not take content that does not fit its checksum", async () => {
    const store = await serve((_, response) => {
      response.writeHead(200, { "x-amz-checksum-crc32": "AAAAAA==", "content-length": "3", ...lastModified });
      response.end("abc");
    });
    await assert.rejects(bytesOf(store.read("a")), /[Cc]hecksum/);
  });

  it("passes on refusals", async () => {
    const store = await serve((_, response) => response.writeHead(403).end());
    const refused = (error: unknown) => error instanceof Error && !(error instanceof ObjectNotFoundError);
    await assert.rejects(store.stat("a"), refused);
    await assert.rejects(bytesOf(store.read("a")), refused);
    await assert.rejects(store.versions("a"), refused);
    await assert.rejects(store.write("a", pieces("x")), refused);
    await assert.rejects(store.remove("a"), refused);
    assert.ok(requests.every(({ method }) => method !== "DELETE"));
  });

  it("does not make up the size of an object", async () => {
    const store = await serve((_, response) => response.writeHead(200).end());
    await assert.rejects(store.stat("a"), /S3 described the object a without its size or time/);
  });

  it("follows the pages of a key with many versions, and stops behind it", async () => {
    const page = (version: string, next: string) => `<ListVersionsResult><IsTruncated>true</IsTruncated>
      <NextKeyMarker>${next}</NextKeyMarker><NextVersionIdMarker>${version}</NextVersionIdMarker>
      <Version><Key>${next}</Key><VersionId>${version}</VersionId><IsLatest>false</IsLatest><Size>1</Size>
      <LastModified>2026-08-04T10:00:00.000Z</LastModified></Version></ListVersionsResult>`;
    const pages = [page("v3", "s.json"), page("v2", "s.json"), page("v1", "s.json.bak"), page("v0", "s.json.bak")];
    const store = await serve((_, response) => response.end(pages.shift()));
    assert.deepEqual(
      (await store.versions("s.json")).map(({ versionId }) => versionId),
      ["v3", "v2"],
    );
    assert.equal(requests.length, 3);
    assert.match(requests[1]?.url ?? "", /key-marker=s\.json.*version-id-marker=v3/);
  });

  it("lists nothing where the server names nothing", async () => {
    const store = await serve((_, response) => response.end("<ListBucketResult/>"));
    assert.deepEqual(await keysOf(store.list("a")), []);
  });

  it("asks for encryption with the given key, and for none without", async () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/lake";
    const answer: RequestListener = (_, response) => response.writeHead(200, { etag: '"x"' }).end();
    const store = await serve(answer, { ...everything, kmsKeyArn });
    await store.write("a", pieces("x"));
    assert.equal(requests[0]?.headers["x-amz-server-side-encryption"], "aws:kms");
    assert.equal(requests[0]?.headers["x-amz-server-side-encryption-aws-kms-key-id"], kmsKeyArn);
    server.close();
    const plain = await serve(answer);
    await plain.write("a", pieces("x"));
    assert.equal(requests[0]?.headers["x-amz-server-side-encryption"], undefined);
  });

  it("sends no request for a key outside its prefixes", async () => {
    const store = await serve((_, response) => response.end(), {
      readPrefixes: ["landing/", "config/sampling.json"],
      writePrefixes: ["lake/"],
    });
    await assert.rejects(store.stat("lake/a"), OutsidePrefixError);
    await assert.rejects(bytesOf(store.read("config/other.json")), OutsidePrefixError);
    await assert.rejects(keysOf(store.list("land")), OutsidePrefixError);
    await assert.rejects(keysOf(store.list("")), OutsidePrefixError);
    await assert.rejects(store.versions("lake/a"), OutsidePrefixError);
    await assert.rejects(store.write("landing/a", pieces("x")), OutsidePrefixError);
    await assert.rejects(store.remove("landing/a"), OutsidePrefixError);
    assert.deepEqual(requests, []);
    await assert.rejects(store.read("/landing/a").next(), {
      name: "OutsidePrefixError",
      access: "read",
      key: "/landing/a",
      message: 'read of "/landing/a" in lake refused: only landing/, config/sampling.json may be read',
    });
  });

  it("says that a store without write prefixes writes nothing", async () => {
    const store = await serve((_, response) => response.end(), { readPrefixes: ["landing/"], writePrefixes: [] });
    await assert.rejects(
      store.write("landing/a", pieces("x")),
      /write of "landing\/a" in lake refused: nothing may be written/,
    );
  });
});
