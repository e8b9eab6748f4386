/** What a resource says of the logging of a playback configuration, whichever way it was written down. */
import type { SeenResource } from "./rule.ts";
import { ifKnown, isObject, jsonObject, member, type Props } from "./values.ts";

/** The logging of one playback configuration, read when it is asked for: any part may not be known in a preview. */
export interface PlaybackFacts {
  /** Undefined where it is not known, or left to be named by the engine. */
  readonly configuration: string | undefined;
  /** @throws UnknownValueError */
  readonly percent: () => unknown;
  /** @throws UnknownValueError */
  readonly strategies: () => unknown;
}

/** There may be logging in it, and nobody can see it. */
export interface Opaque {
  readonly opaque: string;
}

/** The program's component for the logging of a configuration that is managed elsewhere. */
export const loggingOnlyType = "aircheck:media:PlaybackLogging";

/** The call of the function behind it. */
export const invocationType = "aws:lambda/invocation:Invocation";

const resourceOfService = "AWS::MediaTailor::PlaybackConfiguration";

const readers: Readonly<Record<string, (props: Props) => PlaybackFacts | Opaque | undefined>> = {
  "aws-native:mediatailor:PlaybackConfiguration": (props) => ({
    configuration: nameIn(() => props.name),
    percent: () => member(props.logConfiguration, "percentEnabled"),
    strategies: () => member(props.logConfiguration, "enabledLoggingStrategies"),
  }),
  [loggingOnlyType]: requested,
  [invocationType]: (props) => {
    const input = jsonObject(props.input);
    return isLoggingRequest(input) ? requested(input) : undefined;
  },
  // The two ways to any resource type of CloudFormation that has no class of its own in the SDKs.
  "aws:cloudcontrol/resource:Resource": (props) =>
    props.typeName === resourceOfService ? cloudFormation(() => jsonObject(props.desiredState)) : undefined,
  "aws-native:index:ExtensionResource": (props) =>
    props.type === resourceOfService ? cloudFormation(() => props.properties) : undefined,
  "aws:cloudformation/stack:Stack": template,
  "aws-native:cloudformation:Stack": template,
};

/** Types of resources that can set logging. */
export const playbackTypes: readonly string[] = Object.keys(readers);

/**
 * The facts; undefined where the resource is about something else.
 *
 * @throws UnknownValueError where not even that is known
 */
export function playbackOf({ type, props }: Pick<SeenResource, "type" | "props">): PlaybackFacts | Opaque | undefined {
  return Object.hasOwn(readers, type) ? readers[type]?.(props) : undefined;
}

/** The input of the program's own function (`infra/playback-logging/`). */
function requested(request: Props): PlaybackFacts {
  return {
    configuration: nameIn(() => request.configuration),
    percent: () => request.percent,
    strategies: () => request.strategies,
  };
}

function isLoggingRequest(input: Props | undefined): input is Props {
  return input !== undefined && "configuration" in input && ("percent" in input || "strategies" in input);
}

/** Properties with the names of CloudFormation. */
function cloudFormation(properties: () => unknown): PlaybackFacts {
  const logConfiguration = () => member(properties(), "LogConfiguration");
  return {
    configuration: nameIn(() => member(properties(), "Name")),
    percent: () => member(logConfiguration(), "PercentEnabled"),
    strategies: () => member(logConfiguration(), "EnabledLoggingStrategies"),
  };
}

function template(props: Props): Opaque | undefined {
  const { templateBody, templateUrl } = props;
  const text = isObject(templateBody) ? JSON.stringify(templateBody) : String(templateBody ?? "");
  if (text.includes(resourceOfService)) return { opaque: "a CloudFormation template with playback configurations" };
  return templateUrl === undefined || templateUrl === null ? undefined : { opaque: `the template ${templateUrl}` };
}

function nameIn(look: () => unknown): string | undefined {
  const name = ifKnown(look);
  return typeof name === "string" ? name : undefined;
}
