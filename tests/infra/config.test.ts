import assert from "node:assert/strict";
import { presets } from "../../infra/config/presets.ts";
import { type AircheckConfig, ConfigError, parseConfig } from "../../infra/config.ts";
import { today, wrongStacks } from "./wrong-stacks.ts";

/** A stack file's values as the engine hands them over. */
function given(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ environment: "dev", ...values }).flatMap(([key, value]) =>
      value === undefined ? [] : [[`aircheck:${key}`, typeof value === "string" ? value : JSON.stringify(value)]],
    ),
  );
}

function problemsOf(values: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    parseConfig(given(values), today);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const parsed = (values: Readonly<Record<string, unknown>>): AircheckConfig => parseConfig(given(values), today);

describe("a wrong stack file", () => {
  for (const { what, values, messages } of wrongStacks) {
    it(`with ${what} is refused, with every mistake named`, () => {
      assert.deepEqual(
        problemsOf(values),
        messages.map((message) => `aircheck:${message}`),
      );
    });
  }

  it("is refused in one message that says nothing was changed", () => {
    assert.throws(() => parsed({ athena: { scanLimitGiB: 0 }, usage: 1 }), {
      name: "ConfigError",
      message:
        "the stack's configuration has 2 mistakes; nothing was changed:\n" +
        "  aircheck:athena.scanLimitGiB is 0: allowed is a whole number from 1 to 102400 (GiB a query)\n" +
        "  aircheck:usage is 1: allowed is an object with the keys sessionsPerMonth, sessionsByConfiguration, requestsPerMonth, ingressRequestsPerMonth, mediaPackageV2Percent, cloudTrailEventsPerMonth, auroraRecordsPerMonth, queriesPerMonth, scannedDaysPerQuery, recordBytes, assumptions",
    });
  });

  it("is shown in the table at least forty times", () => assert.ok(wrongStacks.length >= 40));
});

describe("a stack file with the environment alone", () => {
  it("logs all sessions in dev and a tenth in prod", () => {
    const live = { existingConfigurations: { live: {} } };
    const percent = (environment: string) =>
      parsed({ environment, mediaTailor: live }).mediaTailor.existingConfigurations.map(
        ({ logging }) => logging.percent,
      );
    assert.deepEqual([percent("dev"), percent("staging"), percent("prod")], [[100], [50], [10]]);
  });

  it("keeps data longer and alarms sooner in prod than in dev", () => {
    const dev = parsed({});
    const prod = parsed({ environment: "prod" });
    assert.ok(prod.lake.retentionDays.access > dev.lake.retentionDays.access);
    assert.ok(prod.lake.logRetentionDays > dev.lake.logRetentionDays);
    assert.ok(prod.alarms.silenceHours < dev.alarms.silenceHours);
    assert.ok(prod.athena.scanLimitGiB > dev.athena.scanLimitGiB);
  });
});

describe("expected usage", () => {
  it("is more in prod than in dev where the stack file says nothing", () => {
    const [dev, prod] = [parsed({}).usage, parsed({ environment: "prod" }).usage];
    assert.ok(prod.sessionsPerMonth > dev.sessionsPerMonth && prod.requestsPerMonth > dev.requestsPerMonth);
  });

  it("is all the sessions there are, when they are given by configuration alone", () => {
    const mediaTailor = { existingConfigurations: { a: {}, b: {} } };
    const { usage } = parsed({ mediaTailor, usage: { sessionsByConfiguration: { a: 300, b: 20 } } });
    assert.equal(usage.sessionsPerMonth, 320);
  });

  it("may be zero", () => {
    const { usage } = parsed({ environment: "prod", usage: { sessionsPerMonth: 0, requestsPerMonth: 0 } });
    assert.deepEqual([usage.sessionsPerMonth, usage.requestsPerMonth], [0, 0]);
  });
});

describe("a good stack file", () => {
  it("may leave keys empty, as the engine does with defaults of objects", () => {
    assert.deepEqual(parsed({ mediaTailor: {}, lake: {} }), parsed({}));
  });

  it("leaves other namespaces alone", () => {
    assert.deepEqual(parseConfig({ ...given({}), "aws:region": "eu-west-1" }, today), parsed({}));
  });

  it("takes what it says before what the environment says", () => {
    const { lake } = parsed({ lake: { retentionDays: { ads: 3 } } });
    assert.deepEqual([lake.retentionDays.ads, lake.retentionDays.access], [3, 30]);
  });

  it("keeps old versions as long as the landing objects, unless it says longer", () => {
    const noncurrent = (retentionDays: object, environment = "dev") =>
      parsed({ environment, lake: { retentionDays } }).lake.retentionDays.noncurrent;
    assert.deepEqual([noncurrent({ landing: 60 }), noncurrent({ landing: 3 })], [60, 7]);
    assert.deepEqual([noncurrent({ landing: 60, noncurrent: 61 }), noncurrent({ landing: 5, noncurrent: 5 })], [61, 5]);
    for (const [environment, { retentionDays }] of Object.entries(presets)) {
      assert.ok(retentionDays.noncurrent >= retentionDays.landing, environment);
      assert.deepEqual(parsed({ environment }).lake.retentionDays, retentionDays);
    }
  });

  it("lets a configuration have its own logging, and the rest of it the stack's", () => {
    const { existingConfigurations } = parsed({
      mediaTailor: {
        percent: 7,
        strategies: ["LEGACY_CLOUDWATCH"],
        existingConfigurations: { a: {}, b: { percent: 9, ads: { exclude: ["BEACON_RECEIVED"] } } },
      },
    }).mediaTailor;
    assert.deepEqual(
      existingConfigurations.map(({ name, logging }) => [name, logging.percent, logging.ads.exclude]),
      [
        ["a", 7, []],
        ["b", 9, ["BEACON_RECEIVED"]],
      ],
    );
  });

  it("may log more of one configuration in prod for as long as an override holds", () => {
    const mediaTailor = {
      existingConfigurations: { live: { percent: 60 } },
      percentOverrides: [
        { configuration: "live", percent: 60, reason: "ad break defects", owner: "ads", expires: "2026-01-15" },
      ],
    };
    assert.deepEqual(problemsOf({ environment: "prod", mediaTailor }), []);
  });
});
