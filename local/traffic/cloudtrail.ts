/** API calls around the traffic: a dashboard that reads, people who change things, the changes of the incident. */
import { channelGroupId, serviceId, type V1LiveEndpoint, type V2Endpoint, v1ChannelArn } from "./endpoints.ts";
import { assumedRole, type ChangeEvent, describeIncident } from "./incident.ts";
import { interleave, mergeStreams } from "./interleave.ts";
import { account, region, type TrafficPlan, timeWindow } from "./plan.ts";
import { type Random, randomStream } from "./random.ts";
import { type LogRecord, routes } from "./routes.ts";
import { samplingChange } from "./sampling.ts";

interface Call {
  readonly timeMs: number;
  readonly eventSource: string;
  readonly eventName: string;
  readonly userArn: string;
  readonly address: string;
  readonly agent: string;
  readonly requestParameters: unknown;
  readonly responseElements?: unknown;
  readonly error?: { readonly errorCode: string; readonly errorMessage: string };
}

const mediaPackage = "mediapackage.amazonaws.com";
const mediaPackageV2 = "mediapackagev2.amazonaws.com";
const mediaPackageVod = "mediapackage-vod.amazonaws.com";
const mediaTailor = "mediatailor.amazonaws.com";

const office = "203.0.113.17";
const pulumi = "APN/1.0 Pulumi/1.0 PulumiAWS/7.8.0 (linux; x86_64) aws-sdk-go-v2/1.38.1 md/GOOS#linux";
const cli = "aws-cli/2.28.1 md/awscrt#0.27.4 ua/2.1 os/macos#24.5.0 lang/python#3.13.4";
const sdk = "aws-sdk-js/3.848.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#22.17.0";
const auditor = { userArn: assumedRole("MonitoringRole", "exporter"), address: "18.184.2.61", agent: sdk };

export function cloudTrail(plan: TrafficPlan): Generator<LogRecord> {
  const random = randomStream(plan.seed, "cloudtrail", "records");
  const scheduled = [...incidentCalls(plan), samplingCall(plan)].sort((left, right) => left.timeMs - right.timeMs);
  return toRecords(mergeStreams([background(plan), scheduled[Symbol.iterator]()]), random);
}

function* toRecords(calls: Iterable<Call>, random: Random): Generator<LogRecord> {
  for (const call of calls) {
    yield { route: routes.cloudtrail, timeMs: call.timeMs, logStream: "", text: recordText(call, random) };
  }
}

/** Monitoring reads all day; now and then somebody changes something that has nothing to do with the incident. */
function background(plan: TrafficPlan): Generator<Call> {
  const random = randomStream(plan.seed, "cloudtrail", "background");
  let timeMs = timeWindow(plan).startMs;
  return interleave(
    (function* () {
      for (;;) {
        timeMs += random.exponential(1 / 42) * 1000;
        yield { startMs: timeMs, events: [drawCall(random, timeMs)][Symbol.iterator]() };
      }
    })(),
  );
}

function drawCall(random: Random, timeMs: number): Call {
  const draw = random.float();
  if (draw < 0.02) {
    return {
      timeMs,
      eventSource: mediaTailor,
      eventName: "PutPlaybackConfiguration",
      userArn: assumedRole("ReadOnlyRole", "intern"),
      address: office,
      agent: cli,
      requestParameters: null,
      error: {
        errorCode: "AccessDenied",
        errorMessage: `User: ${assumedRole("ReadOnlyRole", "intern")} is not authorized to perform: mediatailor:PutPlaybackConfiguration`,
      },
    };
  }
  if (draw < 0.035) return updateChannel(timeMs);
  const [eventSource, eventName, requestParameters] = random.pick(reads);
  return { timeMs, eventSource, eventName, ...auditor, requestParameters };
}

const reads: readonly (readonly [string, string, unknown])[] = [
  [mediaPackage, "DescribeChannel", { id: "news-24" }],
  [mediaPackage, "ListOriginEndpoints", { channelId: "news-24", maxResults: 100 }],
  [mediaPackageV2, "GetChannelGroup", { channelGroupName: channelGroupId }],
  [mediaPackageV2, "ListChannels", { channelGroupName: channelGroupId }],
  [mediaPackageV2, "GetOriginEndpoint", { channelGroupName: channelGroupId, channelName: "arena-1" }],
  [mediaPackageVod, "ListPackagingGroups", null],
  [mediaTailor, "ListPlaybackConfigurations", { MaxResults: 50 }],
  [mediaTailor, "DescribeChannel", { ChannelName: "linear-nature" }],
];

