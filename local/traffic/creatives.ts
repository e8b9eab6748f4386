/** Ads: creatives, the VAST document that offers them, and MediaTailor's plan to fill a break with them (reference 3.4). */
import { account, region } from "./plan.ts";
import { type Random, randomStream } from "./random.ts";

export interface Creative {
  readonly id: string;
  readonly title: string;
  readonly adSystem: string;
  readonly seconds: number;
  readonly mezzanineUrl: string;
}

const advertisers = ["Nordwind Reisen", "Bäckerei Krüger", "Café Central", "Volta Cars", "Fjord & Sons", "Sol y Mar"];
const adSystems = ["ExampleAds", "OpenSpot 4.2", "house"];

function creative(random: Random, id: string): Creative {
  return {
    id,
    title: `${random.pick(advertisers)} – "${random.pick(["Sommer", "Spring '25", "Q3", "Relaunch"])}"`,
    adSystem: random.pick(adSystems),
    seconds: random.pick([10, 15, 15, 20, 30]),
    mezzanineUrl: `https://creatives.example-ads.com/mezzanine/${id}/master.mp4`,
  };
}

const runningCampaigns: readonly Creative[] = Array.from({ length: 28 }, (_, index) =>
  creative(randomStream(0, "creative", index), `cr-${1040 + index * 7}`),
);

/** A creative of a running campaign; some run much more often than others. */
export function runningCreative(random: Random): Creative {
  return (
    runningCampaigns[Math.floor(random.float() * random.float() * runningCampaigns.length)] ??
    random.pick(runningCampaigns)
  );
}

/** A creative that MediaTailor has not seen before: it has to be transcoded first. */
export function newCreative(random: Random): Creative {
  return creative(random, `cr-n${random.hex(6)}`);
}

export const linearEvents = ["impression", "start", "firstQuartile", "midpoint", "thirdQuartile", "complete"] as const;
type LinearEvent = (typeof linearEvents)[number];

export function beaconUrl(ad: Creative, event: LinearEvent, availId: string): string {
  return `https://track.example-ads.com/b?ev=${event}&cr=${ad.id}&avail=${availId}`;
}

function trackingEvents(ad: Creative, availId: string): Record<string, string[]> {
  return Object.fromEntries(linearEvents.map((event) => [event, [beaconUrl(ad, event, availId)]]));
}

export function vastResponse(ads: readonly Creative[], availId: string): Record<string, unknown> {
  return {
    version: "3.0",
    vastAds: ads.map((ad) => ({
      vastAdId: `ad-${ad.id}`,
      adSystem: ad.adSystem,
      adTitle: ad.title,
      creativeId: ad.id,
      creativeAdId: `${ad.id}-${ad.seconds}s`,
      duration: ad.seconds,
      vastMediaFiles: [mediaFile(ad, 1920, 1080, 8000), mediaFile(ad, 1280, 720, 3500)],
      trackingEvents: trackingEvents(ad, availId),
      vastAdTagUri: null,
    })),
    errors: [`https://track.example-ads.com/error?code=[ERRORCODE]&avail=${availId}`],
    nonLinearAdsList: [],
  };
}

function mediaFile(ad: Creative, width: number, height: number, bitrate: number): Record<string, unknown> {
  return {
    uri: ad.mezzanineUrl,
    id: `${ad.id}-${height}`,
    delivery: "progressive",
    type: "video/mp4",
    apiFramework: "",
    width,
    height,
    bitrate,
  };
}

export interface SkippedAd {
  readonly creative: Creative;
  readonly reason: string;
}

interface FillPlan {
  readonly availId: string;
  readonly breakSeconds: number;
  readonly ads: readonly Creative[];
  readonly skipped: readonly SkippedAd[];
}

/** The `avail` object of `FILLED_AVAIL`. */
export function availOf(plan: FillPlan): Record<string, unknown> {
  const filled = plan.ads.reduce((sum, ad) => sum + ad.seconds, 0);
  const isFull = filled >= plan.breakSeconds - 0.5;
  return {
    availId: plan.availId,
    originAvailDuration: plan.breakSeconds,
    filledDuration: filled,
    fillRate: Math.round(Math.min(1, filled / plan.breakSeconds) * 10_000) / 10_000,
    numAds: plan.ads.length,
    driftMillisecondsAtAvailStart: 0,
    creativeAds: plan.ads.map((ad) => ({
      uri: ad.mezzanineUrl,
      creativeUniqueId: ad.id,
      adSystem: ad.adSystem,
      adContent: { adPlaylistUris: playlistUris(ad) },
      trackingEvents: trackingEvents(ad, plan.availId),
      vastDuration: ad.seconds,
      transcodedAdDuration: ad.seconds + 0.013,
    })),
    slateAd: isFull ? null : slate,
    skippedAds: plan.skipped.map(({ creative: ad, reason }) => ({
      creativeUniqueId: ad.id,
      adMezzanineUrl: ad.mezzanineUrl,
      skippedReason: reason,
      vastDuration: ad.seconds,
    })),
    adBreakTrackingEvents: {},
  };
}

const slate = {
  uri: "https://creatives.example-ads.com/slate/brand.mp4",
  creativeUniqueId: "https://creatives.example-ads.com/slate/brand.mp4",
  adContent: null,
  transcodedAdDuration: 10.01,
};

const segmentHost = `https://segments.mediatailor.${region}.amazonaws.com`;

function playlistUris(ad: Creative): Record<string, string> {
  return {
    "0.m3u8": `${segmentHost}/${account}/${ad.id}/0.m3u8`,
    "1.m3u8": `${segmentHost}/${account}/${ad.id}/1.m3u8`,
  };
}
