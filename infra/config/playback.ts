/** A playback configuration as it stands in a stack file: the service's own settings, in the provider's spelling. */
import { z } from "zod";
import { byName, group, oneOf, text, url, wholeNumber, yesOrNo } from "./kinds.ts";

const milliseconds = () => wholeNumber(1, 600_000, "milliseconds").optional();
const anyText = (what: string) => text(what, /^[\s\S]+$/);
const texts = (what: string) => byName(what, /^.+$/, z.string({ error: "text" }));

const httpRequest = group({
  httpMethod: oneOf("GET", "POST").optional(),
  body: anyText("the body of the request").optional(),
  headers: texts("names of HTTP headers").optional(),
  compressRequest: oneOf("NONE", "GZIP").optional(),
});

/** Everything but the name and the logging. */
export const playbackSettings = {
  adDecisionServerUrl: url(),
  videoContentSourceUrl: url(),
  slateAdUrl: url().optional(),
  transcodeProfileName: anyText("the name of a transcode profile").optional(),
  personalizationThresholdSeconds: wholeNumber(1, 86_400, "seconds").optional(),
  insertionMode: oneOf("STITCHED_ONLY", "PLAYER_SELECT").optional(),
  adConditioningConfiguration: group({ streamingMediaFileConditioning: oneOf("TRANSCODE", "NONE") }).optional(),
  adDecisionServerConfiguration: group({
    httpRequest,
    vastResponse: group({
      adSequencingMode: oneOf(
        "FOLLOW_AD_SEQUENCE",
        "IGNORE_AD_SEQUENCE",
        "FOLLOW_AD_SEQUENCE_ONLY_LIVE",
        "FOLLOW_AD_SEQUENCE_ONLY_VOD",
      ),
    }).optional(),
  }).optional(),
  adsPersonalizationConcurrency: group({
    enableVodVastParallelization: yesOrNo().optional(),
    maxConcurrentAdsRequests: wholeNumber(1, 1000).optional(),
  }).optional(),
  adsPersonalizationTimeouts: group({
    adsRequestTimeoutMilliseconds: milliseconds(),
    liveMaximumAdsPersonalizationTimeMilliseconds: milliseconds(),
    prefetchAdsRequestTimeoutMilliseconds: milliseconds(),
    prefetchMaximumAdsPersonalizationTimeMilliseconds: milliseconds(),
    vodMaximumAdsPersonalizationTimeMilliseconds: milliseconds(),
  }).optional(),
  availSuppression: group({
    mode: oneOf("OFF", "BEHIND_LIVE_EDGE", "AFTER_LIVE_EDGE"),
    value: text("a time such as 01:30:00, in quotes", /^\d{1,2}:[0-5]\d:[0-5]\d$/).optional(),
    fillPolicy: oneOf("PARTIAL_AVAIL", "FULL_AVAIL_ONLY").optional(),
  }).optional(),
  bumper: group({ startUrl: url().optional(), endUrl: url().optional() }).optional(),
  cdnConfiguration: group({
    adSegmentUrlPrefix: url().optional(),
    contentSegmentUrlPrefix: url().optional(),
  }).optional(),
  configurationAliases: byName("player parameters", /^player_params\..+$/, texts("aliases")).optional(),
  dashConfiguration: group({
    mpdLocation: oneOf("DISABLED", "EMT_DEFAULT").optional(),
    originManifestType: oneOf("SINGLE_PERIOD", "MULTI_PERIOD").optional(),
  }).optional(),
  livePreRollConfiguration: group({
    adDecisionServerUrl: url(),
    maxDurationSeconds: wholeNumber(1, 3600, "seconds").optional(),
  }).optional(),
  manifestProcessingRules: group({ adMarkerPassthrough: group({ enabled: yesOrNo() }).optional() }).optional(),
  tags: texts("names of tags").optional(),
} as const;

const playbackSchema = group(playbackSettings);
export type PlaybackSettings = z.output<typeof playbackSchema>;
