/** Sessions of viewers at MediaTailor: all of them, whether the log will show them or not. */
import { arrivals } from "./arrivals.ts";
import { demand, drawViewer, meanDemand, type Viewer } from "./audience.ts";
import { describeIncident } from "./incident.ts";
import { interleave, mergeStreams } from "./interleave.ts";
import { configurationNames, requestsPerSecond, type TimeWindow, type TrafficPlan, timeWindow } from "./plan.ts";
import { type Random, randomStream, Weighted } from "./random.ts";
import { type MediaTailorRoutes, mediaTailorRoutes } from "./routes.ts";
import { percentAt } from "./sampling.ts";

type SessionType = "HLS" | "DASH";

export interface PlaybackSession {
  readonly sessionId: string;
  readonly configuration: PlaybackConfiguration;
  readonly sessionType: SessionType;
  readonly viewer: Viewer;
  readonly startMs: number;
  readonly endMs: number;
  /** Chosen by the percentage in force at its start: then all its events are logged, else none. */
  readonly isSampled: boolean;
  /** Debug sessions are logged whatever the percentage is, and in more detail (reference 3.2). */
  readonly isDebug: boolean;
}

interface PlaybackConfiguration {
  readonly name: string;
  readonly isVod: boolean;
  /** Legacy log groups or vended delivery. */
  readonly routes: MediaTailorRoutes;
  readonly rank: number;
}

/** The plan's playback configurations: legacy and vended delivery in turn; VOD by name. */
function playbackConfigurations(plan: TrafficPlan): readonly PlaybackConfiguration[] {
  return configurationNames(plan).map((name, rank) => ({
    name,
    rank,
    isVod: /vod|catchup/i.test(name),
    routes: rank % 2 === 0 ? mediaTailorRoutes.legacy : mediaTailorRoutes.vended,
  }));
}

const longestSessionMs = 45 * 60_000;
/** MediaTailor sessions per origin request: CDNs answer most of what viewers ask. */
const sessionsPerRequest = 0.1;
const debugEvery = 211;

/** The beginning of a session, before anybody knows whose it is. */
interface SessionStart {
  readonly timeMs: number;
  /** Name and number tell the randomness of this session from that of others. */
  readonly stream: string;
  readonly index: number;
  readonly audience: Weighted<PlaybackConfiguration>;
}

/** All sessions with any time in the window, in the order of their start. */
export function* playbackSessions(plan: TrafficPlan): Generator<PlaybackSession> {
  const { startMs } = timeWindow(plan);
  for (const start of mergeStreams([usualStarts(plan), programmeStarts(plan)])) {
    const session = drawSession(plan, start);
    if (session.endMs > startMs) yield session;
  }
}

function usualStarts(plan: TrafficPlan): Generator<SessionStart> {
  const { startMs, endMs } = timeWindow(plan);
  const audience = new Weighted(playbackConfigurations(plan), popularity);
  const scale = (requestsPerSecond(plan) * sessionsPerRequest) / meanDemand(startMs, endMs);
  const window = { startMs: startMs - longestSessionMs, endMs };
  return starts(plan, "usual", window, audience, (timeMs) => scale * demand(timeMs));
}

/** As many again as usual on the playback configuration of the incident. */
function programmeStarts(plan: TrafficPlan): Generator<SessionStart> {
  const { adTimeouts, programme } = describeIncident(plan);
  const all = playbackConfigurations(plan);
  const audience = new Weighted(
    all.filter(({ name }) => name === adTimeouts.playbackConfiguration),
    popularity,
  );
  const share = audience.total / all.reduce((sum, configuration) => sum + popularity(configuration), 0);
  const rate = requestsPerSecond(plan) * sessionsPerRequest * share;
  const endMs = Math.min(programme.to.getTime(), timeWindow(plan).endMs);
  return starts(plan, "programme", { startMs: programme.from.getTime(), endMs }, audience, () => rate);
}

function popularity({ rank }: PlaybackConfiguration): number {
  return 1 / (rank + 1);
}

function starts(
  plan: TrafficPlan,
  stream: string,
  window: TimeWindow,
  audience: Weighted<PlaybackConfiguration>,
  ratePerSecond: (timeMs: number) => number,
): Generator<SessionStart> {
  const random = randomStream(plan.seed, "session starts", stream);
  const begin = (timeMs: number, index: number) => [{ timeMs, stream, index, audience }].values();
  return interleave(arrivals(random, window, ratePerSecond, begin));
}

function drawSession(plan: TrafficPlan, { timeMs, stream, index, audience }: SessionStart): PlaybackSession {
  const random = randomStream(plan.seed, "session", stream, index);
  const configuration = audience.pick(random);
  const sessionType = random.chance(0.68) ? "HLS" : "DASH";
  const percent = percentAt(plan, configuration.name, timeMs);
  return {
    sessionId: random.uuid(),
    configuration,
    sessionType,
    viewer: drawViewer(random, timeMs, sessionType === "HLS" ? "hls" : "dash"),
    startMs: timeMs,
    endMs: timeMs + Math.min(random.logNormal(8.5, 0.75) * 60_000, longestSessionMs),
    // A stream of its own: another percentage changes who is logged, not what happens.
    isSampled: randomStream(plan.seed, "session sampling", stream, index).float() * 100 < percent,
    isDebug: stream === "usual" && index % debugEvery === 17,
  };
}

/** Randomness of what happens in a session, apart from who it is. */
export function eventsOfSession(plan: TrafficPlan, session: PlaybackSession): Random {
  return randomStream(plan.seed, "session events", session.sessionId);
}
