/** Aurora MySQL audit: what a cluster needs to write its audit log where the pipeline reads it (reference 6). */
import { ClusterParameterGroup } from "@pulumi/aws/rds/clusterParameterGroup.js";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { AircheckConfig } from "./config.ts";
import { arnHere, type Deployment } from "./deployment.ts";
import type { Statement } from "./policy-document.ts";
import { serviceRole } from "./service-role.ts";

export interface AuroraAuditArgs {
  readonly clusters: AircheckConfig["aurora"]["clusters"];
  /** `tight`: only the log groups of these clusters. `documented`: those of every cluster, as AWS prints it. */
  readonly policy: "tight" | "documented";
  readonly deployment: Deployment;
}

export class AuroraAudit extends ComponentResource {
  readonly roleArn: Output<string>;
  /** Names of parameter groups by cluster: attach them, which restarts the cluster the first time. */
  readonly parameterGroups: Readonly<Record<string, Output<string>>>;

  constructor(name: string, { clusters, policy, deployment }: AuroraAuditArgs, opts?: ComponentResourceOptions) {
    super("aircheck:audit:AuroraAudit", name, {}, opts);
    const child = { parent: this };
    const role = serviceRole(
      name,
      {
        service: "rds.amazonaws.com",
        description: "Aurora writes audit logs to CloudWatch Logs",
        condition: {
          StringEquals: { "aws:SourceAccount": deployment.accountId },
          ArnLike: {
            "aws:SourceArn": Object.keys(clusters).map((cluster) => arnHere(deployment, "rds", `cluster:${cluster}`)),
          },
        },
        statements: auroraStatements(policy, Object.keys(clusters), deployment),
      },
      child,
    );
    this.roleArn = role.arn;
    this.parameterGroups = Object.fromEntries(
      Object.entries(clusters).map(([cluster, { family, events, excludeUsers }]) => {
        const group = new ClusterParameterGroup(
          `${name}-${cluster}`,
          {
            family,
            description: `Audit log of ${cluster}`,
            parameters: [
              { name: "server_audit_logging", value: "1", applyMethod: "immediate" },
              { name: "server_audit_events", value: [...events].sort().join(","), applyMethod: "immediate" },
              ...(excludeUsers.length > 0
                ? [{ name: "server_audit_excl_users", value: excludeUsers.join(","), applyMethod: "immediate" }]
                : []),
              { name: "server_audit_logs_upload", value: "1", applyMethod: "immediate" },
              { name: "aws_default_logs_role", value: role.arn, applyMethod: "immediate" },
            ],
          },
          child,
        );
        return [cluster, group.name] as const;
      }),
    );
    this.registerOutputs({ roleArn: this.roleArn, parameterGroups: this.parameterGroups });
  }
}

/** Both forms of the policy that lets Aurora write (reference 6.5). */
export function auroraStatements(
  form: "tight" | "documented",
  clusters: readonly string[],
  deployment: Deployment,
): readonly Statement[] {
  const groups =
    form === "tight"
      ? clusters.map((cluster) => arnHere(deployment, "logs", `log-group:/aws/rds/cluster/${cluster}/audit`))
      : [`arn:${deployment.partition}:logs:*:*:log-group:/aws/rds/*`];
  return [
    {
      Sid: "EnableCreationAndManagementOfRDSCloudwatchLogEvents",
      Action: ["logs:GetLogEvents", "logs:PutLogEvents"],
      Resource: groups.map((group) => `${group}:log-stream:*`),
    },
    {
      Sid: "EnableCreationAndManagementOfRDSCloudwatchLogGroupsAndStreams",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutRetentionPolicy", "logs:CreateLogGroup"],
      // Some of these actions have the ARN with `:*`, some without; the documented form ends in a wildcard for both.
      Resource: form === "tight" ? groups.flatMap((group) => [group, `${group}:*`]) : groups,
    },
  ];
}
