/** The steps of the preview, run as GitHub runs them, with stand-ins for what is around. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inFolder } from "../local/query/lake-fixture.ts";
import { type Job, stepOf, workflowFiles } from "./workflow.ts";

const {
  preview: job,
  comment: commentJob,
  previews,
} = workflowFiles().find(({ name }) => name === "preview.yml")?.workflow.jobs ?? {};
assert.ok(job && commentJob && previews);
const recorded = (name: string) => fileURLToPath(new URL(`../review/events/${name}.jsonl`, import.meta.url));

/** Runs a step; in the folder are made-up tools and, unless it could not be built, the command. */
function runStep(
  folder: string,
  name: string,
  env: Readonly<Record<string, string>>,
  { of = job, cwd = folder }: { readonly of?: Job | undefined; readonly cwd?: string } = {},
): Promise<string> {
  assert.ok(of);
  const around = {
    PATH: `${join(folder, "bin")}:${process.env.PATH}`,
    STACK: "prod",
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
  };
  return new Promise((done, failed) => {
    execFile(
      "bash",
      ["-e", "-c", stepOf(of, name).run ?? ""],
      { cwd, env: { ...process.env, ...around, ...env } },
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
      await program(folder, "bin/pulumi", '#!/bin/sh\necho "$*" >> "$RUNNER_TEMP/words"\nexit 255\n');
      await program(folder, "base/policies/config/prod.json", "{}");
      for (const STACK of ["prod", "staging"]) await runStep(folder, "Preview", { RULES: `${folder}/base`, STACK });
      const words = (stack: string) =>
        `preview --stack ${stack} --non-interactive --color never --event-log ${folder}/events.jsonl --policy-pack ${folder}/base/policies`;
      assert.equal(
        await text(folder, "words"),
        `${words("prod")} --policy-pack-config ${folder}/base/policies/config/prod.json\n${words("staging")}\n`,
      );
      assert.equal(await text(folder, "output"), "status=255\nstatus=255\n");
      assert.equal(stepOf(job, "Preview").env?.PULUMI_DEBUG_COMMANDS, "true");
    }));

  it("review what was written, put it where the comment is read from, and into the summary", () =>
    inFolder(async (folder) => {
      await program(folder, "dist/cli.js", command);
      await copyFile(recorded("more-sessions"), join(folder, "events.jsonl"));
      await writeFile(join(folder, "cost.json"), '{"monthlyUsd":2}');
      await writeFile(join(folder, "changed-files"), "policies/config/prod.json\n");
      await runStep(folder, "Review", { PREVIEW_STATUS: "255", COMMIT: "a".repeat(40), OWN_RULES: "false" });
      const comment = await text(folder, "comment.md");
      assert.match(comment, /^<!-- aircheck preview: prod -->\n## `prod`: blocked\n/);
      assert.match(comment, /10 times as many[\s\S]*2\.00 USD[\s\S]*Preview of a{40}\./);
      assert.match(comment, /edits the rules\.\*\* It was judged by the rules as they were before/);
      assert.equal(await text(folder, "summary"), comment);
      await runStep(folder, "Review", { PREVIEW_STATUS: "255", COMMIT: "a".repeat(40), OWN_RULES: "true" });
      assert.match(await text(folder, "comment.md"), /edits the rules\.\*\* There were no rules before it/);
      assert.equal(await text(folder, "output"), "status=1\nstatus=1\n");
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

describe("the step that looks for the rules", () => {
  const git = (cwd: string, ...words: string[]) => {
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return promisify(execFile)("git", [...who, ...words], { cwd });
  };

  /** A merge of one commit into a base, checked out as GitHub does, and what the step makes of it. */
  async function rulesAfter(base: Readonly<Record<string, string>>, change: Readonly<Record<string, string>>) {
    return inFolder(async (folder) => {
      const checkout = join(folder, "checkout");
      const put = async (files: Readonly<Record<string, string>>, message: string) => {
        for (const [path, content] of Object.entries(files)) await program(checkout, path, content);
        await git(checkout, "add", "-A");
        await git(checkout, "commit", "-q", "--allow-empty", "-m", message);
      };
      await mkdir(checkout);
      await git(checkout, "init", "-q", "-b", "main");
      await put({ ".gitignore": "node_modules\n", "package-lock.json": "1", ...base }, "base");
      await git(checkout, "switch", "-q", "-c", "change");
      await put(change, "change");
      await git(checkout, "switch", "-q", "main");
      await put({ "README.md": "meanwhile" }, "meanwhile");
      await git(checkout, "merge", "-q", "--no-ff", "-m", "merge", "change");
      await program(checkout, "node_modules/who", "the change");
      await program(folder, "bin/npm", '#!/bin/sh\nmkdir node_modules\necho "$*" > node_modules/who\n');
      await runStep(folder, "Rules", {}, { cwd: checkout });
      const [, rules = "", own] = /^folder=(.*)\nown=(.*)\n$/.exec(await text(folder, "output")) ?? [];
      const read = (path: string) => text(rules, path).catch(() => undefined);
      return {
        own,
        isCheckout: rules === checkout,
        changed: await text(folder, "changed-files"),
        rule: await read("policies/pack.ts"),
        config: await read("policies/config/prod.json"),
        packages: await read("node_modules/who"),
      };
    });
  }

  const before = { "policies/PulumiPolicy.yaml": "x", "policies/pack.ts": "strict", "policies/config/prod.json": "{}" };

  it("takes pack and configuration of before, with the packages that are there", async () => {
    const change = { "policies/pack.ts": "lax", "policies/config/prod.json": "all is allowed", "limits/a b.ts": "" };
    assert.deepEqual(await rulesAfter(before, change), {
      own: "false",
      isCheckout: false,
      changed: "limits/a b.ts\npolicies/config/prod.json\npolicies/pack.ts\n",
      rule: "strict",
      config: "{}",
      packages: "the change",
    });
  });

  it("takes packages of before where the change has others", async () => {
    const { rule, packages } = await rulesAfter(before, { "package-lock.json": "2" });
    assert.deepEqual([rule, packages], ["strict", "ci --ignore-scripts --no-audit --no-fund\n"]);
  });

  it("takes the change's own where there were none", async () => {
    const { own, isCheckout, rule } = await rulesAfter({}, before);
    assert.deepEqual([own, isCheckout, rule], ["true", true, "strict"]);
  });
});

describe("the check that is required", () => {
  const results = ["success", "failure", "cancelled", "skipped"];
  const booleans = ["true", "false"];

  it("passes when every stack was previewed and commented on, or where no preview is set up; never for a fork", () =>
    inFolder(async (folder) => {
      const passes: string[] = [];
      for (const PREVIEW of results)
        for (const COMMENT of results)
          for (const FORK of booleans)
            for (const SET_UP of booleans) {
              const ended = await runStep(
                folder,
                "Verdict",
                { PREVIEW, COMMENT, FORK, SET_UP },
                { of: previews },
              ).catch((error: unknown) => error);
              if (typeof ended !== "string") continue;
              passes.push([PREVIEW, COMMENT, FORK, SET_UP].join());
              assert.match(ended, /^::notice::/);
            }
      assert.deepEqual(passes, [
        "success,success,false,true",
        "skipped,skipped,true,false",
        "skipped,skipped,false,false",
      ]);
      assert.match(await text(folder, "summary"), /^Nothing was previewed: a pull request from a fork/m);
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
  const source = String(stepOf(commentJob, "Comment").with?.script);

  /** @param body undefined where there is no artifact */
  async function comment(comments: Comment[], stack: string, body: string | undefined): Promise<void> {
    await inFolder(async (folder) => {
      if (body !== undefined) await program(folder, "comment/comment.md", body);
      const context = { repo: { owner: "o", repo: "r" }, issue: { number: 7 } };
      const env = { STACK: stack, RUNNER_TEMP: folder };
      const names = ["github", "context", "require", "process"];
      const run: unknown = new Function(...names, `return (async () => {${source}})()`);
      assert.ok(typeof run === "function");
      await run(pullRequest(comments), context, () => ({ readFileSync }), { env });
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

  it("writes nothing but a comment of its stack, for it was made by the pull request's code", async () => {
    const unread =
      "<!-- aircheck preview: prod -->\n## `prod`: blocked\n\nThe preview could not be read: see the log of the job.\n";
    const comments: Comment[] = [];
    for (const body of [
      undefined,
      "",
      "all is fine",
      "<!-- aircheck preview: dev -->\nfine",
      unread + "x".repeat(65_536),
    ]) {
      await comment(comments, "prod", "<!-- aircheck preview: prod -->\nof the push before");
      await comment(comments, "prod", body);
      assert.deepEqual(
        comments.map((one) => one.body),
        [unread],
      );
    }
  });
});
