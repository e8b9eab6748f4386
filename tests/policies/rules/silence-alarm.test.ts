import { silenceAlarm } from "../../../policies/rules/silence-alarm.ts";
import { type Given, testsOf, unknown } from "../judging.ts";

const stream = (source: string, name = source): Given => ({
  type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  name,
  props: { name: unknown.text, arn: unknown.text, tags: { "aircheck:source": source } },
});
const destination = (of: string): Given => ({
  type: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
  name: `to-${of}`,
  props: { deliveryDestinationConfiguration: { destinationResourceArn: unknown.text } },
  madeFrom: { deliveryDestinationConfiguration: [of] },
});
const alarm = (of: string, props: object = {}): Given => ({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name: "silence",
  props: {
    arn: unknown.text,
    treatMissingData: "breaching",
    alarmActions: [unknown.text],
    metricQueries: [{ metric: { metricName: "IncomingRecords", dimensions: { DeliveryStreamName: unknown.text } } }],
    ...props,
  },
  madeFrom: { metricQueries: [of] },
});
const playback = (strategies: unknown = ["LEGACY_CLOUDWATCH"]): Given => ({
  type: "aircheck:media:PlaybackLogging",
  name: "movies",
  props: { configuration: "movies", percent: 5, strategies },
});
const nobody = (name: string, source: string) => [
  `${name}: nobody is told when ${source} falls silent. Declare an alarm on its IncomingRecords that treats missing data as breaching`,
];

testsOf(silenceAlarm, [
  {
    it: "passes if an alarm watches the stream of vended logs",
    resources: [stream("egress"), destination("egress"), alarm("egress")],
  },
  { it: "fails if none does", resources: [stream("egress"), destination("egress")], says: nobody("egress", "egress") },
  {
    it: "fails if the alarm watches another stream",
    resources: [stream("egress"), stream("ingress"), destination("egress"), alarm("ingress")],
    says: nobody("egress", "egress"),
  },
  {
    it: "fails if the alarm is content with no data",
    resources: [stream("egress"), destination("egress"), alarm("egress", { treatMissingData: "notBreaching" })],
    says: nobody("egress", "egress"),
  },
  {
    it: "fails if the alarm watches another metric",
    resources: [
      stream("egress"),
      destination("egress"),
      alarm("egress", { metricQueries: [{ metric: { metricName: "ThrottledRecords" } }] }),
    ],
    says: nobody("egress", "egress"),
  },
  {
    it: "fails if the alarm tells nobody",
    resources: [stream("egress"), destination("egress"), alarm("egress", { alarmActions: [] })],
    says: nobody("egress", "egress"),
  },
  {
    it: "passes if another alarm cannot be known",
    resources: [
      stream("egress"),
      destination("egress"),
      { ...alarm("egress", { treatMissingData: unknown.text }), name: "other" },
      alarm("egress"),
    ],
  },
  {
    it: "fails if the alarm is switched off",
    resources: [stream("egress"), destination("egress"), alarm("egress", { actionsEnabled: false })],
    says: nobody("egress", "egress"),
  },
  {
    it: "passes if the alarm names the stream",
    resources: [
      { ...stream("egress"), props: { deliveryStreamName: "egress-1", arn: "arn:egress-1" } },
      {
        type: "aws-native:logs:DeliveryDestination",
        name: "to",
        props: { destinationResourceArn: "arn:egress-1" },
      },
      {
        type: "aws-native:cloudwatch:Alarm",
        name: "silence",
        props: {
          arn: unknown.text,
          treatMissingData: "breaching",
          alarmActions: ["arn:topic"],
          metricName: "IncomingRecords",
          dimensions: [{ name: "DeliveryStreamName", value: "egress-1" }],
        },
      },
    ],
  },
  {
    it: "fails if the other provider's stream is not watched",
    resources: [
      {
        type: "aws-native:kinesisfirehose:DeliveryStream",
        name: "egress",
        props: { arn: "arn:egress-1", tags: [{ key: "aircheck:source", value: "mediapackage-v2-egress" }] },
      },
      { type: "aws-native:logs:DeliveryDestination", name: "to", props: { destinationResourceArn: "arn:egress-1" } },
    ],
    says: nobody("egress", "mediapackage-v2-egress"),
  },
  { it: "passes if nothing is made to log", resources: [stream("mediatailor-ads"), stream("mediapackage-v1-egress")] },
  {
    it: "fails if a configuration logs ads and nobody watches",
    resources: [stream("mediatailor-ads"), playback()],
    says: nobody("mediatailor-ads", "mediatailor-ads"),
  },
  {
    it: "passes if ads are watched, errors, transcodes and what is not made to log here are not",
    resources: [
      ...["mediatailor-ads", "mediatailor-manifest", "mediatailor-transcode", "cloudtrail"].map((source) =>
        stream(source),
      ),
      destination("mediatailor-manifest"),
      destination("mediatailor-transcode"),
      playback(),
      alarm("mediatailor-ads"),
    ],
  },
  {
    it: "passes if the configuration lets the source be silent",
    resources: [stream("egress"), destination("egress")],
    config: { silent: ["egress"] },
  },
  {
    it: "fails in prod if the strategies cannot be known",
    resources: [stream("mediatailor-ads"), playback(unknown.list)],
    unknown: "strategies",
  },
  {
    it: "fails in prod if the alarm's way with missing data cannot be known",
    resources: [stream("egress"), destination("egress"), alarm("egress", { treatMissingData: unknown.text })],
    unknown: "treatMissingData",
  },
]);
