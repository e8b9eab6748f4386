/**
 * A report of another team over the lake of an aircheck stack: a role that may read, and a saved query.
 *
 * Outside this repository the last import is `aircheck/outputs` of the installed package.
 */
import { NamedQuery } from "@pulumi/aws/athena/namedQuery.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { Config, interpolate, StackReference } from "@pulumi/pulumi";
import { readAircheckOutputs } from "../../infra/outputs.ts";

const config = new Config();
const aircheck = readAircheckOutputs(new StackReference(config.require("aircheckStack")));
const { workgroup, database, readerPolicyArn, readerRoleArn, partitionKey } = aircheck.query;

const reporter = new Role("ad-reporter", {
  description: "Runs the weekly ad report",
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});

if (config.getBoolean("otherAccount")) {
  // Two steps, for IAM names no principal that does not exist: the first run makes the reporter, whose ARN then goes into
  // the stack's consumers.principals; the second finds the reader's role, which the reporter assumes before it queries.
  readerRoleArn.apply((arn) => {
    if (arn === null) return;
    new RolePolicy("ad-reporter-assumes-reader", {
      role: reporter.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: arn }],
      }),
    });
  });
} else {
  new RolePolicyAttachment("ad-reporter-reads", { role: reporter.name, policyArn: readerPolicyArn });
}

// The weight makes an estimate of all sessions from those that were logged.
const reportSql = interpolate`
SELECT playback_configuration, event_class, sum(weight) AS events_estimated, count(*) AS events_observed
FROM mediatailor_ads
WHERE ${partitionKey} >= date_format(current_date - interval '7' day, '%Y-%m-%d')
GROUP BY 1, 2
ORDER BY 3 DESC`;

// A saved query lives in the workgroup's account; another account hands the text over when it runs the query.
const report = config.getBoolean("otherAccount")
  ? undefined
  : new NamedQuery("ad-errors-of-the-week", {
      description: "Ad events by class of the last seven days, estimated for all sessions",
      workgroup,
      database,
      query: reportSql,
    });

export const reportQueryId = report?.id;
export const reportQuery = { sql: reportSql, workgroup, database };
export const reporterRoleArn = reporter.arn;
