/** Puts resources to a rule as the engine would: values behind the runtime's own proxies, unknown ones as its sentinels. */
import assert from "node:assert/strict";
import {
  type PolicyResource,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  unknownCheckingProxy,
} from "@pulumi/policy";
import { type Environment, environments } from "../../limits/limits.ts";
import { isRecord } from "../../limits/problems.ts";
import { policyOf } from "../../policies/policy-of.ts";
import type { Rule } from "../../policies/rule.ts";
import { unknownPath } from "../../policies/unknown-value.ts";
import type { Props } from "../../policies/values.ts";

/** What the engine sends for a text that a preview does not know; it takes another one for each kind of value. */
export const unknown = {
  text: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
} as const;

export interface Given {
  readonly type: string;
  readonly name?: string;
  readonly props: Props;
  /** The parent, as its name or `type::name`. */
  readonly parent?: string;
  /** The resources that a property was made from, as names or `type::name`. */
  readonly madeFrom?: Readonly<Record<string, readonly string[]>>;
}

export interface Stack {
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly config?: Props;
  readonly now?: number;
}

export interface Verdict {
  readonly violations: readonly { readonly message: string; readonly resource: string | undefined }[];
  /** Path of a value that nobody could look at: the engine makes advice of it. */
  readonly unknown: string | undefined;
}

/** When the tests take place: 2026-01-15, noon. */
export const noon = Date.UTC(2026, 0, 15, 12);

export function judge(rule: Rule, resources: readonly Given[], stack: Stack = {}): Verdict {
  const { name = "dev", tags = {}, config = {}, now = noon } = stack;
  const violations: { message: string; resource: string | undefined }[] = [];
  const policy = policyOf(rule, () => now);
  const seen = resources.map((given) => asSeen(given, name));
  for (const [index, resource] of seen.entries()) link(resource, resources[index], seen);
  const getConfig = <T>(): T => config as T;
  const shared = { stackTags: new Map(Object.entries(tags)), getConfig, notApplicable: () => assert.fail() };
  const report = (message: string, urn?: string) => violations.push({ message, resource: urn?.split("::").at(-1) });
  let path: string | undefined;
  const attempt = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      path = unknownPath(error);
      if (path === undefined) throw error;
    }
  };
  if (isResourcePolicy(policy)) {
    for (const resource of seen) {
      const { validateResource } = policy;
      assert.ok(typeof validateResource === "function");
      const { type, urn, props, opts } = resource;
      const args = { type, urn, props, opts, name: resource.name, isType: () => false, asType: () => undefined };
      attempt(() => validateResource({ ...args, ...shared }, report));
    }
  } else {
    attempt(() => policy.validateStack({ resources: seen, ...shared }, report));
  }
  return { violations, unknown: path };
}

function isResourcePolicy(
  policy: ResourceValidationPolicy | StackValidationPolicy,
): policy is ResourceValidationPolicy {
  return "validateResource" in policy;
}

type Writable = PolicyResource & { parent?: PolicyResource; propertyDependencies: Record<string, PolicyResource[]> };

function asSeen({ type, name = "it", props }: Given, stack: string): Writable {
  return {
    type,
    name,
    urn: `urn:pulumi:${stack}::aircheck::${type}::${name}`,
    props: unknownCheckingProxy(props),
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  };
}

function link(resource: Writable, given: Given | undefined, all: readonly PolicyResource[]): void {
  const named = (name: string) => all.filter((one) => [one.name, `${one.type}::${one.name}`].includes(name));
  const parent = given?.parent === undefined ? undefined : named(given.parent)[0];
  if (parent) resource.parent = parent;
  for (const [property, names] of Object.entries(given?.madeFrom ?? {})) {
    resource.propertyDependencies[property] = names.flatMap(named);
  }
}

/** A situation, and what a rule has to say of it in every environment. */
export interface Situation {
  /** `fails if …` or `passes if …`. */
  readonly it: string;
  readonly resources: readonly Given[];
  readonly config?: Props;
  /** What is said, by environment; the same everywhere where it is a list. Each begins with the name of the resource and `: `. */
  readonly says?: readonly string[] | Readonly<Record<Environment, readonly string[]>>;
  /** Path of the value that nobody knows: a violation in prod where the rule insists, advice elsewhere. */
  readonly unknown?: string;
}

/** Declares the tests of a rule: each situation in every environment. */
export function testsOf(rule: Rule, situations: readonly Situation[]): void {
  describe(rule.name, () => {
    for (const { it: title, resources, config = {}, says = [], unknown: path } of situations) {
      for (const environment of environments) {
        it(`${title}, in ${environment}`, () => {
          const { violations, unknown: found } = judge(rule, resources, { config: { ...config, environment } });
          const insists = path !== undefined && rule.unknown === "fails" && environment === "prod";
          const ending = `. Judged as ${environment}, as the pack's configuration says ("${environment}").`;
          const said = violations.map(({ message, resource }) => {
            assert.ok(message.endsWith(ending), message);
            return `${resource}: ${message.slice(0, -ending.length)}`;
          });
          const expected = isRecord(says) ? says[environment] : says;
          assert.deepEqual(
            said.filter((text) => !text.includes("cannot be known in a preview, so nobody")).sort(),
            [...expected].sort(),
          );
          assert.equal(
            said.some((text) => text.includes(`${path} cannot be known in a preview`)),
            insists,
            said.join("\n"),
          );
          assert.equal(found, insists ? undefined : path);
        });
      }
    }
  });
}

/** The same sentences in every environment but those of another text. */
export function byEnvironment(
  says: Partial<Record<Environment, readonly string[]>>,
): Record<Environment, readonly string[]> {
  return { dev: [], staging: [], prod: [], ...says };
}
