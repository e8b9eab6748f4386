import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { policiesMarkdown, schemaText } from "../../docs/generate-policies.ts";
import { isRecord } from "../../limits/problems.ts";
import { configSchema } from "../../policies/config-schema.ts";
import { rules } from "../../policies/pack.ts";
import { member } from "../../policies/values.ts";

const file = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");

describe("docs/policies.md", () => {
  it("and the schema are what the rules say now (else run: npx tsx docs/generate-policies.ts)", async () => {
    assert.equal(await file("docs/policies.md"), policiesMarkdown());
    assert.equal(await file("policies/config.schema.json"), schemaText());
  });

  it("has every rule with its reason, its exception and every property of its configuration", () => {
    const sections = new Map(
      policiesMarkdown()
        .split("\n### ")
        .slice(1)
        .map((text) => [text.split("\n")[0], text] as const),
    );
    for (const { name, description, why, exception, configuration } of rules) {
      const section = sections.get(name) ?? assert.fail(`no section ${name}`);
      for (const text of [description, why, exception]) assert.ok(section.includes(text), text);
      for (const property of Object.keys(configuration))
        assert.match(section, new RegExp(`^\\| \`${property}\` +\\|`, "m"));
    }
  });
});

describe("the rules", () => {
  it("have names and descriptions of one kind", () => {
    for (const { name, description } of rules) {
      assert.match(name, /^[a-z]+(-[a-z]+)*$/);
      assert.match(description, /^Checks .*\.$/);
    }
    assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
  });
});

for (const stack of ["dev", "prod"]) {
  describe(`policies/config/${stack}.json`, () => {
    it("configures rules and properties that exist", async () => {
      const config: unknown = JSON.parse(await file(`policies/config/${stack}.json`));
      assert.ok(isRecord(config));
      // A rule without it would go by the name of whatever stack the file is used for.
      assert.deepEqual(Object.keys(config).sort(), rules.map(({ name }) => name).sort());
      for (const [rule, own] of Object.entries(config)) {
        assert.equal(member(own, "environment"), stack, rule);
        const shapes = member(configSchema(rules), "properties", rule, "oneOf");
        assert.ok(Array.isArray(shapes), `there is no rule ${rule}`);
        for (const property of Object.keys(Object(own))) {
          assert.ok(member(shapes[1], "properties", property), `${rule} has no ${property}`);
        }
      }
    });
  });
}
