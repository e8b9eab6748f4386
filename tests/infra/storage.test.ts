import assert from "node:assert/strict";
import { catalog } from "../../catalog/index.ts";
import type { Table } from "../../catalog/types.ts";
import { presets } from "../../infra/config/presets.ts";
import { PrivateBucket } from "../../infra/private-bucket.ts";
import { lakeExpiries, lakePrefix, Storage, type StorageArgs, samplingKey } from "../../infra/storage.ts";
import { registrationsOf } from "./registrations.ts";

const retentionDays = presets.dev.retentionDays;
const storageArgs: StorageArgs = {
  catalog,
  retentionDays,
  keepLanding: false,
  landingStatements: () => [],
  lakeStatements: () => [],
};

for (const preview of [true, false]) {
  describe(`storage, in ${preview ? "a preview" : "an update"}`, () => {
    it("shuts every bucket to the public, allows TLS only and encrypts", async () => {
      const made = await registrationsOf(() => new Storage("s", storageArgs), { preview });
      for (const name of ["s-landing", "s-lake", "s-results"]) {
        const { bucket, ...shut } = made.inputs("BucketPublicAccessBlock", name);
        assert.equal(bucket, `${name}-1234567`);
        assert.deepEqual(shut, {
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        });
        const [tls] = made.statements("BucketPolicy", name);
        assert.equal(tls?.Effect, "Deny");
        assert.deepEqual(tls?.Condition, { Bool: { "aws:SecureTransport": "false" } });
        assert.deepEqual(made.inputs("BucketServerSideEncryptionConfiguration", name).rules, [
          { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
      }
    });

    it("uses a given key in every bucket", async () => {
      const kmsKeyArn = "arn:aws:kms:us-west-2:123456789012:key/1";
      const made = await registrationsOf(() => new Storage("s", { ...storageArgs, kmsKeyArn }), { preview });
      for (const { inputs } of made.of("BucketServerSideEncryptionConfiguration")) {
        assert.match(JSON.stringify(inputs.rules), /"kmsMasterKeyId":"arn:aws:kms:us-west-2:123456789012:key\/1"/);
      }
    });

    it("makes no lake bucket where one is given", async () => {
      const made = await registrationsOf(() => new Storage("s", { ...storageArgs, existingLakeBucket: "theirs" }), {
        preview,
      });
      assert.deepEqual(
        made.of("Bucket").map(({ name }) => name),
        ["s-landing", "s-results"],
      );
    });
  });
}

describe("a private bucket", () => {
  it("lets objects go by prefix, old versions and halves of uploads everywhere", async () => {
    const expiries = [{ id: "expire", prefix: "logs/", days: 7 }];
    const args = { versioned: true, noncurrentDays: 3, expiries, onDestroy: "keep" } as const;
    const made = await registrationsOf(() => new PrivateBucket("b", args));
    assert.deepEqual(made.inputs("BucketLifecycleConfiguration").rules, [
      { id: "expire", status: "Enabled", filter: { prefix: "logs/" }, expiration: { days: 7 } },
      {
        id: "old-versions",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: 3 },
      },
      {
        id: "tidy",
        status: "Enabled",
        filter: { prefix: "" },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 2 },
      },
    ]);
  });

  it("is emptied on destroy only where it may go", async () => {
    const args = { versioned: true, noncurrentDays: 1, expiries: [] };
    const kept = await registrationsOf(() => new PrivateBucket("b", { ...args, onDestroy: "keep" }));
    assert.equal(kept.inputs("Bucket").forceDestroy, false);
    const removed = await registrationsOf(() => new PrivateBucket("b", { ...args, onDestroy: "remove" }));
    assert.equal(removed.inputs("Bucket").forceDestroy, true);
  });
});

describe("retention of the lake", () => {
  it("lets old versions of tables go, and never those of the percentages, which weigh older rows", async () => {
    const made = await registrationsOf(() => new Storage("s", storageArgs));
    const [lake, landing] = ["s-lake", "s-landing"].map((name) => {
      const { rules } = made.inputs("BucketLifecycleConfiguration", name);
      assert.ok(Array.isArray(rules));
      return rules
        .filter((rule) => "noncurrentVersionExpiration" in rule)
        .map((rule) => [rule.filter.prefix, rule.noncurrentVersionExpiration]);
    });
    assert.deepEqual(lake, [["lake/", { noncurrentDays: 7 }]]);
    assert.deepEqual(landing, [["", { noncurrentDays: 7 }]]);
    assert.ok(!samplingKey.startsWith(lakePrefix));
  });

  it("covers every table, each by its class", () => {
    const days = new Map(lakeExpiries(catalog, presets.prod.retentionDays).map(({ prefix, days }) => [prefix, days]));
    assert.equal(days.get("lake/mediapackage_egress/"), 400);
    assert.equal(days.get("lake/mediatailor_ads/"), 400);
    assert.equal(days.get("lake/cloudtrail_events/"), 730);
    assert.equal(days.get("lake/rejects/"), 90);
    assert.equal(days.size, catalog.tables.length + 1);
  });

  it("keeps a table that nobody has classed as long as the audit trail", () => {
    const table: Table = { id: "something_new", doc: "", fields: [] };
    const [expiry] = lakeExpiries({ ...catalog, tables: [table] }, presets.prod.retentionDays);
    assert.equal(expiry?.days, presets.prod.retentionDays.audit);
  });
});
