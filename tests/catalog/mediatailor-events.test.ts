import assert from "node:assert/strict";
import fc from "fast-check";
import {
  adsEvents,
  allEvents,
  type EventClass,
  type EventNames,
  eventClass,
  manifestEvents,
  transcodeEvents,
} from "../../catalog/mediatailor-events.ts";

const logs: readonly (readonly [string, EventNames])[] = [
  ["ads", adsEvents],
  ["manifest", manifestEvents],
  ["transcode", transcodeEvents],
];

describe("event names of MediaTailor", () => {
  for (const [log, names] of logs) {
    it(`stand in one list each: ${log}`, () => {
      const all = allEvents(names);
      assert.equal(new Set(all).size, all.length);
      for (const name of all) assert.match(name, /^[A-Z][A-Z0-9_]+$/);
    });
  }

  it("are as many as the reference has (3.5 to 3.7)", () => {
    const counts = logs.map(([, { info, warning, error, optIn }]) =>
      [info, warning, error, optIn].map((n) => n.length),
    );
    assert.deepEqual(counts, [
      [17, 4, 28, 10],
      [4, 1, 29, 2],
      [3, 0, 5, 0],
    ]);
  });
});

describe("eventClass", () => {
  for (const [log, names] of logs) {
    it(`is that of the list the name stands in: ${log}`, () => {
      for (const name of names.error) assert.equal(eventClass(names, name), "error", name);
      for (const name of names.warning) assert.equal(eventClass(names, name), "warning", name);
      for (const name of [...names.info, ...names.optIn]) assert.equal(eventClass(names, name), "info", name);
    });
  }

  const shapes: readonly (readonly [string, EventClass])[] = [
    // Errors of the manifest log whose names do not say so.
    ["UNKNOWN_HOST", "error"],
    ["HOST_DISALLOWED", "error"],
    ["NO_MASTER_PLAYLIST", "error"],
    ["INCOMPATIBLE_HLS_VERSION", "error"],
    ["LAST_PERIOD_MISSING_AUDIO", "error"],
    ["LAST_PERIOD_MISSING_AUDIO_WARNING", "warning"],
    // Names that no list has.
    ["ERROR_SOMETHING_NEW", "error"],
    ["SOMETHING_NEW_ERROR", "error"],
    ["SOMETHING_NEW_FAILURE", "error"],
    ["ERROR_WITH_WARNING", "error"],
    ["NEW_WARNING_OF_SOMETHING", "warning"],
    ["WARNING_SOMETHING", "warning"],
    ["SOMETHING_NEW", "review"],
    ["TERROR", "review"],
    ["ERRORLESS_START", "review"],
    ["error_small", "review"],
    ["", "review"],
  ];
  for (const [name, expected] of shapes) {
    it(`is ${expected} for ${JSON.stringify(name)} in the manifest log`, () => {
      assert.equal(eventClass(manifestEvents, name), expected);
    });
  }

  it("looks at the list before the shape", () => {
    const names: EventNames = {
      info: ["ERROR_NONE"],
      warning: ["A_ERROR"],
      error: ["B_WARNING"],
      optIn: ["WARNING_C"],
    };
    assert.deepEqual(
      ["ERROR_NONE", "A_ERROR", "B_WARNING", "WARNING_C"].map((name) => eventClass(names, name)),
      ["info", "warning", "error", "info"],
    );
  });

  it("tells the same names of two logs apart", () => {
    assert.equal(eventClass(adsEvents, "UNKNOWN_HOST"), "review");
    assert.equal(eventClass(manifestEvents, "UNKNOWN_HOST"), "error");
  });

  it("never calls an unlisted name info", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...logs), (name, [, names]) => {
        fc.pre(!allEvents(names).includes(name));
        assert.notEqual(eventClass(names, name), "info");
      }),
    );
  });
});
