/** What MediaTailor's manifest service logs: errors of any logged session, every step of a debug session (reference 3.6). */
import type { MediaTailorEvent } from "./ad-breaks.ts";
import type { PlaybackSession } from "./playback-sessions.ts";
import type { Random } from "./random.ts";

const errors = [
  { eventType: "TIMEOUT_ERROR", httpCode: "504", errorMessage: "Origin did not answer within 2000 ms" },
  { eventType: "CONNECTION_ERROR", httpCode: "502", errorMessage: "Connection reset by peer" },
  { eventType: "NO_MEDIA_PLAYLIST", httpCode: "404", errorMessage: "Origin answered 404 to the media playlist" },
  { eventType: "SCTE35_PARSING_ERROR", httpCode: "", errorMessage: "Splice descriptor length 0x1c exceeds section" },
] as const;

export function manifestEvents(random: Random, session: PlaybackSession): MediaTailorEvent[] {
  const events: MediaTailorEvent[] = [];
  const add = (timeMs: number, eventType: string, detail: MediaTailorEvent["detail"]) =>
    events.push({ timeMs, log: "manifest", eventType, requestId: random.uuid(), detail });

  if (session.isDebug) {
    const origin = { originRequestUrl: originUrl(session), mediaTailorPath: mediaTailorPath(session) };
    add(session.startMs, "SESSION_INITIALIZED", { mediaTailorPath: mediaTailorPath(session) });
    for (let step = 0; step < 4; step++) {
      const timeMs = session.startMs + 300 + step * 6000;
      add(timeMs, "ORIGIN_MANIFEST", { ...origin, ...timing(timeMs), responseBody: manifest(session, step, "origin") });
      add(timeMs + 60, "GENERATED_MANIFEST", { ...origin, responseBody: manifest(session, step, "segments") });
    }
  }
  if (random.chance(0.06)) {
    const { eventType, httpCode, errorMessage } = random.pick(errors);
    const timeMs = random.between(session.startMs, session.endMs);
    add(timeMs, eventType, {
      originRequestUrl: originUrl(session),
      mediaTailorPath: mediaTailorPath(session),
      httpCode,
      errorMessage,
      cause: eventType === "TIMEOUT_ERROR" ? "java.net.SocketTimeoutException: Read timed out" : "",
      ...timing(timeMs - 2000),
    });
  }
  return events.sort((left, right) => left.timeMs - right.timeMs);
}

/** The documentation gives every one of these as text. */
function timing(startMs: number): Record<string, string> {
  const begin = Math.floor(startMs);
  const end = begin + 41;
  return {
    requestStartTime: new Date(begin).toISOString(),
    requestEndTime: new Date(end).toISOString(),
    requestStartTimeEpochMillis: String(begin),
    requestEndTimeEpochMillis: String(end),
  };
}

function fileName({ sessionType }: PlaybackSession): string {
  return sessionType === "HLS" ? "index.m3u8" : "index.mpd";
}

function originUrl(session: PlaybackSession): string {
  return `https://origin.example.com/${session.configuration.name}/${fileName(session)}`;
}

function mediaTailorPath(session: PlaybackSession): string {
  const name = session.configuration.name;
  const debug = session.isDebug ? "&aws.logMode=DEBUG" : "";
  return `/v1/${session.sessionType === "HLS" ? "master" : "dash"}/8f14e45fceea167a/${name}/${fileName(session)}?aws.sessionId=${session.sessionId}${debug}`;
}

function manifest(session: PlaybackSession, step: number, host: string): string {
  const sequence = Math.floor(session.startMs / 6000) + step;
  if (session.sessionType === "DASH") {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<MPD type="dynamic" minimumUpdatePeriod="PT2S"><Period id="p${sequence}"><BaseURL>https://${host}.example.com/${sequence}/</BaseURL></Period></MPD>\n`;
  }
  const segments = [0, 1, 2].map((offset) => `#EXTINF:6.000,\nhttps://${host}.example.com/seg_${sequence + offset}.ts`);
  return `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:${sequence}\n${segments.join("\n")}\n`;
}
