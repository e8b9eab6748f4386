/** Vended log delivery: sources, destinations and the deliveries between them (reference 7.4). */
import { LogDelivery } from "@pulumi/aws/cloudwatch/logDelivery.js";
import { LogDeliveryDestination } from "@pulumi/aws/cloudwatch/logDeliveryDestination.js";
import { LogDeliverySource } from "@pulumi/aws/cloudwatch/logDeliverySource.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Resource } from "@pulumi/pulumi";
import type { VendedDelivery } from "../catalog/types.ts";
import { boundedName } from "./bounded-name.ts";
import type { LandingStream } from "./landing-stream.ts";

/** Logs of one type of one resource. */
export interface VendedLog {
  /** Unique in the program; becomes part of names. */
  readonly key: string;
  readonly sourceId: string;
  readonly vended: VendedDelivery;
  readonly resourceArn: Input<string>;
}

export interface VendedDeliveriesArgs {
  readonly logs: readonly VendedLog[];
  /** By source id; every log's source has one. */
  readonly streams: ReadonlyMap<string, LandingStream>;
  /** The last delivery of another component, for which the first of this one waits. */
  readonly after?: Resource | undefined;
}

/** Names may have 60 characters, of which the generated end takes 8. */
const longestName = 52;

/** A source without a stream would be switched to vended logging and deliver nowhere. */
export class MissingStreamError extends Error {
  constructor(log: VendedLog) {
    super(`there is no vended stream for ${log.sourceId}, which ${log.key} is to be delivered to`);
    this.name = "MissingStreamError";
  }
}

export class VendedDeliveries extends ComponentResource {
  /** By key of the log. */
  readonly deliveries: ReadonlyMap<string, Resource>;
  /** The delivery that is made last; one of another component has to wait for it. */
  readonly last: Resource | undefined;

  /** @throws MissingStreamError */
  constructor(name: string, { logs, streams, after }: VendedDeliveriesArgs, opts?: ComponentResourceOptions) {
    super("aircheck:media:VendedDeliveries", name, {}, opts);
    const destinations = new Map<string, LogDeliveryDestination>();
    const deliveries = new Map<string, LogDelivery>();
    // CloudWatch Logs answers with a conflict when deliveries are made side by side: each waits for the one before.
    let before = after;
    for (const log of logs) {
      const stream = streams.get(log.sourceId);
      if (!stream) throw new MissingStreamError(log);
      const destination = destinations.get(log.sourceId) ?? this.#destination(`${name}-${log.sourceId}`, stream);
      destinations.set(log.sourceId, destination);
      const logicalName = boundedName(`${name}-${log.key}`, longestName);
      const source = new LogDeliverySource(
        logicalName,
        { logType: log.vended.logType, resourceArn: log.resourceArn },
        // One source per resource and type: the old one has to be gone first.
        { parent: this, deleteBeforeReplace: true, replaceOnChanges: ["logType", "resourceArn"] },
      );
      const delivery = new LogDelivery(
        logicalName,
        {
          deliverySourceName: source.name,
          deliveryDestinationArn: destination.arn,
          recordFields: [...log.vended.recordFields],
        },
        {
          parent: this,
          deleteBeforeReplace: true,
          replaceOnChanges: ["deliverySourceName", "deliveryDestinationArn"],
          dependsOn: before ? [before] : [],
        },
      );
      deliveries.set(log.key, delivery);
      before = delivery;
    }
    this.deliveries = deliveries;
    this.last = before;
    this.registerOutputs({});
  }

  #destination(name: string, stream: LandingStream): LogDeliveryDestination {
    return new LogDeliveryDestination(
      boundedName(name, longestName),
      {
        outputFormat: "json",
        deliveryDestinationConfiguration: { destinationResourceArn: stream.arn },
      },
      {
        parent: this,
        deleteBeforeReplace: true,
        replaceOnChanges: ["outputFormat", "deliveryDestinationConfiguration"],
      },
    );
  }
}
