/** As-run log of channel assembly. AWS publishes no schema (reference 3.8): the keys are invented, the lines are JSON. */
import { mergeStreams } from "./interleave.ts";
import { type TrafficPlan, timeWindow } from "./plan.ts";
import { type Random, randomStream } from "./random.ts";
import { type LogRecord, routes } from "./routes.ts";

const channels = ["linear-classics", "linear-nature"] as const;
const programmes = [
  "Tagesrückblick",
  "Wild Coasts",
  "Küchenduell",
  "L'été indien",
  "Archive Hour",
  "Short Cuts",
] as const;

export function asRun(plan: TrafficPlan): Generator<LogRecord> {
  return mergeStreams(channels.map((channel) => channelAsRun(plan, channel)));
}

function* channelAsRun(plan: TrafficPlan, channel: string): Generator<LogRecord> {
  const random = randomStream(plan.seed, "as run", channel);
  let timeMs = timeWindow(plan).startMs + random.between(1000, 120_000);
  for (;;) {
    const programme = random.pick(programmes);
    const source = { programName: programme, sourceLocationName: "archive", vodSourceName: `vod-${random.digits(5)}` };
    const programEndMs = timeMs + random.between(18, 45) * 60_000;
    yield line(channel, timeMs, "PROGRAM_STARTED", source);
    for (timeMs += random.between(6, 9) * 60_000; timeMs < programEndMs - 180_000; ) {
      yield line(channel, timeMs, "AD_BREAK_STARTED", adBreak(random));
      timeMs += random.between(6, 9) * 60_000;
    }
    timeMs = programEndMs;
    yield line(channel, timeMs, "PROGRAM_COMPLETED", source);
    timeMs += random.between(40, 900);
  }
}

function adBreak(random: Random): Record<string, unknown> {
  return { messageType: "SPLICE_INSERT", slateSourceName: "slate", durationMillis: 1000 * random.pick([60, 90, 120]) };
}

function line(channel: string, timeMs: number, eventType: string, detail: Record<string, unknown>): LogRecord {
  const eventTimestamp = new Date(Math.floor(timeMs)).toISOString();
  const text = JSON.stringify({ eventType, eventTimestamp, channelName: channel, ...detail });
  return { route: routes.asRun, timeMs, logStream: channel, text };
}
