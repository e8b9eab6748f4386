/** The kinds of values that configuration has. The error of each says what is allowed, and nothing else. */
import { z } from "zod";

/** An object whose unknown keys are mistakes; the message names the keys it knows. */
export function group<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `known keys here are ${Object.keys(shape).join(", ")}`
        : `an object with the keys ${Object.keys(shape).join(", ")}`,
  });
}

/** A whole number within limits, both allowed. */
export function wholeNumber(min: number, max: number, unit = "") {
  const error = `a whole number from ${min} to ${max}${unit && ` (${unit})`}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** Any number within limits, both allowed. */
export function anyNumber(min: number, max: number, unit = "") {
  const error = `a number from ${min} to ${max}${unit && ` (${unit})`}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

/** One of some words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, { error: words.length === 1 ? words[0] : `one of ${words.join(", ")}` });
}

/** Some of some words, each once. */
export function someOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  const error = `a list of ${words.join(", ")}, each at most once`;
  return z.array(z.enum(words, { error }), { error }).refine((list) => new Set(list).size === list.length, { error });
}

/** Text of a shape; `what` names it for a person. */
export function text(what: string, shape: RegExp) {
  return z.string({ error: what }).regex(shape, { error: what });
}

export function list<Item extends z.ZodType>(what: string, item: Item) {
  return z.array(item, { error: `a list of ${what}` });
}

export function yesOrNo() {
  return z.boolean({ error: "true or false" });
}

/** Objects by name. */
export function byName<Value extends z.ZodType>(what: string, name: RegExp, value: Value) {
  const error = `an object whose keys are ${what}`;
  return z.record(z.string().regex(name, { error }), value, { error });
}

/** Values by some of some words. */
export function byWord<const Words extends readonly [string, ...string[]], Value extends z.ZodType>(
  words: Words,
  value: Value,
) {
  return z.partialRecord(z.enum(words), value, {
    // The type of the issue does not tell of unknown keys, which a record over words has all the same.
    error: ({ code }: { readonly code: string }) =>
      `${code === "unrecognized_keys" ? "known keys here are" : "an object whose keys are some of"} ${words.join(", ")}`,
  });
}

export const names = {
  /** Names of playback configurations, channels and channel groups. */
  media: /^[A-Za-z0-9_-]{1,256}$/,
  bucket: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  logGroup: /^[A-Za-z0-9_./#-]{1,512}$/,
  cluster: /^[a-z][a-z0-9-]{0,62}$/,
} as const;

export const bucketName = () => text("the name of an S3 bucket", names.bucket);
export const logGroupName = () => text("the name of a CloudWatch log group", names.logGroup);
export const url = () => text("a URL beginning with http:// or https://", /^https?:\/\/\S+$/);
export const account = () => text("an account number of 12 digits, in quotes", /^\d{12}$/);
export const arn = (service: string) =>
  text(`an ARN of ${service}`, new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:(\\d{12})?:\\S+$`));
