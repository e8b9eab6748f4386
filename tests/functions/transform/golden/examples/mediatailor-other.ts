/** MediaTailor's transcode and as-run logs; reference 3.7 and 3.8. */
import { type EventFacts, type ExpectedRow, examplesOf } from "../example.ts";

const loggedMs = 1_594_666_800_123;

const transcoded = {
  event_time: "2020-07-13T18:59:56.000Z",
  event_time_us: 1_594_666_796_000_000,
  event_description: "",
  account: "111122223333",
  playback_configuration: "examplename",
  session_id: "e039fd39-09f0-46b2-aca9-9871cc116cde",
  creative_unique_id: "ad-1",
  ad_uri: "http://exampleads.com/ad.mp4",
  weight: 1,
};

export const mediatailorTranscodeExamples = examplesOf("mediatailor-transcode", "mediatailor_transcode", [
  {
    name: "the reference's record (3.7)",
    loggedMs,
    texts: [
      `{"eventType":"TRANSCODE_COMPLETED","eventTimestamp":"2020-07-13T18:59:56Z","eventDescription":"","awsAccountId":"111122223333","originId":"examplename","sessionId":"e039fd39-09f0-46b2-aca9-9871cc116cde","creativeUniqueId":"ad-1","adUri":"http://exampleads.com/ad.mp4","profileName":"profile-7","transcodeRequestId":"t-1","cacheStatus":"HIT"}`,
    ],
    row: {
      ...transcoded,
      event_type: "TRANSCODE_COMPLETED",
      profile_name: "profile-7",
      transcode_request_id: "t-1",
      cache_status: "HIT",
      event_class: "info",
    },
  },
  {
    name: "a failure",
    loggedMs,
    texts: [
      `{"eventType":"PROFILE_NOT_FOUND","eventTimestamp":"2020-07-13T18:59:56Z","eventDescription":"","awsAccountId":"111122223333","originId":"examplename","sessionId":"e039fd39-09f0-46b2-aca9-9871cc116cde","creativeUniqueId":"ad-1","adUri":"http://exampleads.com/ad.mp4"}`,
    ],
    row: { ...transcoded, event_type: "PROFILE_NOT_FOUND", event_class: "error" },
  },
]);

const asRunText = `{"programName":"evening","start":"2020-07-13T18:00:00Z","n":1.0,"x":[ 1,2 ]}`;
const ofLog = ({ owner, logStream }: EventFacts): ExpectedRow => ({
  ...(owner === undefined ? {} : { account: owner }),
  ...(logStream === undefined ? {} : { log_stream: logStream }),
});

export const mediatailorAsRunExamples = examplesOf("mediatailor-as-run", "mediatailor_as_run", [
  {
    name: "a JSON text: kept to the letter, the time is that of the log event",
    loggedMs,
    texts: [asRunText],
    row: {
      event_time: "2020-07-13T19:00:00.123Z",
      event_time_us: 1_594_666_800_123_000,
      raw: asRunText,
      weight: 1,
    },
    fromEnvelope: ofLog,
  },
  {
    name: "a text that is no JSON",
    loggedMs,
    texts: ['18:00 evening, "Überblick" started'],
    row: {
      event_time: "2020-07-13T19:00:00.123Z",
      event_time_us: 1_594_666_800_123_000,
      raw: '18:00 evening, "Überblick" started',
      weight: 1,
    },
    fromEnvelope: ofLog,
  },
]);
