/** Content of `config/sampling.json`, which the Pulumi program writes. */

export interface SamplingDocument {
  readonly version: 1;
  /** ISO 8601 with a time zone; default: when the object version was written. */
  readonly effectiveFrom?: string;
  /** Percent of sessions logged, a whole number from 0 to 100, by name of the playback configuration. */
  readonly configurations: Readonly<Record<string, { readonly percent: number }>>;
}

/** A checked document. */
export interface SamplingVersion {
  /** Milliseconds since 1970 UTC. */
  readonly fromMs: number;
  readonly percentages: ReadonlyMap<string, number>;
}

/** Sampling documents that cannot be trusted: wrong weights would make every total wrong. */
export class SamplingError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`sampling percentages cannot be read; correct or remove these object versions:\n  ${problems.join("\n  ")}`);
    this.name = "SamplingError";
    this.problems = problems;
  }
}

/**
 * Checks a document. Keys that are not known are left alone: a later version of the program may have written them.
 *
 * @param where names the document in messages
 * @param problems receives every mistake; the result counts only when none came
 */
export function readSamplingDocument(
  document: unknown,
  lastModified: Date,
  where: string,
  problems: string[],
): SamplingVersion {
  const percentages = new Map<string, number>();
  const version = { fromMs: lastModified.getTime(), percentages };
  const wrong = (path: string, value: unknown, allowed: string) =>
    problems.push(`${where}: ${path} is ${shown(value)}, allowed is ${allowed}`);
  if (!isObject(document)) {
    wrong("the document", document, "an object with version and configurations");
    return version;
  }
  if (document.version !== 1) wrong("version", document.version, "1");
  if (document.effectiveFrom !== undefined) {
    const fromMs = instantOf(document.effectiveFrom);
    if (fromMs === null) wrong("effectiveFrom", document.effectiveFrom, "a time such as 2026-01-31T00:00:00Z");
    else version.fromMs = fromMs;
  }
  if (!isObject(document.configurations)) {
    wrong("configurations", document.configurations, "an object from playback configuration to { percent }");
    return version;
  }
  for (const [name, configuration] of Object.entries(document.configurations)) {
    const percent = isObject(configuration) ? configuration.percent : undefined;
    if (typeof percent === "number" && Number.isInteger(percent) && percent >= 0 && percent <= 100) {
      percentages.set(name, percent);
    } else {
      wrong(`configurations[${JSON.stringify(name)}].percent`, percent, "a whole number from 0 to 100");
    }
  }
  return version;
}

/** Without a time zone the instant would depend on the machine that reads it. */
function instantOf(value: unknown): number | null {
  if (typeof value !== "string") return null;
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(value)) return null;
  const instantMs = Date.parse(value);
  return Number.isNaN(instantMs) ? null : instantMs;
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : (JSON.stringify(value) ?? typeof value).slice(0, 80);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
