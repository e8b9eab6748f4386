/** The schema of a configuration file of the pack, for editors: the engine makes one of its own for each rule. */
import { environmentProperty } from "./policy-of.ts";
import type { Rule } from "./rule.ts";

const level = { enum: ["advisory", "mandatory", "disabled"], description: "The level, instead of the rule's own." };

/** JSON Schema (draft 7) of a file that `pulumi preview --policy-pack-config` takes. */
export function configSchema(rules: readonly Rule[]): Readonly<Record<string, unknown>> {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of the aircheck policy pack",
    type: "object",
    additionalProperties: false,
    properties: {
      all: { ...level, description: "The level of all rules that have none of their own here." },
      ...Object.fromEntries(
        rules.map(({ name, description, configuration }) => [
          name,
          {
            description,
            oneOf: [
              level,
              {
                type: "object",
                additionalProperties: false,
                properties: { enforcementLevel: level, environment: environmentProperty, ...configuration },
              },
            ],
          },
        ]),
      ),
    },
  };
}
