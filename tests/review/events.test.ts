import assert from "node:assert/strict";
import { EventLogError, readPreview } from "../../review/index.ts";
import { errorEvent, eventLog, stepEvent, summaryEvent, violationEvent } from "./event-log.ts";

const logGroup = { type: "aws:cloudwatch/logGroup:LogGroup", name: "a::b" };
const created = stepEvent({ ...logGroup, op: "create", after: { retentionInDays: 1 } });

describe("the event log of a preview", () => {
  it("says what becomes of each resource, and under which name", () => {
    const ops = ["create", "import", "update", "replace", "delete", "same", "read", "create-replacement"] as const;
    const steps = ops.map((op) => stepEvent({ ...logGroup, op, before: {}, after: {} }));
    const kept = stepEvent({ ...logGroup, op: "delete", before: {}, retainOnDelete: true });
    const preview = readPreview(eventLog([...steps, kept]), "prod");
    assert.deepEqual(
      preview.steps.map(({ effect, name }) => `${effect} ${name}`),
      ["new a::b", "new a::b", "changed a::b", "replaced a::b", "deleted a::b", "released a::b"],
    );
    assert.equal(preview.unchanged, 1);
    assert.equal(preview.finished, true);
  });

  it("tells the description of a policy from what it reports, and colours from text", () => {
    const [two, one] = readPreview(
      eventLog([
        violationEvent({ policy: "a", level: "mandatory", message: "Checks this.\nis 100,\nallowed is 10\n" }),
        violationEvent({ policy: "b", level: "advisory", message: "<{%fg 1%}>just this<{%reset%}>" }),
      ]),
      "prod",
    ).violations;
    assert.deepEqual([two?.description, two?.message], ["Checks this.", "is 100,\nallowed is 10"]);
    assert.deepEqual([one?.description, one?.message], ["", "just this"]);
  });

  it("takes the error that only repeats the violations for no other failure", () => {
    const mandatory = violationEvent({ level: "mandatory", message: "no" });
    const errors = (...events: object[]) => readPreview(eventLog(events), "prod").errors;
    assert.deepEqual(errors(mandatory, errorEvent("preview failed\n")), []);
    assert.deepEqual(errors(mandatory, errorEvent("preview failed\n"), errorEvent("boom\n")), ["boom"]);
    assert.deepEqual(errors(errorEvent("preview failed\n")), ["preview failed"]);
    assert.deepEqual(errors(violationEvent({ level: "advisory", message: "no" }), errorEvent("preview failed")), [
      "preview failed",
    ]);
    assert.deepEqual(errors({ errorEvent: { error: "the engine broke" } }), ["the engine broke"]);
  });

  it("shows what was written to stderr where nothing else says why it ended", () => {
    const event = { diagnosticEvent: { message: "no entry point", severity: "info#err" } };
    assert.deepEqual(readPreview(eventLog([event], []), "prod").errors, ["no entry point"]);
    assert.deepEqual(readPreview(eventLog([event]), "prod").errors, []);
  });

  it("is finished when the engine has summed up, and names the packs that ran", () => {
    assert.equal(readPreview(eventLog([created], []), "prod").finished, false);
    assert.deepEqual(readPreview(eventLog([created]), "prod").packs, ["aircheck"]);
    assert.deepEqual(readPreview(eventLog([], [{ summaryEvent: {} }]), "prod").packs, []);
  });

  it("is refused when it is broken, cut off, something else, or of another stack", () => {
    const whole = eventLog([created, summaryEvent]);
    const cases: [string, string, RegExp][] = [
      ["", "prod", /^it is empty$/],
      [whole.slice(0, whole.indexOf("\n") + 20), "prod", /^line 2 is no JSON, or is cut off$/],
      [`${whole}{"steps": []}`, "prod", /^line 4 is no engine event \(sequence: /],
      [`${whole}[]`, "prod", /^line 4 is no engine event/],
      ['{"sequence": 1, "resourcePreEvent": {"metadata": {"op": 3}}}', "prod", /resourcePreEvent\.metadata\.op/],
      [whole, "dev", /^it is of stack prod, not dev$/],
      [eventLog([violationEvent({ level: "mandatory", message: "no" })]), "prod-eu", /of stack prod, not prod-eu/],
    ];
    for (const [text, stack, message] of cases) {
      assert.throws(() => readPreview(text, stack), { name: EventLogError.name, message });
    }
    assert.equal(readPreview(whole, "our-organization/aircheck/prod").steps.length, 1);
  });
});
