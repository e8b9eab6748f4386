/** Which prefixes of a landing bucket announce their objects to the queue: exactly those that hold log objects. */
import { BucketNotification } from "@pulumi/aws/s3/bucketNotification.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";

/** S3 takes this many notifications of one bucket. */
const mostNotifications = 100;

/**
 * Announces new objects below each prefix. It is the bucket's whole notification configuration: another one would be lost.
 *
 * @throws RangeError when there are more prefixes than S3 takes
 */
export function announceObjects(
  name: string,
  bucket: Input<string>,
  queueReady: Input<string>,
  prefixes: readonly string[],
  opts: CustomResourceOptions,
): BucketNotification {
  if (prefixes.length > mostNotifications) {
    throw new RangeError(`${prefixes.length} prefixes are to be announced, and S3 takes ${mostNotifications}`);
  }
  return new BucketNotification(
    name,
    {
      bucket,
      queues: prefixes.map((prefix) => ({
        id: prefix.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, ""),
        queueArn: queueReady,
        events: ["s3:ObjectCreated:*"],
        filterPrefix: prefix,
      })),
    },
    opts,
  );
}

/**
 * Folders of a trail's log files; digests and insights lie beside them (reference 5.1).
 *
 * @param folder before `AWSLogs/`, without slashes at its ends; empty for none
 */
export function trailPrefixes(
  folder: string,
  accountId: string,
  organization: { readonly id: string; readonly accounts: readonly string[] } | undefined,
): readonly string[] {
  const root = folder === "" ? "AWSLogs/" : `${folder}/AWSLogs/`;
  if (!organization) return [`${root}${accountId}/CloudTrail/`];
  return [...new Set(organization.accounts)].map((account) => `${root}${organization.id}/${account}/CloudTrail/`);
}
