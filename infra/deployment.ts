/** Where the program deploys to. */
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity.js";
import { getPartition } from "@pulumi/aws/getPartition.js";
import { getRegion } from "@pulumi/aws/getRegion.js";
import { getStack } from "@pulumi/pulumi";

export interface Deployment {
  readonly accountId: string;
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly stack: string;
}

/** Asks AWS once; plain text is what makes policies readable in a preview. */
export async function findDeployment(): Promise<Deployment> {
  const [identity, region, partition] = await Promise.all([getCallerIdentity({}), getRegion({}), getPartition({})]);
  return {
    accountId: identity.accountId,
    region: region.region,
    partition: partition.partition,
    stack: getStack(),
  };
}

/** ARN of something in this account and region. */
export function arnHere({ partition, region, accountId }: Deployment, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** CloudWatch namespace of the functions' metrics: two stacks of one account and region must not add up, nor alarm for each other. */
export function metricsNamespace({ stack }: Deployment): string {
  return `aircheck/${stack}`;
}

/** The stack's name for services that take letters, digits, `_` and `-` alone: QuickSight's ids, and dashboards. */
export function plainStackName({ stack }: Pick<Deployment, "stack">): string {
  return `aircheck-${stack.replace(/[^A-Za-z0-9_-]+/g, "-")}`;
}

/** Conditions that keep a service from acting for somebody else's account. */
export function fromThisAccount({ accountId }: Deployment): Readonly<Record<string, Record<string, string>>> {
  return { StringEquals: { "aws:SourceAccount": accountId } };
}
