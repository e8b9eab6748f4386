import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { type Job, stepOf, workflowFiles } from "./workflow.ts";

const run = promisify(execFile);
const files = workflowFiles();
const doc = readFileSync(new URL("../../docs/pull-requests.md", import.meta.url), "utf8");

/** Who runs the code of a pull request has no right to write here, and who has runs none. */
const mayWrite: Readonly<Record<string, readonly string[]>> = { preview: ["id-token"], comment: ["pull-requests"] };

describe("the workflows", () => {
  it("are well-formed, says actionlint", async function () {
    const ended = await run("actionlint", ["-no-color"]).catch((error: unknown) => error);
    if (Reflect.get(Object(ended), "code") === "ENOENT") {
      process.stderr.write("skipped: actionlint is not on the path\n");
      this.skip();
    }
    assert.equal(Reflect.get(Object(ended), "stdout"), "");
    assert.ok(!(ended instanceof Error), String(ended));
  });

  for (const { name, text, workflow } of files) {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

    it(`${name} pins actions by commit, and says which version that is`, () => {
      const lines = text.split("\n").filter((line) => line.includes("uses:"));
      assert.equal(lines.length, steps.filter(({ uses }) => uses !== undefined).length);
      for (const line of lines) assert.match(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it(`${name} never runs a fork's code with rights of this repository`, () => {
      const events = typeof workflow.on === "string" ? [workflow.on] : Object.keys(workflow.on);
      assert.deepEqual(
        events.filter((event) => !["push", "pull_request"].includes(event)),
        [],
      );
    });

    it(`${name} lets nothing that others write into a script`, () => {
      for (const { run: script, uses, with: inputs } of steps) {
        assert.doesNotMatch(script ?? "", /\$\{\{/);
        if (uses?.startsWith("actions/github-script@")) assert.doesNotMatch(String(inputs?.script), /\$\{\{/);
      }
      assert.doesNotMatch(
        text,
        /github\.(head_ref|event\.[\w.]*(title|body|label|ref\b|message|name\b(?<!full_name)))/,
      );
    });

    it(`${name} has the least rights: to read, and what its job needs beyond that`, () => {
      assert.deepEqual(workflow.permissions, { contents: "read" });
      for (const [id, { permissions }] of Object.entries(workflow.jobs)) {
        const writes = Object.entries(permissions ?? {}).flatMap(([right, level]) =>
          level === "write" ? [right] : [],
        );
        assert.deepEqual(writes, mayWrite[id] ?? [], id);
      }
      assert.doesNotMatch(text, /secrets\.|aws-(access-key-id|secret-access-key)/);
      for (const { uses, with: inputs } of steps) {
        if (uses?.startsWith("actions/checkout@")) assert.equal(inputs?.["persist-credentials"], false);
      }
    });
  }
});

describe("the workflow of previews", () => {
  const preview = files.find(({ name }) => name === "preview.yml");
  assert.ok(preview);
  const { preview: job, comment, previews } = preview.workflow.jobs;
  assert.ok(job && comment && previews);
  const stacks = ({ strategy }: Job) => strategy?.matrix.include.map(({ stack }) => stack);

  it("covers every environment that has a stack file here, one push at a time per pull request", () => {
    assert.deepEqual(stacks(job), ["dev", "prod"]);
    assert.deepEqual(stacks(comment), stacks(job));
    assert.deepEqual(preview.workflow.concurrency, {
      group: "preview-$" + "{{ github.event.pull_request.number }}",
      "cancel-in-progress": true,
    });
  });

  it("runs where it gets an identity", () => {
    assert.equal(
      job.if,
      "github.event.pull_request.head.repo.full_name == github.repository && vars.AIRCHECK_STATE_URL != ''",
    );
  });

  it("makes the comment even after a failure, and fails behind it", () => {
    const names = job.steps.map(({ name }) => name);
    for (const name of ["Review", "Keep the comment", "Verdict"])
      assert.match(stepOf(job, name).if ?? "", /!cancelled\(\)/);
    assert.ok(names.indexOf("Keep the comment") < names.indexOf("Verdict"));
    assert.match(
      stepOf(job, "Verdict").if ?? "",
      /steps\.preview\.outputs\.status != '0' \|\| steps\.review\.outputs\.status != '0'/,
    );
  });

  it("writes it, after a failure too, in a job that holds nothing of the pull request but the comment", () => {
    assert.equal(comment.needs, "preview");
    assert.equal(comment.if, "$" + "{{ !cancelled() && needs.preview.result != 'skipped' }}");
    assert.deepEqual(comment.permissions, { "pull-requests": "write" });
    assert.deepEqual(
      comment.steps.map(({ uses, run: script }) => script ?? uses?.split("@")[0]),
      ["actions/download-artifact", "actions/github-script"],
    );
    const [download] = comment.steps;
    assert.equal(download?.["continue-on-error"], true);
    assert.equal(download?.with?.name, stepOf(job, "Keep the comment").with?.name);
  });

  it("reports one check that is there whatever becomes of the others, by the name that the documentation requires", () => {
    assert.deepEqual([previews.needs, previews.if, previews.permissions], [["preview", "comment"], "always()", {}]);
    assert.equal(previews.strategy, undefined);
    assert.ok(doc.includes(`asks for the checks \`${previews.name}\` and \`check\``));
  });

  it("runs no script of a package", () => {
    for (const line of preview.text.split("\n").filter((one) => /npm (ci|install)/.test(one)))
      assert.match(line, /npm ci --ignore-scripts/);
  });

  it("is set up as the documentation says, with rights to read", () => {
    const roles = job.strategy?.matrix.include.map(({ role = "" }) => role) ?? [];
    const variables = [...preview.text.matchAll(/vars\.(\w+)/g)].map(([, name = ""]) => name);
    for (const name of [...variables, ...roles]) assert.ok(doc.includes(`\`${name}\``), name);
    const [trust, rights] = [...doc.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = ""]) => JSON.parse(json));
    const { StringEquals } = trust.Statement[0].Condition;
    assert.equal(StringEquals["token.actions.githubusercontent.com:sub"], "repo:OWNER/REPOSITORY:pull_request");
    const actions: readonly string[] = rights.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action);
    for (const action of actions) assert.match(action, /^\w+:(Get|List|Describe|Simulate|Decrypt$)\w*/);
    // Of S3 the buckets that are named and what is in the state, never all there are.
    const ofS3 = rights.Statement.filter(({ Action }: { Action: string | string[] }) => /s3:/.test(String(Action)));
    const reads = ofS3.flatMap((one: { Action: string; Resource: string | string[] }) =>
      [one.Resource].flat().map((resource) => `${one.Action} ${resource}`),
    );
    assert.deepEqual(reads, [
      "s3:ListBucket arn:aws:s3:::our-pulumi-state",
      "s3:GetObject arn:aws:s3:::our-pulumi-state/.pulumi/*",
      "s3:ListBucket arn:aws:s3:::our-lake",
      "s3:ListBucket arn:aws:s3:::our-trail",
    ]);
  });
});
