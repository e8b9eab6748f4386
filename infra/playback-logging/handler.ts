/**
 * The function behind logging of playback configurations that others manage: create, update and delete of one setting.
 *
 * It calls ConfigureLogsForPlaybackConfiguration and nothing else, so the rest of the configuration cannot change.
 */
import { z } from "zod";
import { type Clock, retryDenied } from "./retry-denied.ts";

const names = z.array(z.string());
const events = z.object({ publishOptIn: names, exclude: names });

const loggingSchema = z.object({
  configuration: z.string().min(1),
  // 0 would turn logging off; the service takes it, this program never means it.
  percent: z.int().min(1).max(100),
  strategies: names.min(1),
  ads: events,
  manifest: events,
});

/** What the program wants of one playback configuration. */
export type LoggingRequest = z.output<typeof loggingSchema>;

/** The life cycle that the provider adds to the input of an invocation. */
const eventSchema = loggingSchema.extend({
  tf: z.object({ action: z.enum(["create", "update", "delete"]), prev_input: z.unknown().optional() }),
});

/** Request of the service's API (reference 3.2). */
export interface ConfigureLogsInput {
  readonly PlaybackConfigurationName: string;
  readonly PercentEnabled: number;
  readonly EnabledLoggingStrategies: readonly string[];
  readonly AdsInteractionLog: EventFilter;
  readonly ManifestServiceInteractionLog: EventFilter;
}

interface EventFilter {
  readonly PublishOptInEventTypes: readonly string[];
  readonly ExcludeEventTypes: readonly string[];
}

export type ConfigureLogs = (input: ConfigureLogsInput) => Promise<unknown>;

/** What the invocation leaves in the stack's state. */
export interface LoggingResult {
  readonly configuration: string;
  readonly outcome: "set" | "left as it is";
  readonly percent: number;
}

/**
 * Makes the handler. Filters are always sent whole: what is left out of the call would be kept from whatever was there.
 *
 * A deletion changes nothing: logging that stops because somebody tidied a stack file is what nobody notices in time.
 */
export function createHandler(
  configureLogs: ConfigureLogs,
  say: (line: string) => void,
  clock: Clock,
): (event: unknown) => Promise<LoggingResult> {
  return async (event) => {
    const { tf, ...wanted } = eventSchema.parse(event);
    const { configuration, percent } = wanted;
    if (tf.action === "delete") {
      say(`logging of ${configuration} is no longer managed and stays as it is, at ${percent} percent of sessions`);
      return { configuration, percent, outcome: "left as it is" };
    }
    await retryDenied(() => configureLogs(configureLogsInput(wanted)), clock, say);
    say(`logging of ${configuration} set to ${percent} percent of sessions`);
    return { configuration, percent, outcome: "set" };
  };
}

/** The API request of what is wanted. */
export function configureLogsInput({
  configuration,
  percent,
  strategies,
  ads,
  manifest,
}: LoggingRequest): ConfigureLogsInput {
  return {
    PlaybackConfigurationName: configuration,
    PercentEnabled: percent,
    EnabledLoggingStrategies: strategies,
    AdsInteractionLog: eventFilter(ads),
    ManifestServiceInteractionLog: eventFilter(manifest),
  };
}

function eventFilter({ publishOptIn, exclude }: z.output<typeof events>): EventFilter {
  return { PublishOptInEventTypes: publishOptIn, ExcludeEventTypes: exclude };
}
