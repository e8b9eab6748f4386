/** Buckets that others made and the configuration names: looked at before anything is registered. */
import { getBucket } from "@pulumi/aws/s3/getBucket.js";
import { RunError } from "@pulumi/pulumi";
import { ConfigError, problem } from "./config/problems.ts";
import type { AircheckConfig } from "./config.ts";

/**
 * Checks that they are there, and in the stack's region: Athena pays for reading across regions, and a bucket notifies queues
 * of its own region only.
 *
 * @throws RunError with every bucket that will not do, which Pulumi prints without a stack trace
 */
export async function checkExistingBuckets(
  { lake, cloudTrail }: Pick<AircheckConfig, "lake" | "cloudTrail">,
  region: string,
): Promise<void> {
  const named = { "lake.existingBucket": lake.existingBucket, "cloudTrail.bucket": cloudTrail.bucket };
  const found = await Promise.all(
    Object.entries(named).map(([key, bucket]) =>
      bucket === undefined ? undefined : bucketProblem(key, bucket, region),
    ),
  );
  const problems = found.filter((one) => one !== undefined);
  if (problems.length > 0) throw new RunError(new ConfigError(problems).message);
}

async function bucketProblem(key: string, bucket: string, region: string): Promise<string | undefined> {
  try {
    const { bucketRegion } = await getBucket({ bucket });
    return !bucketRegion || bucketRegion === region
      ? undefined
      : problem(key, bucket, `a bucket in ${region}; this one is in ${bucketRegion}`);
  } catch (error) {
    const reason = String(error).replace(/\s+/g, " ");
    return problem(key, bucket, `a bucket that is there and that the deployer may look up (s3:ListBucket): ${reason}`);
  }
}
