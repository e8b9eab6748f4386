import type { SamplingHistory } from "./derive/sampling.ts";

/** How old a sampling history may be: percentages change with deployments, not from one object to the next. */
export const samplingMaxAgeMilliseconds = 60_000;

/**
 * Reads the sampling history at most once a minute for as long as the function stays warm.
 *
 * A failed read is not kept: the next call tries again.
 *
 * @param now milliseconds since any fixed moment
 */
export function cacheSampling(read: () => Promise<SamplingHistory>, now: () => number): () => Promise<SamplingHistory> {
  let kept: { readonly history: SamplingHistory; readonly readAt: number } | undefined;
  return async () => {
    const at = now();
    if (!kept || at - kept.readAt >= samplingMaxAgeMilliseconds) kept = { history: await read(), readAt: at };
    return kept.history;
  };
}
