import type { Field, Table } from "../types.ts";

const absent = ["", "-"];

/** v1 logs the URL whole (`request`); v2 egress logs it split. Both end in the same two columns. */
export const accessLogUrl: NonNullable<Table["url"]> = { whole: "request", uri: "request_uri", query: "request_query" };

/** What egress and ingress records of MediaPackage v1 (camelCase) and v2 (snake_case) share; reference 1.2 and 2.2. */
export const accessLogFields: readonly Field[] = [
  {
    name: "client_ip",
    type: "string",
    personal: "ip",
    doc: "Address of the requester; a CDN edge when one stands in front.",
    from: ["clientIp", "client_ip"],
    nullTexts: absent,
  },
  {
    name: "time_to_first_byte",
    type: "double",
    unit: "s",
    doc: "From the last request byte received to the first response byte sent; negative means not measured.",
    from: ["processingTime", "time_to_first_byte"],
  },
  { name: "status_code", type: "int", doc: "HTTP status of the response.", from: ["statusCode", "status_code"] },
  {
    name: "received_bytes",
    type: "bigint",
    unit: "bytes",
    doc: "Size of the request body.",
    from: ["receivedBytes", "received_bytes"],
  },
  {
    name: "sent_bytes",
    type: "bigint",
    unit: "bytes",
    doc: "Size of the response body.",
    from: ["sentBytes", "sent_bytes"],
  },
  { name: "method", type: "string", doc: "HTTP verb.", from: ["method"], nullTexts: absent },
  {
    name: "request_uri",
    type: "string",
    doc: "Requested URL without its query: scheme, host, port and path as logged.",
    from: ["request_uri_base"],
    nullTexts: absent,
  },
  {
    name: "request_query",
    type: "string",
    personal: "text-with-ip",
    doc: "Query of the URL without `?`. In v2 egress the service says these are the manifest-filtering parameters.",
    from: ["request_query_params"],
    nullTexts: absent,
  },
  { name: "protocol", type: "string", doc: "HTTP version.", from: ["protocol"], nullTexts: absent },
  {
    name: "user_agent",
    type: "string",
    doc: "User-Agent header, cut by the service at 8 KB.",
    from: ["userAgent", "user_agent"],
    nullTexts: absent,
    strip: "quotes",
  },
  {
    name: "domain_name",
    type: "string",
    doc: "Host of the TLS handshake (SNI); NULL when the client sent none.",
    from: ["domainName", "domain_name"],
    nullTexts: absent,
    strip: "quotes",
  },
  {
    name: "request_id",
    type: "string",
    doc: "Request identity; on v2 also the response header X-Amzn-RequestId.",
    from: ["requestId", "request_id"],
    nullTexts: absent,
    distinct: "many",
  },
  { name: "account", type: "string", doc: "Account that owns the channel.", from: ["account"], nullTexts: absent },
  { name: "channel_id", type: "string", doc: "Channel.", from: ["channelId", "channel_id"], nullTexts: absent },
  { name: "channel_arn", type: "string", doc: "Channel ARN.", from: ["channelArn", "channel_arn"], nullTexts: absent },
  {
    name: "channel_group_id",
    type: "string",
    doc: "Channel group (v2).",
    from: ["channel_group_id"],
    nullTexts: absent,
  },
  {
    name: "resource_arn",
    type: "string",
    doc: "ARN of the channel group that the delivery belongs to (v2).",
    from: ["resource_arn"],
    nullTexts: absent,
  },
];

/** Computed from the URL, the status and the time to first byte; reference 11.3 and 11.5. */
export const derivedFromRequest: readonly Field[] = [
  {
    name: "request_type",
    type: "string",
    rule: "request_type",
    doc: "manifest, init, segment, subtitle, key, image or other, from the end of the path.",
  },
  {
    name: "streaming_format",
    type: "string",
    rule: "streaming_format",
    doc: "hls, dash, mss or cmaf_or_dash, from the path; NULL when it does not tell.",
  },
  { name: "status_class", type: "string", rule: "status_class", doc: "1xx, 2xx, 3xx, 4xx, 5xx or other." },
  {
    name: "is_client_abort",
    type: "boolean",
    rule: "client_abort",
    doc: "Status 460: the client closed the connection first; not a server error.",
  },
  {
    name: "is_ttfb_valid",
    type: "boolean",
    rule: "ttfb_valid",
    doc: "Whether time_to_first_byte was measured, i.e. is not negative; leave the others out of statistics.",
  },
  {
    name: "is_blocking_reload",
    type: "boolean",
    rule: "blocking_reload",
    doc: "Low-latency HLS manifest request that waits on purpose (`_HLS_msn`): leave it out of latency alarms.",
  },
  {
    name: "playback_session_id",
    type: "string",
    rule: "playback_session",
    personal: "identity",
    doc: "MediaTailor session in the query (`aws.sessionId`), to join with the MediaTailor tables.",
  },
];

/** Computed from the user agent and the client address; reference 11.4. */
export const derivedFromClient: readonly Field[] = [
  { name: "cdn", type: "string", rule: "cdn", doc: "CDN, tool or player that asked, guessed from the user agent." },
  {
    name: "device",
    type: "string",
    rule: "device",
    doc: "desktop, mobile, tablet, tv, console, speaker or bot, from the user agent.",
  },
  { name: "os", type: "string", rule: "os", doc: "Operating system, from the user agent." },
  { name: "browser", type: "string", rule: "browser", doc: "Browser or player, from the user agent." },
  {
    name: "country",
    type: "string",
    rule: "country",
    doc: "ISO 3166-1 alpha-2 country of the client address, looked up before the address is masked.",
  },
];
