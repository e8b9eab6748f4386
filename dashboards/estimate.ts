/**
 * Estimates from sampled sessions, in SQL.
 *
 * MediaTailor logs a percentage of sessions, each whole or not at all. Session i is kept with probability p_i and its rows
 * carry the weight w_i = 1 / p_i. When y_i is what a kept session counts (its errors in a minute, say), the total over all
 * sessions is estimated without bias by
 *
 *     T = sum of w_i y_i                                  (Horvitz-Thompson)
 *
 * Sessions are kept or dropped each for itself (Poisson sampling), so the variance has no mixed terms; its unbiased estimate is
 *
 *     V = sum of (1 - p_i) / p_i² · y_i² = sum of w_i (w_i - 1) y_i²
 *
 * Rows of one session stand and fall together, so y_i must be summed over a session *before* it is squared: a sum over rows
 * would make the interval too narrow by the square root of the rows per session. With e_i = w_i y_i, a session's term is
 * e_i (e_i - y_i); at 100 % it is 0, and so is the width of the interval.
 *
 * The share of one total in another, R = sum of w x / sum of w z, is not linear; its variance is that of the residuals
 * x_i - R z_i over the square of the denominator (Taylor linearisation).
 *
 * Intervals are T ± 1.96 √V, cut at what was observed: that many there certainly were. They are too narrow where only a
 * handful of sessions was seen (fewer than about 30), which is why the number of sessions stands beside.
 */

/** Rows without a session stand for themselves. */
export const sessionKey = "coalesce(session_id, event_id)";

/**
 * Columns `observed`, `estimated`, `low_95`, `high_95`, `sessions` over rows of one session each, which have the columns
 * `observed` (y) and `estimated` (w y).
 */
export const estimatedTotal = `sum(observed) as observed,
  round(sum(estimated)) as estimated,
  round(greatest(sum(observed), sum(estimated) - 1.96e0 * sqrt(greatest(sum(estimated * (estimated - observed)), 0e0)))) as low_95,
  round(sum(estimated) + 1.96e0 * sqrt(greatest(sum(estimated * (estimated - observed)), 0e0))) as high_95,
  count(*) as sessions`;

/**
 * A select of a share per group, with its interval: the columns of the group, then `share`, `low_95`, `high_95` (0 to 1),
 * `estimated_part`, `estimated_whole` and `sessions`.
 *
 * The square of the residual is multiplied out, so that one pass over the sessions is enough: Athena runs what stands in
 * a `with` once for each time it is named, and pays for the scan each time.
 *
 * @param from name of a relation of one row per session and group with the columns `part` (x), `whole` (z), both observed
 *   and of type double, and `weight` (w)
 * @param group columns of the group
 */
export function estimatedShare(from: string, group: readonly string[]): string {
  const columns = group.join(", ");
  const error = `1.96e0 * sqrt(greatest(xx - 2e0 * share * xz + share * share * zz, 0e0)) / total`;
  return `select ${columns},
  round(share, 6) as share,
  round(greatest(0e0, share - ${error}), 6) as low_95,
  round(least(1e0, share + ${error}), 6) as high_95,
  round(partial, 1) as estimated_part,
  round(total, 1) as estimated_whole,
  sessions
from (
  select ${columns},
    sum(weight * part) / sum(weight * whole) as share,
    sum(weight * part) as partial,
    sum(weight * whole) as total,
    sum(weight * (weight - 1e0) * part * part) as xx,
    sum(weight * (weight - 1e0) * part * whole) as xz,
    sum(weight * (weight - 1e0) * whole * whole) as zz,
    count(*) as sessions
  from ${from}
  group by ${columns}
  having sum(weight * whole) > 0e0
) as shares`;
}
