/** Three rules about buckets. Each looks for what stands beside the bucket in one provider, and inside it in the other. */
import type { PolicyResource } from "@pulumi/policy";
import { deniesPlainText, statementsOf } from "../policy-statements.ts";
import type { StackRule } from "../rule.ts";
import { isAbout, ofTypes } from "../stack-resources.ts";
import { member, plain } from "../values.ts";

const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", "aws-native:s3:Bucket"];
const namesOf = ["bucket", "bucketName", "id"];

/** Resources of some types that are about a bucket. */
function beside(bucket: PolicyResource, resources: readonly PolicyResource[], types: readonly string[]) {
  return ofTypes(resources, types).filter((one) => isAbout(one, "bucket", bucket, namesOf));
}

const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const bucketPrivate: StackRule = {
  name: "bucket-private",
  description: "Checks that every bucket blocks public access in all four ways.",
  why:
    "Log records hold client addresses, and landing objects everything that was logged. One of the four switches left open is " +
    "enough for a policy or an ACL to publish them.",
  exception: "None for buckets with logs. Put a bucket that has to be public into a program of its own.",
  severity: "critical",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    each(ofTypes(resources, bucketTypes), (bucket) => {
      const isShut = (block: unknown) => flags.every((flag) => plain(member(block, flag)) === true);
      const blocks = beside(bucket, resources, ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"]);
      if (!blocks.some(({ props }) => isShut(props)) && !isShut(bucket.props.publicAccessBlockConfiguration)) {
        reportOn(
          bucket.urn,
          `${bucket.name} can be made public. Give it a public access block with ${flags.join(", ")}`,
        );
      }
    });
  },
};

export const bucketEncrypted: StackRule = {
  name: "bucket-encrypted",
  description: "Checks that every bucket says how it is encrypted.",
  why:
    "S3 encrypts with its own key where nobody says anything. Saying it keeps the choice in the review, and shows when somebody " +
    "drops a key that the stack is meant to use.",
  exception: "None: `AES256` costs nothing.",
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    each(ofTypes(resources, bucketTypes), (bucket) => {
      const beyond = beside(bucket, resources, encryptionTypes);
      // Inside the bucket AWS fills in what nobody said, so in a first preview that is not known.
      const inside = () => bucket.props.serverSideEncryptionConfiguration ?? bucket.props.bucketEncryption;
      if (!beyond.some(({ props }) => saysHow(props)) && !saysHow(inside())) {
        reportOn(bucket.urn, `${bucket.name} does not say how it is encrypted. Set AES256, or aws:kms with a key`);
      }
    });
  },
};

const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

/** Whether an encryption configuration, in the spelling of either provider, names an algorithm. */
function saysHow(configuration: unknown): boolean {
  const rules = plain(
    member(configuration, "rules") ??
      member(configuration, "rule") ??
      member(configuration, "serverSideEncryptionConfiguration"),
  );
  return (Array.isArray(rules) ? rules : [rules]).some(
    (rule) =>
      Boolean(member(rule, "applyServerSideEncryptionByDefault", "sseAlgorithm")) ||
      Boolean(member(rule, "serverSideEncryptionByDefault", "sseAlgorithm")),
  );
}

export const bucketTlsOnly: StackRule = {
  name: "bucket-tls-only",
  description: "Checks that every bucket has a policy that denies whatever does not come over TLS.",
  why: "Without it anybody with the right to read may do so in plain text, and is read along by whoever stands between.",
  exception: "None: add the statement `TlsOnly` of `infra/private-bucket.ts` to the bucket's policy.",
  severity: "high",
  level: "mandatory",
  // The document names the bucket's ARN, which is not known before the bucket is there.
  unknown: "waits",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    each(ofTypes(resources, bucketTypes), (bucket) => {
      const own = beside(bucket, resources, ["aws:s3/bucketPolicy:BucketPolicy", "aws-native:s3:BucketPolicy"]);
      const documents = own.map(({ props }) => props.policy ?? props.policyDocument);
      if (!documents.some((document) => deniesPlainText(statementsOf(document)))) {
        reportOn(bucket.urn, `${bucket.name} can be read without TLS. Deny it where aws:SecureTransport is false`);
      }
    });
  },
};
