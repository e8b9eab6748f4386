/** Rules about buckets. What stands beside a bucket in one provider lies inside it in the other. */
import type { PolicyResource } from "@pulumi/policy";
import { deniesPlainText, statementsOf } from "../policy-statements.ts";
import type { ResourceRule, StackRule } from "../rule.ts";
import { isAbout, ofTypes } from "../stack-resources.ts";
import { ifKnown, member, plain } from "../values.ts";

const awsTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const nativeType = "aws-native:s3:Bucket";
const namesOf = ["bucket", "bucketName", "id"];

/** Resources of some types that are about a bucket. S3 keeps one of each, so of several the last one written holds. */
function beside(bucket: PolicyResource, resources: readonly PolicyResource[], types: readonly string[]) {
  return ofTypes(resources, types).filter((one) => isAbout(one, "bucket", bucket, namesOf));
}

/** Whether there is something, and all of it is as it should be. */
function allAre<One>(several: readonly One[], good: (one: One) => boolean): boolean {
  return several.length > 0 && several.every(good);
}

const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
const isShut = (block: unknown) => flags.every((flag) => plain(member(block, flag)) === true);
const open = (name: string) => `${name} can be made public. Give it a public access block with ${flags.join(", ")}`;
const unsaid = (name: string) => `${name} does not say how it is encrypted. Set AES256, or aws:kms with a key`;

const whyPrivate =
  "Log records hold client addresses, and landing objects everything that was logged. One of the four switches left open is " +
  "enough for a policy or an ACL to publish them.";
const whyEncrypted =
  "S3 encrypts with its own key where nobody says anything. Saying it keeps the choice in the review, and shows when somebody " +
  "drops a key that the stack is meant to use.";

export const bucketPrivate: StackRule = {
  name: "bucket-private",
  description: "Checks that every bucket of aws blocks public access in all four ways.",
  why: whyPrivate,
  exception: "None for buckets with logs. Put a bucket that has to be public into a program of its own.",
  severity: "critical",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    each(ofTypes(resources, awsTypes), (bucket) => {
      const blocks = beside(bucket, resources, ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"]);
      if (!allAre(blocks, ({ props }) => isShut(props))) reportOn(bucket.urn, open(bucket.name));
    });
  },
};

const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

/** Whether each rule of an encryption configuration names an algorithm. */
function saysHow(rules: unknown, path: string): boolean {
  const list = plain(rules);
  return Array.isArray(list) && allAre(list, (rule) => Boolean(member(rule, path, "sseAlgorithm")));
}

export const bucketEncrypted: StackRule = {
  name: "bucket-encrypted",
  description: "Checks that a resource beside every bucket of aws says how it is encrypted.",
  why: `${whyEncrypted} What the bucket itself says does not count: AWS fills it in.`,
  exception: "None: `AES256` costs nothing.",
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    each(ofTypes(resources, awsTypes), (bucket) => {
      const own = beside(bucket, resources, encryptionTypes);
      if (!allAre(own, ({ props }) => saysHow(props.rules, "applyServerSideEncryptionByDefault"))) {
        reportOn(bucket.urn, unsaid(bucket.name));
      }
    });
  },
};

export const nativeBucket: ResourceRule = {
  name: "native-bucket-protection",
  description: "Checks that a bucket of aws-native says itself that it is private, and how it is encrypted.",
  why: `${whyPrivate} ${whyEncrypted}`,
  exception: "None for buckets with logs.",
  severity: "critical",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  types: [nativeType],
  check({ name, props }, { report }) {
    if (!isShut(props.publicAccessBlockConfiguration)) report(open(name));
    const rules = member(props.bucketEncryption, "serverSideEncryptionConfiguration");
    if (!saysHow(rules, "serverSideEncryptionByDefault")) report(unsaid(name));
  },
};

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
    each(ofTypes(resources, [...awsTypes, nativeType]), (bucket) => {
      const own = beside(bucket, resources, ["aws:s3/bucketPolicy:BucketPolicy", "aws-native:s3:BucketPolicy"]);
      const name = namesOf.map((key) => ifKnown(() => bucket.props[key])).find((known) => typeof known === "string");
      const denies = ({ props }: PolicyResource) =>
        deniesPlainText(
          statementsOf(props.policy ?? props.policyDocument),
          typeof name === "string" ? name : undefined,
        );
      if (!allAre(own, denies)) {
        reportOn(bucket.urn, `${bucket.name} can be read without TLS. Deny it where aws:SecureTransport is false`);
      }
    });
  },
};
