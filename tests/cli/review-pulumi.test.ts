import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readPreview, review } from "../../review/index.ts";

/** A Pulumi CLI with stand-in providers; named by the environment, for not everybody has one. */
const command = process.env.AIRCHECK_PULUMI;

const program = [
  "Pulumi.yaml",
  "package.json",
  "tsconfig.json",
  "infra",
  "limits",
  "catalog",
  "dashboards",
  "functions",
];

/** CommonJS, because the engine compiles TypeScript with a full type check first. */
const pack = `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("aircheck", {
  enforcementLevel: "mandatory",
  policies: [{
    name: "few-sessions",
    description: "Checks that few sessions are logged.",
    validateResource: ({ type, props }, report) => {
      if (type === "aircheck:media:PlaybackLogging" && props.percent > 10) report("percent is " + props.percent);
    },
  }],
});
`;

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const stackFile = (percent: number) => `config:
  aws:region: eu-west-1
  aws-native:region: eu-west-1
  aircheck:environment: prod
  aircheck:mediaTailor:
    existingConfigurations:
      sports-live:
        percent: ${percent}
    percentOverrides:
      - configuration: sports-live
        percent: 100
        reason: ad breaks fail
        owner: ad operations
        expires: "${inDays(3)}"
`;

describe("the comment on a preview of the real engine", function () {
  this.timeout(600_000);
  let folder: string;

  before(async function () {
    if (!command) {
      process.stderr.write("skipped: AIRCHECK_PULUMI does not name a Pulumi CLI with stand-in providers\n");
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), "aircheck-review-"));
    // A copy: the CLI writes into the program's folder.
    for (const name of program) await cp(name, join(folder, name), { recursive: true });
    await symlink(resolve("node_modules"), join(folder, "node_modules"));
    await mkdir(join(folder, "pack"));
    await writeFile(join(folder, "pack/PulumiPolicy.yaml"), "runtime: nodejs\n");
    await writeFile(
      join(folder, "pack/package.json"),
      '{ "name": "aircheck", "version": "0.1.0", "main": "pack.cjs" }',
    );
    await writeFile(join(folder, "pack/pack.cjs"), pack);
    await writeFile(join(folder, "Pulumi.prod.yaml"), stackFile(10));
    assert.equal((await pulumi(["stack", "init", "prod"])).status, 0);
    const up = await pulumi(["up", "--yes", "--skip-preview", "--stack", "prod"]);
    assert.equal(up.status, 0, up.output);
  });

  after(() => (folder === undefined ? undefined : rm(folder, { recursive: true, force: true })));

  function pulumi(words: readonly string[]): Promise<{ readonly status: number; readonly output: string }> {
    assert.ok(command);
    const env = { ...process.env, PULUMI_LOCAL_STATE: join(folder, "state"), PULUMI_DEBUG_COMMANDS: "true" };
    const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
    return new Promise((done) => {
      execFile(command, [...words, "--non-interactive"], options, (error, stdout, stderr) =>
        done({ status: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` }),
      );
    });
  }

  /** As the workflow does it. */
  async function reviewOf(stack: string) {
    await writeFile(join(folder, "Pulumi.prod.yaml"), stack);
    const events = join(folder, "events.jsonl");
    await rm(events, { force: true });
    const { status } = await pulumi(
      ["preview", "--stack", "prod", "--color", "never", "--event-log", events].concat(["--policy-pack", "pack"]),
    );
    const preview = readPreview(await readFile(events, "utf8"), "prod");
    return { status, preview, ...review({ stack: "prod", preview, status }) };
  }

  it("blocks when the pack cannot be loaded, and shows what came of it", async () => {
    await rename(join(folder, "pack/pack.cjs"), join(folder, "pack/away.cjs"));
    const { status, verdict, comment } = await reviewOf(stackFile(10));
    await rename(join(folder, "pack/away.cjs"), join(folder, "pack/pack.cjs"));
    assert.notEqual(status, 0);
    assert.deepEqual(verdict.reasons, ["the preview was cut off: see the log of the job, too"]);
    assert.match(comment, /```text\n[^`]*Cannot find module '[^']*pack\.cjs'/);
  });

  it("blocks more sessions than the pack allows, and shows from what to what", async () => {
    const { status, verdict, comment, preview } = await reviewOf(stackFile(100));
    assert.notEqual(status, 0);
    assert.deepEqual(verdict, { blocked: true, reasons: ["1 mandatory violation"], complete: true });
    assert.deepEqual(preview.packs, ["aircheck"]);
    assert.match(
      comment,
      /\| changed \| existing playback configuration `sports-live` \| sessions logged \| `10 %` \| `100 %` \| 10 times/,
    );
    assert.match(
      comment,
      /- `few-sessions`: `Checks that few sessions are logged\.`\n {2}- `sports-live`: `percent is 100`/,
    );
  });

  it("lets through what changes nothing", async () => {
    const { status, verdict, comment } = await reviewOf(stackFile(10));
    assert.equal(status, 0);
    assert.equal(verdict.blocked, false);
    assert.match(comment, /### Changes in logging\n\nNone\./);
  });

  it("says why a preview failed", async () => {
    const { status, verdict, comment } = await reviewOf(stackFile(101));
    assert.notEqual(status, 0);
    assert.deepEqual(verdict, { blocked: true, reasons: ["the preview failed"], complete: false });
    assert.match(comment, /```text\n[^`]*sports-live\.percent is 101: allowed/);
  });
});
