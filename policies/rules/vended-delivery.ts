import type { PolicyResource } from "@pulumi/policy";
import { invocationType, loggingOnlyType, playbackIn, playbackOf } from "../playback.ts";
import type { StackRule } from "../rule.ts";
import { isAbout, ofTypes } from "../stack-resources.ts";
import { plain, texts } from "../values.ts";

/** Types of logs that a playback configuration vends (reference 3.3); each needs a source and a delivery of its own. */
export const vendedLogTypes = ["AD_DECISION_SERVER_LOGS", "MANIFEST_SERVICE_LOGS", "TRANSCODE_LOGS"] as const;

const sourceTypes = ["aws:cloudwatch/logDeliverySource:LogDeliverySource", "aws-native:logs:DeliverySource"];
const deliveryTypes = ["aws:cloudwatch/logDelivery:LogDelivery", "aws-native:logs:Delivery"];

/** Properties that hold the ARN of a playback configuration. */
const arnsOf = ["playbackConfigurationArn", "arn"];

export const vendedDelivery: StackRule = {
  name: "mediatailor-vended-delivery",
  description:
    "Checks that a configuration with the strategy VENDED_LOGS has a delivery for each of its logs in the same program.",
  why:
    "The strategy takes the logs away from the fixed log groups. Without a delivery source and a delivery they go nowhere, and " +
    "MediaTailor says nothing about it.",
  exception:
    "Declare a delivery source and a delivery for each type of log, or leave out VENDED_LOGS. A configuration that is managed " +
    "elsewhere needs its `arn` in the stack file for that.",
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    const sources = ofTypes(resources, sourceTypes);
    const deliveries = ofTypes(resources, deliveryTypes);
    // The invocation says what its component says, and has no ARN.
    const playback = playbackIn(resources).filter((one) => one.type !== invocationType || !isBelowComponent(one));
    each(playback, (resource) => {
      const facts = playbackOf(resource);
      if (!facts || "opaque" in facts || !texts(facts.strategies()).includes("VENDED_LOGS")) return;
      const own = sources.filter((source) => isAbout(source, "resourceArn", resource, arnsOf));
      const missing = vendedLogTypes.filter((logType) => !own.some((source) => delivers(source, logType, deliveries)));
      if (missing.length > 0) {
        reportOn(resource.urn, `${facts.called} vends its logs, and nothing delivers ${missing.join(", ")}`);
      }
    });
  },
};

function isBelowComponent({ parent }: PolicyResource): boolean {
  return parent?.type === loggingOnlyType;
}

function delivers(source: PolicyResource, logType: string, deliveries: readonly PolicyResource[]): boolean {
  return (
    plain(source.props.logType) === logType &&
    deliveries.some((delivery) => isAbout(delivery, "deliverySourceName", source, ["name"]))
  );
}
