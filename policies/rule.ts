/** What a rule is: a name, words for people, and a check of one resource or of the whole stack. */
import type { PolicyConfigSchema, PolicyResource, Severity } from "@pulumi/policy";
import type { Environment } from "../limits/limits.ts";
import type { Props } from "./values.ts";

/** A rule's configuration: each property with its schema. */
export type Configuration = Readonly<Record<string, PropertySchema>>;

export type PropertySchema = PolicyConfigSchema["properties"][string];

/** What a check is given beside the resources. */
export interface Judge {
  readonly environment: Environment;
  /** The rule's configuration, as its file says it: the engine compares it with the schema, the rule trusts nothing. */
  readonly config: Props;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
  /** Says what is wrong, and what to do; the resource is named by the engine. */
  readonly report: (message: string) => void;
}

/** A resource of which the inputs are known: before it is made or changed. */
export interface SeenResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Props;
}

interface RuleWords {
  /** Kebab-case, unique. */
  readonly name: string;
  /** Begins with "Checks". */
  readonly description: string;
  /** Why it matters, for people; with a reference where the reason lies outside. */
  readonly why: string;
  /** How to be allowed an exception. */
  readonly exception: string;
  readonly severity: Severity;
  readonly level: "mandatory" | "advisory";
  /**
   * What becomes of a value that a preview cannot know. `fails`: it is plain text in any sane program, so in prod it is a
   * violation. `waits`: it is made of names that AWS gives, so the preview says that it could not look, and the update does.
   */
  readonly unknown: "fails" | "waits";
  readonly configuration: Configuration;
}

/** Looks at one resource alone, before it is made. */
export interface ResourceRule extends RuleWords {
  readonly types: readonly string[];
  /** Types beside these that the rule looks at, by their names. */
  readonly typePattern?: RegExp;
  /** @throws UnknownValueError where it has to read a value that is not known */
  readonly check: (resource: SeenResource, judge: Judge) => void;
}

/** Looks at several resources together. */
export interface StackRule extends RuleWords {
  /** @throws UnknownValueError where it has to read a value that is not known */
  readonly checkStack: (resources: readonly PolicyResource[], judge: StackJudge) => void;
}

export interface StackJudge extends Judge {
  /** As `report`, about one of the resources. */
  readonly reportOn: (urn: string, message: string) => void;
  /** Checks each, so that a value of one that is not known does not keep the others from being checked. */
  readonly each: <One extends { readonly urn: string }>(resources: Iterable<One>, check: (one: One) => void) => void;
}

export type Rule = ResourceRule | StackRule;
