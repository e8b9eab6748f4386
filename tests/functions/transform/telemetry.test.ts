import assert from "node:assert/strict";
import { emptyReport } from "../../../functions/transform/report.ts";
import { loggedError, loggedReport } from "../../../functions/transform/telemetry.ts";

describe("logged errors", () => {
  it("have name, message and places in the code", () => {
    const { name, message, places } = loggedError(new RangeError("too long"));
    assert.deepEqual([name, message], ["RangeError", "too long"]);
    assert.ok(Array.isArray(places) && places.length > 0 && places.length <= 8);
    assert.match(places[0], /^at .*telemetry\.test\.ts/);
  });

  it("do not quote the text that could not be parsed", () => {
    assert.throws(
      () => JSON.parse("client 203.0.113.77"),
      (error) => {
        assert.ok(error instanceof SyntaxError);
        assert.match(error.message, /203\.0\.113\.77/);
        assert.doesNotMatch(JSON.stringify(loggedError(error)), /203|client/);
        return true;
      },
    );
  });

  it("take anything that was thrown, and repeat nothing of it", () => {
    assert.deepEqual(loggedError("203.0.113.77"), { name: "string" });
    const bare = new Error("no stack");
    delete bare.stack;
    assert.deepEqual(loggedError(bare), { name: "Error", message: "no stack", places: [] });
  });
});

describe("logged reports", () => {
  it("are the whole report as a rule", () => {
    const report = { ...emptyReport(), records: 1, rows: 1, unknownFields: { b: 1, a: 2 } };
    assert.deepEqual(loggedReport(report), report);
  });

  it("stay short however many names a broken sender invents", () => {
    const names = Array.from({ length: 1000 }, (_, index) => [`${index}-`.padEnd(1000, "x"), index + 1] as const);
    const report = { ...emptyReport(), unknownFields: Object.fromEntries(names) };
    const logged = loggedReport(report);
    assert.ok(JSON.stringify(logged).length < 10_000);
    assert.match(JSON.stringify(logged), /"999-x+":1000/);
    assert.match(JSON.stringify(logged), /"and 950 more":451725/);
  });
});
