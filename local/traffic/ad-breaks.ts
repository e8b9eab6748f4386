/** What MediaTailor logs about one ad break of one session: request, answer, plan, beacons, transcoding (reference 3.4–3.7). */
import {
  availOf,
  beaconUrl,
  type Creative,
  linearEvents,
  newCreative,
  runningCreative,
  type SkippedAd,
  vastResponse,
} from "./creatives.ts";
import type { Timed } from "./interleave.ts";
import type { PlaybackSession } from "./playback-sessions.ts";
import type { Random } from "./random.ts";

/** An event of one of the three logs, before it is text. */
export interface MediaTailorEvent extends Timed {
  readonly log: "ads" | "manifest" | "transcode";
  readonly eventType: string;
  /** Correlates the records of one request; the transcode log has none. */
  readonly requestId: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AdBreak {
  readonly timeMs: number;
  readonly seconds: number;
  /** Media sequence number (HLS) or period (DASH). */
  readonly availId: string;
  /** Probability that the ad decision server does not answer in time. */
  readonly timeoutProbability: number;
}

/** An event that still lacks its request. */
type Happening = Pick<MediaTailorEvent, "timeMs" | "eventType" | "detail">;

/** Events of a break in the order of time; the viewer sees no more than the session lasts. */
export function adBreakEvents(random: Random, session: PlaybackSession, adBreak: AdBreak): MediaTailorEvent[] {
  const requestId = random.uuid();
  const request = adsRequest(random, session, adBreak);
  const askedMs = adBreak.timeMs + random.between(3, 12);
  const drawn = drawOffer(random, adBreak);
  const isTimeout = random.chance(adBreak.timeoutProbability);
  const offer = isTimeout ? { ads: [], skipped: [] } : drawn;
  const answeredMs = askedMs + (isTimeout ? adsTimeoutMs : Math.min(random.logNormal(140, 0.5), adsTimeoutMs));
  const filledMs = answeredMs + random.between(5, 40);
  const { availId, seconds: breakSeconds } = adBreak;

  const ads: Happening[] = [
    { timeMs: askedMs, eventType: "MAKING_ADS_REQUEST", detail: request },
    ...(isTimeout ? [timeout(answeredMs, request)] : answerEvents(random, answeredMs, availId, offer)),
    { timeMs: filledMs, eventType: "FILLED_AVAIL", detail: { avail: availOf({ availId, breakSeconds, ...offer }) } },
    ...beaconEvents(random, session, adBreak, offer.ads),
  ];
  if (!session.configuration.isVod) {
    ads.push({ timeMs: adBreak.timeMs, eventType: "AD_MARKER_FOUND", detail: { adMarkers: marker(session, adBreak) } });
  }
  const transcode = offer.skipped.flatMap(({ creative }) => transcodeEvents(random, session, creative, filledMs));
  return [
    ...ads
      .filter((event) => event.timeMs <= session.endMs)
      .map((event) => ({ ...event, requestId, log: "ads" as const })),
    ...transcode.map((event) => ({ ...event, requestId, log: "transcode" as const })),
  ].sort((left, right) => left.timeMs - right.timeMs);
}

const adsTimeoutMs = 1500;

function timeout(timeMs: number, request: Record<string, unknown>): Happening {
  const error = `The ad decision server did not answer within ${adsTimeoutMs} ms`;
  return { timeMs, eventType: "ERROR_ADS_TIMEOUT", detail: { ...request, error } };
}

function answerEvents(random: Random, timeMs: number, availId: string, { ads, skipped }: Offer): Happening[] {
  const offered = [...ads, ...skipped.map(({ creative }) => creative)];
  const first = offered[0];
  if (first === undefined) {
    // An empty answer leaves its own record and a VAST_RESPONSE without a document (reference 3.4).
    return [
      { timeMs, eventType: "EMPTY_VAST_RESPONSE", detail: {} },
      { timeMs: timeMs + 1, eventType: "VAST_RESPONSE", detail: {} },
      { timeMs: timeMs + 2, eventType: "WARNING_NO_ADVERTISEMENTS", detail: {} },
    ];
  }
  const response = { timeMs, eventType: "VAST_RESPONSE", detail: { vastResponse: vastResponse(offered, availId) } };
  if (!random.chance(0.006)) return [response];
  const detail = {
    vastAd: { vastAdId: `ad-${first.id}`, creativeId: first.id },
    error: "No media file of the ad can be transcoded",
  };
  return [response, { timeMs: timeMs + 1, eventType: "ERROR_VAST_INVALID_MEDIA_FILE", detail }];
}

function transcodeEvents(random: Random, session: PlaybackSession, creative: Creative, timeMs: number): Happening[] {
  const detail = {
    creativeUniqueId: creative.id,
    adUri: creative.mezzanineUrl,
    profileName: `${session.configuration.name}-${session.sessionType.toLowerCase()}`,
    transcodeRequestId: random.uuid(),
  };
  const outcome = random.chance(0.05) ? random.pick(["TRANSCODE_ERROR", "IMPORT_ERROR"]) : "TRANSCODE_COMPLETED";
  const doneMs = timeMs + random.between(20_000, 80_000);
  const cacheStatus = outcome === "TRANSCODE_COMPLETED" ? "HIT" : "MISS";
  return [
    { timeMs: timeMs + 20, eventType: "INITIALIZED", detail: { ...detail, cacheStatus: "MISS" } },
    { timeMs: timeMs + 400, eventType: "TRANSCODE_IN_PROGRESS", detail: { ...detail, cacheStatus: "MISS" } },
    { timeMs: doneMs, eventType: outcome, detail: { ...detail, cacheStatus } },
  ];
}

function beaconEvents(
  random: Random,
  session: PlaybackSession,
  { timeMs, availId }: AdBreak,
  ads: readonly Creative[],
): Happening[] {
  let adStartMs = timeMs + 600;
  return ads.flatMap((ad) => {
    const beginMs = adStartMs;
    adStartMs += ad.seconds * 1000;
    return linearEvents.map((event, index) => {
      // Impression and start come first, then a beacon per quarter of the ad.
      const share = Math.max(0, index - 1) / 4;
      const firedMs = beginMs + share * ad.seconds * 1000 + random.between(0, 60);
      const beaconUri = beaconUrl(ad, event, availId);
      const beaconInfo = { trackingEvent: event, beaconUri, headers: viewerHeaders(session) };
      if (!random.chance(0.006)) return { timeMs: firedMs, eventType: "BEACON_FIRED", detail: { beaconInfo } };
      const detail = { error: "Beacon call timed out after 3 s", beaconInfo };
      return { timeMs: firedMs + 3000, eventType: "ERROR_FIRING_BEACON_FAILED", detail };
    });
  });
}

interface Offer {
  readonly ads: Creative[];
  readonly skipped: SkippedAd[];
}

function drawOffer(random: Random, adBreak: AdBreak): Offer {
  const offer: Offer = { ads: [], skipped: [] };
  if (random.chance(0.04)) return offer;
  let leftSeconds = adBreak.seconds;
  if (random.chance(0.1)) {
    const reason = random.pick(["NEW_CREATIVE", "TRANSCODE_IN_PROGRESS", "IMPORT_IN_PROGRESS"]);
    offer.skipped.push({ creative: newCreative(random), reason });
    leftSeconds -= 15;
  }
  while (leftSeconds >= 10 && offer.ads.length < 3 && !random.chance(0.06)) {
    const creative = runningCreative(random);
    if (creative.seconds > leftSeconds) break;
    offer.ads.push(creative);
    leftSeconds -= creative.seconds;
  }
  return offer;
}

function adsRequest(random: Random, session: PlaybackSession, adBreak: AdBreak): Record<string, unknown> {
  const { viewer } = session;
  const query = new URLSearchParams({
    config: session.configuration.name,
    sid: session.sessionId,
    dur: String(adBreak.seconds),
    avail: adBreak.availId,
    ip: viewer.address,
    geo: viewer.country,
    cb: random.digits(10),
  });
  return {
    adsRequestUrl: `https://ads.example-ads.com/vast/3?${query}`,
    requestHeaders: viewerHeaders(session),
  };
}

function viewerHeaders({ viewer }: PlaybackSession): { name: string; value: string }[] {
  return [
    { name: "User-Agent", value: viewer.agent },
    { name: "X-Forwarded-For", value: viewer.address },
  ];
}

function marker(session: PlaybackSession, adBreak: AdBreak): string {
  if (session.sessionType === "HLS") {
    return `#EXT-X-CUE-OUT:DURATION=${adBreak.seconds.toFixed(3)}`;
  }
  return `<EventStream timescale="90000" schemeIdUri="urn:scte:scte35:2013:xml"><Event duration="${adBreak.seconds * 90_000}" id="${adBreak.availId}"/></EventStream>`;
}
