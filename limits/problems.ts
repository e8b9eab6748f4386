/** Reading values that nobody has checked yet: each mistake is kept as a sentence with key, value and what is allowed. */

export type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Collects mistakes, so that all of them are told at once. What was wrong is read as a value of the right type. */
export class Problems {
  readonly #found: string[] = [];

  get all(): readonly string[] {
    return this.#found;
  }

  add(sentence: string): void {
    this.#found.push(sentence);
  }

  #wrong(path: string, value: unknown, allowed: string): void {
    const shown = JSON.stringify(value) ?? String(value);
    const is = value === undefined ? "is missing" : `is ${shown.length > 80 ? `${shown.slice(0, 77)}…` : shown}`;
    this.add(`${path || "the value"} ${is}: allowed is ${allowed}`);
  }

  /** A finite number within limits, both allowed. */
  number(path: string, value: unknown, min: number, max = Number.MAX_VALUE): number {
    if (typeof value === "number" && value >= min && value <= max) return value;
    this.#wrong(
      path,
      value,
      max === Number.MAX_VALUE ? `a number of at least ${min}` : `a number from ${min} to ${max}`,
    );
    return min;
  }

  /** Text of a shape; `allowed` names it for a person. */
  text(path: string, value: unknown, allowed: string, shape: RegExp): string {
    if (typeof value === "string" && shape.test(value)) return value;
    this.#wrong(path, value, allowed);
    return "";
  }

  /** One of some words. */
  oneOf<Word extends string>(path: string, value: unknown, words: readonly [Word, ...Word[]]): Word {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    this.#wrong(path, value, words.length === 1 ? words[0] : `one of ${words.join(", ")}`);
    return words[0];
  }

  /** The fields of an object; none where it is no object. */
  fields(path: string, value: unknown, allowed = "an object"): Fields {
    if (isRecord(value)) return value;
    this.#wrong(path, value, allowed);
    return {};
  }

  list(path: string, value: unknown, allowed: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.#wrong(path, value, allowed);
    return [];
  }
}
