import assert from "node:assert/strict";
import type { SamplingHistory } from "../../../functions/transform/derive/sampling.ts";
import { cacheSampling } from "../../../functions/transform/sampling-cache.ts";

describe("cached sampling history", () => {
  function setUp() {
    const clock = { milliseconds: 1000 };
    const reads: SamplingHistory[] = [];
    const failure: { error?: Error } = {};
    const sampling = cacheSampling(
      async () => {
        if (failure.error) throw failure.error;
        const history = { versions: [] };
        reads.push(history);
        return history;
      },
      () => clock.milliseconds,
    );
    return { clock, reads, failure, sampling };
  }

  it("is read once within a minute and again after it", async () => {
    const { clock, reads, sampling } = setUp();
    const first = await sampling();
    clock.milliseconds += 59_999;
    assert.equal(await sampling(), first);
    clock.milliseconds += 1;
    const second = await sampling();
    assert.notEqual(second, first);
    assert.deepEqual(reads.length, 2);
    clock.milliseconds += 59_999;
    assert.equal(await sampling(), second);
  });

  it("is neither made up nor kept when reading fails", async () => {
    const { clock, reads, failure, sampling } = setUp();
    await sampling();
    clock.milliseconds += 60_000;
    failure.error = new Error("no access");
    await assert.rejects(sampling(), /no access/);
    delete failure.error;
    await sampling();
    assert.equal(reads.length, 2);
  });
});
