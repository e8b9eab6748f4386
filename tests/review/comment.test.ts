import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import {
  longestComment,
  type ReviewInput,
  readChangedFiles,
  readCost,
  readPreview,
  review,
} from "../../review/index.ts";
import { errorEvent, eventLog, stepEvent, summaryEvent, violationEvent } from "./event-log.ts";

const recorded = (name: string) => readFileSync(new URL(`events/${name}.jsonl`, import.meta.url), "utf8");
const names = readdirSync(new URL("events/", import.meta.url)).map((file) => file.replace(/\.jsonl$/, ""));
const commentOn = (log: string) => review({ stack: "prod", preview: readPreview(log, "prod") }).comment;
const verdictOn = (log: string, status?: number) =>
  review({ stack: "prod", preview: readPreview(log, "prod"), status }).verdict;

describe("the comment on a pull request", () => {
  for (const name of names) {
    it(`is the one that is checked in, after a preview of the real engine: ${name}`, () => {
      const golden = readFileSync(new URL(`comments/${name}.md`, import.meta.url), "utf8");
      assert.equal(commentOn(recorded(name)), golden, "renew it as CONTRIBUTING.md says");
    });
  }

  it("is the same whatever the order in which the engine worked", () => {
    const lines = recorded("replacements").split("\n");
    const inOrder = commentOn(lines.join("\n"));
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        assert.equal(commentOn(shuffled.join("\n")), inOrder);
      }),
      { numRuns: 20 },
    );
  });

  it("begins with its marker and names the commit", () => {
    const { comment } = review({ stack: "prod", preview: readPreview(eventLog([]), "prod"), commit: "abc1234" });
    assert.match(comment, /^<!-- aircheck preview: prod -->\n## `prod`: fine\n/);
    assert.match(comment, /\nPreview of abc1234\.\n$/);
  });

  it("says fine only of what is known to be fine", () => {
    const fine = eventLog([violationEvent({ level: "advisory", message: "think of it" })]);
    assert.deepEqual(verdictOn(fine), { blocked: false, reasons: [], complete: true });
    assert.deepEqual(verdictOn(fine, 0).blocked, false);
    const cases: [string, number | undefined, RegExp][] = [
      [fine, 255, /ended with status 255/],
      [eventLog([violationEvent({ level: "mandatory", message: "no" })]), undefined, /1 mandatory violation/],
      [eventLog([violationEvent({ level: "remediate", message: "no" })]), undefined, /1 mandatory violation/],
      [eventLog([violationEvent({ level: "unheard-of", message: "no" })]), undefined, /1 mandatory violation/],
      [eventLog([errorEvent("boom")]), 0, /the preview failed/],
      [eventLog([], [{ cancelEvent: {} }]), 0, /was cut off/],
      [eventLog([], [{ summaryEvent: {} }]), 0, /no policy pack ran/],
    ];
    for (const [log, status, reason] of cases) {
      const { blocked, reasons } = verdictOn(log, status);
      assert.ok(blocked, String(reason));
      assert.match(reasons.join(), reason);
    }
    const { verdict, comment } = review({ stack: "prod", preview: undefined, status: 255 });
    assert.ok(verdict.blocked);
    assert.match(comment, /ended before it began/);
  });

  it("does not call a change free of objections that has advice", () => {
    const advised = (count: number) =>
      commentOn(
        eventLog(
          Array.from({ length: count }, (_, index) => violationEvent({ level: "advisory", message: `think ${index}` })),
        ),
      );
    assert.match(advised(0), /\n\nNo mandatory rule is broken\.\n\n0 mandatory violations · 0 advisories · /);
    assert.match(advised(1), /No mandatory rule is broken; 1 advisory below\./);
    assert.match(advised(2), /No mandatory rule is broken; 2 advisories below\./);
  });

  it("keeps the end of a message, where it says what to do", () => {
    const message = `${"because ".repeat(60)}: lower percent`;
    for (const level of ["mandatory", "advisory"]) {
      assert.ok(commentOn(eventLog([violationEvent({ level, message })])).includes(`\`${message}\``), level);
    }
    const endless = commentOn(eventLog([violationEvent({ level: "advisory", message: "x".repeat(5000) })]));
    assert.match(endless, /`x{1499}…`/);
  });

  it("shows the cost before and after, and says when there is no estimate", () => {
    const preview = readPreview(eventLog([]), "prod");
    const costs = (text: string) => review({ stack: "prod", preview, cost: readCost(text) }).comment;
    const groups = [
      { group: "mediaTailor", beforeUsd: 1000, afterUsd: 0.004 },
      { group: "fixed", beforeUsd: 234.5, afterUsd: 234.5 },
    ];
    const comparison = { beforeUsd: 1234.5, afterUsd: 234.504, changeUsd: -999.996, groups };
    const less = costs(JSON.stringify({ monthlyUsd: 234.5, comparison }));
    assert.match(less, /1,234\.50 USD → \*\*234\.50 USD\*\* a month \(−1,000\.00 USD\)/);
    assert.match(less, /\| `mediaTailor` \| 1,000\.00 USD \| 0\.00 USD \|/);
    assert.doesNotMatch(less, /fixed|budget/);
    const much = costs('{"monthlyUsd":3,"budget":{"usd":2,"exceeded":true},"comparison":{"afterUsd":3}}');
    assert.match(much, /More than the budget of 2\.00 USD a month[\s\S]*About \*\*3\.00 USD\*\* a month/);
    assert.match(costs(""), /### Cost\n\nNo estimate\./);
    assert.throws(() => readCost("{"), /no JSON/);
    assert.throws(() => readCost("{}"), /monthlyUsd/);
  });

  const preview = readPreview(eventLog([]), "prod");
  const editing = (paths: readonly string[], more: Partial<ReviewInput> = {}) =>
    review({ stack: "prod", preview, changedFiles: readChangedFiles(`${paths.join("\n")}\n`), ...more }).comment;

  it("says before all else which of the rules the change edits, and by which it was judged", () => {
    const rules = [
      ".github/workflows/preview.yml",
      "limits/limits.ts",
      "policies/config/prod.json",
      "review/verdict.ts",
    ];
    const others = [
      "Pulumi.prod.yaml",
      "docs/policies.md",
      "tests/policies/x.test.ts",
      "infra/review/x.ts",
      "cli/main.ts",
    ];
    assert.match(
      editing([...others, ...rules]),
      /changed resources\n\n> \[!IMPORTANT\]\n> \*\*This change edits the rules\.\*\* It was judged by the rules as they were before it\.\n>\n> - `\.github\/workflows\/preview\.yml`\n> - `limits\/limits\.ts`\n> - `policies\/config\/prod\.json`\n> - `review\/verdict\.ts`\n\n### Changes/,
    );
    assert.doesNotMatch(editing(others), /rules\b(?! is broken)/);
    assert.match(
      editing(['"policies/\\303\\244.ts"', "CODEOWNERS"]),
      /> - `CODEOWNERS`\n> - `policies\/\\303\\244\.ts`/,
    );
    const many = editing(Array.from({ length: 3000 }, (_, index) => `policies/${index}${"n".repeat(100)}`));
    assert.ok(many.length <= longestComment && /> - … and \d+ more/.test(many));
  });

  it("says when there were no rules before the change", () => {
    const own =
      /> (\*\*This change edits the rules\.\*\* )?There were no rules before it: it was judged by its own\.\n/;
    assert.match(editing([], { ownRules: true }), own);
    assert.match(editing(["policies/pack.ts"], { ownRules: true }), own);
    assert.doesNotMatch(editing(["policies/pack.ts"]), own);
  });

  it("says when the cost of before is made with other prices than it was", () => {
    const cost = readCost('{"monthlyUsd":2,"comparison":{"beforeUsd":1,"afterUsd":2}}');
    const told = /Both sides are made with the new ones/;
    for (const path of ["limits/price-list.ts", "catalog/index.ts", "infra/config/presets.ts", "infra/cost-basis.ts"])
      assert.match(editing([path], { cost }), told, path);
    for (const path of ["Pulumi.prod.yaml", "infra/index.ts", "infra/configs.ts"])
      assert.doesNotMatch(editing([path], { cost }), told, path);
    assert.match(editing([], { cost }), /\(\+1\.00 USD\): what the change of the stack file costs, an estimate\./);
  });

  it("fits into what GitHub takes, whatever there is to say, and says how much it leaves out", () => {
    const many = (count: number, length: number) => {
      const name = (index: number) => `${index}${"n".repeat(length)}`;
      const indexes = Array.from({ length: count }, (_, index) => index);
      return eventLog([
        ...indexes.map((index) =>
          stepEvent({
            op: "update",
            type: "aircheck:media:PlaybackLogging",
            name: name(index),
            before: { percent: index },
            after: { percent: index + 1 },
          }),
        ),
        ...indexes.map((index) =>
          stepEvent({ op: "delete", type: "aws:iam/role:Role", name: name(index), before: {} }),
        ),
        ...indexes.map((index) =>
          stepEvent({ op: "delete", type: "aws:sqs/queue:Queue", name: name(index), before: {} }),
        ),
        ...indexes.map((index) =>
          violationEvent({ level: "mandatory", policy: name(index), name: name(index), message: name(index) }),
        ),
        errorEvent("x".repeat(100_000)),
      ]);
    };
    for (const [count, length] of [
      [10, 10],
      [2000, 10],
      [2000, 2000],
    ] as const) {
      const comment = commentOn(many(count, length));
      assert.ok(comment.length <= longestComment, `${comment.length}`);
      assert.equal(comment.match(/<details>/g)?.length, comment.match(/<\/details>/g)?.length);
      assert.equal(/… and \d+ more/.test(comment), count > 100);
    }
  });

  it("does not take silence of an unfinished preview for no change", () => {
    const comment = commentOn(eventLog([errorEvent("boom")]));
    assert.match(comment, /None that the preview came to see/);
    assert.match(comment, /what would be deleted is not known/);
    assert.doesNotMatch(commentOn(eventLog([], [summaryEvent])), /not known/);
  });
});
