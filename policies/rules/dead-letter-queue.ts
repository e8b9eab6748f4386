import type { PolicyResource } from "@pulumi/policy";
import type { StackRule } from "../rule.ts";
import { isAbout, ofTypes } from "../stack-resources.ts";
import { ifKnown, isUnknown, jsonObject } from "../values.ts";

const queueTypes = ["aws:sqs/queue:Queue", "aws-native:sqs:Queue"];
const mappingTypes = ["aws:lambda/eventSourceMapping:EventSourceMapping", "aws-native:lambda:EventSourceMapping"];

export const deadLetterQueue: StackRule = {
  name: "transform-dead-letter-queue",
  description: "Checks that every queue that feeds a function has a dead-letter queue.",
  why:
    "A landing object that fails again and again is tried until the queue forgets it. In a dead-letter queue it is kept, an alarm " +
    "tells of it, and `aws sqs start-message-move-task` sends it through once the cause is mended.",
  exception: "None: a queue costs nothing while it is empty.",
  severity: "high",
  level: "mandatory",
  unknown: "waits",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    const queues = ofTypes(resources, queueTypes);
    each(ofTypes(resources, mappingTypes), (mapping) => {
      for (const queue of queues.filter((one) => isAbout(mapping, "eventSourceArn", one, ["arn"]))) {
        const apart = ofTypes(resources, ["aws:sqs/redrivePolicy:RedrivePolicy"]).some((policy) =>
          isAbout(policy, "queueUrl", queue, ["url"]),
        );
        if (!apart && !leadsOn(queue, queues)) {
          reportOn(
            queue.urn,
            `${queue.name} feeds ${mapping.name} and has no dead-letter queue. Set its redrivePolicy`,
          );
        }
      }
    });
  },
};

/**
 * The policy is JSON with an ARN in it, so in the first preview it is only known what it is made of.
 *
 * @throws UnknownValueError where not even that tells
 */
function leadsOn(queue: PolicyResource, queues: readonly PolicyResource[]): boolean {
  const madeOf = queue.propertyDependencies.redrivePolicy ?? [];
  const others = queues.filter(({ urn }) => urn !== queue.urn);
  if (isUnknown(() => queue.props.redrivePolicy) && madeOf.some(({ urn }) => others.some((one) => one.urn === urn))) {
    return true;
  }
  const target = jsonObject(queue.props.redrivePolicy)?.deadLetterTargetArn;
  return Boolean(target) && target !== ifKnown(() => queue.props.arn);
}
