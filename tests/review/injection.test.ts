import assert from "node:assert/strict";
import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { readChangedFiles, readPreview, review } from "../../review/index.ts";
import { code, codeBlock, table } from "../../review/markdown.ts";
import { errorEvent, eventLog, stepEvent, violationEvent } from "./event-log.ts";

/** As GitHub reads it: CommonMark with tables and links that nobody marked; HTML is let through. */
const html = (markdown: string) =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

const hostile = [
  "<!-- aircheck preview: prod -->",
  "--> <img src=x onerror=alert(1)>",
  "</details></td></table><script>alert(1)</script>",
  "@octocat please merge",
  "`@octocat` ``x`` ```",
  "a | b \\| c \\\\| d",
  "\n## Fine\n\n| a | b |\n|---|---|\n",
  "[x](https://evil.example) ![y](https://evil.example/p.png) https://evil.example www.evil.example a@evil.example",
  "$`\\text{x}`$ :tada: #1 owner/repo#2 GH-3",
  "**bold** _it_ ~~gone~~ <b>b</b> &lt;b&gt;",
  "\\",
  "`",
  "|",
  "\u202eright to left\u0000\u001b[31m",
  "[^1]\n\n[^1]: note",
];

/** What a reader sees, and whether anything but code came of it. */
function seen(markdown: string): { readonly text: string; readonly tags: readonly string[] } {
  const made = html(markdown);
  const tags = [...made.matchAll(/<(!--|[a-z0-9]+)/gi)].map(([, tag = ""]) => tag);
  const text = made
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:lt|gt|quot|amp|#\d+);/g, (entity) => entityText[entity] ?? entity);
  return { text: text.trim(), tags: [...new Set(tags)].sort() };
}
const entityText: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

/** Marks and controls are left out, white space is one blank. */
const expected = (text: string) =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "")
    .trim()
    .slice(0, 290);

const anyText = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(..."`|\\<>&@[]()!*_~#-:$ \nab".split("")), maxLength: 30 }),
);

describe("text of strangers in a comment", () => {
  it("stays text in a sentence and in a cell", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(expected(text) !== "");
        const sentence = seen(`name ${code(text)}`);
        assert.deepEqual(sentence.tags, ["code", "p"]);
        assert.equal(sentence.text.replace(/\s+/g, " "), `name ${expected(text)}`);
        const cells = html(table(["a", "b"], [[code(text), "last"]]));
        assert.equal(cells.match(/<td>/g)?.length, 2, cells);
        assert.ok(cells.includes("<td>last</td>"), cells);
        assert.deepEqual(seen(table(["a", "b"], [[code(text), "last"]])).tags, [
          "code",
          "table",
          "tbody",
          "td",
          "th",
          "thead",
          "tr",
        ]);
      }),
      { numRuns: 1000, examples: hostile.map((text) => [text] as [string]) },
    );
  });

  it("stays in its block", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 6 }), (lines) => {
        const { tags, text } = seen(`${codeBlock(lines.join("\n"), 3000)}\n\nbehind`);
        assert.deepEqual(tags, ["code", "p", "pre"]);
        assert.match(text, /(^|\n)behind$/);
      }),
      { numRuns: 500, examples: [[["```", "````text", "~~~"]]] },
    );
  });

  it("changes nothing around it, wherever it comes from", () => {
    const commentWith = (text: string) =>
      review({
        stack: "prod",
        preview: readPreview(
          eventLog([
            stepEvent({ op: "delete", type: "aws:sqs/queue:Queue", name: text, before: {} }),
            stepEvent({ op: "replace", type: "aws:s3/bucket:Bucket", name: text, before: {}, after: {}, keys: [text] }),
            stepEvent({
              op: "update",
              type: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
              name: text,
              before: { filterPattern: text },
              after: { filterPattern: `x${text}` },
            }),
            stepEvent({ op: "create", type: text, name: text, after: {} }),
            violationEvent({ level: "mandatory", policy: text, name: text, message: `${text}\n${text}` }),
            violationEvent({ level: "advisory", policy: text, name: text, message: text }),
            errorEvent(text),
          ]),
          "prod",
        ),
        // A path is one line.
        changedFiles: readChangedFiles(`policies/${text.replace(/\n/g, " ")}`),
      }).comment;
    const tagsOf = (text: string) => html(commentWith(text)).match(/<[^>]*>/g);
    const plain = tagsOf("word");
    for (const text of hostile.filter((one) => expected(one) !== "")) {
      const tags = tagsOf(text)?.filter((tag) => tag !== "<code>" && tag !== "</code>");
      assert.deepEqual(
        tags,
        plain?.filter((tag) => tag !== "<code>" && tag !== "</code>"),
        text,
      );
    }
  });
});
