/** The share of sessions that MediaTailor logged, and since when: what makes counts into totals (design section 6). */
import { ObjectNotFoundError, type Store } from "../store/store.ts";
import { readSamplingDocument, SamplingError, type SamplingVersion } from "./sampling-document.ts";

export { type SamplingDocument, SamplingError } from "./sampling-document.ts";

/** What held from when on, oldest first: each version holds until the next one. */
export interface SamplingHistory {
  readonly versions: readonly SamplingVersion[];
}

/** A span of time with one weight; it ends where the next begins. */
interface WeightPeriod {
  /** Milliseconds since 1970 UTC; `-Infinity` for the first. */
  readonly fromMs: number;
  readonly weight: number;
}

/** Nothing is sampled: every weight is 1. */
export const noSampling: SamplingHistory = { versions: [] };

/**
 * Puts the versions of `config/sampling.json` together. A version holds from its `effectiveFrom`, by default from when it was
 * written, and replaces all that was planned or corrected before for that time: what was written last is right. A
 * configuration that it does not name any more keeps its percentage: taken out of the program, its logging goes on as it was.
 *
 * @throws SamplingError with every mistake of every document
 */
export function samplingHistory(
  documents: readonly { readonly document: unknown; readonly lastModified: Date; readonly name?: string }[],
): SamplingHistory {
  const problems: string[] = [];
  const read = documents.map(({ document, lastModified, name }) => {
    const where = name ?? `version of ${lastModified.toISOString()}`;
    return { ...readSamplingDocument(document, lastModified, where, problems), writtenMs: lastModified.getTime() };
  });
  if (problems.length > 0) throw new SamplingError(problems);
  read.sort((a, b) => a.writtenMs - b.writtenMs || a.fromMs - b.fromMs);
  const versions: SamplingVersion[] = [];
  for (const { fromMs, percentages } of read) {
    while ((versions.at(-1)?.fromMs ?? -Infinity) >= fromMs) versions.pop();
    versions.push({ fromMs, percentages: new Map([...(versions.at(-1)?.percentages ?? []), ...percentages]) });
  }
  return { versions };
}

/**
 * How many sessions a logged one stands for: 100 / percent of the version in force at that time. Events before the first
 * version take the first. 1 for a configuration that was never named, and at 0 percent, where only debug sessions are logged.
 */
export function weightAt(history: SamplingHistory, configuration: string, timeMs: number): number {
  const version = history.versions.findLast(({ fromMs }) => fromMs <= timeMs) ?? history.versions[0];
  return weightOf(version, configuration);
}

/** Weights of one configuration, sorted by time, never empty; {@link weightAt} is that of the last with `fromMs <= timeMs`. */
export function weightPeriods(history: SamplingHistory, configuration: string): readonly WeightPeriod[] {
  const periods: WeightPeriod[] = [{ fromMs: -Infinity, weight: weightOf(history.versions[0], configuration) }];
  for (const version of history.versions) {
    const weight = weightOf(version, configuration);
    if (weight !== periods.at(-1)?.weight) periods.push({ fromMs: version.fromMs, weight });
  }
  return periods;
}

function weightOf(version: SamplingVersion | undefined, configuration: string): number {
  return 100 / (version?.percentages.get(configuration) || 100);
}

/**
 * Reads all versions of the sampling document of a store; {@link noSampling} when there is none.
 *
 * @throws SamplingError for a version that is no sampling document; errors of the store
 */
export async function readSamplingHistory(store: Store, key = "config/sampling.json"): Promise<SamplingHistory> {
  const versions = await store.versions(key);
  const problems: string[] = [];
  const documents = await Promise.all(
    versions.map(async ({ versionId, lastModified }) => {
      const name = versionId === undefined ? `${store.bucket}/${key}` : `${store.bucket}/${key} version ${versionId}`;
      const text = await textOf(store, key, versionId);
      if (text === null) return [];
      try {
        const document: unknown = JSON.parse(text);
        return [{ document, lastModified, name }];
      } catch (cause) {
        problems.push(`${name}: is no JSON (${cause instanceof Error ? cause.message : cause})`);
        return [];
      }
    }),
  );
  if (problems.length > 0) throw new SamplingError(problems);
  return samplingHistory(documents.flat());
}

/** Null when the version was removed after it was listed: a life-cycle rule may end old ones. */
async function textOf(store: Store, key: string, versionId: string | undefined): Promise<string | null> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of store.read(key, versionId === undefined ? {} : { versionId })) pieces.push(piece);
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
  return Buffer.concat(pieces).toString("utf8");
}
