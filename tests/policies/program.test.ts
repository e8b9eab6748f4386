/** The pack against the program: what is shipped passes, and each rule sees the very resources it is about. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { estimateCost } from "../../limits/cost.ts";
import { costBasisType, parseCostBasis } from "../../limits/cost-basis.ts";
import { priceList } from "../../limits/price-list.ts";
import { rules } from "../../policies/pack.ts";
import { type Given, judge, type Stack, unknown } from "./judging.ts";
import type { ProgramResource } from "./print-resources.ts";

const run = promisify(execFile);

async function programOf(stackFile: string, stack: string): Promise<readonly ProgramResource[]> {
  const args = ["--import", "tsx", "tests/policies/print-resources.ts", stackFile, stack];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 64 * 2 ** 20 });
  return JSON.parse(stdout);
}

/** What the engine's stand-in puts into every name that AWS would give. */
const given = /-1234567\b|-id\b/;

/** Texts with a name that AWS gives are not known in a first preview. */
function previewed(value: unknown): unknown {
  if (typeof value === "string") return given.test(value) ? unknown.text : value;
  if (Array.isArray(value)) return value.map(previewed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, previewed(inner)]));
}

/** What AWS adds is not known before; what a component registers is the program's own. */
function previewedOutputs({ type, inputs, outputs }: ProgramResource): Given["props"] {
  const entries = Object.entries(outputs);
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      key in inputs || type.startsWith("aircheck:") ? previewed(value) : unknown.text,
    ]),
  );
}

function previewedInputs({ inputs }: ProgramResource): Given["props"] {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, previewed(value)]));
}

/** Every violation of the pack, as `rule: resource`, and the values that nobody could look at. */
function judged(resources: readonly ProgramResource[], stack: Stack, preview: boolean) {
  const asGiven = ({ type, name, parent, madeFrom }: ProgramResource, props: Given["props"]): Given => ({
    type,
    name,
    props,
    madeFrom,
    ...(parent !== undefined && { parent }),
  });
  const inputs = resources.map((one) => asGiven(one, preview ? previewedInputs(one) : one.inputs));
  const outputs = resources.map((one) => asGiven(one, preview ? previewedOutputs(one) : one.outputs));
  // Advice is given always.
  const mandatory = rules.filter(({ level }) => level === "mandatory");
  const verdicts = mandatory.map((rule) => ({
    rule: rule.name,
    ...judge(rule, "check" in rule ? inputs : outputs, { ...stack, config: configOf(rule.name, stack) }),
  }));
  return {
    violations: verdicts
      .flatMap(({ rule, violations }) => violations.map(({ resource }) => `${rule}: ${resource}`))
      .sort(),
    unknown: verdicts.filter((verdict) => verdict.unknown !== undefined).map(({ rule }) => rule),
  };
}

/** Configuration is a rule's own; `config` here is by the name of the rule. */
function configOf(rule: string, { config = {} }: Stack): Given["props"] {
  const own = config[rule];
  return typeof own === "object" && own !== null ? { ...own } : {};
}

/** What the program itself says that it costs, to the next cent. */
function costOf(resources: readonly ProgramResource[]): number {
  const { basis } = parseCostBasis(resources.find(({ type }) => type === costBasisType)?.outputs.basis);
  assert.ok(basis);
  return Math.ceil(estimateCost(basis, priceList).monthlyUsd * 100) / 100;
}

/** Rules that read documents with ARNs that a first preview does not know. */
const waiting = ["bucket-tls-only"];

