import assert from "node:assert/strict";
import { findResync, type Place } from "../../../../functions/transform/landing/resync.ts";

/** What is skipped, and what is read next: text, place, known beginnings, and the text from where reading goes on. */
const cases: readonly (readonly [string, string, Place, readonly string[], string | undefined, boolean])[] = [
  ["the next line", '{"a":x}\n{"b":1}', "top", [], '{"b":1}', true],
  ["no line inside of a pretty-printed object", '{"a":x,\n  "b":1\n}\n{"c":1}', "top", [], '{"c":1}', true],
  ["an object without anything between", '{"a":x}{"b":1}', "top", [], '{"b":1}', true],
  ["an envelope anywhere", 'x {"messageType":', "top", [], '{"messageType":', true],
  ["what begins like the record before", 'x, {"t":1}', "top", ['{"t":'], '{"t":1}', true],
  ["the earlier of two beginnings", 'x {"u":1} {"t":1}', "top", ['{"t":', '{"u":'], '{"u":1} {"t":1}', true],
  ["nothing", '{"a":x}', "top", [], undefined, true],
  ["the next log event, however it begins", '{"a"},\n {"m":1}]', "logEvents", [], '{"m":1}]', false],
  ["no object inside of a message", '{x:"[{\\"a\\":1},{\\"b\\":1}]"},{"id":1', "logEvents", [], '{"id":1', false],
  ["the end of the log events", '{x:"[{\\"a\\":\\"\\"}]"}]}', "logEvents", [], "]}", false],
  ["the next element, while nothing is known", '{"a"},{"b":1}', "envelope", [], '{"b":1}', false],
  [
    "no nested element, once the beginning is known",
    '{"a",[{"c":1},{"c":2}]},{"a":1}',
    "envelope",
    ['{"a":'],
    '{"a":1}',
    false,
  ],
  ["no line inside of an envelope", '{"a"\n{"b":1}', "envelope", ['{"x":'], undefined, false],
  ["a line inside of a bare array: it may be none", '["a":\n{"b":1}', "array", [], '{"b":1}', true],
];

describe("going on after damage", () => {
  for (const [name, text, place, signatures, rest, outside] of cases) {
    it(`finds ${name}`, () => {
      const bytes = Buffer.from(text);
      const found = findResync(bytes, 1, bytes.length, place, {
        known: signatures.map((signature) => Buffer.from(signature)),
        guess: undefined,
      });
      assert.deepEqual(
        found && { rest: text.slice(found.at), outside: found.outside },
        rest === undefined ? undefined : { rest, outside },
      );
    });
  }
});
