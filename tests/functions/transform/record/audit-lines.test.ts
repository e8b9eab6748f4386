import assert from "node:assert/strict";
import fc from "fast-check";
import { auroraAuditSource } from "../../../../catalog/sources/aurora-audit.ts";
import { type AuditLine, AuditLines, splitAuditLine } from "../../../../functions/transform/record/audit-lines.ts";

function lineOf(text: string, logStream = "s"): AuditLine {
  const context = { logGroup: undefined, owner: undefined, eventId: text, timestamp: undefined, logStream };
  return { bytes: Buffer.from(text), context, position: 0, source: auroraAuditSource };
}

/** What comes of lines that arrive one after another. */
function joined(...lines: readonly AuditLine[]): readonly string[] {
  const taken: string[] = [];
  const audit = new AuditLines(({ bytes }) => taken.push(Buffer.from(bytes).toString()));
  for (const line of lines) audit.add(line);
  audit.flush();
  audit.flush();
  return taken;
}

const begin = "1572546356975302,a";

describe("AuditLines", () => {
  it("begin with a time of 16 digits and a comma", () => {
    for (const [text, begins] of [
      [`${begin}`, true],
      ["157254635697530,a", false],
      ["15725463569753021,a", false],
      ["1572546356975302;a", false],
      ["157254635697530x,a", false],
      [" 572546356975302,a", false],
      ["", false],
    ] as const) {
      assert.equal(AuditLines.begins(Buffer.from(text)), begins, text);
    }
  });

  it("are joined with what goes on with them in the same stream", () => {
    assert.deepEqual(joined(lineOf(begin), lineOf("  b"), lineOf(""), lineOf("c"), lineOf(begin)), [
      `${begin}\n  b\n\nc`,
      begin,
    ]);
  });

  it("are not joined across streams", () => {
    assert.deepEqual(joined(lineOf(begin, "s"), lineOf("b", "t")), [begin, "b"]);
  });

  it("lose the line ends behind them, and only those", () => {
    assert.deepEqual(joined(lineOf(begin), lineOf(" b "), lineOf(""), lineOf("")), [`${begin}\n b `]);
  });

  it("tell whether a line went on with the one before, and whether one waits", () => {
    const audit = new AuditLines(() => {});
    assert.equal(audit.waiting, false);
    assert.equal(audit.add(lineOf("b")), false);
    assert.equal(audit.waiting, true);
    assert.equal(audit.add(lineOf("c")), true);
    assert.equal(audit.add(lineOf(begin)), false);
    audit.flush();
    assert.equal(audit.waiting, false);
  });
});

describe("splitAuditLine", () => {
  const field = fc.string().filter((text) => !text.includes(","));
  const fields = fc.tuple(field, field, field, field, field, field);

  it("finds the ten fields again, whatever the statement is", () => {
    fc.assert(
      fc.property(fields, fc.string(), (six, statement) => {
        const quoted = `'${statement.replaceAll(/[\\']/g, "\\$&")}'`;
        const line = [...six, "QUERY", "db", quoted, "0"].join(",");
        assert.deepEqual(splitAuditLine(Buffer.from(line)), [...six, "QUERY", "db", statement, "0"]);
      }),
    );
  });

  it("leaves an object without quotes as it is", () => {
    for (const object of ["table", "old|new.table", "a\\b", "'", "'a", "a'", ""]) {
      const split = splitAuditLine(Buffer.from(`1,a,b,c,1,2,READ,db,${object},`));
      assert.equal(split[8], object);
    }
  });

  it("says what is wrong with a line", () => {
    assert.equal(splitAuditLine(Buffer.from("")), "an audit line has 10 fields, this one 1");
    assert.equal(splitAuditLine(Buffer.from("1,a,b,c,1,2,READ,db")), "an audit line has 10 fields, this one 8");
    assert.equal(splitAuditLine(Buffer.from("1,a,b,c,1,2,READ,db,x")), "an audit line has 10 fields, this one 9");
    assert.equal(splitAuditLine(Buffer.from("1,a,b,c,1,2,Read,db,x,")), "the seventh field is no operation: Read");
    const long = `1,a,b,c,1,2,${"x".repeat(100)},db,x,`;
    assert.equal(splitAuditLine(Buffer.from(long)), `the seventh field is no operation: ${"x".repeat(40)}`);
  });
});
