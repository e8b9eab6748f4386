/** From our rules to policies of the engine: environment, configuration and unknown values are treated alike in all of them. */
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { environments } from "../limits/limits.ts";
import { type Judgement, judgedAs } from "./environment.ts";
import type { Judge, PropertySchema, ResourceRule, Rule, StackRule } from "./rule.ts";
import { unknownPath } from "./unknown-value.ts";
import type { Props } from "./values.ts";

/** Every rule has it: which environment's limits hold. */
export const environmentProperty: PropertySchema = {
  type: "string",
  enum: [...environments],
  description:
    "The environment whose rules hold. Without it the stack's tag decides, else its name, else they are those of prod.",
};

/** @param clock milliseconds since 1970-01-01 UTC */
export function policyOf(rule: Rule, clock: () => number = Date.now): ResourceValidationPolicy | StackValidationPolicy {
  return "check" in rule ? resourcePolicy(rule, clock) : stackPolicy(rule, clock);
}

function resourcePolicy(rule: ResourceRule, clock: () => number): ResourceValidationPolicy {
  return {
    ...wordsOf(rule),
    validateResource: ({ type, name, urn, props, stackTags, getConfig }, reportViolation) => {
      if (!rule.types.includes(type) && !rule.typePattern?.test(type)) return;
      const trial = new Trial(rule, { config: getConfig<Props>(), stackTags, urn, now: clock(), reportViolation });
      trial.attempt(urn, (judge) => rule.check({ type, name, urn, props }, judge));
      trial.end();
    },
  };
}

function stackPolicy(rule: StackRule, clock: () => number): StackValidationPolicy {
  return {
    ...wordsOf(rule),
    validateStack: ({ resources, stackTags, getConfig }, reportViolation) => {
      const [first] = resources;
      if (!first) return;
      const trial = new Trial(rule, {
        config: getConfig<Props>(),
        stackTags,
        urn: first.urn,
        now: clock(),
        reportViolation,
      });
      trial.attempt(undefined, (judge) =>
        rule.checkStack(resources, {
          ...judge,
          reportOn: (urn, message) => trial.report(message, urn),
          each: (several, check) => {
            for (const one of several) trial.attempt(one.urn, () => check(one));
          },
        }),
      );
      trial.end();
    },
  };
}

function wordsOf({ name, description, level, severity, exception, configuration }: Rule) {
  return {
    name,
    description,
    enforcementLevel: level,
    severity,
    remediationSteps: exception,
    configSchema: { properties: { environment: environmentProperty, ...configuration } },
  };
}

/** What the engine hands over for one run. */
interface Occasion {
  readonly config: Props;
  readonly stackTags: ReadonlyMap<string, string>;
  /** Of any resource: it names the stack. */
  readonly urn: string;
  readonly now: number;
  readonly reportViolation: (message: string, urn?: string) => void;
}

/** One run of a rule over one stack. */
class Trial {
  readonly #rule: Rule;
  readonly #occasion: Occasion;
  readonly #judgement: Judgement;
  /** The engine's error for the first value that was not known and is allowed not to be. */
  #waiting: unknown;

  constructor(rule: Rule, occasion: Occasion) {
    const { config, stackTags, urn } = occasion;
    this.#rule = rule;
    this.#occasion = occasion;
    // urn:pulumi:STACK::PROJECT::TYPE::NAME
    const stackName = urn.split("::")[0]?.split(":").at(-1) ?? "";
    this.#judgement = judgedAs({ configured: config.environment, stackTags, stackName });
  }

  /** Runs a check; a value that is not known becomes a violation, or is kept until the end. */
  attempt(urn: string | undefined, check: (judge: Judge) => void): void {
    const report = (message: string) => this.report(message, urn);
    const { config, now } = this.#occasion;
    try {
      check({ environment: this.#judgement.environment, config, now, report });
    } catch (error) {
      const path = unknownPath(error);
      if (path === undefined) throw error;
      if (this.#rule.unknown === "fails" && this.#judgement.environment === "prod") {
        report(
          `${path} cannot be known in a preview, so nobody can review it. ` +
            "Give a plain value: from the stack's configuration, not from the output of another resource",
        );
      } else {
        this.#waiting ??= error;
      }
    }
  }

  /** A violation ends with what the stack was judged as; advice is just told. */
  report(message: string, urn: string | undefined): void {
    const { environment, because } = this.#judgement;
    const worded = this.#rule.level === "advisory" ? message : `${message}. Judged as ${environment}, ${because}.`;
    this.#occasion.reportViolation(worded, urn);
  }

  /** @throws UnknownValueError for a value that nobody could look at: the engine reports it as advice */
  end(): void {
    if (this.#waiting) throw this.#waiting;
  }
}
