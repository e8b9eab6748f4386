import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { ClientIpPolicy } from "../../../../functions/transform/derive/privacy.ts";
import type { Cell } from "./example.ts";
import { describeLake } from "./lake.ts";

const salt = Buffer.from("a secret");

/** A way to treat addresses, and what it makes of one IPv4 and one IPv6 address. */
interface Mode {
  readonly policy: ClientIpPolicy;
  readonly v4: string;
  readonly v6: string;
}

const address = { v4: "8.8.4.99", v6: "2001:4860:4860:1234::99" };
const hashed = (text: string): string => createHmac("sha256", salt).update(text).digest("hex");

const modes: readonly Mode[] = [
  { policy: { mode: "keep" }, ...address },
  { policy: { mode: "truncate" }, v4: "8.8.4.0", v6: "2001:4860:4860::" },
  { policy: { mode: "hash", salt }, v4: hashed(address.v4), v6: hashed(address.v6) },
];

interface Case {
  readonly name: string;
  readonly source: string;
  readonly text: string | Uint8Array;
  readonly table: string;
  readonly expected: (ip: { readonly v4: string; readonly v6: string }, mode: Mode) => Readonly<Record<string, Cell>>;
}

const { v4, v6 } = address;
const time = `"timestamp":"2020-07-13T18:59:56Z"`;
const ads = `"eventTimestamp":"2020-07-13T18:59:56Z","eventType":"BEACON_FIRED","originId":"o"`;

const cases: readonly Case[] = [
  {
    name: "an access log: address, query and unknown fields; the country is that of the whole address",
    source: "mediapackage-v1-egress",
    table: "mediapackage_egress",
    text: `{${time},"requestId":"r","clientIp":"${v4}","request":"https://h/x.ts?ip=${v4}&v6=${v6}","userAgent":"Mozilla/5.0 Chrome/120.0.0.0","forwarded":["${v4}","${v6}"]}`,
    expected: (ip) => ({
      client_ip: ip.v4,
      request_query: `ip=${ip.v4}&v6=${ip.v6}`,
      request_uri: "https://h/x.ts",
      user_agent: "Mozilla/5.0 Chrome/120.0.0.0",
      extra: `{"forwarded":["${ip.v4}","${ip.v6}"]}`,
      country: "US",
    }),
  },
  {
    name: "an address of IPv6, and one that did not fit",
    source: "mediapackage-v1-egress",
    table: "mediapackage_egress",
    text: `{${time},"requestId":"r","clientIp":"${v6}","statusCode":"${v4}"}`,
    expected: (ip) => ({ client_ip: ip.v6, extra: `{"statusCode":"${ip.v4}"}`, country: "US" }),
  },
  {
    name: "headers and beacons, whose JSON stays JSON; the agent is still found in them",
    source: "mediatailor-ads",
    table: "mediatailor_ads",
    text: `{${ads},"adsRequestUrl":"https://a/?ip=${v4}","requestHeaders":[{"name":"X-Forwarded-For","value":"${v4}, ${v6}"},{"name":"User-Agent","value":"VLC/3.0"}],"beaconInfo":{"trackingEvent":"start","beaconUri":"http://b/?ip=${v6.replaceAll(":", "%3A")}"},"error":"no route to ${v4}"}`,
    expected: (ip) => ({
      ads_request_url: `https://a/?ip=${ip.v4}`,
      request_headers: `[{"name":"X-Forwarded-For","value":"${ip.v4}, ${ip.v6}"},{"name":"User-Agent","value":"VLC/3.0"}]`,
      beacon_info: `{"trackingEvent":"start","beaconUri":"http://b/?ip=${ip.v6.replaceAll(":", "%3A")}"}`,
      error: `no route to ${ip.v4}`,
      user_agent: "VLC/3.0",
      browser: "VLC",
      beacon_event: "start",
    }),
  },
  {
    name: "the caller of an API, also in the parameters",
    source: "cloudtrail",
    table: "cloudtrail_events",
    text: `{"eventTime":"2020-07-13T18:59:56Z","eventName":"GetX","eventSource":"s","sourceIPAddress":"${v4}","requestParameters":{"ip":"${v6}"},"errorMessage":"from ${v4}"}`,
    expected: (ip) => ({
      source_ip_address: ip.v4,
      request_parameters: `{"ip":"${ip.v6}"}`,
      error_message: `from ${ip.v4}`,
    }),
  },
  {
    name: "an audit line: host and statement",
    source: "aurora-audit",
    table: "aurora_audit",
    text: `1594666796000000,i,u,${v4},1,2,QUERY,d,'select "${v6}"',0`,
    expected: (ip) => ({ client_host: ip.v4, object: `select "${ip.v6}"` }),
  },
  {
    name: "an as-run text",
    source: "mediatailor-as-run",
    table: "mediatailor_as_run",
    text: `2020-07-13T18:59:56.000Z played from ${v4}`,
    expected: (ip) => ({ raw: `played from ${ip.v4}` }),
  },
  {
    name: "a reject",
    source: "cloudtrail",
    table: "rejects",
    text: `no record of ${v4} or ${v6}`,
    expected: (ip) => ({ raw: `no record of ${ip.v4} or ${ip.v6}`, raw_encoding: "utf8", reason: "not_json" }),
  },
  {
    name: "a reject whose bytes cannot be searched for addresses",
    source: "cloudtrail",
    table: "rejects",
    text: Buffer.from(`\xff ${v4}`, "latin1"),
    expected: (_, { policy }) =>
      policy.mode === "keep"
        ? { raw: Buffer.from(`\xff ${v4}`, "latin1").toString("base64"), raw_encoding: "base64" }
        : { raw: null, raw_encoding: "withheld" },
  },
];

const keyOf = ({ name, source }: Case, { policy }: Mode): string =>
  `landing/${source}/${policy.mode}/${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;

describeLake(
  "privacy",
  () =>
    modes.flatMap((mode) =>
      cases.map((one) => ({
        key: keyOf(one, mode),
        bytes: Buffer.from(one.text),
        options: { privacy: mode.policy },
      })),
    ),
  (read) => {
    for (const mode of modes) {
      describe(`addresses: ${mode.policy.mode}`, () => {
        for (const one of cases) {
          it(one.name, () => {
            const [row, ...more] = read.rowsOf(keyOf(one, mode));
            assert.equal(more.length, 0);
            assert.equal(row?.table, one.table);
            const expected = one.expected(mode, mode);
            assert.deepEqual(
              Object.fromEntries(Object.keys(expected).map((name) => [name, row?.cells[name]])),
              expected,
            );
          });

          if (mode.policy.mode !== "keep") {
            it(`${one.name}: no column has the address`, () => {
              const cells = JSON.stringify(read.rowsOf(keyOf(one, mode)).map((row) => row.cells));
              for (const text of [v4, v6, v6.replaceAll(":", "%3A"), Buffer.from(v4).toString("base64")]) {
                assert.equal(cells.includes(text), false);
              }
            });
          }
        }
      });
    }
  },
);
