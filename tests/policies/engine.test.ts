import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A Pulumi CLI with stand-in providers; named by the environment, for not everybody has one. */
const command = process.env.AIRCHECK_PULUMI;

const program = [
  "Pulumi.yaml",
  "package.json",
  "tsconfig.json",
  "catalog",
  "dashboards",
  "functions",
  "infra",
  "limits",
  "policies",
];

/** What a preview came to. */
interface Preview {
  readonly passed: boolean;
  readonly text: string;
}

describe("the pack under the real engine", function () {
  this.timeout(600_000);
  let folder: string;

  before(async function () {
    if (!command) {
      process.stderr.write("skipped: AIRCHECK_PULUMI does not name a Pulumi CLI with stand-in providers\n");
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), "aircheck-pack-"));
    // A copy: the CLI writes into the program's folder.
    for (const name of program) await cp(name, join(folder, name), { recursive: true });
    await symlink(resolve("node_modules"), join(folder, "node_modules"));
    // 100 percent, which the program lets through as dev; and the stack file that is shipped.
    await cp("tests/policies/stacks/all-sessions.yaml", join(folder, "Pulumi.prod.yaml"));
    await cp("Pulumi.prod.yaml", join(folder, "Pulumi.production.yaml"));
    for (const stack of ["prod", "production"]) await pulumi(["stack", "init", stack]);
  });

  after(() => (folder === undefined ? undefined : rm(folder, { recursive: true, force: true })));

  async function pulumi(args: readonly string[]): Promise<Preview> {
    assert.ok(command);
    const env = { ...process.env, PULUMI_LOCAL_STATE: join(folder, "state") };
    try {
      const { stdout } = await run(command, [...args, "--non-interactive"], { cwd: folder, env, maxBuffer: 2 ** 26 });
      return { passed: true, text: stdout };
    } catch (error) {
      return { passed: false, text: String(Reflect.get(Object(error), "stdout")) };
    }
  }

  async function preview(stack: string, config?: object): Promise<Preview> {
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
