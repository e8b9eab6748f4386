/** The policies of whoever runs `pulumi up`. */
import { deployerActions } from "./deployer-actions.ts";

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
    ...[...services].sort().flatMap(([service, actions]) =>
      service === "kms"
        ? keyStatements([...actions].sort())
        : [
            {
              Sid: service.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
              Effect: "Allow" as const,
              Action: [...actions].sort(),
              Resource: "*",
            },
          ],
    ),
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

/** Services through which whoever deploys uses the stack's key. */
const keyServices = ["firehose", "lambda", "s3"] as const;

/** The key is the stack's choice, so it cannot be named; but it is used by services only, never by the deployer itself. */
function keyStatements(actions: readonly string[]): DeployerPolicy["Statement"] {
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
