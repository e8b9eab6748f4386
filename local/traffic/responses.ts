/** Status, size and latency of the origin's answers. */
import type { Endpoint } from "./endpoints.ts";
import type { Random } from "./random.ts";

export type RequestKind = "manifest" | "blocking-reload" | "init" | "segment";

/** Probability of a 5xx answer of an endpoint at an instant. */
export type FaultRate = (endpoint: Endpoint, timeMs: number) => number;

interface Request {
  readonly kind: RequestKind;
  /** Size of a complete answer. */
  readonly bytes: number;
  readonly faultProbability: number;
  readonly isRefused: boolean;
  readonly isLive: boolean;
  readonly isCdn: boolean;
  readonly asksRanges: boolean;
}

interface Outcome {
  readonly status: number;
  readonly sentBytes: number;
  readonly timeToFirstByte: number;
}

/** How often an origin fails on a good day. */
export const usualFaultProbability = 0.0004;

const clientAbort = 460;

export function answer(random: Random, request: Request): Outcome {
  if (request.isRefused) return failure(403, random.logNormal(0.006, 0.4));
  if (random.chance(request.faultProbability)) return fault(random);
  const timeToFirstByte = latency(random, request);
  if (request.isLive && request.kind === "segment" && random.chance(0.004)) return failure(404, timeToFirstByte);
  if (random.chance(0.0008)) {
    // An aborted request was sometimes never answered: the time is unknown (reference 1.4).
    const sentBytes = Math.round(request.bytes * random.float());
    return { status: clientAbort, sentBytes, timeToFirstByte: random.chance(0.4) ? -1 : timeToFirstByte };
  }
  if (request.isCdn && request.kind === "manifest" && random.chance(0.03)) {
    return { status: 304, sentBytes: 0, timeToFirstByte };
  }
  const status = request.asksRanges && request.kind === "segment" ? 206 : 200;
  return { status, sentBytes: Math.round(request.bytes), timeToFirstByte };
}

function failure(status: number, seconds: number): Outcome {
  return { status, sentBytes: 0, timeToFirstByte: milliseconds(seconds) };
}

function fault(random: Random): Outcome {
  const draw = random.float();
  if (draw < 0.6) return { ...failure(503, random.logNormal(1.6, 0.5)), sentBytes: 162 };
  if (draw < 0.8) return failure(504, random.between(9.5, 10.5));
  return failure(draw < 0.95 ? 500 : 502, random.logNormal(0.4, 0.6));
}

function latency(random: Random, request: Request): number {
  switch (request.kind) {
    case "blocking-reload":
      return milliseconds(random.between(0.25, 1.05));
    case "manifest":
      return milliseconds(random.logNormal(0.018, 0.55));
    case "init":
      return milliseconds(random.logNormal(0.014, 0.5));
    case "segment":
      return milliseconds(random.logNormal(request.isLive ? 0.032 : 0.065, 0.7));
  }
}

/** The logs give seconds with three digits after the point. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
