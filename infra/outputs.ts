/** The outputs of a stack: a contract with a version, which other teams read through a StackReference. */
import type { Output, StackReference } from "@pulumi/pulumi";
import { z } from "zod";

/** Grows when an output is removed or changes its meaning; new outputs leave it as it is. */
export const contractVersion = 1;

const text = z.string().min(1);

const outputsSchema = z.object({
  contractVersion: z.literal(contractVersion),
  environment: z.enum(["dev", "staging", "prod"]),
  lake: z
    .object({
      bucket: text,
      prefix: text.describe("Tables lie below it, each in the folder of its name; ends in a slash."),
      samplingKey: text.describe("Key of the percentages that MediaTailor logs."),
    })
    .describe("Where the Parquet files are."),
  query: z
    .object({
      database: text.describe("Glue database."),
      tables: z.array(text).min(1),
      partitionKey: text.describe("UTC day of the event, YYYY-MM-DD; filter on it."),
      workgroup: text.describe("Athena workgroup, with a limit of what a query may scan."),
      resultsBucket: text,
      readerPolicyArn: text.describe("Managed policy for roles of the same account that query the lake."),
      readerRoleArn: text
        .nullable()
        .describe(
          "Role that the stack's consumers assume to query, from other accounts too; null where none is named.",
        ),
    })
    .describe("How the lake is queried."),
  quickSight: z
    .object({
      dataSourceArn: text,
      dataSetArns: z.record(z.string(), text).describe("Data sets by table."),
      queryDataSetArns: z.record(z.string(), text).describe("Data sets by saved query, of the last 24 hours."),
      roleArn: text.describe("Role with which QuickSight queries the lake."),
    })
    .nullable()
    .describe("The lake in QuickSight; null where the stack has none of it."),
  pipeline: z
    .object({
      landingBucket: text,
      queueArn: text,
      deadLetterQueueArn: text,
      functionName: text,
      trailQueueArn: text
        .nullable()
        .describe("Queue that an existing trail's bucket has to notify; null where there is no such trail."),
      streams: z.record(z.string(), text).describe("Firehose streams by source; vended ones have `-vended` behind it."),
    })
    .describe("What carries records; for replay and for looking after it."),
  deliveryRights: z
    .object({ toCloudWatchLogs: text, toS3: text, toFirehose: text, vended: text })
    .describe("Managed policies for those who set up log delivery."),
  mediaTailor: z.object({
    loggerRoleArn: text.nullable(),
    playbackEndpointPrefixes: z.record(z.string(), z.string()).describe("By playback configuration made here."),
  }),
  aurora: z
    .object({
      roleArn: text,
      parameterGroups: z.record(z.string(), text).describe("Cluster parameter groups to attach, by cluster."),
    })
    .nullable(),
  alarmTopicArn: text.nullable(),
  cost: z
    .object({
      monthlyUsd: z.number().nonnegative().describe("Estimate of a month, USD; docs/cost.md says what is counted."),
      basis: z.record(z.string(), z.unknown()).describe("What the estimate was made of."),
    })
    .nullable()
    // Stacks of before it was added have none.
    .default(null)
    .describe("What this stack is estimated to cost; null where no price of its region is known."),
});

/** What a stack of this program gives to others. */
export type AircheckOutputs = z.output<typeof outputsSchema>;

/** The outputs are none of this contract; `problems` has one sentence per difference. */
export class OutputsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `the stack's outputs do not fit version ${contractVersion} of the aircheck contract: ${problems.join("; ")}. ` +
        "Update the stack, or take the package of the version that it was deployed with",
    );
    this.name = "OutputsError";
    this.problems = problems;
  }
}

/** Checks outputs at run time. Outputs that are not known are left alone. @throws OutputsError */
export function parseAircheckOutputs(outputs: unknown): AircheckOutputs {
  const result = outputsSchema.safeParse(outputs);
  if (result.success) return result.data;
  throw new OutputsError(result.error.issues.map(({ path, message }) => `${path.join(".") || "outputs"}: ${message}`));
}

/**
 * The outputs of another stack, checked.
 *
 * @param reference of whichever copy of @pulumi/pulumi the caller has; two copies of the class do not fit each other's type
 * @throws OutputsError through the output
 */
export function readAircheckOutputs(reference: Pick<StackReference, "outputs">): Output<AircheckOutputs> {
  return reference.outputs.apply(parseAircheckOutputs);
}

/** The contract as JSON Schema, for teams that do not write TypeScript: like the check, it lets outputs be more than it knows. */
export function outputsJsonSchema(): unknown {
  return z.toJSONSchema(outputsSchema, { target: "draft-2020-12", io: "input" });
}
