/** What whoever runs `pulumi up` has to be allowed to do, by type of resource: the source of the deployer's policy. */

/** Actions by the type that needs them. A test says when a type of the program is missing here, or one here is no longer used. */
export const deployerActions: Readonly<Record<string, readonly string[]>> = {
  "aws-native:mediatailor:PlaybackConfiguration": [
    // Cloud Control is what the native provider speaks, with the rights of whoever calls it.
    "cloudformation:CreateResource",
    "cloudformation:DeleteResource",
    "cloudformation:GetResource",
    "cloudformation:GetResourceRequestStatus",
    "cloudformation:UpdateResource",
    "mediatailor:ConfigureLogsForPlaybackConfiguration",
    "mediatailor:DeletePlaybackConfiguration",
    "mediatailor:GetPlaybackConfiguration",
    "mediatailor:ListTagsForResource",
    "mediatailor:PutPlaybackConfiguration",
    "mediatailor:TagResource",
    "mediatailor:UntagResource",
  ],
  "aws:athena/namedQuery:NamedQuery": [
    "athena:CreateNamedQuery",
    "athena:DeleteNamedQuery",
    "athena:GetNamedQuery",
    "athena:UpdateNamedQuery",
  ],
  "aws:athena/workgroup:Workgroup": [
    "athena:CreateWorkGroup",
    "athena:DeleteWorkGroup",
    "athena:GetWorkGroup",
    "athena:ListTagsForResource",
    "athena:TagResource",
    "athena:UntagResource",
    "athena:UpdateWorkGroup",
  ],
  "aws:cloudtrail/trail:Trail": [
    "cloudtrail:AddTags",
    "cloudtrail:CreateTrail",
    "cloudtrail:DeleteTrail",
    "cloudtrail:DescribeTrails",
    "cloudtrail:GetEventSelectors",
    "cloudtrail:GetInsightSelectors",
    "cloudtrail:GetTrail",
    "cloudtrail:GetTrailStatus",
    "cloudtrail:ListTags",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:RemoveTags",
    "cloudtrail:StartLogging",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateTrail",
    "organizations:DescribeOrganization",
    "organizations:ListAWSServiceAccessForOrganization",
  ],
  "aws:cloudwatch/dashboard:Dashboard": [
    "cloudwatch:DeleteDashboards",
    "cloudwatch:GetDashboard",
    "cloudwatch:PutDashboard",
  ],
  "aws:cloudwatch/logDelivery:LogDelivery": [
    "logs:CreateDelivery",
    "logs:DeleteDelivery",
    "logs:DescribeDeliveries",
    "logs:GetDelivery",
    "logs:UpdateDeliveryConfiguration",
    "firehose:TagDeliveryStream",
    "mediapackagev2:AllowVendedLogDeliveryForResource",
    "mediatailor:AllowVendedLogDeliveryForResource",
  ],
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [
    "logs:DeleteDeliveryDestination",
    "logs:GetDeliveryDestination",
    "logs:PutDeliveryDestination",
  ],
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": [
    "logs:DeleteDeliverySource",
    "logs:GetDeliverySource",
    "logs:PutDeliverySource",
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    "logs:AssociateKmsKey",
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:DescribeLogGroups",
    "logs:DisassociateKmsKey",
    "logs:ListTagsForResource",
    "logs:PutRetentionPolicy",
    "logs:TagResource",
    "logs:UntagResource",
  ],
  "aws:cloudwatch/logStream:LogStream": ["logs:CreateLogStream", "logs:DeleteLogStream", "logs:DescribeLogStreams"],
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": [
    "logs:DeleteSubscriptionFilter",
    "logs:DescribeSubscriptionFilters",
    "logs:PutSubscriptionFilter",
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    "cloudwatch:DeleteAlarms",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:ListTagsForResource",
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:TagResource",
    "cloudwatch:UntagResource",
  ],
  "aws:glue/catalogDatabase:CatalogDatabase": [
    "glue:CreateDatabase",
    "glue:DeleteDatabase",
    "glue:GetDatabase",
    "glue:GetTags",
    "glue:TagResource",
    "glue:UntagResource",
    "glue:UpdateDatabase",
  ],
  "aws:glue/catalogTable:CatalogTable": [
    "glue:CreateTable",
    "glue:DeleteTable",
    "glue:GetPartitionIndexes",
    "glue:GetTable",
    "glue:UpdateTable",
  ],
  "aws:iam/policy:Policy": [
    "iam:CreatePolicy",
    "iam:CreatePolicyVersion",
    "iam:DeletePolicy",
    "iam:DeletePolicyVersion",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:ListPolicyVersions",
    "iam:TagPolicy",
    "iam:UntagPolicy",
  ],
  "aws:iam/role:Role": [
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:GetRole",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    // To find out whether an adopted role works.
    "iam:SimulatePrincipalPolicy",
  ],
  "aws:iam/rolePolicy:RolePolicy": ["iam:DeleteRolePolicy", "iam:GetRolePolicy", "iam:PutRolePolicy"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
    "firehose:CreateDeliveryStream",
    "firehose:DeleteDeliveryStream",
    "firehose:DescribeDeliveryStream",
    "firehose:ListTagsForDeliveryStream",
    "firehose:StartDeliveryStreamEncryption",
    "firehose:StopDeliveryStreamEncryption",
    "firehose:TagDeliveryStream",
    "firehose:UntagDeliveryStream",
    "firehose:UpdateDestination",
  ],
  "aws:lambda/eventSourceMapping:EventSourceMapping": [
    "lambda:CreateEventSourceMapping",
    "lambda:DeleteEventSourceMapping",
    "lambda:GetEventSourceMapping",
    "lambda:ListTags",
    "lambda:UpdateEventSourceMapping",
  ],
  "aws:lambda/function:Function": [
    "lambda:CreateFunction",
    "lambda:DeleteFunction",
    "lambda:DeleteFunctionConcurrency",
    "lambda:GetFunction",
    "lambda:GetFunctionCodeSigningConfig",
    "lambda:ListVersionsByFunction",
    "lambda:PutFunctionConcurrency",
    "lambda:TagResource",
    "lambda:UntagResource",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
  ],
  "aws:lambda/invocation:Invocation": ["lambda:InvokeFunction"],
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": [
    "rds:AddTagsToResource",
    "rds:CreateDBClusterParameterGroup",
    "rds:DeleteDBClusterParameterGroup",
    "rds:DescribeDBClusterParameterGroups",
    "rds:DescribeDBClusterParameters",
    "rds:ListTagsForResource",
    "rds:ModifyDBClusterParameterGroup",
    "rds:RemoveTagsFromResource",
    "rds:ResetDBClusterParameterGroup",
  ],
  "aws:s3/bucket:Bucket": [
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:GetAccelerateConfiguration",
    "s3:GetBucketAcl",
    "s3:GetBucketCORS",
    "s3:GetBucketLogging",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketRequestPayment",
    "s3:GetBucketTagging",
    "s3:GetBucketWebsite",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
    "s3:ListBucketVersions",
    "s3:PutBucketTagging",
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    "s3:GetLifecycleConfiguration",
    "s3:PutLifecycleConfiguration",
  ],
  "aws:s3/bucketNotification:BucketNotification": ["s3:GetBucketNotification", "s3:PutBucketNotification"],
  "aws:s3/bucketObjectv2:BucketObjectv2": [
    "s3:GetObject",
    "s3:GetObjectTagging",
    "s3:PutObject",
    "s3:PutObjectTagging",
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
    "s3:GetBucketOwnershipControls",
    "s3:PutBucketOwnershipControls",
  ],
  "aws:s3/bucketPolicy:BucketPolicy": ["s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketPolicy"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    "s3:GetBucketPublicAccessBlock",
    "s3:PutBucketPublicAccessBlock",
  ],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    "s3:GetEncryptionConfiguration",
    "s3:PutEncryptionConfiguration",
  ],
  "aws:s3/bucketVersioning:BucketVersioning": ["s3:GetBucketVersioning", "s3:PutBucketVersioning"],
  "aws:sns/topic:Topic": [
    "sns:CreateTopic",
    "sns:DeleteTopic",
    "sns:GetTopicAttributes",
    "sns:ListTagsForResource",
    "sns:SetTopicAttributes",
    "sns:TagResource",
    "sns:UntagResource",
  ],
  "aws:sns/topicPolicy:TopicPolicy": ["sns:GetTopicAttributes", "sns:SetTopicAttributes"],
  "aws:sns/topicSubscription:TopicSubscription": [
    "sns:GetSubscriptionAttributes",
    "sns:SetSubscriptionAttributes",
    "sns:Subscribe",
    "sns:Unsubscribe",
  ],
  "aws:sqs/queue:Queue": [
    "sqs:CreateQueue",
    "sqs:DeleteQueue",
    "sqs:GetQueueAttributes",
    "sqs:ListQueueTags",
    "sqs:SetQueueAttributes",
    "sqs:TagQueue",
    "sqs:UntagQueue",
  ],
  "aws:sqs/queuePolicy:QueuePolicy": ["sqs:GetQueueAttributes", "sqs:SetQueueAttributes"],
};

