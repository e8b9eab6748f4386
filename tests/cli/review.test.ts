import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ReviewOptions, reviewCommand } from "../../cli/review.ts";
import { UsageError } from "../../cli/terminal.ts";
import { inFolder } from "../local/query/lake-fixture.ts";
import { eventLog } from "../review/event-log.ts";
import { aircheck } from "./aircheck.ts";

const recorded = (name: string) => fileURLToPath(new URL(`../review/events/${name}.jsonl`, import.meta.url));
const golden = (name: string) => readFile(new URL(`../review/comments/${name}.md`, import.meta.url), "utf8");

/** The command without a process of its own. */
async function run(options: Partial<ReviewOptions>) {
  let stdout = "";
  const output = {
    write: (text: string) => {
      stdout += text;
      return true;
    },
    once: () => undefined,
  };
  const terminal = { stdout: output, stderr: output, environment: {} };
  const status = await reviewCommand({ stack: "prod", events: "missing", ...options }, terminal);
  return { status, stdout };
}

describe("aircheck review", () => {
  it("prints the comment, and ends with 1 only where the change is blocked", async () => {
    for (const [name, status] of [
      ["deletions", 0],
      ["more-sessions", 1],
      ["failed", 1],
    ] as const) {
      assert.deepEqual(await run({ events: recorded(name) }), { status, stdout: await golden(name) });
    }
  });

  it("prints verdict, changes and comment as one JSON document", async () => {
    const { status, stdout } = await run({ events: recorded("more-sessions"), json: true });
    const { comment, logging, ...answer } = JSON.parse(stdout);
    assert.equal(status, 1);
    assert.deepEqual(answer, {
      stack: "prod",
      blocked: true,
      reasons: ["1 mandatory violation"],
      complete: true,
      violations: { mandatory: 1, advisory: 1 },
      resources: { changed: 11, unchanged: 2 },
    });
    assert.equal(comment, await golden("more-sessions"));
    assert.deepEqual(logging[0].names, ["sports-live"]);
  });

  it("takes cost, commit, changed files and the status of the preview into the comment", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "events"), eventLog([]));
      await writeFile(join(folder, "cost.json"), '{"monthlyUsd":2,"comparison":{"beforeUsd":1,"afterUsd":2}}');
      await writeFile(join(folder, "changed"), "Pulumi.prod.yaml\nlimits/limits.ts\n");
      const words = ["--events", "events", "--cost", "cost.json", "--commit", "abc1234", "--status", "255"].concat([
        "--changed-files",
        "changed",
        "--own-rules",
      ]);
      const { status, stdout } = await aircheck(["review", "--stack", "prod", ...words], folder);
      assert.equal(status, 1);
      assert.match(stdout, /edits the rules.*judged by its own\.\n>\n> - `limits\/limits\.ts`\n\n/);
      assert.match(stdout, /status 255[\s\S]*1\.00 USD → \*\*2\.00 USD\*\*[\s\S]*Preview of abc1234/);
    }));

  it("writes a comment even where the preview could not begin", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "empty"), "");
      for (const file of ["missing", "empty"]) {
        const { status, stdout } = await run({ events: join(folder, file), status: 255 });
        assert.equal(status, 1);
        assert.match(stdout, /^<!-- aircheck preview: prod -->\n[\s\S]*before it began/);
      }
    }));

  it("says what is wrong with what it is given, in one line and with status 2", () =>
    inFolder(async (folder) => {
      const { status, stdout, stderr } = await aircheck(["review", "--stack", "prod", "--events", "missing"], folder);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.equal(stderr, "aircheck: --events missing cannot be read: check the path\n");

      const file = (name: string) => join(folder, name);
      await writeFile(file("cut"), (await readFile(recorded("deletions"), "utf8")).slice(0, 5000));
      await writeFile(file("digest"), '{"steps": [], "changeSummary": {}}');
      await writeFile(file("empty"), "");
      await writeFile(file("cost"), "free");
      const events = recorded("deletions");
      const cases: [Partial<ReviewOptions>, RegExp][] = [
        [{ status: 0 }, /--events missing cannot be read/],
        [{ events: file("empty") }, /empty: it is empty: give the file/],
        [{ events: file("cut"), status: 255 }, /cut: line \d+ is no JSON, or is cut off: give the file/],
        [{ events: file("digest") }, /line 1 is no engine event/],
        [{ events, stack: "dev" }, /it is of stack prod, not dev/],
        [{ events, stack: "--> x" }, /--stack is no name of a stack/],
        [{ events, commit: "main" }, /--commit is no hash/],
        [{ events, changedFiles: "missing" }, /--changed-files missing cannot be read/],
        [{ events, cost: "missing" }, /--cost missing cannot be read/],
        [{ events, cost: file("cost") }, /cost: it is no JSON.*aircheck cost --json/],
      ];
      for (const [options, message] of cases) await assert.rejects(run(options), { name: UsageError.name, message });
    }));
});
