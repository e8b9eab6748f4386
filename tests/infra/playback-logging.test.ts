import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePlaybackLogging } from "../../infra/playback-logging/bundle.ts";
import { type ConfigureLogsInput, createHandler } from "../../infra/playback-logging/handler.ts";

const wanted = {
  configuration: "kids",
  percent: 30,
  strategies: ["LEGACY_CLOUDWATCH"],
  ads: { publishOptIn: ["RAW_ADS_REQUEST"], exclude: ["BEACON_RECEIVED"] },
  manifest: { publishOptIn: [], exclude: [] },
};

/** @param failureOf the failure of a call, by its number from 0; none where undefined */
function recorded(failureOf: (call: number) => Error | undefined = () => undefined) {
  const calls: ConfigureLogsInput[] = [];
  const lines: string[] = [];
  const pauses: number[] = [];
  let time = 0;
  const clock = {
    now: () => time,
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds);
      time += milliseconds;
    },
  };
  const handler = createHandler(
    async (input) => {
      const failure = failureOf(calls.length);
      calls.push(input);
      if (failure) throw failure;
    },
    (line) => lines.push(line),
    clock,
  );
  return { calls, lines, pauses, handler };
}

const denied = Object.assign(new Error("not authorized to perform"), { name: "AccessDeniedException" });

describe("the function that sets logging", () => {
  for (const action of ["create", "update"]) {
    it(`sends the whole of the logging on ${action}, and nothing of the configuration's rest`, async () => {
      const { calls, handler } = recorded();
      const result = await handler({ ...wanted, tf: { action, prev_input: null } });
      assert.deepEqual(calls, [
        {
          PlaybackConfigurationName: "kids",
          PercentEnabled: 30,
          EnabledLoggingStrategies: ["LEGACY_CLOUDWATCH"],
          AdsInteractionLog: { PublishOptInEventTypes: ["RAW_ADS_REQUEST"], ExcludeEventTypes: ["BEACON_RECEIVED"] },
          ManifestServiceInteractionLog: { PublishOptInEventTypes: [], ExcludeEventTypes: [] },
        },
      ]);
      assert.deepEqual(result, { configuration: "kids", percent: 30, outcome: "set" });
    });
  }

  it("leaves the logging as it is when it is taken out of the program, and says so", async () => {
    const { calls, lines, handler } = recorded();
    const result = await handler({ ...wanted, tf: { action: "delete" } });
    assert.deepEqual([calls, result.outcome], [[], "left as it is"]);
    assert.match(lines.join(), /kids is no longer managed and stays as it is, at 30 percent/);
  });

  it("fails where the service refuses, so that the deployment does", async () => {
    const { calls, handler } = recorded(() => new Error("NotFoundException: kids"));
    await assert.rejects(handler({ ...wanted, tf: { action: "create" } }), /NotFoundException: kids/);
    assert.equal(calls.length, 1);
  });

  it("waits for its role's policy, which holds some seconds after it is made", async () => {
    const { calls, lines, pauses, handler } = recorded((call) => (call < 3 ? denied : undefined));
    const { outcome } = await handler({ ...wanted, tf: { action: "create" } });
    assert.deepEqual([outcome, calls.length, pauses], ["set", 4, [2000, 4000, 8000]]);
    assert.match(lines[0] ?? "", /Trying again in 2 s/);
  });

  it("fails where it is denied for a minute, within its own timeout", async () => {
    const { pauses, handler } = recorded(() => denied);
    await assert.rejects(handler({ ...wanted, tf: { action: "create" } }), /not authorized/);
    const waitedMs = pauses.reduce((sum, pause) => sum + pause, 0);
    assert.ok(waitedMs > 40_000 && waitedMs <= 60_000, String(waitedMs));
  });

  it("never turns logging off", async () => {
    const { calls, handler } = recorded();
    await assert.rejects(handler({ ...wanted, percent: 0, tf: { action: "update" } }));
    assert.deepEqual(calls, []);
  });

  it("is one small module that leaves the SDK to the runtime", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aircheck-logging-"));
    try {
      const { directory, handler } = await bundlePlaybackLogging(folder);
      const text = await readFile(join(directory, "index.mjs"), "utf8");
      assert.equal(handler, "index.handler");
      assert.match(text, /from"@aws-sdk\/client-mediatailor"/);
      assert.match(text, /export\{\w+ as handler\}/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
