/** MediaTailor's interactions with the ad decision server; reference 3.4 and 3.5. */
import { examplesOf } from "../example.ts";

const loggedMs = 1_594_666_800_000;

/** What every record below has; `requestId` and `sessionId` in the order of the reference's record. */
const head = {
  event_time: "2020-07-13T18:59:56.000Z",
  event_time_us: 1_594_666_796_000_000,
  account: "111122223333",
  customer_id: "hash",
  playback_configuration: "examplename",
  session_id: "e039fd39-09f0-46b2-aca9-9871cc116cde",
  session_type: "HLS",
  event_description: "",
  request_id: "f5d3cf39-6258-4cf1-b3f6-a34ff8bf641d",
  weight: 1,
};

const record = (eventType: string, rest: string): string =>
  `{"eventType":"${eventType}","eventTimestamp":"2020-07-13T18:59:56Z","requestId":"f5d3cf39-6258-4cf1-b3f6-a34ff8bf641d","sessionType":"HLS","eventDescription":"","awsAccountId":"111122223333","customerId":"hash","originId":"examplename","sessionId":"e039fd39-09f0-46b2-aca9-9871cc116cde"${rest}}`;

const avail = `{"availId":"8","originAvailDuration":30.0,"filledDuration":15.0,"fillRate":0.5,"numAds":1.0,"slateAd":null,"creativeAds":[{"uri":"http://exampleads.com/ad.mp4","creativeUniqueId":"ad-1","adContent":{"adPlaylistUris":{"0.m3u8":"https://example.com/0.m3u8"}},"trackingEvents":{"impression":["http://exampleads.com/impression"]},"vastDuration":15.0,"transcodedAdDuration":15.0}],"skippedAds":[{"creativeUniqueId":"ad-2","adMezzanineUrl":"http://exampleads.com/ad2.mp4","skippedReason":"TRANSCODE_IN_PROGRESS","vastDuration":15.0}]}`;

const availColumns = {
  avail,
  avail_id: "8",
  origin_avail_seconds: 30,
  filled_seconds: 15,
  fill_rate: 0.5,
  num_ads: 1,
  skipped_count: 1,
  skipped_reasons: "TRANSCODE_IN_PROGRESS",
  unfilled_seconds: 15,
};

const requestHeaders = `[{"name":"X-Forwarded-For","value":"198.51.100.7"},{"name":"user-agent","value":"Roku/DVP-9.10 (519.10E04111A)"}]`;
const roku = { user_agent: "Roku/DVP-9.10 (519.10E04111A)", device: "tv", os: "Roku", browser: "Roku" };

const vastResponse = `{"version":"3.0","vastAds":[{"vastAdId":"1","adSystem":"GDFP","adTitle":"Überraschung","creativeId":"c","creativeAdId":"a","duration":15.0,"vastMediaFiles":[],"trackingEvents":{}}],"errors":[],"nonLinearAdsList":[]}`;

const beaconInfo = `{"trackingEvent":"firstQuartile","beaconUri":"http://exampleads.com/q1?ip=198.51.100.7","headers":[{"name":"User-Agent","value":"Roku/DVP-9.10 (519.10E04111A)"}]}`;

/** JSON text as a string of another JSON text, as some deliveries may write nested objects (reference 12, question 13). */
const escaped = (json: string): string => JSON.stringify(json);

