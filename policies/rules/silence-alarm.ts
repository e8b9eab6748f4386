import type { PolicyResource } from "@pulumi/policy";
import { playbackIn, playbackOf } from "../playback.ts";
import type { StackJudge, StackRule } from "../rule.ts";
import { isAbout, ofTypes } from "../stack-resources.ts";
import { ifKnown, isUnknown, member, plain, texts } from "../values.ts";

const streamTypes = [
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws-native:kinesisfirehose:DeliveryStream",
];
const alarmTypes = ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws-native:cloudwatch:Alarm"];
const destinationTypes = [
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
  "aws-native:logs:DeliveryDestination",
];

/** Logs that can be silent for days on a healthy system: errors, and ads that were never seen before. */
const mayBeSilent = ["mediatailor-manifest", "mediatailor-transcode"];

export const silenceAlarm: StackRule = {
  name: "silence-alarm",
  description: "Checks that an alarm rings when a log that should always flow falls silent.",
  why:
    "Logging that stops raises no error: the pipeline has nothing to do and every other alarm is content. It is noticed when the " +
    "logs are wanted. Looked at are the streams of vended logs, and the ads log where a playback configuration is set here.",
  exception: "List the ids of sources under `silent` that may well be silent in this stack.",
  severity: "medium",
  level: "mandatory",
  unknown: "fails",
  configuration: {
    silent: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Ids of sources that may be silent.",
    },
  },
  checkStack(resources, judge) {
    const { each, reportOn, config } = judge;
    const silent = [...mayBeSilent, ...texts(config.silent)];
    const alarms = ofTypes(resources, alarmTypes);
    const playback = setsPlayback(resources, judge);
    each(ofTypes(resources, streamTypes), (stream) => {
      const source = sourceOf(stream);
      if (silent.includes(source)) return;
      const shouldFlow = isVended(stream, resources) || (playback && source === "mediatailor-ads");
      if (shouldFlow && !watching(alarms, stream)) {
        reportOn(
          stream.urn,
          `nobody is told when ${source} falls silent. Declare an alarm on its IncomingRecords that treats missing data as breaching`,
        );
      }
    });
  },
};

/**
 * Whether one of the alarms rings for a stream; one that is not known is asked last, for another may do.
 *
 * @throws UnknownValueError where only that one could
 */
function watching(alarms: readonly PolicyResource[], stream: PolicyResource): boolean {
  const isKnown = (alarm: PolicyResource) => !isUnknown(() => rings(alarm, stream));
  return (
    alarms.filter(isKnown).some((alarm) => rings(alarm, stream)) ||
    alarms.filter((alarm) => !isKnown(alarm)).some((alarm) => rings(alarm, stream))
  );
}

/** Whether the program sets the logging of any playback configuration in the legacy way; what is not known counts. */
function setsPlayback(resources: readonly PolicyResource[], { each }: StackJudge): boolean {
  let found = false;
  each(playbackIn(resources), (resource) => {
    const facts = playbackOf(resource);
    if (facts && !("opaque" in facts)) found ||= texts(facts.strategies()).includes("LEGACY_CLOUDWATCH");
  });
  return found;
}

/** The id of the source whose records a stream carries; its own name where nobody has tagged it. */
function sourceOf(stream: PolicyResource): string {
  const tags = ifKnown(() => plain(stream.props.tags));
  const listed = Array.isArray(tags) ? tags.find((tag) => member(tag, "key") === "aircheck:source") : undefined;
  const source = member(listed, "value") ?? member(tags, "aircheck:source");
  return typeof source === "string" ? source : stream.name;
}

function isVended(stream: PolicyResource, resources: readonly PolicyResource[]): boolean {
  const paths = ["deliveryDestinationConfiguration.destinationResourceArn", "destinationResourceArn"];
  return ofTypes(resources, destinationTypes).some((destination) =>
    paths.some((path) => isAbout(destination, path, stream, ["arn"])),
  );
}

/** The metric that falls to nothing with the log. */
const metric = "IncomingRecords";

/** An alarm over what comes into the stream, for which no data is bad news, and which tells somebody. */
function rings(alarm: PolicyResource, stream: PolicyResource): boolean {
  const { props } = alarm;
  return (
    plain(props.treatMissingData) === "breaching" &&
    plain(props.actionsEnabled) !== false &&
    (isUnknown(() => props.alarmActions) || texts(props.alarmActions).length > 0) &&
    watched.some((property) => mentions(props[property], metric)) &&
    watched.some((property) => isAbout(alarm, property, stream, []) || namesStream(props[property], stream))
  );
}

/** Where an alarm says what it watches. */
const watched = ["metricName", "metricQueries", "metrics", "dimensions"];

function namesStream(value: unknown, { props }: PolicyResource): boolean {
  const names = ["name", "deliveryStreamName"].map((key) => ifKnown(() => props[key]));
  return names.some((name) => typeof name === "string" && mentions(value, name));
}

/** Whether a text stands somewhere in a value; parts that are not known do not count. */
function mentions(value: unknown, text: string): boolean {
  if (value === text) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.keys(value).some((key) => ifKnown(() => mentions(Reflect.get(value, key), text)) === true);
}
