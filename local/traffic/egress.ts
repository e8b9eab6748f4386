/** Requests of players and CDNs to origin endpoints. */
import { lineOf, v1Text, v2EgressText } from "./access-log.ts";
import { arrivals } from "./arrivals.ts";
import { demand, meanDemand } from "./audience.ts";
import { type Endpoint, v1Audience, v2Audience } from "./endpoints.ts";
import type { LogEvent } from "./envelopes.ts";
import { describeIncident, faultRateOf } from "./incident.ts";
import { interleave, mergeStreams } from "./interleave.ts";
import { requestsPerSecond, type TrafficPlan, timeWindow } from "./plan.ts";
import { type Exchange, playback } from "./playback.ts";
import { type Random, randomStream, Weighted } from "./random.ts";
import { type FaultRate, usualFaultProbability } from "./responses.ts";
import { type LogRecord, routes } from "./routes.ts";

/** Longest playback: so long before the window must begin what is seen in it. */
const warmUpMs = 16 * 60_000;
const v1Share = 0.55;
/** Requests of the programme's viewers, compared with all requests. */
const programmeShare = 0.35;

export function* v1Egress(plan: TrafficPlan): Generator<LogRecord> {
  const random = randomStream(plan.seed, "v1 egress", "records");
  for (const exchange of exchanges(plan, "v1 egress", v1Audience, v1Share)) {
    yield {
      route: routes.v1Egress,
      timeMs: exchange.timeMs,
      logStream: logStreamOf(exchange.endpoint),
      text: v1Text(lineOf(exchange), random),
    };
  }
}

export function* v2Egress(plan: TrafficPlan): Generator<LogRecord> {
  const random = randomStream(plan.seed, "v2 egress", "records");
  for (const exchange of exchanges(plan, "v2 egress", v2Audience, 1 - v1Share)) {
    yield {
      route: routes.v2Egress,
      timeMs: exchange.timeMs,
      logStream: "",
      text: v2EgressText(lineOf(exchange), random),
    };
  }
}

function exchanges(plan: TrafficPlan, name: string, audience: Weighted<Endpoint>, share: number): Generator<Exchange> {
  const { startMs, endMs } = timeWindow(plan);
  const faultRate = faultRateOf(plan);
  const scale = (requestsPerSecond(plan) * share) / meanRequests(audience) / meanDemand(startMs, endMs);
  const usual = arrivals(
    randomStream(plan.seed, name, "arrivals"),
    { startMs: startMs - warmUpMs, endMs },
    (timeMs) => scale * demand(timeMs),
    playbacks(plan.seed, name, audience, faultRate),
  );
  return mergeStreams([interleave(usual), programme(plan, audience, faultRate)]);
}

/** Viewers that come to the endpoint of the incident for a popular programme: when most is at stake, something breaks. */
function programme(plan: TrafficPlan, audience: Weighted<Endpoint>, faultRate: FaultRate): Generator<Exchange> {
  const incident = describeIncident(plan);
  const { endpoint } = incident.serverErrors;
  const only = new Weighted(audience.items.includes(endpoint) ? [endpoint] : [], () => 1);
  if (only.items.length === 0) return interleave([]);
  const rate = (requestsPerSecond(plan) * programmeShare) / requestsOfPlayback(endpoint);
  const { from, to } = incident.programme;
  return interleave(
    arrivals(
      randomStream(plan.seed, "programme", "arrivals"),
      { startMs: from.getTime(), endMs: to.getTime() },
      () => rate,
      playbacks(plan.seed, "programme", only, faultRate),
    ),
  );
}

function playbacks(seed: number, name: string, audience: Weighted<Endpoint>, faultRate: FaultRate) {
  return (timeMs: number, index: number) => {
    const random = randomStream(seed, name, index);
    return playback(random, audience.pick(random), timeMs, faultRate);
  };
}

const measured = new Map<string, number>();

/** Mean number of requests per playback, so that a change of the players' behaviour does not change the volume. */
function meanRequests(audience: Weighted<Endpoint>): number {
  const sum = audience.items.reduce((total, endpoint) => total + endpoint.popularity * requestsOfPlayback(endpoint), 0);
  return sum / audience.total;
}

/** Measured on a sample, once per kind of endpoint. */
function requestsOfPlayback(endpoint: Endpoint): number {
  const kind = `${endpoint.kind} ${endpoint.packaging}`;
  const known = measured.get(kind);
  if (known !== undefined) return known;
  const sample = 300;
  let requests = 0;
  for (let index = 0; index < sample; index++) {
    const random = randomStream(0, "sample of playbacks", kind, index);
    for (const _ of playback(random, endpoint, 0, () => usualFaultProbability)) requests++;
  }
  measured.set(kind, requests / sample);
  return requests / sample;
}

/** One log stream per channel or packaging group; the service's naming is not published. */
function logStreamOf(endpoint: Endpoint): string {
  return endpoint.kind === "v1-vod" ? "packaging-group/catchup" : `channel/${endpoint.channelId}`;
}

export interface EgressOptions {
  readonly seed: number;
  readonly startTime: Date;
  /** Mean number of events per second of simulated time, the same day and night. Default 500. */
  readonly requestsPerSecond?: number;
}

/** MediaPackage v1 egress records as JSON text, ordered by time: as many as are asked for, without end. */
export function* egressEvents(options: EgressOptions): Generator<LogEvent> {
  const random: Random = randomStream(options.seed, "egress events", "records");
  const rate = (options.requestsPerSecond ?? 500) / meanRequests(v1Audience);
  const begun = arrivals(
    randomStream(options.seed, "egress events", "arrivals"),
    { startMs: options.startTime.getTime(), endMs: Number.POSITIVE_INFINITY },
    () => rate,
    playbacks(options.seed, "egress events", v1Audience, () => usualFaultProbability),
  );
  for (const exchange of interleave(begun)) {
    yield { timeMs: exchange.timeMs, text: v1Text(lineOf(exchange), random) };
  }
}
