/** Mistakes in a stack file, as people read them: key, value, what is allowed. */
import type { z } from "zod";

/** The configuration cannot be used; `problems` has one sentence per mistake. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const count = problems.length === 1 ? "a mistake" : `${problems.length} mistakes`;
    super(
      `the stack's configuration has ${count}; nothing was changed:\n${problems.map((text) => `  ${text}`).join("\n")}`,
    );
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** A mistake in one value: `aircheck:firehose.bufferSeconds is 5: allowed is a whole number from 60 to 900`. */
export function problem(path: string, value: unknown, allowed: string): string {
  return value === undefined
    ? `aircheck:${path} is missing: allowed is ${allowed}`
    : `aircheck:${path} is ${shown(value)}: allowed is ${allowed}`;
}

/** The sentences of what zod found in the value of a key. */
export function problemsOf(key: string, value: unknown, error: z.ZodError): readonly string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((name) => `aircheck:${dotted([key, ...path, name])} is not known: ${issue.message}`);
    }
    if (issue.code === "invalid_key") {
      const allowed = issue.issues[0]?.message ?? issue.message;
      return `aircheck:${dotted([key, ...path])} is no allowed name: allowed is ${allowed}`;
    }
    return problem(dotted([key, ...path]), valueAt(value, issue.path), issue.message);
  });
}

/** A path as people write it; names with dots or slashes stand in brackets. */
export function dotted(path: readonly string[]): string {
  return path
    .map((part, index) => (/^[\w-]+$/.test(part) ? `${index === 0 ? "" : "."}${part}` : `["${part}"]`))
    .join("");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here: unknown = value;
  for (const part of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = Reflect.get(here, part);
  }
  return here;
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}
