/** Columns that are computed from nested values of MediaTailor records; reference 3.2, 3.4 and 3.6. */
import { manifestEvents } from "../../../catalog/mediatailor-events.ts";
import { queryParameter, splitUrl } from "./url.ts";

/** JSON text of a nested value as its column holds it, or null when the record has none. */
type JsonText = string | null;

/** Tracking event of a beacon, e.g. `impression`. */
export function beaconEvent(beaconInfo: JsonText): string | null {
  return textOf(member(parsed(beaconInfo), "trackingEvent"));
}

/** Ads that a fill plan left out; a plan without a list of them left out none. Null without a plan. */
export function skippedCount(avail: JsonText): number | null {
  return skippedAds(avail)?.length ?? null;
}

/** Why ads were left out: the distinct reasons in order of appearance, joined by a comma; null when there is none. */
export function skippedReasons(avail: JsonText): string | null {
  const reasons = (skippedAds(avail) ?? []).map((ad) => textOf(member(ad, "skippedReason")));
  return [...new Set(reasons)].filter((reason) => reason !== null).join(",") || null;
}

/** User-Agent among the headers sent to the ad decision server, else among those of the beacon; by name, not by place. */
export function userAgentOfHeaders(requestHeaders: JsonText, beaconInfo: JsonText): string | null {
  return (
    headerOf(parsed(requestHeaders), "user-agent") ?? headerOf(member(parsed(beaconInfo), "headers"), "user-agent")
  );
}

/** Seconds of an ad break that the plan does not fill; negative when it overfills. */
export function unfilledSeconds(originAvailSeconds: number, filledSeconds: number): number {
  return originAvailSeconds - filledSeconds;
}

/**
 * Whether a record belongs to a debug session, which is logged whatever the percentage is: its event occurs in such sessions
 * only, or the player asked for it (`aws.logMode=DEBUG`; the value is case-sensitive).
 */
export function isDebugSession(eventType: string | null, mediaTailorPath: string | null): boolean {
  if (eventType !== null && manifestEvents.info.includes(eventType)) return true;
  return queryParameter(splitUrl(mediaTailorPath ?? "").query ?? "", "aws.logMode") === "DEBUG";
}

function skippedAds(avail: JsonText): readonly unknown[] | null {
  const plan = parsed(avail);
  if (!isObject(plan)) return null;
  const list = member(plan, "skippedAds") ?? [];
  return Array.isArray(list) ? list : null;
}

function headerOf(headers: unknown, name: string): string | null {
  if (!Array.isArray(headers)) return null;
  const header: unknown = headers.find((entry) => textOf(member(entry, "name"))?.toLowerCase() === name);
  return textOf(member(header, "value"));
}

/** Nested values come as JSON, or as a string that holds the JSON (reference 12, question 13). */
function parsed(text: JsonText): unknown {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "string" ? JSON.parse(value) : value;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
