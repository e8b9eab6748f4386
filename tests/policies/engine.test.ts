import assert from "node:assert/strict";
import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyOfProgram, runPulumi, skipWithoutPulumi } from "../pulumi-program.ts";

describe("the pack under the real engine", function () {
  this.timeout(600_000);
  let folder: string;

  before(async function () {
    skipWithoutPulumi(this);
    folder = await copyOfProgram();
    // 100 percent, which the program lets through as dev; and the stack file that is shipped.
    await cp("tests/policies/stacks/all-sessions.yaml", join(folder, "Pulumi.prod.yaml"));
    await cp("Pulumi.prod.yaml", join(folder, "Pulumi.production.yaml"));
    for (const stack of ["prod", "production"]) assert.ok((await pulumi(["stack", "init", stack])).passed);
  });

  after(() => (folder === undefined ? undefined : rm(folder, { recursive: true, force: true })));

  async function pulumi(words: readonly string[]) {
    const { status, stdout } = await runPulumi(folder, words);
    return { passed: status === 0, text: stdout };
  }

  async function preview(stack: string, config?: object) {
    const file = join(folder, "pack.json");
    if (config) await writeFile(file, JSON.stringify(config));
    const configured = config ? ["--policy-pack-config", file] : [];
    return pulumi(["preview", "--stack", stack, "--policy-pack", "policies", ...configured]);
  }

  it("lets the shipped stack of production pass", async () => {
    const { passed, text } = await preview("production");
    assert.ok(passed, text);
    assert.match(text, /aircheck@v0\.1\.0/);
  });

  it("stops a stack named prod that logs every session, before anything is made", async () => {
    const { passed, text } = await preview("prod");
    assert.equal(passed, false);
    const violations = text.match(/\[mandatory\].* mediatailor-logging-percent /g) ?? [];
    assert.equal(violations.length, 3, text);
    assert.match(text, /live logs 100 percent of sessions: allowed in prod is a whole number from 1 to 10/);
  });

  it("honours the configuration of the pack", async () => {
    const asDev = await preview("prod", { "mediatailor-logging-percent": { environment: "dev" } });
    assert.ok(asDev.passed, asDev.text);
    const off = await preview("production", { "log-group-retention": { maxDays: 7 } });
    assert.equal(off.passed, false);
    assert.match(off.text, /keeps its events for 30 days; allowed is at most 7/);
  });

  it("refuses a configuration that does not fit its schema", async () => {
    const wrong = { "mediatailor-logging-percent": { overrides: [{ configuration: "live", percent: 100 }] } };
    const { passed, text } = await preview("prod", wrong);
    assert.equal(passed, false);
    assert.match(text, /reason is required/);
  });

  it("lets an override with reason, owner and end pass", async () => {
    const expires = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const override = { percent: 100, reason: "ad breaks fail since Monday", owner: "ad operations", expires };
    const overrides = ["live", "movies"].map((configuration) => ({ configuration, ...override }));
    const permitted = await preview("prod", { "mediatailor-logging-percent": { overrides } });
    assert.ok(permitted.passed, permitted.text);
  });
});
