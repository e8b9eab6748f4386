/** The Athena workgroup, and every saved query in it. */
import { NamedQuery } from "@pulumi/aws/athena/namedQuery.js";
import { Workgroup } from "@pulumi/aws/athena/workgroup.js";
import { ComponentResource, type ComponentResourceOptions, type Input, interpolate, type Output } from "@pulumi/pulumi";
import { defaultHours, renderSql, type SavedQuery } from "../dashboards/index.ts";

export interface QueryWorkgroupArgs {
  readonly database: Input<string>;
  readonly resultsBucket: Input<string>;
  readonly scanLimitGiB: number;
  readonly kmsKeyArn?: string | undefined;
  readonly queries: readonly SavedQuery[];
}

/** Prefix of query results; ends in a slash. */
export const resultsPrefix = "results/";

export class QueryWorkgroup extends ComponentResource {
  readonly name: Output<string>;
  readonly arn: Output<string>;

  constructor(name: string, args: QueryWorkgroupArgs, opts?: ComponentResourceOptions) {
    super("aircheck:query:QueryWorkgroup", name, {}, opts);
    const child = { parent: this };
    const workgroup = new Workgroup(
      name,
      {
        description: "Queries over the aircheck lake; one that would scan more than the limit is stopped",
        // A workgroup with a history of queries is refused otherwise.
        forceDestroy: true,
        configuration: {
          enforceWorkgroupConfiguration: true,
          publishCloudwatchMetricsEnabled: true,
          bytesScannedCutoffPerQuery: args.scanLimitGiB * 2 ** 30,
          engineVersion: { selectedEngineVersion: "Athena engine version 3" },
          resultConfiguration: {
            outputLocation: interpolate`s3://${args.resultsBucket}/${resultsPrefix}`,
            encryptionConfiguration: args.kmsKeyArn
              ? { encryptionOption: "SSE_KMS", kmsKeyArn: args.kmsKeyArn }
              : { encryptionOption: "SSE_S3" },
          },
        },
      },
      child,
    );
    for (const query of args.queries) {
      new NamedQuery(
        `${name}-${query.id}`,
        {
          name: query.id,
          description: description(query),
          workgroup: workgroup.name,
          database: args.database,
          query: renderSql(query, { kind: "last", hours: defaultHours }),
        },
        child,
      );
    }
    this.name = workgroup.name;
    this.arn = workgroup.arn;
    this.registerOutputs({ name: this.name });
  }
}

/** Longest description that Athena takes, in characters. */
const longestDescription = 1024;

function description({ question, doc }: SavedQuery): string {
  return `${question} Of the last ${defaultHours} hours. ${doc}`.replace(/\s+/g, " ").slice(0, longestDescription);
}
