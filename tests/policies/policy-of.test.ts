import assert from "node:assert/strict";
import type { StackRule } from "../../policies/rule.ts";
import { judge, unknown } from "./judging.ts";

/** A rule that reads one value of each resource, and says it. */
const reading: StackRule = {
  name: "reading",
  description: "Checks nothing; reads.",
  why: "",
  exception: "",
  severity: "low",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    each(resources, ({ urn, props }) => reportOn(urn, `value ${props.value}`));
  },
};
const resources = [
  { type: "t", name: "first", props: { value: unknown.text } },
  { type: "t", name: "second", props: { value: 2 } },
];

describe("a rule as a policy of the engine", () => {
  it("goes on with the other resources when a value of one is not known", () => {
    for (const name of ["dev", "prod"]) {
      const said = judge(reading, resources, { name }).violations.map(
        ({ message, resource }) => `${resource} ${message}`,
      );
      assert.ok(said.some((text) => text.startsWith("second value 2.")));
      assert.equal(said.length, name === "prod" ? 2 : 1);
    }
  });

  it("says in prod which value cannot be known, and what to do", () => {
    assert.deepEqual(judge(reading, resources, { name: "prod" }).violations[0], {
      resource: "first",
      message:
        "value cannot be known in a preview, so nobody can review it. Give a plain value: from the stack's configuration, " +
        "not from the output of another resource. Judged as prod, as the stack's name prod says.",
    });
  });

  it("leaves it to the engine's advice where the rule waits for the update", () => {
    const { violations, unknown: path } = judge({ ...reading, unknown: "waits" }, resources, { name: "prod" });
    assert.deepEqual([violations.length, path], [1, "value"]);
  });

  it("does not swallow a mistake of its own", () => {
    const broken: StackRule = {
      ...reading,
      checkStack: (_, { each }) =>
        each(
          resources.map(({ name }) => ({ urn: name })),
          () => assert.fail("broken"),
        ),
    };
    assert.throws(() => judge(broken, resources, { name: "prod" }), /broken/);
  });

  it("has nothing to say of a stack without resources", () => {
    assert.deepEqual(judge(reading, [], { name: "prod" }), { violations: [], unknown: undefined });
  });
});