describe("the pack against the program", () => {
  const programs = new Map<string, readonly ProgramResource[]>();
  const program = (name: string) => programs.get(name) ?? assert.fail(`no program ${name}`);

  before(async () => {
    const files = {
      dev: "Pulumi.dev.yaml",
      prod: "Pulumi.prod.yaml",
      everything: "tests/infra/stacks/everything.yaml",
      "all-sessions": "tests/policies/stacks/all-sessions.yaml",
    };
    const made = Object.entries(files).map(async ([name, file]) => programs.set(name, await programOf(file, name)));
    await Promise.all(made);
  });

  for (const name of ["dev", "prod"]) {
    it(`lets ${name} pass as it is shipped`, () => {
      assert.deepEqual(judged(program(name), { name }, false), { violations: [], unknown: [] });
    });

    it(`lets the first preview of ${name} pass, and says what it could not look at`, () => {
      assert.deepEqual(judged(program(name), { name }, true), { violations: [], unknown: waiting });
    });
  }

  it("lets a stack of everything pass as staging, but for a log that nobody watches", () => {
    const stack = { name: "everything", tags: { environment: "staging" } };
    const unwatched = ["silence-alarm: mediapackage-v2-ingress-vended"];
    assert.deepEqual(judged(program("everything"), stack, false), { violations: unwatched, unknown: [] });
    assert.deepEqual(judged(program("everything"), stack, true), { violations: unwatched, unknown: waiting });
    const deliberate = { "silence-alarm": { silent: ["mediapackage-v2-ingress"] } };
    assert.deepEqual(judged(program("everything"), { ...stack, config: deliberate }, false).violations, []);
  });

  it("stops prod at 100 percent, in a preview too", () => {
    const percentAlone = ["live", "movies", "movies"].map((name) => `mediatailor-logging-percent: ${name}`);
    assert.deepEqual(judged(program("all-sessions"), { name: "prod" }, false).violations, percentAlone);
    assert.deepEqual(judged(program("all-sessions"), { name: "prod" }, true).violations, percentAlone);
    assert.deepEqual(judged(program("all-sessions"), { name: "dev" }, false).violations, []);
  });

  describe("sees what it is about", () => {
    type Sabotage = (resources: readonly ProgramResource[]) => readonly ProgramResource[];
    const without =
      (ending: string): Sabotage =>
      (resources) =>
        resources.filter(({ type }) => !type.endsWith(ending));
    const changed =
      (ending: string, change: ProgramResource["inputs"]): Sabotage =>
      (resources) =>
        resources.map((one) =>
          one.type.endsWith(ending)
            ? { ...one, inputs: { ...one.inputs, ...change }, outputs: { ...one.outputs, ...change } }
            : one,
        );

    const sabotages: readonly (readonly [rule: string, breaks: Sabotage, least: number])[] = [
      ["mediatailor-logging-percent", changed(":PlaybackLogging", { percent: 0 }), 2],
      ["mediatailor-logging-strategy", changed(":PlaybackLogging", { strategies: [] }), 2],
      ["environment-agrees", changed(":CostBasis", { basis: { environment: "prod" } }), 1],
      ["mediatailor-errors-logged", changed(":PlaybackLogging", { ads: { exclude: ["ERROR_UNKNOWN"] } }), 2],
      ["mediatailor-logging-as-shown", changed(":PlaybackLogging", { percent: 1 }), 2],
      ["mediatailor-vended-delivery", without(":LogDelivery"), 3],
      ["mediatailor-logger-trust", changed("role:Role", { assumeRolePolicy: "{}" }), 1],
      ["mediatailor-logger-rights", without(":RolePolicyAttachment"), 1],
      ["silence-alarm", without(":MetricAlarm"), 3],
      ["log-group-retention", changed(":LogGroup", { retentionInDays: 0 }), 9],
      ["bucket-private", without(":BucketPublicAccessBlock"), 3],
      ["bucket-encrypted", without(":BucketServerSideEncryptionConfiguration"), 3],
      ["bucket-tls-only", without(":BucketPolicy"), 3],
      ["athena-workgroup-scan-limit", changed(":Workgroup", { configuration: {} }), 1],
      ["transform-dead-letter-queue", changed(":Queue", { redrivePolicy: "" }), 1],
      ["monthly-budget", changed(":PlaybackConfiguration", { logConfiguration: { percentEnabled: 100 } }), 1],
    ];

    for (const [rule, breaks, least] of sabotages) {
      it(`${rule} fails where the program is broken`, () => {
        const config = { "monthly-budget": { monthlyUsd: costOf(program("everything")) } };
        const { violations } = judged(breaks(program("everything")), { name: "staging", config }, false);
        const own = violations.filter((text) => text.startsWith(`${rule}: `));
        assert.ok(own.length >= least, `${own.length} violations: ${own}`);
      });
    }

    it("and keeps a budget that is just enough", () => {
      const config = { "monthly-budget": { monthlyUsd: costOf(program("everything")) } };
      const { violations } = judged(program("everything"), { name: "staging", config }, false);
      assert.deepEqual(violations, ["silence-alarm: mediapackage-v2-ingress-vended"]);
    });

    it("for each of its rules but those about what it does not use", () => {
      const mandatory = rules.filter(({ level }) => level === "mandatory").map(({ name }) => name);
      const unused = ["native-bucket-protection"];
      assert.deepEqual(
        sabotages.map(([rule]) => rule).sort(),
        mandatory.filter((name) => !unused.includes(name)).sort(),
      );
    });
  });
});
