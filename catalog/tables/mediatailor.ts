import type { Field } from "../types.ts";

/** What every MediaTailor record has; reference 3.4, 3.6 and 3.7. */
export const playbackFields: readonly Field[] = [
  { name: "event_type", type: "string", doc: "Name of the event.", from: ["eventType"] },
  { name: "event_description", type: "string", doc: "Short text of the service.", from: ["eventDescription"] },
  { name: "account", type: "string", doc: "Account that owns the playback configuration.", from: ["awsAccountId"] },
  {
    name: "playback_configuration",
    type: "string",
    doc: "Name of the playback configuration (`originId`).",
    from: ["originId"],
  },
  {
    name: "session_id",
    type: "string",
    personal: "identity",
    doc: "Playback session: sampling keeps or drops sessions whole.",
    from: ["sessionId"],
  },
];

/** What ads and manifest records share beyond {@link playbackFields}. */
export const requestFields: readonly Field[] = [
  { name: "customer_id", type: "string", doc: "Hashed account id.", from: ["customerId"] },
  { name: "session_type", type: "string", doc: "Player protocol: HLS or DASH.", from: ["sessionType"] },
  {
    name: "request_id",
    type: "string",
    doc: "Correlates the records of one request.",
    from: ["requestId"],
    distinct: "many",
  },
  {
    name: "additional_info",
    type: "string",
    doc: "Failure detail.",
    from: ["additionalInfo"],
    personal: "text-with-ip",
  },
  { name: "cause", type: "string", doc: "Failure detail.", from: ["cause"], personal: "text-with-ip" },
];

/** Records of monetisation functions; reference 3.4. */
export const functionFields: readonly Field[] = [
  {
    name: "function_event_id",
    type: "string",
    doc: "Event of a monetisation function.",
    from: ["eventId"],
    distinct: "many",
  },
  { name: "function_id", type: "string", doc: "Monetisation function.", from: ["functionId"] },
  {
    name: "function_type",
    type: "string",
    doc: "CUSTOM_OUTPUT, HTTP_REQUEST, SEQUENTIAL_EXECUTOR, …",
    from: ["functionType"],
  },
  {
    name: "execution_time_ms",
    type: "bigint",
    unit: "ms",
    doc: "Run time of the function.",
    from: ["executionTimeMs"],
  },
  { name: "function_status", type: "string", doc: "SUCCESS or ERROR.", from: ["status"] },
  { name: "error_type", type: "string", doc: "TIMEOUT_ERROR, VALIDATION_ERROR, …", from: ["errorType"] },
  { name: "function_input", type: "json", doc: "Input of the function.", from: ["input"], personal: "text-with-ip" },
  { name: "function_output", type: "json", doc: "Output of the function.", from: ["output"], personal: "text-with-ip" },
  {
    name: "http",
    type: "json",
    doc: "HTTP call of the function: request, response and its time.",
    from: ["http"],
    personal: "text-with-ip",
  },
  { name: "stream_id", type: "string", doc: "Unpublished meaning.", from: ["streamId"] },
];
