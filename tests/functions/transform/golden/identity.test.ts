import assert from "node:assert/strict";
import { hashOf } from "./expected.ts";
import { describeLake, type Landed } from "./lake.ts";

const time = `"timestamp":"2020-07-13T18:59:56Z"`;
const eventId = "31953106606966983378809025079804211143289615424298221568";
const ads = `{"eventTimestamp":"2020-07-13T18:59:56Z","eventType":"FILLED_AVAIL","originId":"ü"}`;

const enveloped = (message: string, id: unknown = eventId): string =>
  JSON.stringify({
    messageType: "DATA_MESSAGE",
    owner: "111122223333",
    logGroup: "own/group",
    logStream: "s",
    subscriptionFilters: [],
    logEvents: [{ id, timestamp: 1_594_666_796_000, message }],
  });

interface Case {
  readonly name: string;
  readonly source: string;
  readonly text: string;
  readonly id: string;
}

const cases: readonly Case[] = [
  {
    name: "the request of MediaPackage v1",
    source: "mediapackage-v1-egress",
    text: enveloped(`{${time},"requestId":"request-1","endpointId":"e"}`),
    id: "request-1",
  },
  {
    name: "the request of MediaPackage v2",
    source: "mediapackage-v2-egress",
    text: `{"event_timestamp":1594666796000,"request_id":"request-2","endpoint_id":"e"}`,
    id: "request-2",
  },
  {
    name: "the request, its escapes resolved",
    source: "mediapackage-v1-egress",
    text: String.raw`{"timestamp":"2020-07-13T18:59:56Z","requestId":"a\/b\u00e9","endpointId":"e"}`,
    id: "a/bé",
  },
  {
    name: "the log event where the request is said to be none",
    source: "mediapackage-v1-egress",
    text: enveloped(`{${time},"requestId":"-","endpointId":"e"}`),
    id: eventId,
  },
  {
    name: "the log event where the request is null",
    source: "mediapackage-v1-egress",
    text: enveloped(`{${time},"requestId":null,"endpointId":"e"}`),
    id: eventId,
  },
  {
    name: "the event of CloudTrail, which no column holds",
    source: "cloudtrail",
    text: `{"Records":[{"eventTime":"2020-07-13T18:59:56Z","eventName":"GetX","eventSource":"s","eventID":"event-1"}]}`,
    id: "event-1",
  },
  {
    name: "the event of CloudTrail, its escapes resolved",
    source: "cloudtrail",
    text: String.raw`{"Records":[{"eventID":"\u0065vent-1","eventTime":"2020-07-13T18:59:56Z","eventName":"GetX","eventSource":"s"}]}`,
    id: "event-1",
  },
  {
    name: "a hash where CloudTrail's event id is no text",
    source: "cloudtrail",
    text: `{"eventTime":"2020-07-13T18:59:56Z","eventName":"GetX","eventSource":"s","eventID":{"a":1}}`,
    id: hashOf(`{"eventTime":"2020-07-13T18:59:56Z","eventName":"GetX","eventSource":"s","eventID":{"a":1}}`),
  },
  { name: "the log event of MediaTailor", source: "mediatailor-ads", text: enveloped(ads), id: eventId },
  { name: "a hash of the text where nothing else is there", source: "mediatailor-ads", text: ads, id: hashOf(ads) },
  {
    name: "a hash of the text inside an envelope without ids",
    source: "mediatailor-ads",
    text: enveloped(ads, 7),
    id: hashOf(ads),
  },
  {
    name: "a hash of an audit line",
    source: "aurora-audit",
    text: "1594666796000000,i,u,h,1,0,CONNECT,d,,0\n",
    id: hashOf("1594666796000000,i,u,h,1,0,CONNECT,d,,0"),
  },
];

const keyOf = (name: string, source: string): string => `landing/${source}/${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;
const delivered = ["first delivery", "second delivery"].map((name): Landed => {
  return { key: keyOf(name, "mediatailor-ads"), bytes: Buffer.from(enveloped(ads)) };
});

describeLake(
  "event_id",
  () => [
    ...cases.map(({ name, source, text }) => ({ key: keyOf(name, source), bytes: Buffer.from(text) })),
    ...delivered,
  ],
  (read) => {
    for (const { name, source, id } of cases) {
      it(`is ${name}`, () => {
        assert.deepEqual(
          read.rowsOf(keyOf(name, source)).map(({ cells }) => cells.event_id),
          [id],
        );
      });
    }

    it("is the same for an event that was delivered twice", () => {
      const ids = delivered.flatMap(({ key }) => read.rowsOf(key).map(({ cells }) => cells.event_id));
      assert.deepEqual(ids, [eventId, eventId]);
    });
  },
);
