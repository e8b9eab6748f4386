/** What a player asked the origin for; reference 11.1 to 11.3. */
import { matchingPath, queryParameter } from "./url.ts";

export { splitUrl } from "./url.ts";

type RequestType = "manifest" | "key" | "init" | "segment" | "subtitle" | "image" | "other";
type StreamingFormat = "hls" | "dash" | "mss" | "cmaf_or_dash";

interface Rule<Result> {
  readonly path: RegExp;
  readonly is: Result;
}

/** Rules 2 to 9 of reference 11.3 in their order; the first match wins. Paths come in lower case. */
const requestTypes: readonly Rule<RequestType>[] = [
  { path: /\.(?:m3u8?|mpd)$/, is: "manifest" },
  { path: /\.ism.*\/manifest$/s, is: "manifest" },
  { path: /\.key$/, is: "key" },
  { path: /(?:^|[/_-])init(?:[_-]\d+)*\.(?:mp4|m4[asv]|cmf[avt])$|\.init$/, is: "init" },
  { path: /\/fragments\(|fragmentinfo\(|\/keyframes\(/, is: "segment" },
  { path: /\.(?:ts|m2ts|mts|m4[asvf]|mp[34]|cmf[avtm]|aac|ac[34]|ec3|webm)$/, is: "segment" },
  { path: /\.(?:vtt|webvtt|ttml|dfxp|stpp|imsc1)$/, is: "subtitle" },
  { path: /\.(?:jpe?g|png)$/, is: "image" },
];

/**
 * Formats by the shape of the path. Fragmented MP4 belongs to HLS (CMAF) as well as DASH, and its path does not tell which.
 * Elementary audio streams are the packed audio of HLS (RFC 8216 3.4).
 */
const streamingFormats: readonly Rule<StreamingFormat>[] = [
  { path: /\.m3u8?$/, is: "hls" },
  { path: /\.mpd$/, is: "dash" },
  { path: /\.isml?(?:\/|$)|\/fragments\(|fragmentinfo\(|\/keyframes\(/, is: "mss" },
  { path: /\.(?:ts|m2ts|mts|aac|mp3|ac3|ec3)$/, is: "hls" },
  { path: /\.(?:mp4|m4[asvf]|cmf[avtm])$/, is: "cmaf_or_dash" },
  { path: /\.webm$/, is: "dash" },
];

/** Names that MediaPackage v2 gives to manifests; `DASH` alone is documented (reference 12, question 7). */
const manifestTypes: readonly { readonly name: RegExp; readonly is: StreamingFormat }[] = [
  { name: /^(?:ll|low[-_ ]?latency)?[-_ ]?hls(?:[-_ ]?(?:cmaf|ts))?$/i, is: "hls" },
  { name: /^(?:mpeg[-_ ]?)?dash$/i, is: "dash" },
  { name: /^(?:mss|ism|(?:microsoft[-_ ]?)?smooth(?:[-_ ]?streaming)?)$/i, is: "mss" },
];

function firstMatch<Result>(rules: readonly Rule<Result>[], path: string): Result | undefined {
  return rules.find((rule) => rule.path.test(path))?.is;
}

/** Kind of a request by the end of its path. Rule 1, the manifest fields of v2, is up to the caller. */
export function requestType(uri: string): RequestType {
  return firstMatch(requestTypes, matchingPath(uri)) ?? "other";
}

/**
 * Streaming format of a request.
 *
 * @param manifestType what v2 says; wins over the path when its name is known
 * @returns null when neither tells
 */
export function streamingFormat(uri: string, manifestType?: string): StreamingFormat | null {
  const said = manifestType?.trim() ?? "";
  return (
    manifestTypes.find((type) => type.name.test(said))?.is ?? firstMatch(streamingFormats, matchingPath(uri)) ?? null
  );
}

/** Whether a low-latency HLS playlist request waits on purpose for a segment that is still to come (reference 11.2). */
export function isBlockingReload(query: string): boolean {
  return queryParameter(query, "_HLS_msn") !== null;
}

/** MediaTailor session that the query names, or null. */
export function playbackSession(query: string): string | null {
  return queryParameter(query, "aws.sessionId") || null;
}
