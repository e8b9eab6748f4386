/** The envelopes that records land in; reference 5.1, 5.5 and 7.1 to 7.5, and what the consoles and the AWS CLI export. */
import { gzipSync } from "node:zlib";
import type { EventFacts, Example } from "./example.ts";

/** A log event, as all envelopes of CloudWatch Logs know it. */
interface LogEvent {
  readonly id: string;
  readonly timestamp: number;
  readonly message: string;
}

export interface LogPlace {
  readonly logGroup: string;
  readonly logStream: string;
  readonly owner: string;
}

export interface Envelope {
  readonly name: string;
  /** Envelope of the catalog that this is a form of. */
  readonly form: "cloudwatch" | "json-lines" | "cloudtrail-records";
  readonly wrap: (examples: readonly Example[], place: LogPlace) => Uint8Array;
  /** What the envelope passes on, of which the first log event of a record has `id`. */
  readonly facts: (id: string, place: LogPlace) => EventFacts;
  /** Records that have no time of their own find one here. */
  readonly tellsTime: boolean;
  /** The envelope names the log group in a way that decides about the source. */
  readonly tellsLogGroup: boolean;
}

/** Ids have 56 digits in the reference's example. */
export function eventIdOf(exampleIndex: number, textIndex = 0): string {
  return `3195310660696698337880902507980421114328961542429822${String(exampleIndex).padStart(2, "0")}${String(textIndex).padStart(2, "0")}`;
}

function logEvents(examples: readonly Example[]): LogEvent[] {
  return examples.flatMap(({ texts, loggedMs }, example) =>
    texts.map((message, text) => ({ id: eventIdOf(example, text), timestamp: loggedMs, message })),
  );
}

const subscription = (place: LogPlace, events: readonly LogEvent[]): string =>
  JSON.stringify({
    owner: place.owner,
    logGroup: place.logGroup,
    logStream: place.logStream,
    subscriptionFilters: ["Destination"],
    messageType: "DATA_MESSAGE",
    logEvents: events,
  });

const controlMessage = JSON.stringify({
  messageType: "CONTROL_MESSAGE",
  owner: "CloudwatchLogs",
  logGroup: "",
  logStream: "",
  subscriptionFilters: [],
  logEvents: [{ id: "", timestamp: 1_594_666_800_000, message: "CWL CONTROL MESSAGE: Checking health" }],
});

/** Two envelopes, and a control message before them. */
function subscriptions(examples: readonly Example[], place: LogPlace): string[] {
  const events = logEvents(examples);
  // Events of one record stay together: a batch boundary inside is another test.
  const half = logEvents(examples.slice(0, Math.ceil(examples.length / 2))).length;
  return [
    controlMessage,
    ...[events.slice(0, half), events.slice(half)]
      .filter((part) => part.length > 0)
      .map((part) => subscription(place, part)),
  ];
}

const otherKeyOrder = (examples: readonly Example[], place: LogPlace): string =>
  JSON.stringify(
    {
      policyLevel: "ACCOUNT_LEVEL_POLICY",
      logEvents: logEvents(examples).map(({ id, timestamp, message }) => ({
        message,
        extractedFields: { "@aws.account": place.owner },
        timestamp,
        id,
      })),
      messageType: "DATA_MESSAGE",
      logStream: place.logStream,
      logGroup: place.logGroup,
      owner: place.owner,
    },
    null,
    2,
  );

const all = (id: string, place: LogPlace): EventFacts => ({ ...place, eventId: id });
const nothing = (): EventFacts => ({});
const bytes = (text: string): Uint8Array => Buffer.from(text);
const lines = (examples: readonly Example[]): string[] => examples.flatMap(({ texts }) => texts);

const subscribed = { form: "cloudwatch", facts: all, tellsTime: true, tellsLogGroup: true } as const;
const exported = { form: "cloudwatch", tellsTime: true, tellsLogGroup: false } as const;
const vended = { form: "json-lines", facts: nothing, tellsTime: false, tellsLogGroup: false } as const;
const trail = { form: "cloudtrail-records", facts: nothing, tellsTime: false, tellsLogGroup: false } as const;

