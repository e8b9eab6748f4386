/** CloudTrail: who changed a channel, a playback configuration, its logging. */
import { Trail as CloudTrail } from "@pulumi/aws/cloudtrail/trail.js";
import { ComponentResource, type ComponentResourceOptions, type Input, interpolate, type Output } from "@pulumi/pulumi";
import { arnHere, type Deployment } from "./deployment.ts";
import type { Statement } from "./policy-document.ts";

export interface Organization {
  readonly id: string;
  readonly accounts: readonly string[];
}

export interface MediaTrailArgs {
  readonly bucketWritable: Input<string>;
  readonly multiRegion: boolean;
  readonly organization?: Organization | undefined;
  /** Also calls that change nothing. */
  readonly readEvents: boolean;
  readonly kmsKeyArn?: string | undefined;
  readonly deployment: Deployment;
}

/** Given, because the bucket's policy has to name the trail before there is one. */
export const trailName = ({ stack }: Deployment) => `aircheck-${stack}`;

/** CloudTrail cannot choose management events by service; these two would be most of the volume, and are never media calls. */
const excludedSources = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

export class MediaTrail extends ComponentResource {
  readonly arn: Output<string>;

  constructor(name: string, args: MediaTrailArgs, opts?: ComponentResourceOptions) {
    super("aircheck:audit:MediaTrail", name, {}, opts);
    const trail = new CloudTrail(
      name,
      {
        name: trailName(args.deployment),
        s3BucketName: args.bucketWritable,
        enableLogFileValidation: true,
        includeGlobalServiceEvents: args.multiRegion,
        isMultiRegionTrail: args.multiRegion,
        isOrganizationTrail: args.organization !== undefined,
        ...(args.kmsKeyArn && { kmsKeyId: args.kmsKeyArn }),
        eventSelectors: [
          {
            includeManagementEvents: true,
            readWriteType: args.readEvents ? "All" : "WriteOnly",
            excludeManagementEventSources: excludedSources,
          },
        ],
      },
      { parent: this },
    );
    this.arn = trail.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** What the bucket's policy grants CloudTrail (reference 5.4). */
export function trailStatements(
  bucketArn: Output<string>,
  deployment: Deployment,
  organization: Organization | undefined,
): readonly Statement[] {
  const trailArn = arnHere(deployment, "cloudtrail", `trail/${trailName(deployment)}`);
  const owners = [deployment.accountId, ...(organization ? [organization.id] : [])];
  const principal = { Service: "cloudtrail.amazonaws.com" };
  return [
    {
      Sid: "AWSCloudTrailAclCheck20150319",
      Principal: principal,
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      Sid: "AWSCloudTrailWrite20150319",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: owners.map((owner) => interpolate`${bucketArn}/AWSLogs/${owner}/*`),
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn } },
    },
  ];
}
