import assert from "node:assert/strict";
import fc from "fast-check";
import {
  noSampling,
  readSamplingHistory,
  SamplingError,
  samplingHistory,
  weightAt,
  weightPeriods,
} from "../../../../functions/transform/derive/sampling.ts";
import { ObjectNotFoundError, type Store, type StoredObject } from "../../../../functions/transform/store/store.ts";

const day = (text: string) => new Date(`2026-${text}T00:00:00Z`);
const at = (text: string) => day(text).getTime();

function written(lastModified: Date, percents: Record<string, number>, effectiveFrom?: string) {
  const configurations = Object.fromEntries(Object.entries(percents).map(([name, percent]) => [name, { percent }]));
  return { lastModified, document: { version: 1, configurations, ...(effectiveFrom && { effectiveFrom }) } };
}

describe("weight of a sampled session", () => {
  const history = samplingHistory([
    written(day("03-01"), { news: 50, sports: 100 }),
    written(day("01-01"), { news: 10 }),
    written(day("02-01"), { news: 25, sports: 0 }),
  ]);

  it("is 100 / percent of the version in force at the event's time", () => {
    assert.equal(weightAt(history, "news", at("01-01")), 10);
    assert.equal(weightAt(history, "news", at("02-01") - 1), 10);
    assert.equal(weightAt(history, "news", at("02-01")), 4);
    assert.equal(weightAt(history, "news", at("12-01")), 2);
  });

  it("is that of the first version for earlier events", () => {
    assert.equal(weightAt(history, "news", 0), 10);
  });

  it("is 1 for a configuration that was never named, and at 0 percent", () => {
    assert.equal(weightAt(history, "movies", at("02-01")), 1);
    assert.equal(weightAt(history, "sports", at("02-02")), 1);
    assert.equal(weightAt(history, "__proto__", at("02-02")), 1);
    assert.equal(weightAt(noSampling, "news", at("02-01")), 1);
  });

  it("stays what it was for a configuration that is no longer named, unless a correction for the same time leaves it out", () => {
    const dropped = [written(day("01-01"), { news: 10, kids: 20 }), written(day("02-01"), { news: 10 })];
    assert.equal(weightAt(samplingHistory(dropped), "kids", at("03-01")), 5);
    const corrected = [...dropped, written(day("03-01"), { news: 10 }, "2026-01-01T00:00:00Z")];
    assert.equal(weightAt(samplingHistory(corrected), "kids", at("03-01")), 1);
  });

  it("counts from effectiveFrom where that is given", () => {
    const late = samplingHistory([
      written(day("01-01"), { news: 10 }),
      written(day("01-03"), { news: 20 }, "2026-01-02T00:00:00+00:00"),
    ]);
    assert.equal(weightAt(late, "news", at("01-02") - 1), 10);
    assert.equal(weightAt(late, "news", at("01-02")), 5);
  });

  it("follows what was written last where versions claim the same time", () => {
    const corrected = samplingHistory([
      written(day("01-01"), { news: 10 }),
      written(day("01-10"), { news: 20 }),
      written(day("01-12"), { news: 50 }, "2026-01-05"),
    ]);
    assert.equal(weightAt(corrected, "news", at("01-04")), 10);
    assert.equal(weightAt(corrected, "news", at("01-11")), 2);
    const twice = samplingHistory([
      written(day("01-01"), { news: 20 }, "2026-01-05"),
      written(day("01-01"), { news: 10 }, "2026-01-01"),
    ]);
    assert.equal(weightAt(twice, "news", at("01-06")), 5);
  });

  it("is given in periods that begin at minus infinity and differ from one to the next", () => {
    assert.deepEqual(weightPeriods(history, "news"), [
      { fromMs: -Infinity, weight: 10 },
      { fromMs: at("02-01"), weight: 4 },
      { fromMs: at("03-01"), weight: 2 },
    ]);
    assert.deepEqual(weightPeriods(history, "sports"), [{ fromMs: -Infinity, weight: 1 }]);
    assert.deepEqual(weightPeriods(noSampling, "news"), [{ fromMs: -Infinity, weight: 1 }]);
  });

  it("is the same by time and by period, at least 1 and at most 100", () => {
    const time = fc.integer({ min: 0, max: 20 });
    const document = fc
      .record({ from: time, written: time, percent: fc.integer({ min: 0, max: 100 }), hasFrom: fc.boolean() })
      .map(({ from, written: ms, percent, hasFrom }) =>
        written(new Date(ms), { news: percent }, hasFrom ? new Date(from).toISOString() : undefined),
      );
    fc.assert(
      fc.property(fc.array(document, { maxLength: 6 }), fc.integer({ min: -1, max: 21 }), (documents, timeMs) => {
        const made = samplingHistory(documents);
        const weight = weightAt(made, "news", timeMs);
        assert.ok(weight >= 1 && weight <= 100);
        const periods = weightPeriods(made, "news");
        assert.equal(periods.findLast(({ fromMs }) => fromMs <= timeMs)?.weight, weight);
        assert.ok(
          periods.every(({ fromMs }, index) => fromMs > (periods[index - 1]?.fromMs ?? -Infinity) || index === 0),
        );
      }),
    );
  });
});

