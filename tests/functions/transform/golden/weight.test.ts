import assert from "node:assert/strict";
import { type SamplingHistory, samplingHistory } from "../../../../functions/transform/derive/sampling.ts";
import { describeLake } from "./lake.ts";

/** 10 % of `live` from the first day on, 50 % from noon of the 13th; `off` logs debug sessions only. */
const sampling: SamplingHistory = samplingHistory([
  {
    lastModified: new Date("2020-07-01T00:00:00Z"),
    document: { version: 1, configurations: { live: { percent: 10 }, off: { percent: 0 } } },
  },
  {
    lastModified: new Date("2020-07-13T11:00:00Z"),
    document: {
      version: 1,
      effectiveFrom: "2020-07-13T12:00:00Z",
      configurations: { live: { percent: 50 }, off: { percent: 0 } },
    },
  },
]);

interface Case {
  readonly name: string;
  readonly source: "mediatailor-ads" | "mediatailor-manifest" | "mediatailor-transcode" | "mediapackage-v1-egress";
  readonly record: Readonly<Record<string, unknown>>;
  readonly weight: number;
}

const at = (eventTimestamp: string, originId: string | undefined, eventType: string, more = {}) => ({
  eventTimestamp,
  originId,
  eventType,
  awsAccountId: "111122223333",
  sessionId: "s",
  ...more,
});

const before = "2020-07-13T11:59:59.999Z";
const after = "2020-07-13T12:00:00.000Z";
const debugPath = "/v1/master/a/live/index.m3u8?aws.logMode=DEBUG";

const cases: readonly Case[] = [
  {
    name: "an event before the change has the weight of the first version",
    source: "mediatailor-ads",
    record: at(before, "live", "FILLED_AVAIL"),
    weight: 10,
  },
  {
    name: "an event at the change has that of the second",
    source: "mediatailor-ads",
    record: at(after, "live", "FILLED_AVAIL"),
    weight: 2,
  },
  {
    name: "an event before any version has that of the first",
    source: "mediatailor-ads",
    record: at("2019-01-01T00:00:00Z", "live", "FILLED_AVAIL"),
    weight: 10,
  },
  {
    name: "transcode records are sampled too",
    source: "mediatailor-transcode",
    record: at(after, "live", "INITIALIZED", { creativeUniqueId: "c" }),
    weight: 2,
  },
  {
    name: "an error of the manifest service is weighed",
    source: "mediatailor-manifest",
    record: at(before, "live", "UNKNOWN_HOST", { mediaTailorPath: "/v1/master/a/live/index.m3u8" }),
    weight: 10,
  },
  {
    name: "an event that occurs in debug sessions only counts once",
    source: "mediatailor-manifest",
    record: at(before, "live", "GENERATED_MANIFEST"),
    weight: 1,
  },
  {
    name: "an error of a session that asked for debugging counts once",
    source: "mediatailor-manifest",
    record: at(before, "live", "UNKNOWN_HOST", { mediaTailorPath: debugPath }),
    weight: 1,
  },
  {
    name: "the debug mode is case-sensitive",
    source: "mediatailor-manifest",
    record: at(before, "live", "UNKNOWN_HOST", { mediaTailorPath: debugPath.replace("DEBUG", "debug") }),
    weight: 10,
  },
  {
    name: "a configuration that is not named counts once",
    source: "mediatailor-ads",
    record: at(after, "unknown", "FILLED_AVAIL"),
    weight: 1,
  },
  {
    name: "a record without a configuration counts once",
    source: "mediatailor-ads",
    record: at(after, undefined, "FILLED_AVAIL"),
    weight: 1,
  },
  {
    name: "at 0 percent only debug sessions are logged, which count once",
    source: "mediatailor-ads",
    record: at(after, "off", "FILLED_AVAIL"),
    weight: 1,
  },
  {
    name: "other services are not sampled, whatever their records say",
    source: "mediapackage-v1-egress",
    record: { timestamp: after, originId: "live", endpointId: "live", requestId: "r" },
    weight: 1,
  },
];

const keyOf = ({ name, source }: Case): string => `landing/${source}/${name.replaceAll(" ", "-")}`;

const ads = cases.filter(({ source }) => source === "mediatailor-ads");
const togetherKey = "landing/mediatailor-ads/together";
const together = ads.map(({ name, record }) => JSON.stringify({ ...record, sessionId: name })).join("\n");

describeLake(
  "weight",
  () => [
    ...cases.map((one) => ({
      key: keyOf(one),
      bytes: Buffer.from(JSON.stringify(one.record)),
      options: { sampling },
    })),
    { key: togetherKey, bytes: Buffer.from(together), options: { sampling } },
  ],
  (read) => {
    for (const one of cases) {
      it(one.name, () => {
        assert.deepEqual(
          read.rowsOf(keyOf(one)).map(({ cells }) => cells.weight),
          [one.weight],
        );
      });
    }

    it("is that of each record, also where configurations and times alternate in one object", () => {
      const weights = read.rowsOf(togetherKey).map(({ cells }) => [cells.session_id, cells.weight]);
      assert.deepEqual(Object.fromEntries(weights), Object.fromEntries(ads.map(({ name, weight }) => [name, weight])));
    });
  },
);