/** Services that roles of this program are passed to. */
export const passedTo = ["firehose.amazonaws.com", "lambda.amazonaws.com", "logs.amazonaws.com"] as const;

/** Services whose own roles appear when they are first used. */
export const serviceLinkedTo = ["delivery.logs.amazonaws.com", "mediatailor.amazonaws.com"] as const;

export interface DeployerPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: string;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  }[];
}

/** Longest document of a managed policy, in characters without white space. */
const longestPolicy = 6144;

/**
 * The policies of whoever deploys, as many as IAM's limit of their length asks for: a statement for each service, and two
 * for roles. Physical names are generated, so resources cannot be named.
 */
export function deployerPolicies(): readonly DeployerPolicy[] {
  const policies: DeployerPolicy[] = [];
  for (const statement of statements()) {
    const last = policies.at(-1);
    const longer: DeployerPolicy = { Version: "2012-10-17", Statement: [...(last?.Statement ?? []), statement] };
    const fits = last && JSON.stringify(longer).length <= longestPolicy;
    policies.splice(fits ? -1 : policies.length, fits ? 1 : 0, fits ? longer : { ...longer, Statement: [statement] });
  }
  return policies;
}

function statements(): DeployerPolicy["Statement"] {
  const services = new Map<string, Set<string>>([["sts", new Set(["sts:GetCallerIdentity"])]]);
  for (const action of Object.values(deployerActions).flat()) {
    const service = action.slice(0, action.indexOf(":"));
    const actions = services.get(service) ?? new Set();
    services.set(service, actions.add(action));
  }
  return [
    ...[...services].sort().map(([service, actions]) => ({
      Sid: service.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
      Effect: "Allow" as const,
      Action: [...actions].sort(),
      Resource: "*",
    })),
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: "*",
      Condition: { StringEquals: { "iam:PassedToService": passedTo } },
    },
    {
      Sid: "ServiceLinkedRoles",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: "*",
      Condition: { StringEquals: { "iam:AWSServiceName": serviceLinkedTo } },
    },
  ];
}
