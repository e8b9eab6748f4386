/** The policies of whoever runs `pulumi up`. */
import { deployerActions } from "./deployer-actions.ts";
import { arnPatterns } from "./deployer-names.ts";
import { samplingKey } from "./storage.ts";

/** Services that roles of this program are passed to. */
export const passedTo = [
  "firehose.amazonaws.com",
  "lambda.amazonaws.com",
  "logs.amazonaws.com",
  "quicksight.amazonaws.com",
] as const;

/** Services whose own roles appear when they are first used. */
export const serviceLinkedTo = ["delivery.logs.amazonaws.com", "mediatailor.amazonaws.com"] as const;

export interface DeployerPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  }[];
}

/** Longest document of a managed policy, in characters without white space. */
const longestPolicy = 6144;

export interface DeployerScope {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Buckets of others that stack files name: `lake.existingBucket`, `cloudTrail.bucket`. */
  readonly existingBuckets: readonly string[];
}

type Statements = DeployerPolicy["Statement"];

/**
 * The policies of whoever deploys, as many as IAM's limit of their length asks for. Roles, buckets, queues and functions are
 * limited to the names that the program gives; other services to their actions alone.
 */
export function deployerPolicies({ partition, existingBuckets }: DeployerScope): readonly DeployerPolicy[] {
  const policies: DeployerPolicy[] = [];
  for (const statement of [...statements(partition), ...existingBucketStatements(partition, existingBuckets)]) {
    const last = policies.at(-1);
    const longer: DeployerPolicy = { Version: "2012-10-17", Statement: [...(last?.Statement ?? []), statement] };
    const fits = last && JSON.stringify(longer).length <= longestPolicy;
    policies.splice(fits ? -1 : policies.length, fits ? 1 : 0, fits ? longer : { ...longer, Statement: [statement] });
  }
  return policies;
}

function statements(partition: string): Statements {
  const services = new Map<string, Set<string>>([["sts", new Set(["sts:GetCallerIdentity"])]]);
  for (const action of Object.values(deployerActions).flat()) {
    const service = action.slice(0, action.indexOf(":"));
    const actions = services.get(service) ?? new Set();
    services.set(service, actions.add(action));
  }
  return [
    ...[...services].sort().flatMap(([service, actions]) => serviceStatements(service, [...actions].sort(), partition)),
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: arnPatterns("aws:iam/role:Role", partition),
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

function serviceStatements(service: string, actions: readonly string[], partition: string): Statements {
  const allow = (Sid: string, Action: readonly string[], Resource: string | readonly string[]): Statements => [
    { Sid, Effect: "Allow", Action, Resource },
  ];
  switch (service) {
    case "kms":
      return keyStatements(actions);
    case "iam":
      return allow("Iam", actions, [
        ...arnPatterns("aws:iam/role:Role", partition),
        ...arnPatterns("aws:iam/policy:Policy", partition),
      ]);
    case "s3":
      // The pattern of a bucket is that of its objects too.
      return allow("S3", actions, arnPatterns("aws:s3/bucket:Bucket", partition));
    case "sqs":
      return allow("Sqs", actions, arnPatterns("aws:sqs/queue:Queue", partition));
    case "lambda": {
      const ofMappings = actions.filter((action) => action.endsWith("EventSourceMapping"));
      return [
        ...allow(
          "Lambda",
          actions.filter((action) => !ofMappings.includes(action)),
          // Tags are of functions and of mappings, and those have ids in the place of names.
          [
            ...arnPatterns("aws:lambda/function:Function", partition),
            `arn:${partition}:lambda:*:*:event-source-mapping:*`,
          ],
        ),
        ...allow("LambdaMappings", ofMappings, "*"),
      ];
    }
    default:
      return allow(
        service.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
        actions,
        "*",
      );
  }
}

/** They are looked up, the percentages are written into a lake, and a trail's bucket notifies; nothing else of them changes. */
function existingBucketStatements(partition: string, buckets: readonly string[]): Statements {
  if (buckets.length === 0) return [];
  const actions = [
    ...(deployerActions["aws:s3/bucket:Bucket"] ?? []).filter((action) => /^s3:(Get|List)/.test(action)),
    ...(deployerActions["aws:s3/bucketNotification:BucketNotification"] ?? []),
    ...(deployerActions["aws:s3/bucketObjectv2:BucketObjectv2"] ?? []).filter((action) => action.startsWith("s3:")),
  ];
  return [
    {
      Sid: "ExistingBuckets",
      Effect: "Allow",
      Action: [...new Set(actions)].sort(),
      Resource: buckets.flatMap((bucket) => [
        `arn:${partition}:s3:::${bucket}`,
        `arn:${partition}:s3:::${bucket}/${samplingKey}`,
      ]),
    },
  ];
}

/** Services through which whoever deploys uses the stack's key. */
const keyServices = ["firehose", "lambda", "s3"] as const;

/** The key is the stack's choice, so it cannot be named; but it is used by services only, never by the deployer itself. */
function keyStatements(actions: readonly string[]): Statements {
  const grant = "kms:CreateGrant";
  return [
    {
      Sid: "KmsGrants",
      Effect: "Allow",
      Action: [grant],
      Resource: "*",
      Condition: { Bool: { "kms:GrantIsForAWSResource": ["true"] } },
    },
    {
      Sid: "KmsThroughServices",
      Effect: "Allow",
      Action: actions.filter((action) => action !== grant),
      Resource: "*",
      // The names end as the partition's do.
      Condition: { StringLike: { "kms:ViaService": keyServices.map((service) => `${service}.*.amazonaws.com*`) } },
    },
  ];
}
