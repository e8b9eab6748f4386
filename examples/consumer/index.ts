/**
 * A report of another team over the lake of an aircheck stack: a role that may read, and a saved query.
 *
 * Outside this repository the first import is `aircheck/infra/outputs.ts` of the installed package.
 */
import { NamedQuery } from "@pulumi/aws/athena/namedQuery.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { Config, interpolate, StackReference } from "@pulumi/pulumi";
import { readAircheckOutputs } from "../../infra/outputs.ts";

const aircheck = readAircheckOutputs(new StackReference(new Config().require("aircheckStack")));
const { workgroup, database, readerPolicyArn, partitionKey } = aircheck.query;

const reporter = new Role("ad-reporter", {
  description: "Runs the weekly ad report",
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});
new RolePolicyAttachment("ad-reporter-reads", { role: reporter.name, policyArn: readerPolicyArn });

// The weight makes an estimate of all sessions from those that were logged.
const report = new NamedQuery("ad-errors-of-the-week", {
  description: "Ad events by class of the last seven days, estimated for all sessions",
  workgroup,
  database,
  query: interpolate`
SELECT playback_configuration, event_class, sum(weight) AS events_estimated, count(*) AS events_observed
FROM mediatailor_ads
WHERE ${partitionKey} >= date_format(current_date - interval '7' day, '%Y-%m-%d')
GROUP BY 1, 2
ORDER BY 3 DESC`,
});

export const reportQueryId = report.id;
export const reporterRoleArn = reporter.arn;
