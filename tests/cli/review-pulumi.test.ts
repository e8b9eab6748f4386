import assert from "node:assert/strict";
import { cp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { readPreview, review } from "../../review/index.ts";
import { copyOfProgram, runPulumi, skipWithoutPulumi } from "../pulumi-program.ts";

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
    skipWithoutPulumi(this);
    folder = await copyOfProgram();
    await writeFile(join(folder, "Pulumi.prod.yaml"), stackFile(10));
    assert.equal((await pulumi(["stack", "init", "prod"])).status, 0);
    const up = await pulumi(["up", "--yes", "--skip-preview", "--stack", "prod"]);
    assert.equal(up.status, 0, up.stdout);
  });

  after(() => (folder === undefined ? undefined : rm(folder, { recursive: true, force: true })));

  const pulumi = (words: readonly string[]) => runPulumi(folder, words, { PULUMI_DEBUG_COMMANDS: "true" });

  /** As the workflow does it. */
  async function reviewOf(stack: string, pack = "policies") {
    await writeFile(join(folder, "Pulumi.prod.yaml"), stack);
    const events = join(folder, "events.jsonl");
    await rm(events, { force: true });
    const { status } = await pulumi(
      ["preview", "--stack", "prod", "--color", "never", "--event-log", events].concat(["--policy-pack", pack]),
    );
    const preview = readPreview(await readFile(events, "utf8"), "prod");
    return { status, preview, ...review({ stack: "prod", preview, status }) };
  }

  it("blocks when the pack cannot be loaded, and shows what came of it", async () => {
    await rename(join(folder, "policies/pack.ts"), join(folder, "policies/away.ts"));
    const { status, verdict, comment } = await reviewOf(stackFile(10));
    await rename(join(folder, "policies/away.ts"), join(folder, "policies/pack.ts"));
    assert.notEqual(status, 0);
    assert.deepEqual(verdict.reasons, ["the preview was cut off: see the log of the job, too"]);
    assert.match(comment, /```text\n[^`]*Could not resolve "\.\/pack\.ts"/);
  });

  it("blocks more sessions than the pack allows, and shows from what to what", async () => {
    const { status, verdict, comment, preview } = await reviewOf(stackFile(100));
    assert.notEqual(status, 0);
    assert.deepEqual(verdict, { blocked: true, reasons: ["2 mandatory violations"], complete: true });
    assert.deepEqual(preview.packs, ["aircheck"]);
    assert.match(
      comment,
      /\| changed \| existing playback configuration `sports-live` \| sessions logged \| `10 %` \| `100 %` \| 10 times/,
    );
    assert.match(
      comment,
      // The component and the call below it.
      /- `mediatailor-logging-percent`: [^\n]+\n {2}- `sports-live`, `sports-live`: `sports-live logs 100 percent of sessions/,
    );
  });

  it("blocks by the rules of before, from another folder, what the change's own would let through", async () => {
    const base = join(folder, "..", `${basename(folder)}-base`);
    const own = join(folder, "policies/pack.ts");
    const text = await readFile(own, "utf8");
    try {
      for (const name of ["policies", "limits"]) await cp(name, join(base, name), { recursive: true });
      await symlink(resolve("node_modules"), join(base, "node_modules"));
      await writeFile(own, "export const rules = [];\nexport const policies = [];\n");
      assert.equal((await reviewOf(stackFile(100))).verdict.blocked, false);
      const { verdict, preview } = await reviewOf(stackFile(100), join(base, "policies"));
      assert.deepEqual(verdict.reasons, ["2 mandatory violations"]);
      assert.deepEqual(preview.packs, ["aircheck"]);
    } finally {
      await writeFile(own, text);
      await rm(base, { recursive: true, force: true });
    }
  });

  it("tells what the change costs, beside what the stack cost before", async () => {
    const { comment } = await reviewOf(stackFile(100));
    assert.match(comment, /`estimated USD [\d,.]+ a month \(was [\d,.]+, \+[\d,.]+\): MediaTailor \+[\d,.]+`/);
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
