/** What a resource says of the logging of a playback configuration, whichever way it was written down. */
import type { PolicyResource } from "@pulumi/policy";
import type { SeenResource } from "./rule.ts";
import { unknownPath } from "./unknown-value.ts";
import { ifKnown, jsonObject, member, type Props, plain, texts } from "./values.ts";

/** The logging of one playback configuration, read when it is asked for: any part may not be known in a preview. */
export interface PlaybackFacts {
  /** Undefined where it is not known, or left to be named by the engine. */
  readonly configuration: string | undefined;
  /** What people call it: the configuration, else the resource. */
  readonly called: string;
  /** @throws UnknownValueError */
  readonly percent: () => unknown;
  /** @throws UnknownValueError */
  readonly strategies: () => unknown;
  /** Types of events that are left out, of both logs. @throws UnknownValueError */
  readonly excluded: () => readonly string[];
}

/** There may be logging in it, and nobody can see it. */
export interface Opaque {
  /** What it is, for the middle of a sentence. */
  readonly opaque: string;
  /** Whether it surely has a playback configuration in it. */
  readonly certain: boolean;
}

/** The program's component for the logging of a configuration that is managed elsewhere. */
export const loggingOnlyType = "aircheck:media:PlaybackLogging";

/** The call of the function behind it. */
export const invocationType = "aws:lambda/invocation:Invocation";

const resourceOfService = "AWS::MediaTailor::PlaybackConfiguration";

type Facts = Omit<PlaybackFacts, "called"> | Opaque | undefined;

const readers: Readonly<Record<string, (props: Props) => Facts>> = {
  "aws-native:mediatailor:PlaybackConfiguration": (props) => ({
    configuration: nameIn(() => props.name),
    percent: () => member(props.logConfiguration, "percentEnabled"),
    strategies: () => member(props.logConfiguration, "enabledLoggingStrategies"),
    excluded: () => [
      ...texts(member(props.logConfiguration, "adsInteractionLog", "excludeEventTypes")),
      ...texts(member(props.logConfiguration, "manifestServiceInteractionLog", "excludeEventTypes")),
    ],
  }),
  [loggingOnlyType]: requested,
  [invocationType]: invoked,
  // The ways to any resource type of CloudFormation that has no class of its own in the SDKs.
  "aws:cloudcontrol/resource:Resource": (props) =>
    props.typeName === resourceOfService ? cloudFormation(() => jsonObject(props.desiredState)) : undefined,
  "aws-native:index:ExtensionResource": (props) =>
    props.type === resourceOfService ? cloudFormation(() => props.properties) : undefined,
  "aws:cloudformation/stack:Stack": template,
  "aws:cloudformation/stackSet:StackSet": template,
  "aws-native:cloudformation:Stack": template,
  "aws-native:cloudformation:StackSet": template,
  "aws-native:cloudformation:CustomResourceEmulator": () => ({ opaque: "a custom resource", certain: false }),
};

/** Types of resources that can set logging; `playbackPattern` covers what another provider may call them. */
export const playbackTypes: readonly string[] = Object.keys(readers);
export const playbackPattern = /mediatailor\W?playback_?configuration/i;

/** The resources of a stack that can set logging. */
export function playbackIn(resources: readonly PolicyResource[]): readonly PolicyResource[] {
  return resources.filter(({ type }) => isPlaybackType(type));
}

function isPlaybackType(type: string): boolean {
  return playbackTypes.includes(type) || playbackPattern.test(type);
}

/** The facts; undefined where the resource is about something else. */
export function playbackOf({
  type,
  name,
  props,
}: Pick<SeenResource, "type" | "name" | "props">): PlaybackFacts | Opaque | undefined {
  if (!isPlaybackType(type)) return undefined;
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!read) return { opaque: `a resource of type ${type}`, certain: true };
  try {
    const facts = read(props);
    return facts && !("opaque" in facts) ? { ...facts, called: facts.configuration ?? name } : facts;
  } catch (error) {
    if (unknownPath(error) === undefined) throw error;
    return { opaque: `${name}, of which ${unknownPath(error)} cannot be known in a preview,`, certain: false };
  }
}

/** The input of the program's own function (`infra/playback-logging/`). */
function requested(request: Props): Facts {
  return {
    configuration: nameIn(() => request.configuration),
    percent: () => request.percent,
    strategies: () => request.strategies,
    excluded: () => [...texts(member(request.ads, "exclude")), ...texts(member(request.manifest, "exclude"))],
  };
}

/** A call of any function: ours, or one that takes the words of the service's own API. */
function invoked(props: Props): Facts {
  const input = jsonObject(props.input);
  if (!input) return undefined;
  if ("PlaybackConfigurationName" in input) {
    return cloudFormation(() => ({ Name: input.PlaybackConfigurationName, LogConfiguration: input }));
  }
  return "configuration" in input && ("percent" in input || "strategies" in input) ? requested(input) : undefined;
}

/** Properties with the names of CloudFormation and of the service's API. */
function cloudFormation(properties: () => unknown): Facts {
  const logConfiguration = () => member(properties(), "LogConfiguration");
  return {
    configuration: nameIn(() => member(properties(), "Name")),
    percent: () => member(logConfiguration(), "PercentEnabled"),
    strategies: () => member(logConfiguration(), "EnabledLoggingStrategies"),
    excluded: () => [
      ...texts(member(logConfiguration(), "AdsInteractionLog", "ExcludeEventTypes")),
      ...texts(member(logConfiguration(), "ManifestServiceInteractionLog", "ExcludeEventTypes")),
    ],
  };
}

/** Parts of a template that bring in what does not stand in it. */
const hiding = /AWS::CloudFormation::|Custom::|Fn::Transform|"Transform"|^Transform:/m;

function template({ templateBody, templateUrl, templateURL }: Props): Opaque | undefined {
  const url = templateUrl ?? templateURL;
  if (typeof url === "string") return { opaque: `the template ${url}`, certain: false };
  const body = plain(templateBody);
  const read = jsonObject(body);
  // Read and written again, JSON has no escapes left to hide behind.
  const text = read ? JSON.stringify(read) : String(body ?? "");
  if (text.includes(resourceOfService)) {
    return { opaque: "a CloudFormation template with playback configurations", certain: true };
  }
  return hiding.test(text) ? { opaque: "a CloudFormation template that brings in others", certain: false } : undefined;
}

function nameIn(look: () => unknown): string | undefined {
  const name = ifKnown(look);
  return typeof name === "string" ? name : undefined;
}
