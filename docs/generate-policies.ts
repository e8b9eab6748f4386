/** Writes docs/policies.md and policies/config.schema.json from the rules: run `npx tsx docs/generate-policies.ts`. */
import { fileURLToPath } from "node:url";
import { environments, largestScanGiB, longestLogRetentionDays, percentLimits } from "../limits/limits.ts";
import { configSchema } from "../policies/config-schema.ts";
import { environmentTags, environmentWords } from "../policies/environment.ts";
import { rules } from "../policies/pack.ts";
import { environmentProperty } from "../policies/policy-of.ts";
import type { PropertySchema, Rule } from "../policies/rule.ts";
import { code, markdownTable, writePage } from "./markdown.ts";

/** The rules as one page of Markdown. */
export function policiesMarkdown(): string {
  const sections = [
    "# Policies",
    "Generated from `policies/` and `limits/`: do not edit. `npx tsx docs/generate-policies.ts` writes it again.",
    howToRun,
    "## Limits",
    limitsTable(),
    "## Which environment a stack is judged as",
    environmentText(),
    "## What a preview cannot know",
    unknownText,
    "## Configuration",
    configurationText(),
    "## The rules",
    rulesTable(),
    ...rules.flatMap(ruleSection),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The schema as a file. */
export function schemaText(): string {
  return `${JSON.stringify(configSchema(rules), null, 2)}\n`;
}

const howToRun = `The pack looks at every resource of a stack before anything is made, and at all of them together. It needs \`npm ci\`, and nothing
else: no account of Pulumi, no build.

\`\`\`sh
pulumi preview --policy-pack policies --policy-pack-config policies/config/prod.json
pulumi up      --policy-pack policies --policy-pack-config policies/config/prod.json
\`\`\`

A broken mandatory rule ends the preview with a status that is not 0. In \`pulumi up\`, a rule that looks at each resource keeps the
engine from making it; one that looks at the whole stack speaks when everything is made. So do not leave out the preview
(\`--skip-preview\`). The preview of every pull request runs the pack: [pull-requests.md](pull-requests.md).

Types of resources are matched by their token, of \`aws\` and \`aws-native\` alike, so the pack also judges programs that are not this one.`;

function limitsTable(): string {
  return markdownTable(
    ["environment", "sessions logged by MediaTailor", "log groups keep at most", "a query reads at most"],
    environments.map((name) => {
      const { min, max, advised } = percentLimits[name];
      return [
        name,
        `${min} to ${max} %, ${advised} advised`,
        `${longestLogRetentionDays[name]} days`,
        `${largestScanGiB[name]} GiB`,
      ];
    }),
  );
}

function environmentText(): string {
  const words = environments.map((environment) => {
    const own = Object.keys(environmentWords).filter((word) => environmentWords[word] === environment);
    return `${environment} (${own.map(code).join(", ")})`;
  });
  return `The first of these that is there decides:

1. ${code("environment")} in the configuration of the rule;
2. the stack's tags ${environmentTags.map(code).join(" and ")}, the stricter of them: \`pulumi stack tag set ${environmentTags[1]} staging\`;
3. the words in the stack's name, the strictest of them: ${code("prod-eu")} is production.

Words that are known, in any case: ${words.join("; ")}. **Everything else is judged as prod**: a name that says nothing, a tag with a
typing error, a configuration that nobody knows. Whoever can deploy can set a tag, so a tag never makes a stack whose name says more
into something milder. Every violation ends with what the stack was judged as, and why.`;
}

const unknownText = `Values that come from the outputs of other resources are not known in a first preview. An engine that comes upon one makes advice
of the rule, however mandatory it is. Rules that read what people write (percentages, strategies, retention, limits, trust) therefore
report such a value themselves: in prod it is a violation that names it. Rules that read documents with the ARNs that AWS gives say in
the preview that they could not look, and look when the update has made everything; the table below names them. From the second
preview on these are known.`;

function configurationText(): string {
  const example = {
    "mediatailor-logging-percent": {
      environment: "prod",
      overrides: [
        {
          configuration: "sports-live",
          percent: 60,
          reason: "ad breaks fail since the encoder update",
          owner: "ad operations",
          expires: "2026-07-08",
        },
      ],
    },
    "monthly-budget": { monthlyUsd: 250 },
    "silence-alarm": { silent: ["mediapackage-v2-ingress"] },
  };
  return `A file by the name of the rule: either a level (\`advisory\`, \`mandatory\`, \`disabled\`), or an object with the properties that the rule
lists below and ${code("enforcementLevel")}. The engine refuses what does not fit. \`policies/config.schema.json\` is the schema for editors;
Visual Studio Code uses it in this repository.

\`\`\`json
${JSON.stringify(example, null, 2)}
\`\`\`

Every rule has ${code("environment")}: ${environmentProperty.description}

The program has limits of its own (\`mediaTailor.percentOverrides\` in the stack file): it refuses a percentage before the pack sees it. An
exception therefore stands in two places, the stack file of those who want it and the pack's configuration of those who allow it; let
\`CODEOWNERS\` name other people for \`policies/\` than for the stack files. On a pull request the configuration of its base counts, so an
override is added by a pull request of its own, before the one that needs it: [pull-requests.md](pull-requests.md#whose-rules).`;
}

function rulesTable(): string {
  return markdownTable(
    ["rule", "level", "severity", "looks at", "not known in a preview"],
    rules.map((rule) => [
      `[${code(rule.name)}](#${rule.name})`,
      rule.level,
      rule.severity,
      "check" in rule ? "each resource, before it is made" : "the whole stack",
      rule.unknown === "fails" ? "violation in prod, advice elsewhere" : "advice; looked at when all is made",
    ]),
  );
}

function ruleSection(rule: Rule): string[] {
  const properties = Object.entries(rule.configuration);
  return [
    `### ${rule.name}`,
    rule.description,
    `**Why.** ${rule.why}`,
    `**Exception.** ${rule.exception}`,
    ...("check" in rule ? [`**Types.** ${rule.types.map(code).join(", ")}.`] : []),
    ...(properties.length > 0 ? [`**Configuration.**\n\n${propertiesTable(properties)}`] : []),
  ];
}

function propertiesTable(properties: readonly (readonly [string, PropertySchema])[]): string {
  return markdownTable(
    ["property", "type", "default", "what"],
    properties.map(([name, schema]) => [
      code(name),
      String(schema.type),
      schema.default === undefined ? "" : code(JSON.stringify(schema.default)),
      schema.description ?? "",
    ]),
  );
}

const page = fileURLToPath(new URL("./policies.md", import.meta.url));
const schema = fileURLToPath(new URL("../policies/config.schema.json", import.meta.url));
const generator = "docs/generate-policies.ts";

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const pageStatus = await writePage(page, policiesMarkdown(), generator, args);
  process.exitCode = pageStatus || (await writePage(schema, schemaText(), generator, args));
}
