import assert from "node:assert/strict";
import type { Cell } from "./example.ts";
import { describeLake } from "./lake.ts";

/** A v1 egress record around some members, and what becomes of them. */
interface Case {
  readonly name: string;
  readonly members: string | Uint8Array;
  /** Columns of interest. */
  readonly columns: Readonly<Record<string, Cell>>;
  readonly extra: string | null;
  readonly unknown?: readonly string[];
  readonly misfit?: readonly string[];
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
/** Base64 of a JSON text whose bytes are no UTF-8. */
const base64 = (text: string): string => `{"$base64":"${Buffer.from(text, "latin1").toString("base64")}"}`;

const cases: readonly Case[] = [
  {
    name: "unknown fields are kept to the letter, in order, and counted",
    members: String.raw`"b":1.50,"a":{"x":[null,"\u00e9\n"]},"c":true,"d":"text","status_code":7`,
    columns: { status_code: 7 },
    extra: String.raw`{"b":1.50,"a":{"x":[null,"\u00e9\n"]},"c":true,"d":"text"}`,
    unknown: ["b", "a", "c", "d"],
  },
  {
    name: "an unknown field that is null is kept, a known one is NULL",
    members: `"n":null,"method":null`,
    columns: { method: null },
    extra: `{"n":null}`,
    unknown: ["n"],
  },
  {
    name: "text in a number",
    members: `"statusCode":"many","sentBytes":"12a","processingTime":"fast","receivedBytes":"0x10"`,
    columns: { status_code: null, sent_bytes: null, time_to_first_byte: null, received_bytes: null },
    extra: `{"statusCode":"many","sentBytes":"12a","processingTime":"fast","receivedBytes":"0x10"}`,
    misfit: ["statusCode", "sentBytes", "processingTime", "receivedBytes"],
  },
  {
    name: "numbers that are no number of JSON",
    members: `"statusCode":"+1","sentBytes":"1.","processingTime":".5","receivedBytes":" 1"`,
    columns: { status_code: null, sent_bytes: null, time_to_first_byte: null, received_bytes: null },
    extra: `{"statusCode":"+1","sentBytes":"1.","processingTime":".5","receivedBytes":" 1"}`,
    misfit: ["statusCode", "sentBytes", "processingTime", "receivedBytes"],
  },
  {
    name: "whole numbers that need more than their column has",
    members: `"statusCode":2147483648,"sentBytes":9223372036854775808,"receivedBytes":-9223372036854775809`,
    columns: { status_code: null, sent_bytes: null, received_bytes: null },
    extra: `{"statusCode":2147483648,"sentBytes":9223372036854775808,"receivedBytes":-9223372036854775809}`,
    misfit: ["statusCode", "sentBytes", "receivedBytes"],
  },
  {
    name: "the largest and smallest whole numbers of their columns",
    members: `"statusCode":-2147483648,"sentBytes":9223372036854775807,"receivedBytes":"-9223372036854775808"`,
    columns: { status_code: -2147483648, sent_bytes: "9223372036854775807", received_bytes: "-9223372036854775808" },
    extra: null,
  },
  {
    name: "whole numbers in other spellings",
    members: `"statusCode":2e2,"sentBytes":5.0,"receivedBytes":-0,"processingTime":1E-3`,
    columns: { status_code: 200, sent_bytes: 5, received_bytes: 0, time_to_first_byte: 0.001 },
    extra: null,
  },
  {
    name: "fractions in whole numbers, and a number beyond any double",
    members: `"statusCode":200.5,"sentBytes":0.5,"processingTime":1e999`,
    columns: { status_code: null, sent_bytes: null, time_to_first_byte: null },
    extra: `{"statusCode":200.5,"sentBytes":0.5,"processingTime":1e999}`,
    misfit: ["statusCode", "sentBytes", "processingTime"],
  },
  {
    name: "nested values and truth values where a number belongs",
    members: `"statusCode":[200],"sentBytes":{"n":1},"processingTime":true`,
    columns: { status_code: null, sent_bytes: null, time_to_first_byte: null },
    extra: `{"statusCode":[200],"sentBytes":{"n":1},"processingTime":true}`,
    misfit: ["statusCode", "sentBytes", "processingTime"],
  },
  {
    name: "nested values where a text belongs; numbers and truth values are text as they stand",
    members: `"method":["GET"],"account":111122223333,"channelId":true,"protocol":1.10`,
    columns: { method: null, account: "111122223333", channel_id: "true", protocol: "1.10" },
    extra: `{"method":["GET"]}`,
    misfit: ["method"],
  },
  {
    name: "half a surrogate pair, which UTF-8 cannot hold",
    members: String.raw`"method":"\ud800","account":"a\udc00b","request":"https://h/\ud83d?q","channelId":"\ud83d\ude00"`,
    columns: { method: null, account: null, request_uri: null, request_query: null, channel_id: "😀" },
    extra: String.raw`{"method":"\ud800","account":"a\udc00b","request":"https://h/\ud83d?q"}`,
    misfit: ["method", "account", "request"],
  },
  {
    name: "bytes that are no UTF-8",
    members: latin1('"method":"G\xe9T","account":"1","new":"\xff\xfe","request":"https://h/\xe9?q"'),
    columns: { method: null, account: "1", request_uri: null, request_query: null },
    extra: `{"method":${base64('"G\xe9T"')},"new":${base64('"\xff\xfe"')},"request":${base64('"https://h/\xe9?q"')}}`,
    unknown: ["new"],
    misfit: ["method", "request"],
  },
  {
    name: "a key that is no UTF-8, and one with escapes",
    members: latin1(`"k\xe9":1,"st${String.raw`\u0061`}tusCode":200`),
    columns: { status_code: 200 },
    extra: '{"ké":1}',
  },
  {
    name: "a field that comes twice: the first stays",
    members: `"method":"GET","method":"PUT","statusCode":200,"statusCode":"200"`,
    columns: { method: "GET", status_code: 200 },
    extra: `{"method":"PUT","statusCode":"200"}`,
    misfit: ["method", "statusCode"],
  },
  {
    name: "a number that comes twice",
    members: `"statusCode":200,"statusCode":500`,
    columns: { status_code: 200 },
    extra: `{"statusCode":500}`,
    misfit: ["statusCode"],
  },
  {
    name: "a time that comes twice",
    members: `"timestamp":"2020-07-13T18:59:57Z"`,
    columns: { event_time: "2020-07-13T18:59:56.000Z" },
    extra: `{"timestamp":"2020-07-13T18:59:57Z"}`,
    misfit: ["timestamp"],
  },
  {
    name: "a time that comes once more as a number",
    members: `"timestamp":1594666797000`,
    columns: { event_time: "2020-07-13T18:59:56.000Z" },
    extra: `{"timestamp":1594666797000}`,
    misfit: ["timestamp"],
  },
  {
    name: "a field under the names of both versions: the first of the catalog wins",
    members: `"clientIp":"192.0.2.1","client_ip":"192.0.2.2"`,
    columns: { client_ip: "192.0.2.1" },
    extra: `{"client_ip":"192.0.2.2"}`,
    misfit: ["client_ip"],
  },
  {
    name: "the same in the other order",
    members: `"a":1,"client_ip":"192.0.2.2","status_code":500,"clientIp":"192.0.2.1","statusCode":200,"b":2`,
    columns: { client_ip: "192.0.2.1", status_code: 200 },
    extra: `{"a":1,"client_ip":"192.0.2.2","status_code":500,"b":2}`,
    unknown: ["a", "b"],
    misfit: ["client_ip", "status_code"],
  },
  {
    name: "a URL and a host beyond ASCII, and with escapes",
    members: String.raw`"request":"https://h/é?q=\u00e9","domainName":"é\/h"`,
    columns: { request_uri: "https://h/é", request_query: "q=é", domain_name: "é/h" },
    extra: null,
  },
  {
    name: "a URL that is no text, and a second one",
    members: `"request":{"a":1},"method":"GET"`,
    columns: { request_uri: null, method: "GET" },
    extra: `{"request":{"a":1}}`,
    misfit: ["request"],
  },
  {
    name: "a URL whole and in halves that say something else",
    members: `"request":"https://a/b?c","request_uri_base":"https://x/y"`,
    columns: { request_uri: "https://x/y", request_query: "c" },
    extra: `{"request":"https://a/b?c"}`,
    misfit: ["request"],
  },
];

const keyOf = ({ name }: Case): string => `landing/mediapackage-v1-egress/${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;

function recordOf({ members }: Case): Uint8Array {
  const head = Buffer.from('{"timestamp":"2020-07-13T18:59:56Z","requestId":"r","endpointId":"e",');
  return Buffer.concat([head, Buffer.from(members), Buffer.from("}\n")]);
}

describeLake(
  "extra",
  () => cases.map((one) => ({ key: keyOf(one), bytes: recordOf(one) })),
  (read) => {
    for (const one of cases) {
      it(one.name, () => {
        const [row, ...more] = read.rowsOf(keyOf(one));
        assert.equal(more.length, 0);
        const names = ["request_id", "endpoint_id", "extra", ...Object.keys(one.columns)];
        assert.deepEqual(Object.fromEntries(names.map((name) => [name, row?.cells[name]])), {
          request_id: "r",
          endpoint_id: "e",
          extra: one.extra,
          ...one.columns,
        });
        const report = read.lake.report(keyOf(one));
        if (one.unknown) assert.deepEqual(Object.keys(report.unknownFields), one.unknown);
        assert.deepEqual(Object.keys(report.misfitFields).sort(), [...(one.misfit ?? [])].sort());
      });
    }
  },
);