export const envelopes: readonly Envelope[] = [
  {
    ...subscribed,
    name: "gzip members, one envelope each",
    wrap: (examples, place) => Buffer.concat(subscriptions(examples, place).map((text) => gzipSync(text))),
  },
  {
    ...subscribed,
    name: "the same envelopes uncompressed, nothing between them",
    wrap: (examples, place) => bytes(subscriptions(examples, place).join("")),
  },
  {
    ...subscribed,
    name: "an envelope with its events first, other keys, pretty-printed",
    wrap: (examples, place) => bytes(otherKeyOrder(examples, place)),
  },
  {
    ...exported,
    name: "an export of filter-log-events",
    facts: (eventId, { logStream }) => ({ logStream, eventId }),
    wrap: (examples, { logStream }) => {
      const events = logEvents(examples).map(({ id, timestamp, message }) => ({
        logStreamName: logStream,
        timestamp,
        message,
        ingestionTime: timestamp + 1000,
        eventId: id,
      }));
      return bytes(JSON.stringify({ events, searchedLogStreams: [] }, null, 4));
    },
  },
  {
    ...exported,
    name: "an export of get-log-events",
    facts: nothing,
    wrap: (examples) => {
      const events = logEvents(examples).map(({ timestamp, message }) => ({
        timestamp,
        message,
        ingestionTime: timestamp + 1000,
      }));
      return bytes(JSON.stringify({ events, nextForwardToken: "f/1", nextBackwardToken: "b/1" }));
    },
  },
  {
    ...exported,
    name: "an answer of Logs Insights",
    facts: (_, place) => place,
    wrap: (examples, place) => {
      const results = logEvents(examples).map(({ timestamp, message }) => [
        { field: "@timestamp", value: new Date(timestamp).toISOString().replace("T", " ").replace("Z", "") },
        { field: "@message", value: message },
        { field: "@logStream", value: place.logStream },
        { field: "@log", value: `${place.owner}:${place.logGroup}` },
        { field: "@ptr", value: "CmEKJgoi" },
      ]);
      return bytes(JSON.stringify({ queryLanguage: "CWLI", results, statistics: {}, status: "Complete" }));
    },
  },
  {
    ...exported,
    name: "rows of Logs Insights as the console saves them",
    facts: (_, { logStream }) => ({ logStream }),
    wrap: (examples, { logStream }) => {
      const rows = logEvents(examples).map(({ timestamp, message }) => ({
        "@timestamp": new Date(timestamp).toISOString().replace("T", " ").replace("Z", ""),
        "@message": message,
        "@logStream": logStream,
      }));
      return bytes(JSON.stringify(rows, null, 2));
    },
  },
  {
    ...exported,
    name: "rows of Logs Insights, their JSON messages saved as JSON",
    facts: (_, { logStream }) => ({ logStream }),
    wrap: (examples, { logStream }) => {
      const rows = logEvents(examples).map(({ timestamp, message }) => {
        const time = new Date(timestamp).toISOString().replace("T", " ").replace("Z", "");
        const json = message.startsWith("{") ? message : JSON.stringify(message);
        return `{"@timestamp":"${time}","@message":${json},"@logStream":"${logStream}"}`;
      });
      return bytes(`[${rows.join(",\n")}]`);
    },
  },
  {
    ...exported,
    name: "an export task: gzip, each line behind its time",
    facts: nothing,
    wrap: (examples) =>
      gzipSync(
        logEvents(examples)
          .map(({ timestamp, message }) => `${new Date(timestamp).toISOString()} ${message}\n`)
          .join(""),
      ),
  },
  { ...vended, name: "lines, gzip", wrap: (examples) => gzipSync(`${lines(examples).join("\n")}\n`) },
  { ...vended, name: "lines", wrap: (examples) => bytes(`${lines(examples).join("\n")}\n`) },
  {
    ...vended,
    name: "lines, a gzip member for each",
    wrap: (examples) => Buffer.concat(lines(examples).map((line) => gzipSync(`${line}\n`))),
  },
  { ...vended, name: "lines without an end of the last", wrap: (examples) => bytes(lines(examples).join("\n")) },
  {
    ...vended,
    name: "lines of Windows with a byte order mark",
    wrap: (examples) => bytes(`\ufeff${lines(examples).join("\r\n")}\r\n`),
  },
  { ...vended, name: "objects with nothing between them", wrap: (examples) => bytes(lines(examples).join("")) },
  { ...vended, name: "a JSON array", wrap: (examples) => bytes(`[\n${lines(examples).join(",\n")}\n]\n`) },
  {
    ...trail,
    name: "Records, gzip",
    wrap: (examples) => gzipSync(`{"Records":[${lines(examples).join(",")}]}`),
  },
  {
    ...trail,
    name: "Records, one per line",
    wrap: (examples) => bytes(`{ "Records" : [\n  ${lines(examples).join(",\n  ")}\n] }\n`),
  },
  {
    ...trail,
    name: "an answer of lookup-events",
    wrap: (examples) => {
      const Events = lines(examples).map((CloudTrailEvent) => ({
        EventId: "in the event itself",
        EventName: "in the event itself",
        ReadOnly: "false",
        EventTime: "2018-12-18T01:50:59+01:00",
        Username: "Admin",
        Resources: [],
        CloudTrailEvent,
      }));
      return bytes(JSON.stringify({ Events, NextToken: "t" }));
    },
  },
];