describe("sampling document", () => {
  function problemsOf(document: unknown): readonly string[] {
    try {
      samplingHistory([{ document, lastModified: day("01-01") }]);
    } catch (error) {
      if (error instanceof SamplingError) return error.problems;
      throw error;
    }
    return [];
  }

  it("may have keys that are not known yet", () => {
    assert.deepEqual(
      problemsOf({ version: 1, configurations: { a: { percent: 5, note: "x" } }, writer: "aircheck" }),
      [],
    );
  });

  const wrong: readonly [document: unknown, problem: RegExp][] = [
    [null, /the document is null, allowed is an object/],
    [[], /the document is \[\], allowed is an object/],
    [{ version: 2, configurations: {} }, /: version is 2, allowed is 1/],
    [{ version: 1 }, /: configurations is missing, allowed is an object/],
    [
      { version: 1, configurations: { a: 5 } },
      /configurations\["a"\]\.percent is missing, allowed is a whole number from 0 to 100/,
    ],
    [{ version: 1, configurations: { a: { percent: "5" } } }, /\.percent is "5"/],
    [{ version: 1, configurations: { a: { percent: 101 } } }, /\.percent is 101/],
    [{ version: 1, configurations: { a: { percent: -1 } } }, /\.percent is -1/],
    [{ version: 1, configurations: { a: { percent: 0.5 } } }, /\.percent is 0\.5/],
    [{ version: 1, configurations: { a: { percent: () => 5 } } }, /\.percent is function/],
    [{ version: 1, configurations: {}, effectiveFrom: 5 }, /effectiveFrom is 5, allowed is a time such as/],
    [{ version: 1, configurations: {}, effectiveFrom: "tomorrow" }, /effectiveFrom is "tomorrow"/],
    [{ version: 1, configurations: {}, effectiveFrom: "2026-01-31T00:00:00" }, /effectiveFrom/],
    [{ version: 1, configurations: {}, effectiveFrom: "2026-13-31T00:00:00Z" }, /effectiveFrom/],
  ];
  for (const [document, problem] of wrong) {
    it(`is refused: ${problem.source}`, () => {
      const problems = problemsOf(document);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? "", problem);
      assert.match(problems[0] ?? "", /^version of 2026-01-01T00:00:00\.000Z: /);
    });
  }

  it("is refused with all its mistakes in one message", () => {
    const document = { version: 0, effectiveFrom: "", configurations: { a: { percent: 200 }, b: {} } };
    assert.equal(problemsOf(document).length, 4);
    assert.throws(
      () => samplingHistory([{ document, lastModified: day("01-01"), name: "here" }]),
      /correct or remove these object versions:\n {2}here: version is 0, allowed is 1\n {2}here: effectiveFrom is ""/,
    );
  });
});

describe("sampling history of a store", () => {
  const key = "config/sampling.json";

  function storeOf(versions: readonly { text: string | null; lastModified: Date; versionId?: string }[]): Store {
    const unused = () => {
      throw new Error("not used here");
    };
    return {
      bucket: "lake",
      stat: unused,
      list: unused,
      write: unused,
      remove: unused,
      versions: async (asked) =>
        asked === key
          ? versions.map(({ text, ...rest }): StoredObject => ({ key, sizeBytes: text?.length ?? 0, ...rest }))
          : [],
      async *read(asked, options) {
        const version = versions.find(({ versionId }) => versionId === options?.versionId);
        if (asked !== key || version?.text === undefined) throw new Error(`read ${asked} ${options?.versionId}`);
        if (version.text === null) throw new ObjectNotFoundError("lake", asked);
        const bytes = Buffer.from(version.text);
        yield bytes.subarray(0, 3);
        yield bytes.subarray(3);
      },
    };
  }

  const text = (percents: Record<string, number>) => JSON.stringify(written(day("01-01"), percents).document);

  it("is made of all versions of the document", async () => {
    const history = await readSamplingHistory(
      storeOf([
        { text: text({ news: 50 }), lastModified: day("02-01"), versionId: "b" },
        { text: text({ news: 10 }), lastModified: day("01-01"), versionId: "a" },
      ]),
    );
    assert.deepEqual([weightAt(history, "news", at("01-02")), weightAt(history, "news", at("02-02"))], [10, 2]);
  });

  it("is made of the one document of a store without versions, under any key", async () => {
    const history = await readSamplingHistory(storeOf([{ text: text({ é: 20 }), lastModified: day("01-01") }]), key);
    assert.equal(weightAt(history, "é", 0), 5);
  });

  it("is empty where there is no document, or it went away meanwhile", async () => {
    assert.deepEqual(await readSamplingHistory(storeOf([]), "elsewhere.json"), noSampling);
    assert.deepEqual(await readSamplingHistory(storeOf([{ text: null, lastModified: day("01-01") }])), noSampling);
  });

  it("is refused with the name of the version that is no JSON", async () => {
    const store = storeOf([{ text: "{", lastModified: day("01-01"), versionId: "v7" }]);
    await assert.rejects(readSamplingHistory(store), /lake\/config\/sampling\.json version v7: is no JSON \(/);
  });

  it("passes on an error of the store", async () => {
    const store = { ...storeOf([{ text: "", lastModified: day("01-01") }]), bucket: "other" };
    store.read = () => {
      throw new Error("access denied");
    };
    await assert.rejects(readSamplingHistory(store), /access denied/);
  });
});
