/** What other teams may do: read the lake's tables through the workgroup, and nothing else. */
import { Policy } from "@pulumi/aws/iam/policy.js";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { arnHere, type Deployment } from "./deployment.ts";
import { keyStatements, policyDocument, type Statement } from "./policy-document.ts";
import { resultsPrefix } from "./query.ts";
import { type BucketRef, lakePrefix } from "./storage.ts";

export interface LakeReaderArgs {
  readonly lake: BucketRef;
  readonly results: BucketRef;
  readonly database: Output<string>;
  readonly workgroupArn: Output<string>;
  readonly kmsKeyArn?: string | undefined;
  readonly deployment: Deployment;
}

/** A managed policy that lets whoever has it query the lake. */
export class LakeReader extends ComponentResource {
  readonly policyArn: Output<string>;

  constructor(name: string, args: LakeReaderArgs, opts?: ComponentResourceOptions) {
    super("aircheck:rights:LakeReader", name, {}, opts);
    const policy = new Policy(
      name,
      { description: "Query the aircheck lake, read only", policy: policyDocument(readerStatements(args)) },
      { parent: this },
    );
    this.policyArn = policy.arn;
    this.registerOutputs({ policyArn: this.policyArn });
  }
}

function readerStatements(args: LakeReaderArgs): readonly Statement[] {
  const { lake, results, database, workgroupArn, kmsKeyArn, deployment } = args;
  return [
    {
      Sid: "Query",
      Action: [
        "athena:GetNamedQuery",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetWorkGroup",
        "athena:ListNamedQueries",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: workgroupArn,
    },
    {
      Sid: "ReadTables",
      Action: ["glue:GetDatabase", "glue:GetTable", "glue:GetTables", "glue:GetPartitions"],
      Resource: [
        arnHere(deployment, "glue", "catalog"),
        interpolate`${arnHere(deployment, "glue", "database/")}${database}`,
        interpolate`${arnHere(deployment, "glue", "table/")}${database}/*`,
      ],
    },
    { Sid: "ReadLake", Action: "s3:GetObject", Resource: interpolate`${lake.arn}/${lakePrefix}*` },
    {
      Sid: "ListLake",
      Action: "s3:ListBucket",
      Resource: lake.arn,
      Condition: { StringLike: { "s3:prefix": [`${lakePrefix}*`] } },
    },
    {
      Sid: "KeepResults",
      Action: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"],
      Resource: interpolate`${results.arn}/${resultsPrefix}*`,
    },
    { Sid: "FindResults", Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: results.arn },
    ...keyStatements(kmsKeyArn, "kms:Decrypt", "kms:GenerateDataKey"),
  ];
}

/** Read access of principals, which may be of other accounts, for the lake bucket's policy. */
export function consumerStatements(bucketArn: Output<string>, principals: readonly string[]): readonly Statement[] {
  if (principals.length === 0) return [];
  return [
    {
      Sid: "ConsumersRead",
      Principal: { AWS: principals },
      Action: "s3:GetObject",
      Resource: interpolate`${bucketArn}/${lakePrefix}*`,
    },
    {
      Sid: "ConsumersList",
      Principal: { AWS: principals },
      Action: "s3:ListBucket",
      Resource: bucketArn,
      Condition: { StringLike: { "s3:prefix": [`${lakePrefix}*`] } },
    },
  ];
}