export const mediatailorAdsExamples = examplesOf("mediatailor-ads", "mediatailor_ads", [
  {
    name: "the reference's record (3.4): a fill plan with one ad left out",
    loggedMs,
    texts: [record("FILLED_AVAIL", `,"avail":${avail}`)],
    row: { ...head, ...availColumns, event_type: "FILLED_AVAIL", event_class: "info" },
  },
  {
    name: "the fill plan as an escaped string: the same columns",
    loggedMs,
    texts: [record("FILLED_AVAIL", `,"avail":${escaped(avail)}`)],
    row: { ...head, ...availColumns, event_type: "FILLED_AVAIL", event_class: "info" },
  },
  {
    name: "a request to the ad decision server",
    loggedMs,
    texts: [
      record(
        "MAKING_ADS_REQUEST",
        String.raw`,"adsRequestUrl":"https://ads.example.com/vast?ip=198.51.100.7&u=\u00e9\ud83d\ude00","requestHeaders":${requestHeaders}`,
      ),
    ],
    row: {
      ...head,
      ...roku,
      event_type: "MAKING_ADS_REQUEST",
      event_class: "info",
      ads_request_url: "https://ads.example.com/vast?ip=198.51.100.7&u=é😀",
      request_headers: requestHeaders,
    },
  },
  {
    name: "a parsed response that is not ASCII, and what the registry alone names",
    loggedMs,
    texts: [
      record(
        "VAST_RESPONSE",
        `,"vastResponse":${vastResponse},"streamId":"s-1","adBreakCorrelationId":"b-1","vastAd":{}`,
      ),
    ],
    row: {
      ...head,
      event_type: "VAST_RESPONSE",
      event_class: "info",
      vast_response: vastResponse,
      vast_ad: "{}",
      stream_id: "s-1",
      ad_break_correlation_id: "b-1",
    },
  },
  {
    name: "a response and headers as escaped strings",
    loggedMs,
    texts: [
      record("VAST_RESPONSE", `,"vastResponse":${escaped(vastResponse)},"requestHeaders":${escaped(requestHeaders)}`),
    ],
    row: {
      ...head,
      ...roku,
      event_type: "VAST_RESPONSE",
      event_class: "info",
      vast_response: vastResponse,
      request_headers: requestHeaders,
    },
  },
  {
    name: "a beacon that was fired",
    loggedMs,
    texts: [record("BEACON_FIRED", `,"beaconInfo":${beaconInfo}`)],
    row: {
      ...head,
      ...roku,
      event_type: "BEACON_FIRED",
      event_class: "info",
      beacon_info: beaconInfo,
      beacon_event: "firstQuartile",
    },
  },
  {
    name: "a beacon that failed, its object as an escaped string",
    loggedMs,
    texts: [record("ERROR_FIRING_BEACON_FAILED", `,"error":"Read timed out","beaconInfo":${escaped(beaconInfo)}`)],
    row: {
      ...head,
      ...roku,
      event_type: "ERROR_FIRING_BEACON_FAILED",
      event_class: "error",
      error: "Read timed out",
      beacon_info: beaconInfo,
      beacon_event: "firstQuartile",
    },
  },
  {
    name: "a timeout of the ad decision server",
    loggedMs,
    texts: [
      record(
        "ERROR_ADS_TIMEOUT",
        String.raw`,"adsRequestUrl":"https://ads.example.com/vast","requestHeaders":[],"additionalInfo":"line 1\nline 2\ttab","cause":"java.net.SocketTimeoutException"`,
      ),
    ],
    row: {
      ...head,
      event_type: "ERROR_ADS_TIMEOUT",
      event_class: "error",
      ads_request_url: "https://ads.example.com/vast",
      request_headers: "[]",
      additional_info: "line 1\nline 2\ttab",
      cause: "java.net.SocketTimeoutException",
    },
  },
  {
    name: "a marker with its SCTE-35 type, and a rewritten URL",
    loggedMs,
    texts: [
      record(
        "AD_MARKER_FOUND",
        `,"adMarkers":"#EXT-X-CUE-OUT:30","segmentationUpid":"0x0C","segmentationTypeId":48,"prefetchScheduleName":"p","originalTargetUrl":"http://a/","updatedTargetUrl":"http://b/"`,
      ),
    ],
    row: {
      ...head,
      event_type: "AD_MARKER_FOUND",
      event_class: "info",
      ad_markers: "#EXT-X-CUE-OUT:30",
      segmentation_upid: "0x0C",
      segmentation_type_id: 48,
      prefetch_schedule_name: "p",
      original_target_url: "http://a/",
      updated_target_url: "http://b/",
    },
  },
  {
    name: "pieces of a raw request and response",
    loggedMs,
    texts: [
      record(
        "RAW_ADS_RESPONSE",
        String.raw`,"rawAdsResponse":"<VAST version=\"3.0\">","rawAdsResponseIndex":0,"rawAdsRequest":"GET /","rawAdsRequestIndex":"1"`,
      ),
    ],
    row: {
      ...head,
      event_type: "RAW_ADS_RESPONSE",
      event_class: "info",
      raw_ads_response: '<VAST version="3.0">',
      raw_ads_response_index: 0,
      raw_ads_request: "GET /",
      raw_ads_request_index: 1,
    },
  },
  {
    name: "an insertion plan of VOD",
    loggedMs,
    texts: [
      record(
        "VOD_TIME_BASED_AVAIL_PLAN_SUCCESS",
        `,"vodVastResponseTimeOffset":12.5,"vodCreativeOffsets":{"0.0":[{"uri":"http://a/","creativeUniqueId":"x"}]}`,
      ),
    ],
    row: {
      ...head,
      event_type: "VOD_TIME_BASED_AVAIL_PLAN_SUCCESS",
      event_class: "info",
      vod_vast_response_time_offset: 12.5,
      vod_creative_offsets: '{"0.0":[{"uri":"http://a/","creativeUniqueId":"x"}]}',
    },
  },
  {
    name: "a monetisation function, its event id as key of the function only",
    loggedMs,
    texts: [
      record(
        "PRE_ADS_REQUEST_FUNCTION_ERROR",
        `,"eventId":"fe-1","functionId":"f-1","executionTimeMs":12,"functionType":"HTTP_REQUEST","status":"ERROR","errorType":"TIMEOUT_ERROR","input":{"a":1},"output":null,"http":{"request":{"url":"http://f/"},"responseTimeMs":11,"truncated":false}`,
      ),
    ],
    row: {
      ...head,
      event_type: "PRE_ADS_REQUEST_FUNCTION_ERROR",
      event_class: "error",
      function_event_id: "fe-1",
      function_id: "f-1",
      execution_time_ms: 12,
      function_type: "HTTP_REQUEST",
      function_status: "ERROR",
      error_type: "TIMEOUT_ERROR",
      function_input: '{"a":1}',
      http: '{"request":{"url":"http://f/"},"responseTimeMs":11,"truncated":false}',
    },
  },
  {
    name: "a warning",
    loggedMs,
    texts: [record("WARNING_NO_ADVERTISEMENTS", "")],
    row: { ...head, event_type: "WARNING_NO_ADVERTISEMENTS", event_class: "warning" },
  },
  {
    name: "an event that no list has yet, with a field that nobody knows",
    loggedMs,
    texts: [record("AD_BREAK_SOMETHING_NEW", `,"adsRequestUrl":"https://x/","novelty":{"a":[1.50,"\\u00e9"]}`)],
    row: {
      ...head,
      event_type: "AD_BREAK_SOMETHING_NEW",
      event_class: "review",
      ads_request_url: "https://x/",
      extra: String.raw`{"novelty":{"a":[1.50,"\u00e9"]}}`,
    },
  },
]);
