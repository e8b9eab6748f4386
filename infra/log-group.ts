/** CloudWatch log groups whose names AWS fixes, one per account and region. */
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { type CustomResourceOptions, type Output, output } from "@pulumi/pulumi";

/** `create` it, `import` one that is there into the stack, or leave an `existing` one to whoever made it. */
export type Ownership = "create" | "import" | "existing";

export interface FixedLogGroupArgs {
  readonly name: string;
  readonly ownership: Ownership;
  readonly retentionDays: number;
  readonly kmsKeyArn?: string | undefined;
}

/**
 * The group's name, known once the group is there.
 *
 * The group outlives the stack: the service goes on writing to it, and would make it again without retention.
 */
export function fixedLogGroup(
  logicalName: string,
  { name, ownership, retentionDays, kmsKeyArn }: FixedLogGroupArgs,
  opts: CustomResourceOptions,
): Output<string> {
  if (ownership === "existing") return output(name);
  const group = new LogGroup(
    logicalName,
    { name, retentionInDays: retentionDays, ...(kmsKeyArn && { kmsKeyId: kmsKeyArn }) },
    {
      ...opts,
      retainOnDelete: true,
      // Whoever had the group before may have set what the program does not know of.
      ...(ownership === "import" && {
        import: name,
        ignoreChanges: ["retentionInDays", "kmsKeyId", "tags", "tagsAll"],
      }),
    },
  );
  return group.name;
}
