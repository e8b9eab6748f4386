/** The percentages in force, written beside the lake so that each row can carry its weight. */
import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";

/** Content of the sampling document; the version's time says from when it holds. */
export function samplingDocument(percentages: readonly { readonly name: string; readonly percent: number }[]): string {
  const sorted = [...percentages].sort((a, b) => (a.name < b.name ? -1 : 1));
  return `${JSON.stringify(
    { version: 1, configurations: Object.fromEntries(sorted.map(({ name, percent }) => [name, { percent }])) },
    null,
    2,
  )}\n`;
}

/** Writes the document. It outlives the stack, as the rows do whose weights it explains. */
export function publishSampling(
  name: string,
  args: {
    readonly bucket: Input<string>;
    readonly key: string;
    readonly content: string;
    readonly kmsKeyArn?: string | undefined;
  },
  opts: CustomResourceOptions,
): BucketObjectv2 {
  const { bucket, key, content, kmsKeyArn } = args;
  return new BucketObjectv2(
    name,
    { bucket, key, content, contentType: "application/json", ...(kmsKeyArn && { kmsKeyId: kmsKeyArn }) },
    { ...opts, retainOnDelete: true },
  );
}
