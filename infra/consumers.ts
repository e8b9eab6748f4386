/** What other teams may do: read the lake's tables through the workgroup, and nothing else. */
import { Policy } from "@pulumi/aws/iam/policy.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { arnHere, type Deployment } from "./deployment.ts";
import { keyStatements, policyDocument, type Statement } from "./policy-document.ts";
import { resultsPrefix } from "./query.ts";
import { type BucketRef, lakePrefix } from "./storage.ts";

/** What reading the lake is about: where it is, and through what it is read. */
export interface LakeRights {
  readonly lake: BucketRef;
  readonly results: BucketRef;
  readonly database: Output<string>;
  readonly workgroupArn: Output<string>;
  readonly kmsKeyArn?: string | undefined;
  readonly deployment: Deployment;
}

export interface LakeReaderArgs {
  readonly rights: LakeRights;
  /** ARNs of roles, users and accounts that may assume the reader's role; without any there is none. */
  readonly principals: readonly string[];
}

/**
 * A managed policy that lets whoever has it query the lake, and a role with it for the principals of other accounts.
 *
 * A role, for the other way, a resource policy of the Glue catalog, is one per account and region and would be taken from
 * whoever else wrote it.
 */
export class LakeReader extends ComponentResource {
  readonly policyArn: Output<string>;
  /** Known once the role may read. */
  readonly roleArn: Output<string> | undefined;

  constructor(name: string, { rights, principals }: LakeReaderArgs, opts?: ComponentResourceOptions) {
    super("aircheck:rights:LakeReader", name, {}, opts);
    const policy = new Policy(
      name,
      { description: "Query the aircheck lake, read only", policy: policyDocument(readerStatements(rights)) },
      { parent: this },
    );
    this.policyArn = policy.arn;
    this.roleArn = principals.length > 0 ? readerRole(name, policy.arn, principals, this) : undefined;
    this.registerOutputs({ policyArn: this.policyArn, roleArn: this.roleArn });
  }
}

function readerRole(
  name: string,
  policyArn: Output<string>,
  principals: readonly string[],
  parent: ComponentResource,
): Output<string> {
  const role = new Role(
    name,
    {
      description: "Consumers of the aircheck lake assume it to query",
      assumeRolePolicy: policyDocument([{ Principal: { AWS: principals }, Action: "sts:AssumeRole" }]),
    },
    { parent },
  );
  const attachment = new RolePolicyAttachment(name, { role: role.name, policyArn }, { parent });
  return attachment.id.apply(() => role.arn);
}

/** Querying the lake's tables through the workgroup, and nothing else. */
export function readerStatements(rights: LakeRights): readonly Statement[] {
  const { lake, results, database, workgroupArn, kmsKeyArn, deployment } = rights;
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
      Action: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      Resource: interpolate`${results.arn}/${resultsPrefix}*`,
    },
    { Sid: "FindResults", Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"], Resource: results.arn },
    // Athena looks up the regions of both.
    { Sid: "FindBuckets", Action: "s3:GetBucketLocation", Resource: [lake.arn, results.arn] },
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
