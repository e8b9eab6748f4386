/**
 * Event names of the MediaTailor logs by class; reference 3.5 to 3.7.
 *
 * The lists are explicit because names mislead: `UNKNOWN_HOST` is an error without saying so. A name in no list is
 * classified `review`, unless the rule of {@link eventClass} recognises it.
 */
export interface EventNames {
  readonly info: readonly string[];
  readonly warning: readonly string[];
  readonly error: readonly string[];
  /** Informational events that have to be asked for. */
  readonly optIn: readonly string[];
}

export type EventClass = "info" | "warning" | "error" | "review";

export const adsEvents: EventNames = {
  info: [
    "AD_MARKER_FOUND",
    "NON_AD_MARKER_FOUND",
    "MAKING_ADS_REQUEST",
    "MODIFIED_TARGET_URL",
    "VAST_REDIRECT",
    "EMPTY_VAST_RESPONSE",
    "EMPTY_VMAP_RESPONSE",
    "VAST_RESPONSE",
    "REDIRECTED_VAST_RESPONSE",
    "FILLED_AVAIL",
    "FILLED_OVERLAY_AVAIL",
    "BEACON_FIRED",
    "BEACON_RECEIVED",
    "VOD_TIME_BASED_AVAIL_PLAN_VAST_RESPONSE_FOR_OFFSET",
    "VOD_TIME_BASED_AVAIL_PLAN_SUCCESS",
    "INTERSTITIAL_VOD_SUCCESS",
    "PLANNED_AVAIL",
  ],
  warning: [
    "WARNING_NO_ADVERTISEMENTS",
    "WARNING_VPAID_AD_DROPPED",
    "WARNING_URL_VARIABLE_SUBSTITUTION_FAILED",
    "VOD_TIME_BASED_AVAIL_PLAN_WARNING_NO_ADVERTISEMENTS",
  ],
  error: [
    "ERROR_UNKNOWN",
    "ERROR_UNKNOWN_HOST",
    "ERROR_DISALLOWED_HOST",
    "ERROR_ADS_IO",
    "ERROR_ADS_TIMEOUT",
    "ERROR_ADS_RESPONSE_PARSE",
    "ERROR_ADS_RESPONSE_UNKNOWN_ROOT_ELEMENT",
    "ERROR_ADS_INVALID_RESPONSE",
    "ERROR_VAST_REDIRECT_EMPTY_RESPONSE",
    "ERROR_VAST_REDIRECT_MULTIPLE_VAST",
    "ERROR_VAST_REDIRECT_FAILED",
    "ERROR_VAST_MISSING_MEDIAFILES",
    "ERROR_VAST_MISSING_CREATIVES",
    "ERROR_VAST_MISSING_OVERLAYS",
    "ERROR_VAST_MISSING_IMPRESSION",
    "ERROR_VAST_INVALID_VAST_AD_TAG_URI",
    "ERROR_VAST_MULTIPLE_TRACKING_EVENTS",
    "ERROR_VAST_MULTIPLE_LINEAR",
    "ERROR_VAST_INVALID_MEDIA_FILE",
    "ERROR_FIRING_BEACON_FAILED",
    "ERROR_PERSONALIZATION_DISABLED",
    "INTERSTITIAL_VOD_FAILURE",
    "PRE_ADS_REQUEST_HOOK_ERROR",
    "PRE_ADS_REQUEST_FUNCTION_ERROR",
    "POST_ADS_RESPONSE_HOOK_ERROR",
    "POST_ADS_RESPONSE_FUNCTION_ERROR",
    "PRE_MANIFEST_INSERTION_HOOK_ERROR",
    "PRE_MANIFEST_INSERTION_FUNCTION_ERROR",
  ],
  optIn: [
    "RAW_ADS_RESPONSE",
    "RAW_ADS_REQUEST",
    "RAW_BID_REQUEST",
    "RAW_BID_RESPONSE",
    "PRE_ADS_REQUEST_HOOK_SUMMARY",
    "PRE_ADS_REQUEST_FUNCTION_COMPLETED",
    "POST_ADS_RESPONSE_HOOK_SUMMARY",
    "POST_ADS_RESPONSE_FUNCTION_COMPLETED",
    "PRE_MANIFEST_INSERTION_HOOK_SUMMARY",
    "PRE_MANIFEST_INSERTION_FUNCTION_COMPLETED",
  ],
};

/** The informational ones occur in debug sessions only, which are logged whatever the percentage is. */
export const manifestEvents: EventNames = {
  info: ["GENERATED_MANIFEST", "ORIGIN_MANIFEST", "SESSION_INITIALIZED", "TRACKING_RESPONSE"],
  warning: ["LAST_PERIOD_MISSING_AUDIO_WARNING"],
  error: [
    "CONFIG_SYNTAX_ERROR",
    "CONFIG_SECURITY_ERROR",
    "UNKNOWN_HOST",
    "TIMEOUT_ERROR",
    "CONNECTION_ERROR",
    "IO_ERROR",
    "UNKNOWN_ERROR",
    "HOST_DISALLOWED",
    "PARSING_ERROR",
    "MANIFEST_ERROR",
    "NO_MASTER_OR_MEDIA_PLAYLIST",
    "NO_MASTER_PLAYLIST",
    "NO_MEDIA_PLAYLIST",
    "INCOMPATIBLE_HLS_VERSION",
    "SCTE35_PARSING_ERROR",
    "INVALID_SINGLE_PERIOD_DASH_MANIFEST",
    "UNSUPPORTED_SINGLE_PERIOD_DASH_MANIFEST",
    "LAST_PERIOD_MISSING_AUDIO",
    "ERROR_ORIGIN_PREFIX_INTERPOLATION",
    "ERROR_ADS_INTERPOLATION",
    "ERROR_LIVE_PRE_ROLL_ADS_INTERPOLATION",
    "ERROR_CDN_AD_SEGMENT_INTERPOLATION",
    "ERROR_CDN_CONTENT_SEGMENT_INTERPOLATION",
    "ERROR_SLATE_AD_URL_INTERPOLATION",
    "ERROR_PROFILE_NAME_INTERPOLATION",
    "ERROR_BUMPER_START_INTERPOLATION",
    "ERROR_BUMPER_END_INTERPOLATION",
    "PRE_SESSION_INIT_HOOK_ERROR",
    "PRE_SESSION_INIT_FUNCTION_ERROR",
  ],
  optIn: ["PRE_SESSION_INIT_HOOK_SUMMARY", "PRE_SESSION_INIT_FUNCTION_COMPLETED"],
};

export const transcodeEvents: EventNames = {
  info: ["INITIALIZED", "TRANSCODE_IN_PROGRESS", "TRANSCODE_COMPLETED"],
  warning: [],
  error: ["IMPORT_ERROR", "INTERNAL_ERROR", "MISSING_VARIANTS", "PROFILE_NOT_FOUND", "TRANSCODE_ERROR"],
  optIn: [],
};

/** All names of a log, whatever their class. */
export function allEvents(names: EventNames): readonly string[] {
  return [...names.info, ...names.warning, ...names.error, ...names.optIn];
}

/** Class of an event: from the lists, else from the shape of its name, else `review`. */
export function eventClass(names: EventNames, eventType: string): EventClass {
  if (names.error.includes(eventType)) return "error";
  if (names.warning.includes(eventType)) return "warning";
  if (names.info.includes(eventType) || names.optIn.includes(eventType)) return "info";
  if (eventType.startsWith("ERROR_") || /_(ERROR|FAILURE)$/.test(eventType)) return "error";
  if (eventType.includes("WARNING")) return "warning";
  return "review";
}
