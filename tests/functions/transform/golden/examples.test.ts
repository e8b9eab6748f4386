import assert from "node:assert/strict";
import { catalog } from "../../../../catalog/index.ts";
import type { Source } from "../../../../catalog/types.ts";
import { type Envelope, envelopes, eventIdOf, type LogPlace } from "./envelopes.ts";
import type { Example } from "./example.ts";
import { examplesBySource } from "./examples/index.ts";
import { assertRows, rowOf } from "./expected.ts";
import { describeLake, type Landed } from "./lake.ts";

/** How the transform gets to know the source. */
type Told = "by option" | "by landing key" | "by log group" | "by content";

interface Case {
  readonly title: string;
  readonly landed: Landed;
  readonly envelope: Envelope;
  readonly place: LogPlace;
}

const logStream = "stream-1";
const owner = "111122223333";

/** JSON records stand in an array, or behind one another; other text stands on lines, which may need the next one. */
const notForLines = new Set(["objects with nothing between them", "a JSON array", "lines, a gzip member for each"]);

function casesOf(source: Source): Case[] {
  const examples = examplesBySource.get(source.id) ?? [];
  return envelopes
    .filter((envelope) => fits(envelope, source))
    .flatMap((envelope) => waysOf(envelope, source).map((told) => caseOf(source, examples, envelope, told)));
}

function fits(envelope: Envelope, source: Source): boolean {
  if (!envelope.tellsTime && source.timeField === "@timestamp") return false;
  // Exports by hand of audit lines are plain lines, although the service itself knows CloudWatch only.
  if (envelope.form === "json-lines" && source.format === "aurora-audit") return !notForLines.has(envelope.name);
  return source.envelopes.includes(envelope.form);
}

function waysOf(envelope: Envelope, source: Source): readonly Told[] {
  const ways: Told[] = ["by option", "by landing key"];
  if (envelope.tellsLogGroup && source.logGroups.length > 0) ways.push("by log group");
  // Nothing is published about the content of as-run records, so it cannot tell.
  if (source.format !== "raw") ways.push("by content");
  return ways;
}

function caseOf(source: Source, examples: readonly Example[], envelope: Envelope, told: Told): Case {
  const title = `${envelope.name}, source told ${told}`;
  const name = title.replaceAll(/[^a-z]+/gi, "-");
  const key = told === "by landing key" ? `landing/${source.id}/2020/07/14/00/${name}` : `exports/${name}/${source.id}`;
  const known = source.logGroups[0]?.replace("*", "my-cluster") ?? "my/own/group";
  // Unless it is the group that tells, it must not.
  const place = { logGroup: told === "by log group" ? known : "my/own/group", logStream, owner };
  const landed = {
    key,
    bytes: envelope.wrap(examples, place),
    ...(told === "by option" ? { options: { sourceId: source.id } } : {}),
  };
  return { title, landed, envelope, place };
}

describe("golden rows", () => {
  it("has examples of every source of the catalog", () => {
    assert.deepEqual([...examplesBySource.keys()].sort(), catalog.sources.map(({ id }) => id).sort());
  });

  for (const source of catalog.sources) {
    const cases = casesOf(source);
    const examples = examplesBySource.get(source.id) ?? [];
    describeLake(
      source.id,
      () => cases.map(({ landed }) => landed),
      (read) => {
        for (const { title, landed, envelope, place } of cases) {
          it(title, () => {
            const expected = examples.map((example, index) =>
              rowOf(example, landed.key, envelope.facts(eventIdOf(index), place)),
            );
            assertRows(read.rowsOf(landed.key), source.table, expected);
            const { rows, rejects } = read.lake.report(landed.key);
            assert.deepEqual({ rows, rejects }, { rows: examples.length, rejects: 0 });
          });
        }
      },
    );
  }
});
