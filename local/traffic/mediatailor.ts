/** The logs of MediaTailor's sessions, and what their manifests cost the origin. */
import { lineOf as lineOfExchange, v2EgressText } from "./access-log.ts";
import { type AdBreak, adBreakEvents, type MediaTailorEvent } from "./ad-breaks.ts";
import { mediaTailorAgent } from "./agents.ts";
import { type V2Endpoint, v2Endpoints } from "./endpoints.ts";
import { adTimeoutProbabilityInIncident, describeIncident, faultRateOf, type Incident } from "./incident.ts";
import { type Activity, interleave, mergeStreams } from "./interleave.ts";
import { nestedRecordText } from "./key-order.ts";
import { manifestEvents } from "./manifest-log.ts";
import { namesOf } from "./names.ts";
import { account, type TrafficPlan } from "./plan.ts";
import { eventsOfSession, type PlaybackSession, playbackSessions } from "./playback-sessions.ts";
import { type Random, randomStream } from "./random.ts";
import { answer, type FaultRate } from "./responses.ts";
import { type LogRecord, routes } from "./routes.ts";

const customerId = randomStream(0, "customer id").hex(64);
const usualTimeoutProbability = 0.003;
const liveBreakEveryMs = 4 * 60_000;
const vodBreakEveryMs = 8 * 60_000;

export function mediaTailor(plan: TrafficPlan): Generator<LogRecord> {
  return interleave(sessionActivities(plan));
}

function* sessionActivities(plan: TrafficPlan): Generator<Activity<LogRecord>> {
  const incident = describeIncident(plan);
  const faultRate = faultRateOf(plan);
  for (const session of playbackSessions(plan)) {
    const random = eventsOfSession(plan, session);
    yield { startMs: session.startMs, events: sessionRecords(random, session, incident, faultRate) };
  }
}

/** Every session asks the origin for its manifest; only chosen ones are logged by MediaTailor itself. */
function* sessionRecords(
  random: Random,
  session: PlaybackSession,
  incident: Incident,
  faultRate: FaultRate,
): Generator<LogRecord> {
  yield originFetch(random, session, faultRate);
  if (!session.isSampled && !session.isDebug) return;
  const manifest = manifestEvents(random, session)[Symbol.iterator]();
  for (const event of mergeStreams([manifest, allAdBreaks(random, session, incident)])) {
    yield recordOf(random, session, event);
  }
}

function* allAdBreaks(random: Random, session: PlaybackSession, incident: Incident): Generator<MediaTailorEvent> {
  for (const adBreak of adBreaks(random, session, incident)) yield* adBreakEvents(random, session, adBreak);
}

/** Live breaks come at the same time for everybody; VOD begins with one. */
function* adBreaks(random: Random, session: PlaybackSession, incident: Incident): Generator<AdBreak> {
  const { configuration, startMs, endMs, sessionType } = session;
  const everyMs = configuration.isVod ? vodBreakEveryMs : liveBreakEveryMs;
  const phaseMs = configuration.rank * 70_000 + 20_000;
  let timeMs = configuration.isVod ? startMs + 200 : Math.ceil((startMs - phaseMs) / everyMs) * everyMs + phaseMs;
  for (let number = 1; timeMs < endMs; timeMs += everyMs, number++) {
    const sequence = configuration.isVod ? number : Math.floor(timeMs / 6000);
    // Players reach the break one after the other, as far as they are behind the live edge.
    const reachedMs = timeMs + (configuration.isVod ? 0 : random.between(0, 9000));
    if (reachedMs >= endMs) return;
    yield {
      timeMs: reachedMs,
      seconds: configuration.isVod ? random.pick([30, 45, 60]) : 60,
      availId: sessionType === "HLS" ? String(sequence) : `p${sequence}`,
      timeoutProbability: timeoutProbability(incident, configuration.name, reachedMs),
    };
  }
}

function timeoutProbability({ adTimeouts }: Incident, configuration: string, timeMs: number): number {
  const isAffected =
    configuration === adTimeouts.playbackConfiguration &&
    timeMs >= adTimeouts.from.getTime() &&
    timeMs < adTimeouts.to.getTime();
  return isAffected ? adTimeoutProbabilityInIncident : usualTimeoutProbability;
}

function recordOf(random: Random, session: PlaybackSession, event: MediaTailorEvent): LogRecord {
  const { configuration } = session;
  const time = new Date(Math.floor(event.timeMs)).toISOString();
  const record = {
    eventType: event.eventType,
    eventTimestamp: time,
    // Reference 3.7: the transcode log has neither request nor customer.
    ...(event.log === "transcode" ? {} : { requestId: event.requestId, sessionType: session.sessionType, customerId }),
    eventDescription: "",
    awsAccountId: account,
    originId: configuration.name,
    sessionId: session.sessionId,
    ...event.detail,
  };
  return {
    route: configuration.routes[event.log],
    timeMs: event.timeMs,
    logStream: `${configuration.name}/${time.slice(0, 10)}`,
    text: nestedRecordText(record, random),
  };
}

/** MediaTailor asks MediaPackage v2 for the manifest and names its session, so that the two logs can be joined. */
function originFetch(random: Random, session: PlaybackSession, faultRate: FaultRate): LogRecord {
  const endpoint = originOf(session);
  const outcome = answer(random, {
    kind: "manifest",
    bytes: random.logNormal(4000, 0.3),
    faultProbability: faultRate(endpoint, session.startMs),
    isRefused: false,
    isLive: true,
    isCdn: false,
    asksRanges: false,
  });
  const names = namesOf(endpoint);
  const line = lineOfExchange({
    ...outcome,
    timeMs: session.startMs,
    endpoint,
    requester: { address: `18.185.${random.int(4)}.${1 + random.int(250)}`, agent: mediaTailorAgent, isCdn: false },
    kind: "manifest",
    path: names.manifest().path,
    query: `aws.sessionId=${session.sessionId}`,
    receivedBytes: 240 + random.int(200),
    manifestType: names.manifestType,
  });
  return { route: routes.v2Egress, timeMs: session.startMs, logStream: "", text: v2EgressText(line, random) };
}

function originOf({ configuration, sessionType }: PlaybackSession): V2Endpoint {
  const packaging = sessionType === "DASH" ? "dash" : "hls";
  const fitting = v2Endpoints.filter((endpoint) => endpoint.packaging === packaging);
  const endpoint = fitting[configuration.rank % fitting.length];
  if (endpoint === undefined) throw new RangeError(`no v2 endpoint is packaged as ${packaging}`);
  return endpoint;
}
