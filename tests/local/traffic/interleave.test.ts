import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { interleave, mergeStreams } from "../../../local/traffic/interleave.ts";
import { Random, randomStream, Weighted } from "../../../local/traffic/random.ts";

interface Marked {
  readonly timeMs: number;
  readonly of: number;
}

const activitiesOf = fc
  .array(fc.array(fc.nat(50), { maxLength: 8 }), { maxLength: 12 })
  .map((gaps) => gaps.map((steps, of) => ({ of, startMs: of * 10, steps })));

describe("interleave", () => {
  it("gives every event once, in the order of time", () => {
    fc.assert(
      fc.property(activitiesOf, (activities) => {
        const eventsOf = ({ of, startMs, steps }: { of: number; startMs: number; steps: number[] }): Marked[] => {
          let timeMs = startMs;
          return steps.map((step) => {
            timeMs += step;
            return { timeMs, of };
          });
        };
        const all = activities.flatMap(eventsOf);
        const result = [
          ...interleave(activities.map((one) => ({ startMs: one.startMs, events: eventsOf(one).values() }))),
        ];
        assert.equal(result.length, all.length);
        const key = ({ timeMs, of }: Marked) => `${timeMs} ${of}`;
        assert.deepEqual(result.map(key).sort(), all.map(key).sort());
        for (const [index, { timeMs }] of result.entries()) {
          assert.ok(index === 0 || timeMs >= (result[index - 1]?.timeMs ?? 0));
        }
      }),
    );
  });

  it("asks for an activity no earlier than its turn, so that there may be endlessly many", () => {
    let begun = 0;
    function* endless() {
      for (let startMs = 0; ; startMs += 100) {
        begun++;
        yield { startMs, events: [{ timeMs: startMs + 150 }, { timeMs: startMs + 160 }].values() };
      }
    }
    const events = interleave(endless());
    for (let count = 0; count < 20; count++) events.next();
    assert.ok(begun < 16, `${begun} activities were begun`);
  });

  it("keeps the order of streams for simultaneous events", () => {
    const streams = [3, 1, 2].map((of) => [{ timeMs: 5, of }].values());
    assert.deepEqual(
      [...mergeStreams(streams)].map(({ of }) => of),
      [3, 1, 2],
    );
  });
});

describe("random streams", () => {
  it("repeat for the same path and differ for another", () => {
    const numbers = (random: Random) => Array.from({ length: 8 }, () => random.uint32());
    assert.deepEqual(numbers(randomStream(1, "a", 2)), numbers(randomStream(1, "a", 2)));
    const others = [randomStream(2, "a", 2), randomStream(1, "b", 2), randomStream(1, "a", 3), randomStream(1, "a2")];
    for (const other of others) assert.notDeepEqual(numbers(other), numbers(randomStream(1, "a", 2)));
  });

  it("spread evenly", () => {
    const random = new Random(1, 2, 3);
    const buckets = new Array<number>(16).fill(0);
    for (let count = 0; count < 160_000; count++) {
      const bucket = random.int(16);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) assert.ok(Math.abs(count - 10_000) < 500, `${buckets}`);
  });

  it("choose by weight, and say so when there is nothing to choose", () => {
    const weighted = new Weighted(["rare", "often"], (name) => (name === "rare" ? 1 : 9));
    const random = randomStream(1, "test");
    const rare = Array.from({ length: 10_000 }, () => weighted.pick(random)).filter((name) => name === "rare").length;
    assert.ok(rare > 850 && rare < 1150, `${rare} of 10000`);
    assert.throws(() => new Weighted<string>([], () => 1).pick(random), /nothing to choose from/);
    assert.throws(() => random.pick([]), /nothing to choose from/);
  });

  it("make identifiers of the right form", () => {
    const random = randomStream(1, "test");
    assert.match(random.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.match(random.alphanumeric(33), /^[A-Za-z0-9]{33}$/);
    assert.match(random.digits(32), /^\d{32}$/);
  });
});
