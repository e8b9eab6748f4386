/** Managed policies for the people and services that set up log delivery (reference 9.1 and 9.2). */
import { Policy } from "@pulumi/aws/iam/policy.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { arnHere, type Deployment } from "./deployment.ts";
import { policyDocument, type Statement } from "./policy-document.ts";

export interface DeliveryRightsArgs {
  readonly landingArn: Input<string>;
  readonly vendedStreamArns: readonly Input<string>[];
  readonly deployment: Deployment;
}

/** What a policy lets its holder set up. */
export type DeliveryRight = "toCloudWatchLogs" | "toS3" | "toFirehose" | "vended";

export class DeliveryRights extends ComponentResource {
  readonly policyArns: Readonly<Record<DeliveryRight, Output<string>>>;

  constructor(name: string, args: DeliveryRightsArgs, opts?: ComponentResourceOptions) {
    super("aircheck:rights:DeliveryRights", name, {}, opts);
    const policy = (suffix: string, description: string, statements: readonly Statement[]) =>
      new Policy(`${name}-${suffix}`, { description, policy: policyDocument(statements) }, { parent: this }).arn;
    const { deployment } = args;
    this.policyArns = {
      toCloudWatchLogs: policy("logs", "Set up log delivery to CloudWatch Logs", [
        createLogDelivery,
        ...logsStatements(deployment),
      ]),
      toS3: policy("s3", "Set up log delivery to the landing bucket", [
        createLogDelivery,
        s3Statement(args.landingArn),
      ]),
      toFirehose: policy("firehose", "Set up log delivery to Firehose", [
        createLogDelivery,
        ...firehoseStatements(args),
      ]),
      vended: policy("vended", "Set up vended log delivery of MediaPackage v2 and MediaTailor", [
        ...vendedStatements(deployment),
        ...firehoseStatements(args),
      ]),
    };
    this.registerOutputs({ policyArns: this.policyArns });
  }
}

/** The one action of every set-up of the older kind; it has no resource to name. */
const createLogDelivery: Statement = { Sid: "CreateLogDelivery", Action: "logs:CreateLogDelivery", Resource: "*" };

/** These actions look at all log groups of the account: a single one does not work (reference 9.1). */
function logsStatements(deployment: Deployment): readonly Statement[] {
  return [
    {
      Sid: "LogGroupPolicies",
      Action: ["logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"],
      Resource: arnHere(deployment, "logs", "*"),
    },
  ];
}

function s3Statement(bucketArn: Input<string>): Statement {
  return { Sid: "BucketPolicy", Action: ["s3:GetBucketPolicy", "s3:PutBucketPolicy"], Resource: bucketArn };
}

function firehoseStatements({ vendedStreamArns, deployment }: DeliveryRightsArgs): readonly Statement[] {
  const { partition, accountId } = deployment;
  const everyStream = arnHere(deployment, "firehose", "deliverystream/*");
  return [
    {
      Sid: "TagStreams",
      Action: "firehose:TagDeliveryStream",
      Resource: vendedStreamArns.length > 0 ? vendedStreamArns : everyStream,
    },
    {
      Sid: "DeliveryRole",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `arn:${partition}:iam::${accountId}:role/aws-service-role/delivery.logs.amazonaws.com/AWSServiceRoleForLogDelivery`,
      Condition: { StringEquals: { "iam:AWSServiceName": "delivery.logs.amazonaws.com" } },
    },
  ];
}

function vendedStatements(deployment: Deployment): readonly Statement[] {
  return [
    {
      Sid: "Deliveries",
      Action: [
        "logs:CreateDelivery",
        "logs:DeleteDelivery",
        "logs:DeleteDeliveryDestination",
        "logs:DeleteDeliveryDestinationPolicy",
        "logs:DeleteDeliverySource",
        "logs:GetDelivery",
        "logs:GetDeliveryDestination",
        "logs:GetDeliveryDestinationPolicy",
        "logs:GetDeliverySource",
        "logs:PutDeliveryDestination",
        "logs:PutDeliveryDestinationPolicy",
        "logs:PutDeliverySource",
        "logs:UpdateDeliveryConfiguration",
      ],
      Resource: ["delivery:*", "delivery-source:*", "delivery-destination:*"].map((kind) =>
        arnHere(deployment, "logs", kind),
      ),
    },
    {
      Sid: "FindDeliveries",
      Action: [
        "logs:DescribeConfigurationTemplates",
        "logs:DescribeDeliveries",
        "logs:DescribeDeliveryDestinations",
        "logs:DescribeDeliverySources",
      ],
      Resource: "*",
    },
    {
      Sid: "AllowSources",
      Action: ["mediapackagev2:AllowVendedLogDeliveryForResource", "mediatailor:AllowVendedLogDeliveryForResource"],
      Resource: [
        arnHere(deployment, "mediapackagev2", "channelGroup/*"),
        arnHere(deployment, "mediatailor", "playbackConfiguration/*"),
      ],
    },
  ];
}
