/** What encoders push: one v1 HLS input and one v2 CMAF input, two pipelines each. */
import { type AccessLine, v1Text, v2IngressText } from "./access-log.ts";
import { encoderAgents } from "./agents.ts";
import { channelGroupArn, channelGroupId, serviceId, v1ChannelArn, v1Host, v2IngestHost } from "./endpoints.ts";
import { mergeStreams } from "./interleave.ts";
import { type TrafficPlan, timeWindow } from "./plan.ts";
import { type Random, randomStream } from "./random.ts";
import { type LogRecord, routes } from "./routes.ts";

const v1Channel = "news-24";
const v2Channel = "arena-1";
const segmentSeconds = 8;
const bitRate = 9_000_000;

interface Push {
  readonly timeMs: number;
  readonly file: string;
  readonly bytes: number;
  readonly status: number;
  readonly seconds: number;
}

export function v1Ingress(plan: TrafficPlan): Generator<LogRecord> {
  return mergeStreams([v1Pipeline(plan, 0), v1Pipeline(plan, 1)]);
}

export function v2Ingress(plan: TrafficPlan): Generator<LogRecord> {
  return mergeStreams([v2Pipeline(plan, 1), v2Pipeline(plan, 2)]);
}

/** HLS: segment, then playlist. */
function* v1Pipeline(plan: TrafficPlan, pipeline: 0 | 1): Generator<LogRecord> {
  const random = randomStream(plan.seed, "v1 ingress", pipeline);
  const ingestId = serviceId("ingest endpoint", v1Channel, String(pipeline));
  const files = (number: number) => [
    { file: `channel_1_${number}.ts`, bytes: segmentBytes(random) },
    { file: "channel_1.m3u8", bytes: 700 + random.int(80) },
  ];
  for (const push of pushes(plan, random, files)) {
    const line = lineOf(push, {
      host: v1Host,
      path: `/in/v2/${ingestId}/${ingestId}/${push.file}`,
      clientIp: pipeline === 0 ? "3.68.112.20" : "18.196.44.7",
      agent: pipeline === 0 ? encoderAgents.hls : encoderAgents.hlsBackup,
      resource: { channelId: v1Channel, channelArn: v1ChannelArn(v1Channel) },
    });
    yield {
      route: routes.v1Ingress,
      timeMs: push.timeMs,
      logStream: `channel/${v1Channel}`,
      text: v1Text(line, random),
    };
  }
}

/** CMAF: a video and an audio track. */
function* v2Pipeline(plan: TrafficPlan, input: 1 | 2): Generator<LogRecord> {
  const random = randomStream(plan.seed, "v2 ingress", input);
  const files = (number: number) => [
    { file: `Streams(video.cmfv)/segment_${number}.cmfv`, bytes: segmentBytes(random) },
    { file: `Streams(audio.cmfa)/segment_${number}.cmfa`, bytes: 190_000 + random.int(6000) },
  ];
  for (const push of pushes(plan, random, files)) {
    const line = lineOf(push, {
      host: v2IngestHost(input),
      path: `/in/v1/${channelGroupId}/${input}/${v2Channel}/${push.file}`,
      clientIp: input === 1 ? "3.120.201.9" : "52.59.30.114",
      agent: encoderAgents.cmaf,
      resource: {
        resource_arn: channelGroupArn,
        channel_id: v2Channel,
        channel_arn: `${channelGroupArn}/channel/${v2Channel}`,
        channel_group_id: channelGroupId,
        input_type: "CMAF",
        input_index: String(input),
      },
    });
    yield { route: routes.v2Ingress, timeMs: push.timeMs, logStream: "", text: v2IngressText(line, random) };
  }
}

function segmentBytes(random: Random): number {
  return Math.round((bitRate / 8) * segmentSeconds * random.logNormal(1, 0.08));
}

function* pushes(
  plan: TrafficPlan,
  random: Random,
  files: (number: number) => readonly { file: string; bytes: number }[],
): Generator<Push> {
  const segmentMs = segmentSeconds * 1000;
  const delayMs = random.between(200, 1400);
  for (let number = Math.ceil(timeWindow(plan).startMs / segmentMs); ; number++) {
    let timeMs = number * segmentMs + delayMs + random.between(0, 90);
    for (const { file, bytes } of files(number)) {
      const isFault = random.chance(0.0006);
      yield {
        timeMs,
        file,
        bytes,
        status: isFault ? 503 : 200,
        seconds: Math.round(random.logNormal(isFault ? 1.2 : 0.021, 0.5) * 1000) / 1000,
      };
      timeMs += random.between(150, 420);
    }
  }
}

function lineOf(push: Push, at: Pick<AccessLine, "host" | "path" | "clientIp" | "agent" | "resource">): AccessLine {
  return {
    timeMs: push.timeMs,
    seconds: push.seconds,
    status: push.status,
    receivedBytes: push.bytes,
    sentBytes: 0,
    method: "PUT",
    query: "",
    ...at,
  };
}
