/** The incident of a plan: the truth that queries over the lake should find. */
import { type Endpoint, type V1LiveEndpoint, type V2Endpoint, v1LiveEndpoints, v2Endpoints } from "./endpoints.ts";
import { account, configurationNames, type TrafficPlan, timeWindow } from "./plan.ts";
import { randomStream } from "./random.ts";
import { type FaultRate, usualFaultProbability } from "./responses.ts";

export interface Incident {
  /** A programme that many watch, around all of it: on the endpoint and on the playback configuration that it hits. */
  readonly programme: { readonly from: Date; readonly to: Date };
  /** Burst of 5xx answers of one origin endpoint. */
  readonly serverErrors: {
    readonly from: Date;
    readonly to: Date;
    readonly endpoint: V1LiveEndpoint | V2Endpoint;
  };
  /** Burst of `ERROR_ADS_TIMEOUT` of one playback configuration. */
  readonly adTimeouts: { readonly from: Date; readonly to: Date; readonly playbackConfiguration: string };
  /** The changes that came before, as CloudTrail has them, and the one that ended the server errors. */
  readonly changes: {
    readonly endpointUpdate: ChangeEvent;
    readonly playbackConfigurationUpdate: ChangeEvent;
    readonly rollback: ChangeEvent;
  };
}

export interface ChangeEvent {
  readonly time: Date;
  readonly eventSource: string;
  readonly eventName: string;
  readonly userArn: string;
}

const faultProbabilityInIncident = 0.5;
export const adTimeoutProbabilityInIncident = 0.85;

export function describeIncident(plan: TrafficPlan): Incident {
  const { startMs, endMs } = timeWindow(plan);
  const random = randomStream(plan.seed, "incident");
  // Twelve minutes; less where the window is so short that nothing would remain around it.
  const minuteMs = Math.min(60_000, (endMs - startMs) / 60);
  const at = (minutes: number) => new Date(Math.round((fromMs + minutes * minuteMs) / 1000) * 1000);
  const fromMs = startMs + (0.5 + 0.1 * random.float()) * (endMs - startMs);
  const endpoint = random.pick([v1LiveEndpoints[0], v2Endpoints[0]].filter((one) => one !== undefined));
  const eventSource = endpoint.kind === "v2" ? "mediapackagev2.amazonaws.com" : "mediapackage.amazonaws.com";
  const pipeline = assumedRole("DeployRole", `pipeline-${1000 + random.int(9000)}`);
  return {
    programme: { from: at(-20), to: at(24) },
    serverErrors: { from: at(0), to: at(12), endpoint },
    adTimeouts: { from: at(7), to: at(19), playbackConfiguration: configurationNames(plan)[0] ?? "" },
    changes: {
      endpointUpdate: { time: at(-6), eventSource, eventName: "UpdateOriginEndpoint", userArn: pipeline },
      playbackConfigurationUpdate: {
        time: at(4),
        eventSource: "mediatailor.amazonaws.com",
        eventName: "PutPlaybackConfiguration",
        userArn: assumedRole("AdOpsRole", "maria.keller"),
      },
      rollback: {
        time: at(11.5),
        eventSource,
        eventName: "UpdateOriginEndpoint",
        userArn: assumedRole("OnCallRole", "jonas.weber"),
      },
    },
  };
}

export function assumedRole(role: string, session: string): string {
  return `arn:aws:sts::${account}:assumed-role/${role}/${session}`;
}

/** How often endpoints fail under a plan, its incident included. */
export function faultRateOf(plan: TrafficPlan): FaultRate {
  const { endpoint, from, to } = describeIncident(plan).serverErrors;
  const fromMs = from.getTime();
  const toMs = to.getTime();
  return (candidate: Endpoint, timeMs: number) =>
    candidate === endpoint && timeMs >= fromMs && timeMs < toMs ? faultProbabilityInIncident : usualFaultProbability;
}
