/**
 * A stand-in for the engine: records what is registered, and throws on every type and function that it does not know, so that
 * a new kind of resource needs a new line here and a look at it.
 */
import { runtime } from "@pulumi/pulumi";

export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

type Inputs = Readonly<Record<string, unknown>>;

/** What AWS would add to the inputs of a resource. */
type Outputs = (name: string, inputs: Inputs) => Inputs;

const account = "123456789012";
const region = "us-west-2";

const named =
  (key: string, arn?: (physical: string) => string): Outputs =>
  (name, inputs) => {
    const physical = String(inputs[key] ?? `${name}-1234567`);
    return { [key]: physical, ...(arn && { arn: arn(physical) }) };
  };
const none: Outputs = () => ({});
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;

const known: Readonly<Record<string, Outputs>> = {
  "aws:athena/namedQuery:NamedQuery": none,
  "aws:athena/workgroup:Workgroup": named("name", (name) => arn("athena", `workgroup/${name}`)),
  "aws:cloudtrail/trail:Trail": named("name", (name) => arn("cloudtrail", `trail/${name}`)),
  "aws:cloudwatch/dashboard:Dashboard": none,
  "aws:cloudwatch/logDelivery:LogDelivery": none,
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": named("name", (name) =>
    arn("logs", `delivery-destination:${name}`),
  ),
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": named("name", (name) => arn("logs", `delivery-source:${name}`)),
  "aws:cloudwatch/logGroup:LogGroup": named("name", (name) => arn("logs", `log-group:${name}`)),
  "aws:cloudwatch/logStream:LogStream": named("name"),
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": named("name"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": named("name"),
  "aws:glue/catalogDatabase:CatalogDatabase": named("name"),
  "aws:glue/catalogTable:CatalogTable": named("name"),
  "aws:iam/policy:Policy": named("name", (name) => `arn:aws:iam::${account}:policy/${name}`),
  "aws:iam/role:Role": named("name", (name) => `arn:aws:iam::${account}:role/${name}`),
  "aws:iam/rolePolicy:RolePolicy": named("name"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": none,
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": named("name", (name) =>
    arn("firehose", `deliverystream/${name}`),
  ),
  "aws:lambda/eventSourceMapping:EventSourceMapping": none,
  "aws:lambda/function:Function": named("name", (name) => arn("lambda", `function:${name}`)),
  "aws:lambda/invocation:Invocation": none,
  "aws:quicksight/dataSet:DataSet": (_, { dataSetId }) => ({ arn: arn("quicksight", `dataset/${dataSetId}`) }),
  "aws:quicksight/dataSource:DataSource": (_, { dataSourceId }) => ({
    arn: arn("quicksight", `datasource/${dataSourceId}`),
  }),
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": named("name"),
  "aws:s3/bucket:Bucket": named("bucket", (name) => `arn:aws:s3:::${name}`),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": none,
  "aws:s3/bucketNotification:BucketNotification": none,
  "aws:s3/bucketObjectv2:BucketObjectv2": none,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": none,
  "aws:s3/bucketPolicy:BucketPolicy": none,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": none,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": none,
  "aws:s3/bucketVersioning:BucketVersioning": none,
  "aws:sns/topic:Topic": named("name", (name) => arn("sns", name)),
  "aws:sns/topicPolicy:TopicPolicy": none,
  "aws:sns/topicSubscription:TopicSubscription": none,
  "aws:sqs/queue:Queue": (name) => ({
    name: `${name}-1234567`,
    arn: arn("sqs", `${name}-1234567`),
    url: `https://sqs.${region}.amazonaws.com/${account}/${name}-1234567`,
  }),
  "aws:sqs/queuePolicy:QueuePolicy": none,
  "aws-native:mediatailor:PlaybackConfiguration": (name) => ({
    playbackConfigurationArn: arn("mediatailor", `playbackConfiguration/${name}-id`),
    playbackEndpointPrefix: `https://${name}.mediatailor.${region}.amazonaws.com/v1/`,
  }),
};

/** A logger role that is there and works, the Live Event Framework's check included. */
const loggerRole: Readonly<Record<string, (inputs: Inputs) => Inputs>> = {
  "aws:iam/getRole:getRole": ({ name }) => ({
    name,
    arn: `arn:aws:iam::${account}:role/${name}`,
    assumeRolePolicy: JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "mediatailor.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "Midas" } },
        },
      ],
    }),
  }),
  "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation": () => ({ results: [] }),
  "aws:iam/getRolePolicyAttachments:getRolePolicyAttachments": () => ({
    attachedPolicies: ["CloudWatchLogsFullAccess", "CloudWatchFullAccess"].map((policyName) => ({
      policyName,
      policyArn: `arn:aws:iam::aws:policy/${policyName}`,
    })),
  }),
};

const answers: Readonly<Record<string, (inputs: Inputs) => Inputs>> = {
  ...loggerRole,
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: account }),
  "aws:index/getPartition:getPartition": () => ({ partition: "aws" }),
  "aws:index/getRegion:getRegion": () => ({ region }),
  // A stack before its first deployment.
  "pulumi:pulumi:readStackOutputs": ({ name }) => ({ name, outputs: {}, secretOutputNames: [] }),
  "aws:s3/getBucket:getBucket": ({ bucket }) => ({ bucket, arn: `arn:aws:s3:::${bucket}` }),
};

export interface MockOptions {
  readonly preview?: boolean;
  readonly stack?: string;
  /** Answers of functions beside the usual ones, by token. */
  readonly calls?: Readonly<Record<string, (inputs: Inputs) => Inputs>>;
}

/** Puts the stand-in in place. What it returns grows as resources are registered. */
export async function useMocks({
  preview = false,
  stack = "dev",
  calls = {},
}: MockOptions = {}): Promise<Registered[]> {
  const registered: Registered[] = [];
  await runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        registered.push({ type, name, inputs });
        if (type.startsWith("aircheck:") || type === "pulumi:pulumi:Stack") return { id: "", state: inputs };
        const outputs = known[type];
        if (!outputs) throw new Error(`no resource of type ${type} is known to the tests`);
        return { id: `${name}-id`, state: { ...inputs, ...outputs(name, inputs) } };
      },
      call({ token, inputs }) {
        const answer = calls[token] ?? answers[token];
        if (!answer) throw new Error(`no answer to ${token} is known to the tests`);
        return answer(inputs);
      },
    },
    "aircheck",
    stack,
    preview,
    "organization",
  );
  return registered;
}

/** Where tests deploy to; what the stand-in answers. */
export const deployment = { accountId: account, region, partition: "aws", stack: "dev" };
