import assert from "node:assert/strict";
import { readPreview } from "../../review/index.ts";
import { type LoggingChange, loggingChanges } from "../../review/logging-changes.ts";
import { loggingKinds } from "../../review/logging-kinds.ts";
import { eventLog, type MadeStep, stepEvent } from "./event-log.ts";

const changesOf = (...steps: MadeStep[]) => loggingChanges(readPreview(eventLog(steps.map(stepEvent)), "prod").steps);
const brief = ({ effect, kind, names, property, before, after, note }: LoggingChange) =>
  [effect, kind, names.join("+"), property, `${before} → ${after}`, note].filter((text) => text !== "").join(" | ");
const briefs = (...steps: MadeStep[]) => changesOf(...steps).changes.map(brief);

const logging = { type: "aircheck:media:PlaybackLogging", name: "kids" };
const alarm = { type: "aws:cloudwatch/metricAlarm:MetricAlarm", name: "silence" };
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "xyzzy" };

describe("changes in logging", () => {
  it("say from which percentage to which, of configurations made here and elsewhere", () => {
    assert.deepEqual(
      briefs(
        { ...logging, op: "update", before: { percent: 10 }, after: { percent: 25 } },
        {
          op: "update",
          type: "aws-native:mediatailor:PlaybackConfiguration",
          name: "news",
          before: { logConfiguration: { percentEnabled: 10 } },
          after: { logConfiguration: { percentEnabled: 5 } },
        },
      ),
      [
        "changed | playback configuration | news | sessions logged | 10 % → 5 %",
        "changed | existing playback configuration | kids | sessions logged | 10 % → 25 % | 2.5 times as many",
      ],
    );
  });

  it("stop where nothing is logged, or nobody warned, any more", () => {
    const on = { percent: 10, strategies: ["VENDED_LOGS"] };
    assert.deepEqual(briefs({ ...logging, op: "update", before: on, after: { percent: 0, strategies: [] } }), [
      "stops | existing playback configuration | kids | sessions logged | 10 % → 0 %",
      "stops | existing playback configuration | kids | strategies | VENDED_LOGS → none",
    ]);
    assert.deepEqual(briefs({ ...logging, op: "update", before: on, after: {} }).length, 2);
    assert.deepEqual(
      briefs({
        ...alarm,
        op: "update",
        before: { alarmActions: ["t"] },
        after: { alarmActions: ["t"], actionsEnabled: false },
      }),
      ["stops | alarm | silence | actions | true → false"],
    );
    assert.match(
      briefs({ ...logging, op: "create", after: { percent: 0, strategies: ["VENDED_LOGS"] } })[0] ?? "",
      /^stops/,
    );
    const trail = { type: "aws:cloudtrail/trail:Trail", name: "audit", op: "update" };
    assert.match(briefs({ ...trail, before: {}, after: { enableLogging: false } })[0] ?? "", /^stops \| trail/);
  });

  it("put what ends before what is replaced, and that before what differs", () => {
    const effects = changesOf(
      { ...logging, op: "update", before: { percent: 1 }, after: { percent: 2 } },
      { type: "aws:cloudwatch/logGroup:LogGroup", name: "new", op: "create", after: {} },
      { type: "aws:cloudwatch/logGroup:LogGroup", name: "kept", op: "delete", before: {}, retainOnDelete: true },
      { type: "aws:cloudwatch/logDelivery:LogDelivery", name: "d", op: "replace", before: {}, after: {}, keys: ["x"] },
      { ...alarm, op: "delete", before: {} },
      { ...logging, name: "off", op: "update", before: { percent: 1 }, after: { percent: 0 } },
    ).changes.map(({ effect }) => effect);
    assert.deepEqual(effects, ["stops", "deleted", "replaced", "released", "changed", "new"]);
  });

  it("are one for all resources to which the same happens", () => {
    const groups = ["b", "a", "c"].map((name) => ({
      type: "aws:cloudwatch/logGroup:LogGroup",
      name,
      op: "update",
      before: name === "c" ? {} : { retentionInDays: 30 },
      after: { retentionInDays: 7 },
    }));
    assert.deepEqual(briefs(...groups), [
      "changed | log group | a+b | events kept | 30 days → 7 days",
      "changed | log group | c | events kept | for ever → 7 days",
    ]);
  });

  it("say of a configuration that is only no longer looked after that its logging stays", () => {
    const [change] = briefs({ ...logging, op: "delete", before: { percent: 10, strategies: ["VENDED_LOGS"] } });
    assert.match(change ?? "", /^released .* its logging stays as it is/);
  });

  it("count new resources that say little, and leave to others what is no change in logging", () => {
    const { counted, changes, others } = changesOf(
      { ...alarm, op: "create", after: {} },
      { ...alarm, name: "drift", op: "create", after: {} },
      { type: "aws:lambda/function:Function", name: "f", op: "update", before: { code: 1 }, after: { code: 2 } },
      { type: "aws:iam/role:Role", name: "r", op: "delete", before: { name: "other" } },
      { type: "aws:iam/role:Role", name: "logger", op: "delete", before: { name: "MediaTailorLogger" } },
    );
    assert.deepEqual(counted, [{ kind: "alarm", count: 2 }]);
    assert.deepEqual(
      others.map(({ name }) => name),
      ["r", "f"],
    );
    assert.deepEqual(changes.map(brief), [
      "deleted | MediaTailor logger role | logger |  →  | MediaTailor can no longer write to log groups",
    ]);
  });

  it("never show a secret, and say that one has changed", () => {
    const before = { percent: secret, strategies: "[secret]" };
    const detailedDiff = { percent: { diffKind: "update" }, "strategies[0]": {} };
    const [change, ...more] = briefs({ ...logging, op: "update", before, after: before, detailedDiff });
    assert.equal(
      change,
      "changed | existing playback configuration | kids | sessions logged | [secret] → [secret] | changed, but not shown",
    );
    assert.match(more.join(), /strategies/);
    const nested = briefs({ ...logging, op: "update", before: { ads: secret }, after: { ads: { exclude: ["a"] } } });
    assert.ok(nested.length > 0 && !JSON.stringify(nested).includes("xyzzy"), nested.join());
  });

  it("say what only AWS will know", () => {
    assert.deepEqual(briefs({ ...logging, op: "update", before: { percent: 10 }, after: { percent: unknown } }), [
      "changed | existing playback configuration | kids | sessions logged | 10 % → known after deployment",
    ]);
  });

  it("show of long lists what came and went, and of objects what tells them apart", () => {
    const fields = Array.from({ length: 20 }, (_, index) => `aRatherLongField${index}`);
    const delivery = { type: "aws:cloudwatch/logDelivery:LogDelivery", name: "d", op: "update" };
    assert.deepEqual(
      briefs({ ...delivery, before: { recordFields: fields }, after: { recordFields: [...fields.slice(1), "added"] } }),
      ["changed | log delivery | d | fields of a record | 20 → 20: − aRatherLongField0 + added"],
    );
    const expiry = {
      type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      name: "lake",
      op: "update",
    };
    const rules = (days: number, status = "Enabled") => ({ rules: [{ id: "access", expiration: { days }, status }] });
    assert.deepEqual(briefs({ ...expiry, before: rules(400), after: rules(30) }), [
      "changed | bucket expiry | lake | days kept | access 400 → access 30",
    ]);
    assert.match(briefs({ ...expiry, before: rules(30), after: rules(30, "Disabled") }).join(), /Enabled.*Disabled/);
  });

  it("know each token once", () => {
    const tokens = loggingKinds.flatMap((kind) => kind.tokens);
    assert.deepEqual(tokens, [...new Set(tokens)]);
  });
});
