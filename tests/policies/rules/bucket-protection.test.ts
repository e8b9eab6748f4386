import {
  bucketEncrypted,
  bucketPrivate,
  bucketTlsOnly,
  nativeBucket,
} from "../../../policies/rules/bucket-protection.ts";
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
  { it: "fails if there is none", resources: [bucket], says: open },
  {
    it: "fails if one of two blocks is open, for the last one written holds",
    resources: [bucket, beside(blockType, shut), beside(blockType, { ...shut, restrictPublicBuckets: false })],
    says: open,
  },
  {
    it: "fails if the block names another bucket, made from this one's name",
    resources: [named, { ...beside(blockType, shut), props: { bucket: "media-lake-staging", ...shut } }],
    says: open,
  },
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

/** A bucket after the first update: AWS has filled in what nobody said. */
const filled: Given = {
  ...named,
  props: { ...named.props, serverSideEncryptionConfiguration: { rule: by("AES256").rules[0] } },
};

testsOf(bucketEncrypted, [
  { it: "passes if it says so beside the bucket", resources: [bucket, beside(encryptionType, by("AES256"))] },
  { it: "fails if only AWS says so", resources: [filled, bucket], says: [...unsaid, ...unsaid] },
  { it: "fails if no algorithm is named", resources: [named, beside(encryptionType, { rules: [{}] })], says: unsaid },
  { it: "fails if there is no rule", resources: [named, beside(encryptionType, { rules: [] })], says: unsaid },
  {
    it: "fails if it is another bucket's",
    resources: [named, beside(encryptionType, by("AES256"), "other")],
    says: unsaid,
  },
  {
    it: "fails in prod if the algorithm cannot be known",
    resources: [bucket, beside(encryptionType, by(unknown.text))],
    unknown: "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
  },
]);

const encrypted = (sseAlgorithm: unknown) => ({
  bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm } }] },
});

testsOf(nativeBucket, [
  {
    it: "passes if it says both",
    resources: [native({ publicAccessBlockConfiguration: shut, ...encrypted("aws:kms") })],
  },
  { it: "fails if it says neither", resources: [native({})], says: [...open, ...unsaid] },
  {
    it: "fails if one of the four is left open",
    resources: [
      native({ publicAccessBlockConfiguration: { ...shut, blockPublicAcls: false }, ...encrypted("AES256") }),
    ],
    says: open,
  },
  {
    it: "fails in prod if the algorithm cannot be known",
    resources: [native({ publicAccessBlockConfiguration: shut, ...encrypted(unknown.text) })],
    unknown: "bucketEncryption.serverSideEncryptionConfiguration.0.serverSideEncryptionByDefault.sseAlgorithm",
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
        Resource: ["arn:aws:s3:::media-lake", "arn:aws:s3:::media-lake/*"],
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
  {
    it: "passes if it is written for both kinds of requests, and for all buckets",
    resources: [
      named,
      beside(policyType, {
        policy: tls({ Resource: "*", Condition: { BoolIfExists: { "AWS:SecureTransport": false } } }),
      }),
    ],
  },
  {
    it: "fails if one of two policies does not, for the last one written holds",
    resources: [bucket, beside(policyType, { policy: tls() }), beside(policyType, { policy: "{}" })],
    says: plainText,
  },
  {
    it: "fails if it is about another bucket",
    resources: [
      named,
      beside(policyType, { policy: tls({ Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] }) }),
    ],
    says: plainText,
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
    "denies part of it": { Resource: "arn:aws:s3:::media-lake/public/*" },
    "denies objects alone": { Resource: "arn:aws:s3:::media-lake/*" },
    "denies one account alone": {
      Condition: {
        Bool: { "aws:SecureTransport": "false" },
        StringEquals: { "aws:PrincipalAccount": "123456789012" },
      },
    },
    "denies where it is not false": { Condition: { StringEquals: { "aws:SecureTransport": "false" } } },
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
