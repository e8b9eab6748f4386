/** Where alarms go: a topic of ours with its subscribers. */
import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { boundedName } from "./bounded-name.ts";
import { arnHere, type Deployment } from "./deployment.ts";
import { policyDocument } from "./policy-document.ts";

export interface AlarmTopicArgs {
  /** Each gets a mail that asks to confirm. */
  readonly emails: readonly string[];
  /** Alarms cannot use the key that AWS manages for SNS: it is this one or none. */
  readonly kmsKeyArn?: string | undefined;
  readonly deployment: Deployment;
}

export class AlarmTopic extends ComponentResource {
  readonly arn: Output<string>;

  constructor(name: string, { emails, kmsKeyArn, deployment }: AlarmTopicArgs, opts?: ComponentResourceOptions) {
    super("aircheck:alarms:AlarmTopic", name, {}, opts);
    const child = { parent: this };
    const topic = new Topic(name, kmsKeyArn ? { kmsMasterKeyId: kmsKeyArn } : {}, child);
    new TopicPolicy(
      name,
      {
        arn: topic.arn,
        policy: policyDocument([
          {
            Sid: "AlarmsPublish",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: {
              StringEquals: { "aws:SourceAccount": deployment.accountId },
              ArnLike: { "aws:SourceArn": arnHere(deployment, "cloudwatch", "alarm:*") },
            },
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]),
      },
      child,
    );
    for (const email of emails) {
      new TopicSubscription(
        boundedName(`${name}-${email}`, 100),
        { topic: topic.arn, protocol: "email", endpoint: email },
        child,
      );
    }
    this.arn = topic.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
