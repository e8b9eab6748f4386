/** The buckets: raw objects as they land, the lake, and results of queries. */
import { getBucketOutput } from "@pulumi/aws/s3/getBucket.js";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { Catalog } from "../catalog/index.ts";
import type { RetentionDays } from "./config/presets.ts";
import type { Statement } from "./policy-document.ts";
import { type Expiry, PrivateBucket } from "./private-bucket.ts";
import { resultsPrefix } from "./query.ts";

/** Prefix of the tables in the lake bucket; ends in a slash. */
export const lakePrefix = "lake/";

/** Where the percentages stand that MediaTailor logs (design: sampling is carried to the answer). */
export const samplingKey = "config/sampling.json";

export interface BucketRef {
  readonly name: Output<string>;
  readonly arn: Output<string>;
  /** The name, known once the bucket is ready for use. */
  readonly writable: Output<string>;
}

export interface StorageArgs {
  readonly catalog: Catalog;
  readonly retentionDays: RetentionDays;
  readonly kmsKeyArn?: string | undefined;
  readonly existingLakeBucket?: string | undefined;
  /** Raw objects of production are kept when the stack goes: nothing else could make the lake again. */
  readonly keepLanding: boolean;
  readonly landingStatements: (bucketArn: Output<string>) => readonly Statement[];
  readonly lakeStatements: (bucketArn: Output<string>) => readonly Statement[];
}

export class Storage extends ComponentResource {
  readonly landing: BucketRef;
  readonly lake: BucketRef;
  readonly results: BucketRef;

  constructor(name: string, args: StorageArgs, opts?: ComponentResourceOptions) {
    super("aircheck:storage:Storage", name, {}, opts);
    const child = { parent: this };
    const { retentionDays, kmsKeyArn } = args;
    const noncurrentDays = retentionDays.noncurrent;
    this.landing = new PrivateBucket(
      `${name}-landing`,
      {
        // Firehose may write an object a second time; the function reads the version that it was told of.
        versioned: true,
        noncurrentDays,
        kmsKeyArn,
        expiries: [{ id: "expire", prefix: "", days: retentionDays.landing }],
        onDestroy: args.keepLanding ? "keep" : "remove",
        statements: args.landingStatements,
      },
      child,
    );
    this.lake = args.existingLakeBucket
      ? existingBucket(args.existingLakeBucket)
      : new PrivateBucket(
          `${name}-lake`,
          {
            versioned: true,
            noncurrentDays,
            // Old versions of the percentages are the weights of older rows, and of configurations taken out since.
            noncurrentPrefix: lakePrefix,
            kmsKeyArn,
            expiries: lakeExpiries(args.catalog, retentionDays),
            onDestroy: "keep",
            statements: args.lakeStatements,
          },
          child,
        );
    this.results = new PrivateBucket(
      `${name}-results`,
      {
        versioned: false,
        noncurrentDays,
        kmsKeyArn,
        expiries: [{ id: "expire", prefix: resultsPrefix, days: retentionDays.results }],
        onDestroy: "remove",
      },
      child,
    );
    this.registerOutputs({ landing: this.landing.name, lake: this.lake.name, results: this.results.name });
  }
}

/** Looked up, so that a name that is wrong fails before anything writes to it. */
function existingBucket(name: string): BucketRef {
  const found = getBucketOutput({ bucket: name });
  return { name: found.bucket, arn: found.arn, writable: found.bucket };
}

/** The days of each table, by what kind of log it holds. */
export function lakeExpiries(catalog: Catalog, days: RetentionDays): readonly Expiry[] {
  const tables = catalog.tables.map(({ id }) => ({
    id: `expire-${id}`,
    prefix: `${lakePrefix}${id}/`,
    days: days[tableClass(id)],
  }));
  return [...tables, { id: "expire-rejects", prefix: `${lakePrefix}${catalog.rejects.id}/`, days: days.rejects }];
}

/** A table that nobody has classed is kept as long as the audit trail: too long is better than lost. */
function tableClass(tableId: string): "access" | "ads" | "audit" {
  if (tableId.startsWith("mediapackage_")) return "access";
  return tableId.startsWith("mediatailor_") ? "ads" : "audit";
}
