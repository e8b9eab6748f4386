/** Seeded, realistic landing objects for the local twin, tests and benchmarks. */
export { type EgressOptions, egressEvents } from "./egress.ts";
export { cloudWatchObject, type EnvelopeMeta, type LogEvent } from "./envelopes.ts";
export { generateTraffic } from "./generate.ts";
export { describeIncident, type Incident } from "./incident.ts";
export type { LandingFile } from "./landing.ts";
export { deliberateOddities } from "./oddities.ts";
export { defaultPercent, type TrafficPlan, TrafficPlanError } from "./plan.ts";
export { type PlaybackSession, playbackSessions } from "./playback-sessions.ts";
export { samplingDocuments } from "./sampling.ts";
