/** Bases of estimates that tests change one thing of. */

import { type CostEstimate, estimateCost } from "../../limits/cost.ts";
import type { CostBasis, PlaybackUsage } from "../../limits/cost-basis.ts";
import { priceList } from "../../limits/price-list.ts";

export const live: PlaybackUsage = {
  name: "live",
  percent: 10,
  strategies: ["LEGACY_CLOUDWATCH"],
  sessionsPerMonth: 1_000_000,
};

const none = { egressRequestsPerMonth: 0, ingressRequestsPerMonth: 0 };

/** Nothing is used, and nothing watches. */
export const idle: CostBasis = {
  version: 1,
  region: "us-east-1",
  environment: "prod",
  playback: [],
  mediaPackage: { v1: none, v2: none },
  audit: { cloudTrailEventsPerMonth: 0, auroraRecordsPerMonth: 0 },
  logs: { class: "STANDARD", retentionDays: 30 },
  retentionDays: { landing: 30, access: 400, ads: 400, audit: 730, noncurrent: 30 },
  firehose: { subscriptionBufferMiB: 16, vendedBufferMiB: 64, bufferSeconds: 300 },
  transform: { functions: 0, memoryMiB: 1769 },
  athena: { queriesPerMonth: 0, scannedDaysPerQuery: 1, scanLimitGiB: 200 },
  watch: { alarmMetrics: 0, customMetrics: 0, dashboards: 0 },
  recordBytes: {},
  assumptions: {},
};

/** A stack in which everything is used. */
export const busy: CostBasis = {
  ...idle,
  playback: [live],
  mediaPackage: {
    v1: { egressRequestsPerMonth: 100_000_000, ingressRequestsPerMonth: 10_000_000 },
    v2: { egressRequestsPerMonth: 50_000_000, ingressRequestsPerMonth: 5_000_000 },
  },
  audit: { cloudTrailEventsPerMonth: 200_000, auroraRecordsPerMonth: 300_000 },
  transform: { functions: 1, memoryMiB: 1769 },
  athena: { queriesPerMonth: 2000, scannedDaysPerQuery: 1, scanLimitGiB: 200 },
  watch: { alarmMetrics: 40, customMetrics: 90, dashboards: 1 },
};

export const estimate = (basis: CostBasis): CostEstimate => estimateCost(basis, priceList);

/** USD of one part, 0 where there is none. */
export const usdOf = ({ parts }: CostEstimate, id: string): number => parts.find((part) => part.id === id)?.usd ?? 0;
