/** Which environment a stack is judged by. What cannot be told is judged as production. */
import { type Environment, environments } from "../limits/limits.ts";

export interface EnvironmentSigns {
  /** What the pack's configuration says, which is reviewed apart from the program. */
  readonly configured: unknown;
  readonly stackTags: ReadonlyMap<string, string>;
  readonly stackName: string;
}

export interface Judgement {
  readonly environment: Environment;
  /** Why it is that one, for the end of a message: `prod, as the stack's tag environment says`. */
  readonly because: string;
}

/** Tags that name the environment, in lower case; of several the strictest counts. */
export const environmentTags = ["aircheck:environment", "environment"] as const;

/** Words that people use for an environment, in lower case. */
export const environmentWords: Readonly<Record<string, Environment>> = {
  dev: "dev",
  develop: "dev",
  development: "dev",
  sandbox: "dev",
  test: "dev",
  staging: "staging",
  stage: "staging",
  stg: "staging",
  uat: "staging",
  prod: "prod",
  production: "prod",
  prd: "prod",
  live: "prod",
};

/**
 * The environment: the pack's configuration, else the stack's tag, else its name; nothing of these, or a word that nobody
 * knows, is prod.
 *
 * A tag can be set by whoever can deploy. It therefore never makes a stack whose name says more into something milder.
 */
export function judgedAs({ configured, stackTags, stackName }: EnvironmentSigns): Judgement {
  if (configured !== undefined && configured !== "") {
    return judgement(environmentOf(configured), `as the pack's configuration says (${shown(configured)})`);
  }
  const named = environmentOfName(stackName);
  const tags = [...stackTags].filter(([key]) => environmentTags.some((known) => known === key.toLowerCase()));
  const [tag] = tags
    .map(([key, value]) => ({ key, value, environment: environmentOf(value) ?? ("prod" as const) }))
    .sort((a, b) => strictness(b.environment) - strictness(a.environment));
  if (tag !== undefined) {
    if (named !== undefined && strictness(named) > strictness(tag.environment)) {
      return judgement(named, `as the stack's name ${stackName} says, whatever its tag ${tag.key} is`);
    }
    return judgement(tag.environment, `as the stack's tag ${tag.key} says (${shown(tag.value)})`);
  }
  return judgement(named, `as the stack's name ${stackName} says`);
}

function judgement(environment: Environment | undefined, because: string): Judgement {
  return environment === undefined
    ? { environment: "prod", because: "because neither configuration, tag nor name of the stack says which it is" }
    : { environment, because };
}

function environmentOf(value: unknown): Environment | undefined {
  if (typeof value !== "string") return undefined;
  const word = value.trim().toLowerCase();
  return Object.hasOwn(environmentWords, word) ? environmentWords[word] : undefined;
}

/** `prod-eu`, `devProd` and `preprod2` are production; of several words the strictest counts. */
function environmentOfName(stackName: string): Environment | undefined {
  const found = stackName
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z]+/)
    .map((word) => (/prod|prd/i.test(word) ? "prod" : environmentOf(word)))
    .filter((environment) => environment !== undefined);
  return found.sort((a, b) => strictness(b) - strictness(a))[0];
}

/** 0 for the mildest. */
function strictness(environment: Environment): number {
  return environments.indexOf(environment);
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}
