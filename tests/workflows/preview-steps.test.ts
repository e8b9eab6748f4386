/** The steps of the preview, run as GitHub runs them, with stand-ins for what is around. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder } from "../local/query/lake-fixture.ts";
import { stepOf, workflowFiles } from "./workflow.ts";

const job = workflowFiles().find(({ name }) => name === "preview.yml")?.workflow.jobs.preview;
assert.ok(job);
const script = (name: string) => stepOf(job, name).run ?? "";
const recorded = (name: string) => fileURLToPath(new URL(`../review/events/${name}.jsonl`, import.meta.url));

/** Runs a step; in the folder are a made-up `pulumi` and, unless it could not be built, the command. */
function runStep(folder: string, name: string, env: Readonly<Record<string, string>>): Promise<string> {
  const around = {
    PATH: `${join(folder, "bin")}:${process.env.PATH}`,
    STACK: "prod",
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    POLICY_PACK: "policies",
    POLICY_CONFIG_FOLDER: "policies/config",
  };
  return new Promise((done, failed) => {
    execFile(
      "bash",
      ["-e", "-c", script(name)],
      { cwd: folder, env: { ...process.env, ...around, ...env } },
      (error, stdout) => (error ? failed(error) : done(stdout)),
    );
  });
}

async function program(folder: string, path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), text);
  await chmod(join(folder, path), 0o755);
}

const command = `
require("node:child_process").spawnSync(process.execPath, ["--import", ${JSON.stringify(import.meta.resolve("tsx"))}, ${JSON.stringify(
  resolve("cli/main.ts"),
)}, ...process.argv.slice(2)], { stdio: "inherit" }).status === 0 || (process.exitCode = 1);
`;
const text = (folder: string, file: string) => readFile(join(folder, file), "utf8");

describe("the steps of a preview", () => {
  it("preview with the pack and its configuration, keep the status, and go on", () =>
    inFolder(async (folder) => {
      await program(folder, "bin/pulumi", '#!/bin/sh\necho "$*" > "$RUNNER_TEMP/words"\nexit 255\n');
      await runStep(folder, "Preview", {});
      assert.equal(
        await text(folder, "words"),
        `preview --stack prod --non-interactive --color never --event-log ${folder}/events.jsonl --policy-pack policies --policy-pack-config policies/config/prod.json\n`,
      );
      assert.equal(await text(folder, "output"), "status=255\n");
      assert.equal(stepOf(job, "Preview").env?.PULUMI_DEBUG_COMMANDS, "true");
    }));

  it("review what was written, put it where the comment is read from, and into the summary", () =>
    inFolder(async (folder) => {
      await program(folder, "dist/cli.js", command);
      await copyFile(recorded("more-sessions"), join(folder, "events.jsonl"));
      await writeFile(join(folder, "cost.json"), '{"monthlyUsd":2}');
      await runStep(folder, "Review", { PREVIEW_STATUS: "255", COMMIT: "a".repeat(40) });
      const comment = await text(folder, "comment.md");
      assert.match(comment, /^<!-- aircheck preview: prod -->\n## `prod`: blocked\n/);
      assert.match(comment, /10 times as many[\s\S]*2\.00 USD[\s\S]*Preview of a{40}\./);
      assert.equal(await text(folder, "summary"), comment);
      assert.equal(await text(folder, "output"), "status=1\n");
    }));

  it("comment even when nothing could be built", () =>
    inFolder(async (folder) => {
      await runStep(folder, "Review", { PREVIEW_STATUS: "1", COMMIT: "a".repeat(40) });
      assert.equal(
        await text(folder, "comment.md"),
        "<!-- aircheck preview: prod -->\n## `prod`: blocked\n\nThe preview could not be read: see the log of the job.\n",
      );
      assert.equal(await text(folder, "output"), "status=2\n");
    }));

  it("do without a cost where there is none", () =>
    inFolder(async (folder) => {
      await runStep(folder, "Cost", {});
      assert.equal(await text(folder, "cost.json"), "");
    }));
});

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** GitHub's side of one pull request. */
function pullRequest(comments: Comment[]) {
  const bot = { login: "github-actions[bot]" };
  const issues = {
    listComments: "listComments",
    createComment: async ({ body, issue_number }: { body: string; issue_number: number }) => {
      assert.equal(issue_number, 7);
      comments.push({ id: comments.length + 1, body, user: bot });
    },
    updateComment: async ({ comment_id, body }: { comment_id: number; body: string }) => {
      const comment = comments.find(({ id }) => id === comment_id);
      assert.deepEqual(comment?.user, bot, "only the author can update a comment");
      if (comment) comment.body = body;
    },
  };
  return { rest: { issues }, paginate: async (what: string) => (what === "listComments" ? comments : []) };
}

describe("the step that comments", () => {
  const source = String(stepOf(job, "Comment").with?.script);

  async function comment(comments: Comment[], stack: string, body: string): Promise<void> {
    await inFolder(async (folder) => {
      await writeFile(join(folder, "comment.md"), body);
      const context = { repo: { owner: "o", repo: "r" }, issue: { number: 7 } };
      const env = { STACK: stack, RUNNER_TEMP: folder };
      const names = ["github", "context", "require", "process"];
      const run: unknown = new Function(...names, `return (async () => {${source}})()`);
      assert.ok(typeof run === "function");
      await run(pullRequest(comments), context, () => ({ readFileSync: () => body }), { env });
    });
  }

  it("updates its one comment per environment, whoever else has written the marker", async () => {
    const of = (stack: string, rest: string) => `<!-- aircheck preview: ${stack} -->\n${rest}`;
    const stranger = { id: 1, body: of("prod", "all is fine"), user: { login: "stranger" } };
    const comments: Comment[] = [stranger];
    await comment(comments, "dev", of("dev", `names ${of("prod", "in its text")}`));
    await comment(comments, "prod", of("prod", "first"));
    await comment(comments, "prod", of("prod", "second"));
    await comment(comments, "dev", of("dev", "third"));
    assert.deepEqual(
      comments.map(({ body }) => body),
      [of("prod", "all is fine"), of("dev", "third"), of("prod", "second")],
    );
  });
});
