/** Records as services write them, each with an id of its own, and envelopes around them. */
import { gzipSync } from "node:zlib";

/** A record's text; `id` is found again in a column of its row. */
export interface TestRecord {
  readonly id: string;
  readonly text: string;
}

const timeOf = (n: number): string => new Date(Date.UTC(2020, 6, 13, 0, 0, n % 86_400)).toISOString();
const host = "aaabbbcccdddee.mediapackage.us-east-1.amazonaws.com";

/** A v1 egress record; `more` adds or replaces members. */
export function v1Egress(n: number, more: Readonly<Record<string, unknown>> = {}): TestRecord {
  const id = `v1-${n}-requestid`;
  const record = {
    timestamp: timeOf(n),
    clientIp: `192.0.2.${n % 250}`,
    processingTime: (n % 1000) / 1000,
    statusCode: n % 7 === 0 ? "404" : "200",
    receivedBytes: 468,
    sentBytes: 2_587_370 + n,
    method: "GET",
    request: `https://${host}:443/out/v1/75ee/hls_7_${n}.ts?m=${n}`,
    protocol: "HTTP/1.1",
    userAgent: n % 5 === 0 ? 'a "quoted" agent \\ with é and \u{1f600}' : "Amazon CloudFront",
    account: "111122223333",
    channelId: "my_channel",
    requestId: id,
    endpointId: "my_endpoint",
    ...more,
  };
  return { id, text: JSON.stringify(record) };
}

export function v2Egress(n: number, more: Readonly<Record<string, unknown>> = {}): TestRecord {
  const id = `v2-${n}-requestid`;
  const record = {
    resource_arn: "arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/g",
    event_timestamp: Date.parse(timeOf(n)),
    client_ip: "192.0.2.0",
    time_to_first_byte: 0.445,
    status_code: "200",
    received_bytes: 468,
    sent_bytes: n,
    method: "GET",
    request_uri_base: `https://${host}/out/v1/g/c/e/index_${n}.mpd`,
    request_query_params: "",
    user_agent: "Amazon CloudFront",
    request_id: id,
    channel_id: "c",
    endpoint_id: "e",
    manifest_name: "index",
    ...more,
  };
  return { id, text: JSON.stringify(record) };
}

export function mediaTailorAds(n: number): TestRecord {
  const id = `ads-${n}-requestid`;
  const record = {
    eventType: n % 2 === 0 ? "MAKING_ADS_REQUEST" : "ERROR_ADS_TIMEOUT",
    eventTimestamp: timeOf(n),
    requestId: id,
    sessionId: `session-${n % 3}`,
    originId: "live",
    awsAccountId: "111122223333",
    adsRequestUrl: `https://ads.example.com/?n=${n}`,
    avail: { availId: `a${n}`, fillRate: 0.5 },
  };
  return { id, text: JSON.stringify(record) };
}

export function cloudTrail(n: number): TestRecord {
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
  const record = {
    eventVersion: "1.08",
    userIdentity: { type: "IAMUser", userName: `user${n}`, arn: "arn:aws:iam::444455556666:user/alice" },
    eventTime: timeOf(n).replace(".000", ""),
    eventSource: "mediapackage.amazonaws.com",
    eventName: "UpdateChannel",
    awsRegion: "us-west-2",
    requestParameters: { id: `channel-${n}`, tags: [1, { a: null }] },
    responseElements: null,
    eventID: id,
    readOnly: false,
  };
  return { id, text: JSON.stringify(record) };
}

/** The n-th record of a mix of sources. */
export function anyRecord(n: number): TestRecord {
  const makers = [v1Egress, v1Egress, v2Egress, mediaTailorAds, cloudTrail];
  return (makers[n % makers.length] ?? v1Egress)(n);
}

export function recordsOf(count: number, make: (n: number) => TestRecord = anyRecord): TestRecord[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

/** A subscription envelope of CloudWatch Logs. */
export function envelope(records: readonly TestRecord[], more: Readonly<Record<string, unknown>> = {}): string {
  const logEvents = records.map(({ text }, index) => ({
    id: `319531066${index}`,
    timestamp: 1_594_598_400_000,
    message: text,
  }));
  return JSON.stringify({
    messageType: "DATA_MESSAGE",
    owner: "111122223333",
    logGroup: "my/own/group",
    logStream: "stream-1",
    subscriptionFilters: ["Destination"],
    logEvents,
    ...more,
  });
}

export const controlMessage = JSON.stringify({
  messageType: "CONTROL_MESSAGE",
  owner: "CloudwatchLogs",
  logGroup: "",
  logStream: "",
  subscriptionFilters: [],
  logEvents: [{ id: "", timestamp: 1_594_598_400_000, message: "CWL CONTROL MESSAGE: Checking health" }],
});

export function lines(records: readonly TestRecord[], separator = "\n"): string {
  return records.map(({ text }) => `${text}${separator}`).join("");
}

/** Gzip members, one envelope each, of `size` records. */
export function members(records: readonly TestRecord[], size: number): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < records.length; at += size) found.push(gzipSync(envelope(records.slice(at, at + size))));
  return found;
}