/** Credentials of ingest endpoints are masked by the service (reference 5.3). */
function updateChannel(timeMs: number): Call {
  const id = serviceId("ingest endpoint", "kids", "0");
  const url = `https://mediapackage.${region}.amazonaws.com/in/v2/${id}/${id}/channel`;
  return {
    timeMs,
    eventSource: mediaPackage,
    eventName: "UpdateChannel",
    userArn: assumedRole("DeployRole", "pipeline-0815"),
    address: "18.196.7.80",
    agent: pulumi,
    requestParameters: { id: "kids", description: "Kids, 24 h" },
    responseElements: {
      id: "kids",
      arn: v1ChannelArn("kids"),
      description: "Kids, 24 h",
      hlsIngest: { ingestEndpoints: [{ id, url, username: "***", password: "***" }] },
    },
  };
}

function incidentCalls(plan: TrafficPlan): Call[] {
  const { serverErrors, adTimeouts, changes } = describeIncident(plan);
  const adServer = (host: string) => ({
    Name: adTimeouts.playbackConfiguration,
    AdDecisionServerUrl: `https://${host}/vast/3?config=[session.id]`,
    VideoContentSourceUrl: `https://origin.example.com/${adTimeouts.playbackConfiguration}`,
  });
  return [
    { ...byPipeline(changes.endpointUpdate), ...endpointUpdate(serverErrors.endpoint, 1, 30) },
    {
      ...byPerson(changes.playbackConfigurationUpdate),
      requestParameters: adServer("ads-new.example-ads.com"),
      responseElements: {
        ...adServer("ads-new.example-ads.com"),
        PlaybackConfigurationArn: `arn:aws:mediatailor:${region}:${account}:playbackConfiguration/${adTimeouts.playbackConfiguration}`,
      },
    },
    { ...byPerson(changes.rollback), ...endpointUpdate(serverErrors.endpoint, 6, 60) },
  ];
}

function byPipeline({ time, eventSource, eventName, userArn }: ChangeEvent) {
  return { timeMs: time.getTime(), eventSource, eventName, userArn, address: "18.196.7.80", agent: pulumi };
}

function byPerson({ time, eventSource, eventName, userArn }: ChangeEvent) {
  return { timeMs: time.getTime(), eventSource, eventName, userArn, address: office, agent: cli };
}

/** v1 writes names in lowerCamel; v2 follows its API, which does so too. */
function endpointUpdate(endpoint: V1LiveEndpoint | V2Endpoint, segmentSeconds: number, windowSeconds: number) {
  if (endpoint.kind === "v2") {
    const requestParameters = {
      channelGroupName: endpoint.channelGroupId,
      channelName: endpoint.channelId,
      originEndpointName: endpoint.endpointId,
      containerType: "TS",
      segment: { segmentDurationSeconds: segmentSeconds, segmentName: "segment" },
      startoverWindowSeconds: windowSeconds * 60,
    };
    return { requestParameters, responseElements: { ...requestParameters, arn: endpoint.endpointArn } };
  }
  const requestParameters = {
    id: endpoint.endpointId,
    hlsPackage: { segmentDurationSeconds: segmentSeconds, playlistWindowSeconds: windowSeconds },
  };
  return {
    requestParameters,
    responseElements: { ...requestParameters, arn: endpoint.endpointArn, channelId: endpoint.channelId },
  };
}

/** MediaTailor writes names in PascalCase. */
function samplingCall(plan: TrafficPlan): Call {
  const { configuration, timeMs, to } = samplingChange(plan);
  const parameters = { PlaybackConfigurationName: configuration, PercentEnabled: to };
  return {
    timeMs,
    eventSource: mediaTailor,
    eventName: "ConfigureLogsForPlaybackConfiguration",
    userArn: assumedRole("DeployRole", "pipeline-4711"),
    address: "18.196.7.80",
    agent: pulumi,
    requestParameters: parameters,
    responseElements: parameters,
  };
}

function recordText(call: Call, random: Random): string {
  const time = new Date(Math.floor(call.timeMs / 1000) * 1000);
  return JSON.stringify({
    eventVersion: "1.11",
    userIdentity: identity(call.userArn, time),
    eventTime: wholeSeconds(time),
    eventSource: call.eventSource,
    eventName: call.eventName,
    awsRegion: region,
    sourceIPAddress: call.address,
    userAgent: call.agent,
    ...call.error,
    requestParameters: call.requestParameters,
    responseElements: call.responseElements ?? null,
    requestID: random.uuid(),
    eventID: random.uuid(),
    readOnly: /^(Describe|Get|List)/.test(call.eventName),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: call.eventSource.replace(".amazonaws.com", `.${region}.amazonaws.com`),
    },
  });
}

function identity(arn: string, time: Date): Record<string, unknown> {
  const role = arn.split("/")[1] ?? "";
  const principalId = `AROA${serviceId("role", role).slice(0, 17).toUpperCase()}`;
  const created = new Date(Math.floor(time.getTime() / 3_600_000) * 3_600_000);
  return {
    type: "AssumedRole",
    principalId: `${principalId}:${arn.split("/")[2] ?? ""}`,
    arn,
    accountId: account,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { creationDate: wholeSeconds(created), mfaAuthenticated: role === "DeployRole" ? "false" : "true" },
    },
  };
}

function wholeSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
