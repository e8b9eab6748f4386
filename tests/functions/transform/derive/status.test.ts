import assert from "node:assert/strict";
import { statusClass } from "../../../../functions/transform/derive/status.ts";

describe("status class", () => {
  it("is the hundred of a three-digit status, standard or not", () => {
    assert.deepEqual([100, 200, 304, 404, 460, 503, 599].map(statusClass), [
      "1xx",
      "2xx",
      "3xx",
      "4xx",
      "4xx",
      "5xx",
      "5xx",
    ]);
  });

  it("is other for everything else", () => {
    for (const status of [0, -1, 99, 600, 2000, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(statusClass(status), "other");
    }
  });
});
