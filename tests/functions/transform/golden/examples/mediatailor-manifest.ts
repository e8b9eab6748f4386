/** MediaTailor's manifest service; reference 3.6. */
import { examplesOf } from "../example.ts";

const loggedMs = 1_594_666_800_000;

const head = {
  event_time: "2020-07-13T18:59:56.000Z",
  event_time_us: 1_594_666_796_000_000,
  account: "111122223333",
  customer_id: "hash",
  playback_configuration: "examplename",
  session_id: "32002de2-837c-4e3e-9660-f3075e8dfd90",
  session_type: "HLS",
  event_description: "",
  request_id: "e5ba82a5-f8ac-4efb-88a0-55bed21c45b4",
  weight: 1,
};

const record = (eventType: string, rest: string): string =>
  `{"eventType":"${eventType}","eventTimestamp":"2020-07-13T18:59:56Z","eventDescription":"","awsAccountId":"111122223333","customerId":"hash","originId":"examplename","sessionId":"32002de2-837c-4e3e-9660-f3075e8dfd90","sessionType":"HLS","requestId":"e5ba82a5-f8ac-4efb-88a0-55bed21c45b4"${rest}}`;

export const mediatailorManifestExamples = examplesOf("mediatailor-manifest", "mediatailor_manifest", [
  {
    name: "the reference's record (3.6): a personalised manifest of a debug session",
    loggedMs,
    texts: [
      record(
        "GENERATED_MANIFEST",
        String.raw`,"originRequestUrl":"http://examplevideo.com/master.m3u8","mediaTailorPath":"/v1/master/hash/examplename/master.m3u8?aws.logMode=DEBUG","responseBody":"#EXTM3U\n#EXT-X-VERSION:3\n"`,
      ),
    ],
    row: {
      ...head,
      event_type: "GENERATED_MANIFEST",
      event_class: "info",
      origin_request_url: "http://examplevideo.com/master.m3u8",
      mediatailor_path: "/v1/master/hash/examplename/master.m3u8?aws.logMode=DEBUG",
      response_body: "#EXTM3U\n#EXT-X-VERSION:3\n",
    },
  },
  {
    name: "a failure, all numbers as text: an error whose name does not say so",
    loggedMs,
    texts: [
      record(
        "UNKNOWN_HOST",
        String.raw`,"originFullUrl":"http://origin/a/b.m3u8","originPrefixUrl":"http://origin/a","assetPath":"b.m3u8","response":"Not Found","httpCode":"504","errorMessage":"no such host","cause":"java.net.UnknownHostException","additionalInfo":"dns","adNumNewAvails":"2","requestStartTime":"Mon Jul 13 18:59:55 UTC 2020","requestEndTime":"Mon Jul 13 18:59:56 UTC 2020","requestStartTimeEpochMillis":"1594666795123","requestEndTimeEpochMillis":"1594666796001","requestNextToken":"t","generatedMediaPlaylist":"#EXTM3U","adAdsRequest":"https://ads/","adAdsResponse":"{\"a\":1}","adAdsRawResponse":"<VAST/>","executionTimeMs":"7"`,
      ),
    ],
    row: {
      ...head,
      event_type: "UNKNOWN_HOST",
      event_class: "error",
      origin_full_url: "http://origin/a/b.m3u8",
      origin_prefix_url: "http://origin/a",
      asset_path: "b.m3u8",
      response: '"Not Found"',
      http_code: 504,
      error_message: "no such host",
      cause: "java.net.UnknownHostException",
      additional_info: "dns",
      ad_num_new_avails: 2,
      request_start_text: "Mon Jul 13 18:59:55 UTC 2020",
      request_end_text: "Mon Jul 13 18:59:56 UTC 2020",
      request_start_time: "2020-07-13T18:59:55.123Z",
      request_end_time: "2020-07-13T18:59:56.001Z",
      request_next_token: "t",
      generated_media_playlist: "#EXTM3U",
      ad_ads_request: '"https://ads/"',
      ad_ads_response: '{"a":1}',
      ad_ads_raw_response: '"<VAST/>"',
      execution_time_ms: 7,
    },
  },
  {
    name: "the same numbers as numbers, and empty texts where there are none",
    loggedMs,
    texts: [
      record(
        "LAST_PERIOD_MISSING_AUDIO_WARNING",
        `,"httpCode":504,"adNumNewAvails":"","requestStartTimeEpochMillis":1594666795123,"requestEndTimeEpochMillis":""`,
      ),
    ],
    row: {
      ...head,
      event_type: "LAST_PERIOD_MISSING_AUDIO_WARNING",
      event_class: "warning",
      http_code: 504,
      request_start_time: "2020-07-13T18:59:55.123Z",
    },
  },
]);
