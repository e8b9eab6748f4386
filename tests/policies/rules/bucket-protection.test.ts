import { bucketEncrypted, bucketPrivate, bucketTlsOnly } from "../../../policies/rules/bucket-protection.ts";
import { type Given, testsOf, unknown } from "../judging.ts";

const bucket: Given = {
  type: "aws:s3/bucket:Bucket",
  name: "lake",
  // What AWS fills in is not known before it is there.
  props: { bucket: unknown.text, arn: unknown.text, serverSideEncryptionConfiguration: unknown.object },
};
const named: Given = { type: "aws:s3/bucketV2:BucketV2", name: "lake", props: { bucket: "media-lake" } };
const native = (props: Given["props"]): Given => ({ type: "aws-native:s3:Bucket", name: "lake", props });

/** Something beside the bucket, made from its name. */
const beside = (type: string, props: object, of = "lake"): Given => ({
  type,
  name: "beside",
  props: { bucket: unknown.text, ...props },
  madeFrom: { bucket: [of] },
});

const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const shut = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const open = [
  "lake: lake can be made public. Give it a public access block with " +
    "blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets",
];

testsOf(bucketPrivate, [
  { it: "passes if a block beside it shuts everything", resources: [bucket, beside(blockType, shut)] },
  {
    it: "passes if the block names the bucket",
    resources: [named, { type: blockType, name: "block", props: { bucket: "media-lake", ...shut } }],
  },
  { it: "passes if the block lies in the bucket", resources: [native({ publicAccessBlockConfiguration: shut })] },
  { it: "fails if there is none", resources: [bucket, native({})], says: [...open, ...open] },
  { it: "fails if it is another bucket's", resources: [bucket, beside(blockType, shut, "other")], says: open },
  ...Object.keys(shut).map((flag) => ({
    it: `fails if ${flag} is left open`,
    resources: [bucket, beside(blockType, { ...shut, [flag]: false })],
    says: open,
  })),
  {
    it: "fails in prod if one of the four cannot be known",
    resources: [bucket, beside(blockType, { ...shut, blockPublicPolicy: unknown.text })],
    unknown: "blockPublicPolicy",
  },
]);

const encryptionType = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const by = (sseAlgorithm: unknown) => ({ rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] });
const unsaid = ["lake: lake does not say how it is encrypted. Set AES256, or aws:kms with a key"];

testsOf(bucketEncrypted, [
  { it: "passes if it says so beside the bucket", resources: [bucket, beside(encryptionType, by("AES256"))] },
  {
    it: "passes if it says so in the bucket",
    resources: [
      native({
        bucketEncryption: {
          serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
        },
      }),
      { ...named, props: { serverSideEncryptionConfiguration: { rule: by("AES256").rules[0] } } },
    ],
  },
  { it: "fails if nothing says so", resources: [named, native({})], says: [...unsaid, ...unsaid] },
  { it: "fails if no algorithm is named", resources: [named, beside(encryptionType, { rules: [{}] })], says: unsaid },
  {
    it: "fails if it is another bucket's",
    resources: [named, beside(encryptionType, by("AES256"), "other")],
    says: unsaid,
  },
  { it: "fails in prod if only AWS knows", resources: [bucket], unknown: "serverSideEncryptionConfiguration" },
  {
    it: "fails in prod if the algorithm cannot be known",
    resources: [bucket, beside(encryptionType, by(unknown.text))],
    unknown: "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
  },
]);

const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const tls = (change: object = {}) =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        ...change,
      },
    ],
  });
const plainText = ["lake: lake can be read without TLS. Deny it where aws:SecureTransport is false"];

testsOf(bucketTlsOnly, [
  { it: "passes if its policy denies it", resources: [bucket, beside(policyType, { policy: tls() })] },
  {
    it: "passes if everybody is written in the other way",
    resources: [bucket, beside(policyType, { policy: tls({ Principal: { AWS: ["*"] }, Action: ["S3:*"] }) })],
  },
  {
    it: "passes if the other provider's policy denies it",
    resources: [bucket, beside("aws-native:s3:BucketPolicy", { policyDocument: JSON.parse(tls()) })],
  },
  { it: "fails if it has no policy", resources: [bucket], says: plainText },
  {
    it: "fails if the policy is another bucket's",
    resources: [bucket, beside(policyType, { policy: tls() }, "other")],
    says: plainText,
  },
  ...Object.entries({
    "allows instead": { Effect: "Allow" },
    "denies one account": { Principal: { AWS: "arn:aws:iam::123456789012:root" } },
    "denies reading alone": { Action: "s3:GetObject" },
    "denies TLS": { Condition: { Bool: { "aws:SecureTransport": "true" } } },
    "denies it all": { Condition: undefined },
  }).map(([title, change]) => ({
    it: `fails if the policy ${title}`,
    resources: [bucket, beside(policyType, { policy: tls(change) })],
    says: plainText,
  })),
  {
    it: "waits if the policy cannot be known",
    resources: [bucket, beside(policyType, { policy: unknown.text })],
    unknown: "policy",
  },
]);
