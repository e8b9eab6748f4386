/** A bucket as every bucket here has to be: private, TLS only, encrypted, with a life cycle. */
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./policy-document.ts";

/** Objects below a prefix, and the days after which they go. */
export interface Expiry {
  readonly id: string;
  /** Ends in a slash; empty for the whole bucket. */
  readonly prefix: string;
  readonly days: number;
}

export interface PrivateBucketArgs {
  /** Keeps what is overwritten or deleted: for `noncurrentDays` below `noncurrentPrefix`, elsewhere for good. */
  readonly versioned: boolean;
  readonly noncurrentDays: number;
  /** Ends in a slash; the whole bucket where it is left out. */
  readonly noncurrentPrefix?: string | undefined;
  readonly kmsKeyArn?: string | undefined;
  readonly expiries: readonly Expiry[];
  /** `keep`: the bucket outlives the stack. `remove`: it goes with the stack, objects and all. */
  readonly onDestroy: "keep" | "remove";
  /** Statements of the bucket's policy beside the one for TLS. */
  readonly statements?: (bucketArn: Output<string>) => readonly Statement[];
}

export class PrivateBucket extends ComponentResource {
  readonly name: Output<string>;
  readonly arn: Output<string>;
  /** Known once the policy is in force, for services that try to write as soon as they are set up. */
  readonly writable: Output<string>;

  constructor(name: string, args: PrivateBucketArgs, opts?: ComponentResourceOptions) {
    super("aircheck:storage:PrivateBucket", name, {}, opts);
    // What protects a bucket has to stay as long as the bucket does.
    const child = { parent: this, retainOnDelete: args.onDestroy === "keep" };
    const made = new Bucket(name, { forceDestroy: args.onDestroy === "remove" }, child);
    const bucket = made.bucket;
    const shut = new BucketPublicAccessBlock(
      name,
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      child,
    );
    new BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, child);
    new BucketServerSideEncryptionConfiguration(
      name,
      {
        bucket,
        rules: [
          args.kmsKeyArn
            ? {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.kmsKeyArn },
                bucketKeyEnabled: true,
              }
            : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ],
      },
      child,
    );
    const versioning = new BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: args.versioned ? "Enabled" : "Suspended" } },
      child,
    );
    new BucketLifecycleConfiguration(
      name,
      { bucket, rules: lifecycleRules(args) },
      // A rule about old versions is refused while the bucket has none.
      { ...child, dependsOn: [versioning] },
    );
    const policy = new BucketPolicy(
      name,
      { bucket, policy: policyDocument([tlsOnly(made.arn), ...(args.statements?.(made.arn) ?? [])]) },
      // S3 refuses two changes of a bucket's access at once.
      { ...child, dependsOn: [shut] },
    );
    this.name = bucket;
    this.arn = made.arn;
    this.writable = policy.id.apply(() => bucket);
    this.registerOutputs({ name: this.name, arn: this.arn });
  }
}

function lifecycleRules({ expiries, noncurrentDays, noncurrentPrefix = "" }: PrivateBucketArgs) {
  return [
    ...expiries.map(({ id, prefix, days }) => ({
      id,
      status: "Enabled",
      filter: { prefix },
      expiration: { days },
    })),
    {
      id: "old-versions",
      status: "Enabled",
      filter: { prefix: noncurrentPrefix },
      noncurrentVersionExpiration: { noncurrentDays },
    },
    {
      id: "tidy",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 2 },
    },
  ];
}

function tlsOnly(bucketArn: Output<string>): Statement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, interpolate`${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
