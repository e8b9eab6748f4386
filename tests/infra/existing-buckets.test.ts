import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { parseConfig } from "../../infra/config.ts";
import { checkExistingBuckets } from "../../infra/existing-buckets.ts";
import { useMocks } from "./mocks.ts";

const values = {
  environment: "dev",
  lake: JSON.stringify({ existingBucket: "company-lake" }),
  cloudTrail: JSON.stringify({ mode: "existing", bucket: "security-trail" }),
};
const config = parseConfig(
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`aircheck:${key}`, value])),
  0,
);

/** What AWS says of each bucket: its region, or why there is none. */
async function buckets(answers: Readonly<Record<string, string | Error>>): Promise<void> {
  await useMocks({
    calls: {
      "aws:s3/getBucket:getBucket": ({ bucket }) => {
        const answer = answers[String(bucket)];
        // As the engine hands on what the provider says.
        if (answer instanceof Error) throw Object.assign(new Error(), { details: answer.message });
        return { bucket, bucketRegion: answer };
      },
    },
  });
}

describe("buckets that others made", () => {
  it("are taken where they are there and in the stack's region", async () => {
    await buckets({ "company-lake": "us-west-2", "security-trail": "us-west-2" });
    await checkExistingBuckets(config, "us-west-2");
  });

  it("stop the program before it makes anything, each with its key and what is wrong", async () => {
    await buckets({ "company-lake": new Error("couldn't find resource"), "security-trail": "eu-west-1" });
    await assert.rejects(checkExistingBuckets(config, "us-west-2"), (error) => {
      // Pulumi prints those without a stack trace.
      assert.ok(error instanceof RunError);
      assert.match(error.message, /2 mistakes; nothing was changed/);
      assert.match(error.message, /lake\.existingBucket is "company-lake": .*s3:ListBucket.*couldn't find resource/);
      assert.match(
        error.message,
        /cloudTrail\.bucket is "security-trail": allowed is a bucket in us-west-2; this one is in eu-west-1/,
      );
      return true;
    });
  });

  it("are not asked for where none is named", async () => {
    await buckets({});
    await checkExistingBuckets(parseConfig({ "aircheck:environment": "dev" }, 0), "us-west-2");
  });
});
