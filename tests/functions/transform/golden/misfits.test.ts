import assert from "node:assert/strict";
import type { Cell } from "./example.ts";
import { describeLake } from "./lake.ts";

/** Odd values in columns of other kinds than those of access logs. */
interface Case {
  readonly name: string;
  readonly source: string;
  readonly text: string | Uint8Array;
  /** Of every row. */
  readonly columns: Readonly<Record<string, Cell>>;
  /** Default 1. */
  readonly rows?: number;
}

const ads = (members: string): string =>
  `{"eventTimestamp":"2020-07-13T18:59:56Z","eventType":"FILLED_AVAIL","originId":"o",${members}}`;
const manifest = (members: string): string => ads(members).replace("FILLED_AVAIL", "UNKNOWN_HOST");
const call = (members: string): string =>
  `{"eventTime":"2020-07-13T18:59:56Z","eventName":"GetX","eventSource":"s",${members}}`;
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
const base64 = (text: string): string => Buffer.from(text, "latin1").toString("base64");
const auditLine = "1594666796000000,i,u,h,1,2,QUERY,d,'a\xe9b',0";

const cases: readonly Case[] = [
  {
    name: "members of a fill plan that do not fit stay in its JSON",
    source: "mediatailor-ads",
    text: ads(`"avail":{"availId":8,"fillRate":"high","numAds":1.5,"filledDuration":null,"new":{"availId":"inner"}}`),
    columns: {
      avail_id: "8",
      fill_rate: null,
      num_ads: null,
      filled_seconds: null,
      avail: `{"availId":8,"fillRate":"high","numAds":1.5,"filledDuration":null,"new":{"availId":"inner"}}`,
      extra: null,
    },
  },
  {
    name: "a fill plan as an escaped string, with odd members",
    source: "mediatailor-ads",
    text: ads(String.raw`"avail":"{\"availId\":\"8\",\"fillRate\":\"high\",\"numAds\":2,\"filledDuration\":null}"`),
    columns: {
      avail_id: "8",
      fill_rate: null,
      num_ads: 2,
      filled_seconds: null,
      avail: `{"availId":"8","fillRate":"high","numAds":2,"filledDuration":null}`,
    },
  },
  {
    name: "a list as an escaped string where an object is usual",
    source: "mediatailor-ads",
    text: ads(`"avail":"[1,2]"`),
    columns: { avail: "[1,2]", avail_id: null, skipped_count: null },
  },
  {
    name: "a list where an object is usual",
    source: "mediatailor-ads",
    text: ads(`"avail":[{"availId":"8"}]`),
    columns: { avail: `[{"availId":"8"}]`, avail_id: null },
  },
  {
    name: "text that begins as JSON and is none stays a text of JSON",
    source: "mediatailor-ads",
    text: ads(`"avail":"{oops","vastAd":"[oops"`),
    columns: { avail: `"{oops"`, vast_ad: `"[oops"`, avail_id: null, extra: null },
  },
  {
    name: "numbers, truth values and texts where nested values are usual",
    source: "mediatailor-ads",
    text: ads(`"avail":7,"vastAd":true,"vastResponse":"text"`),
    columns: { avail: "7", vast_ad: "true", vast_response: `"text"` },
  },
  {
    name: "nested JSON with half a surrogate pair is JSON all the same",
    source: "mediatailor-ads",
    text: ads(String.raw`"avail":{"x":"\ud800"},"vastAd":"{\"x\":\"\ud800\"}"`),
    columns: { avail: String.raw`{"x":"\ud800"}`, vast_ad: String.raw`"{\"x\":\"\ud800\"}"`, extra: null },
  },
  {
    name: "nested JSON that is no UTF-8",
    source: "mediatailor-ads",
    text: latin1(ads('"avail":{"availId":"8","x":"\xe9"},"vastAd":{"y":1}')),
    columns: {
      avail: null,
      avail_id: "8",
      vast_ad: `{"y":1}`,
      extra: `{"avail":{"$base64":"${base64('{"availId":"8","x":"\xe9"}')}"}}`,
    },
  },
  {
    name: "times that are none in a column of times",
    source: "mediatailor-manifest",
    text: manifest(`"requestStartTimeEpochMillis":"soon","requestEndTimeEpochMillis":1e300`),
    columns: {
      request_start_time: null,
      request_end_time: null,
      extra: `{"requestStartTimeEpochMillis":"soon","requestEndTimeEpochMillis":1e300}`,
    },
  },
  {
    name: "truth values as text, and what is none",
    source: "cloudtrail",
    text: call(`"readOnly":"true","managementEvent":"false","sessionCredentialFromConsole":"perhaps"`),
    columns: {
      is_read_only: true,
      is_management_event: false,
      is_console_session: null,
      extra: `{"sessionCredentialFromConsole":"perhaps"}`,
    },
  },
  {
    name: "numbers where truth values are usual",
    source: "cloudtrail",
    text: call(`"readOnly":1,"managementEvent":false`),
    columns: { is_read_only: null, is_management_event: false, extra: `{"readOnly":1}` },
  },
  {
    name: "an identity with members in another order: the user's own name wins over the role's",
    source: "cloudtrail",
    text: call(
      `"userIdentity":{"sessionContext":{"sessionIssuer":{"userName":"role"}},"userName":"alice","type":"X","type":"Y"}`,
    ),
    columns: { user_name: "alice", user_type: "X", extra: null },
  },
  {
    name: "the same as an escaped string, in both orders",
    source: "cloudtrail",
    text: [
      String.raw`"eventID":"1","userIdentity":"{\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"role\"}},\"userName\":\"alice\"}"`,
      String.raw`"eventID":"2","userIdentity":"{\"userName\":\"alice\",\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"role\"}}}"`,
    ]
      .map(call)
      .join("\n"),
    columns: { user_name: "alice" },
    rows: 2,
  },
  {
    name: "an empty identity, and one that is broken off by white space",
    source: "cloudtrail",
    text: call(`"userIdentity" : { } , "requestParameters" : { "a" : 1 }`),
    columns: { user_identity: "{ }", request_parameters: `{ "a" : 1 }`, user_type: null },
  },
  {
    name: "an audit line that is no UTF-8: readable in its column, whole in extra",
    source: "aurora-audit",
    text: latin1(auditLine),
    columns: { object: "a\ufffdb", extra: `{"line":{"$base64":"${base64(auditLine)}"}}` },
  },
  {
    name: "an audit line with nothing but commas",
    source: "aurora-audit",
    text: String.raw`1594666796000000,,,,,,QUERY,,'tab\tquote\'back\\slash\q\0',`,
    columns: {
      server_host: null,
      connection_id: null,
      query_id: null,
      return_code: null,
      object: "tab\tquote'back\\slashq\0",
    },
  },
];

const keyOf = ({ name, source }: Case): string => `landing/${source}/${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;

describeLake(
  "values that do not fit",
  () => cases.map((one) => ({ key: keyOf(one), bytes: Buffer.from(one.text) })),
  (read) => {
    for (const one of cases) {
      it(one.name, () => {
        const rows = read.rowsOf(keyOf(one));
        assert.equal(rows.length, one.rows ?? 1);
        for (const { cells } of rows) {
          const found = Object.keys(one.columns).map((name) => [name, cells[name]]);
          assert.deepEqual(Object.fromEntries(found), one.columns);
        }
      });
    }
  },
);
