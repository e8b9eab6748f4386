import { deadLetterQueue } from "../../../policies/rules/dead-letter-queue.ts";
import { type Given, testsOf, unknown } from "../judging.ts";

const arn = "arn:aws:sqs:eu-west-1:123456789012:dead";
const queue = (redrivePolicy: unknown, madeFrom: readonly string[] = []): Given => ({
  type: "aws:sqs/queue:Queue",
  name: "objects",
  props: { arn: unknown.text, redrivePolicy },
  madeFrom: { redrivePolicy: madeFrom },
});
const dead: Given = { type: "aws:sqs/queue:Queue", name: "dead", props: { arn: unknown.text } };
const mapping: Given = {
  type: "aws:lambda/eventSourceMapping:EventSourceMapping",
  name: "transform",
  props: { eventSourceArn: unknown.text },
  madeFrom: { eventSourceArn: ["objects"] },
};
const none = ["objects: objects feeds transform and has no dead-letter queue. Set its redrivePolicy"];

testsOf(deadLetterQueue, [
  {
    it: "passes if what fails is kept",
    resources: [mapping, queue(JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 5 })), dead],
  },
  {
    it: "passes if the policy is not known, and made from another queue",
    resources: [mapping, queue(unknown.text, ["dead"]), dead],
  },
  {
    it: "passes if the other provider's queue says so as an object",
    resources: [
      { ...mapping, type: "aws-native:lambda:EventSourceMapping" },
      { ...queue({ deadLetterTargetArn: arn }), type: "aws-native:sqs:Queue" },
    ],
  },
  { it: "passes if nothing reads the queue", resources: [queue(undefined)] },
  { it: "fails if there is none", resources: [mapping, queue(undefined), dead], says: none },
  {
    it: "fails if what fails comes back to the queue itself",
    resources: [
      mapping,
      { ...queue({ deadLetterTargetArn: arn }), props: { arn, redrivePolicy: { deadLetterTargetArn: arn } } },
    ],
    says: none,
  },
  {
    it: "passes if a resource beside the queue says so",
    resources: [
      mapping,
      queue(undefined),
      {
        type: "aws:sqs/redrivePolicy:RedrivePolicy",
        name: "redrive",
        props: { queueUrl: unknown.text },
        madeFrom: { queueUrl: ["objects"] },
      },
    ],
  },
  { it: "fails if the policy has no target", resources: [mapping, queue("{}", ["dead"]), dead], says: none },
  { it: "fails if the policy is no JSON", resources: [mapping, queue("dead", ["dead"]), dead], says: none },
  {
    it: "waits if the policy is not known, and made from itself or nothing",
    resources: [mapping, queue(unknown.text, ["objects"]), dead],
    unknown: "redrivePolicy",
  },
]);
