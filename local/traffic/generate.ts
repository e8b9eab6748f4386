import { asRun } from "./as-run.ts";
import { auroraAudit } from "./aurora.ts";
import { cloudTrail } from "./cloudtrail.ts";
import { v1Egress, v2Egress } from "./egress.ts";
import { v1Ingress, v2Ingress } from "./ingress.ts";
import { mergeStreams } from "./interleave.ts";
import { deliver, type LandingFile } from "./landing.ts";
import { mediaTailor } from "./mediatailor.ts";
import { withOddities } from "./oddities.ts";
import { checkPlan, type TrafficPlan, timeWindow } from "./plan.ts";
import { randomStream } from "./random.ts";
import type { LogRecord } from "./routes.ts";

/**
 * Landing objects of every source of the catalog, about in the order in which they were written.
 *
 * The records are the same everywhere; the compressed bytes are the same for the same zlib.
 * Memory holds what is played at one time and five minutes of records, however long the window is.
 *
 * @throws TrafficPlanError before the first object when the plan cannot be carried out
 */
export function* generateTraffic(plan: TrafficPlan): Generator<LandingFile> {
  checkPlan(plan);
  const records = withOddities(inWindow(plan, everything(plan)), randomStream(plan.seed, "oddities"));
  yield* deliver(records, plan.seed);
}

function everything(plan: TrafficPlan): Generator<LogRecord> {
  return mergeStreams([
    v1Egress(plan),
    v1Ingress(plan),
    v2Egress(plan),
    v2Ingress(plan),
    mediaTailor(plan),
    asRun(plan),
    cloudTrail(plan),
    auroraAudit(plan),
  ]);
}

function* inWindow(plan: TrafficPlan, records: Iterable<LogRecord>): Generator<LogRecord> {
  const { startMs, endMs } = timeWindow(plan);
  for (const record of records) {
    if (record.timeMs >= endMs) return;
    if (record.timeMs >= startMs) yield record;
  }
}
