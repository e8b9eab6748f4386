/** Names of what the program makes, by type: what the deployer's policies are limited to. */
import { loggerRoleName } from "./logger-role-check.ts";

/**
 * What names begin with; Pulumi puts a random end behind the logical name. A test says when a name of the program does not fit,
 * or nothing begins like that any more.
 */
export const namePrefixes = {
  "aws:iam/policy:Policy": ["aircheck-reader-", "delivery-"],
  "aws:iam/role:Role": [
    // Each in full: `aircheck-` alone would let a deployer of that name write its own policies.
    "aircheck-quicksight-",
    "aircheck-reader-",
    "aircheck-transform-",
    "audit-aurora-",
    "audit-trail-",
    "aurora-audit-",
    "mediapackage-",
    "mediatailor-",
    loggerRoleName,
  ],
  "aws:lambda/function:Function": ["aircheck-transform-", "audit-trail-", "mediatailor-logging-"],
  "aws:s3/bucket:Bucket": ["aircheck-lake-", "aircheck-landing-", "aircheck-results-"],
  "aws:sqs/queue:Queue": ["aircheck-transform-", "audit-trail-"],
} as const;

/** The prefix that is a whole name. */
const wholeNames: readonly string[] = [loggerRoleName];

/** ARNs of everything of a type that the program makes, in whatever account and region the deployer is. */
export function arnPatterns(type: keyof typeof namePrefixes, partition: string): readonly string[] {
  const beforeName = {
    "aws:iam/policy:Policy": "iam::*:policy/",
    "aws:iam/role:Role": "iam::*:role/",
    "aws:lambda/function:Function": "lambda:*:*:function:",
    "aws:s3/bucket:Bucket": "s3:::",
    "aws:sqs/queue:Queue": "sqs:*:*:",
  }[type];
  return namePrefixes[type].map(
    (prefix) => `arn:${partition}:${beforeName}${prefix}${wholeNames.includes(prefix) ? "" : "*"}`,
  );
}
