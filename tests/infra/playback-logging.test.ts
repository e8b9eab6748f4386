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

function recorded(failure?: Error) {
  const calls: ConfigureLogsInput[] = [];
  const lines: string[] = [];
  const handler = createHandler(
    async (input) => {
      calls.push(input);
      if (failure) throw failure;
    },
    (line) => lines.push(line),
  );
  return { calls, lines, handler };
}

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
    const { handler } = recorded(new Error("NotFoundException: kids"));
    await assert.rejects(handler({ ...wanted, tf: { action: "create" } }), /NotFoundException: kids/);
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
