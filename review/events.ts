/**
 * What a preview found, read from the engine events that `pulumi preview --event-log FILE` writes: one JSON object a line.
 *
 * The Automation API reads the same file, so its form is a contract (`EngineEvent` of @pulumi/pulumi/automation). Only the
 * events named here are looked at; `--json` alone has no policy violations and no reason of a failure.
 */
import { z } from "zod";

/** The file is no event log, or only a part of one; the message says where. */
export class EventLogError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "EventLogError";
  }
}

const effects = { create: "new", import: "new", update: "changed", replace: "replaced", delete: "deleted" } as const;

/** What becomes of a resource; one that `retainOnDelete` keeps in AWS only leaves the stack. */
export type Effect = (typeof effects)[keyof typeof effects] | "released";

export type Inputs = Readonly<Record<string, unknown>>;

export interface Step {
  readonly effect: Effect;
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Undefined where there is no resource yet, or none any more. */
  readonly before: Inputs | undefined;
  readonly after: Inputs | undefined;
  /** Properties that cannot be changed in place: the reason of a replacement. */
  readonly replacedFor: readonly string[];
  /** Paths that the provider says differ; a secret's change shows nowhere else. */
  readonly changed: readonly string[];
}

export interface Violation {
  readonly policy: string;
  /** `mandatory`, `remediate`, `advisory`, or what a later engine knows. */
  readonly level: string;
  readonly description: string;
  readonly message: string;
  /** Type and name of the resource, or of the stack. */
  readonly type: string;
  readonly name: string;
}

export interface Preview {
  readonly steps: readonly Step[];
  readonly unchanged: number;
  readonly violations: readonly Violation[];
  /** Messages of errors, without the one that only repeats that there were violations. */
  readonly errors: readonly string[];
  /** Policy packs that ran, by name. */
  readonly packs: readonly string[];
  /** Whether the engine came to its end; an error ends it before it knows what would be deleted. */
  readonly finished: boolean;
}

const inputsSchema = z.record(z.string(), z.unknown());
const stateSchema = z.object({ inputs: inputsSchema.nullish(), retainOnDelete: z.boolean().optional() }).nullish();
const eventSchema = z.object({
  sequence: z.number(),
  resourcePreEvent: z
    .object({
      metadata: z.object({
        op: z.string(),
        urn: z.string(),
        type: z.string(),
        old: stateSchema,
        new: stateSchema,
        keys: z.array(z.string()).nullish(),
        detailedDiff: z.record(z.string(), z.unknown()).nullish(),
      }),
    })
    .optional(),
  policyEvent: z
    .object({
      resourceUrn: z.string().default(""),
      message: z.string(),
      policyName: z.string(),
      enforcementLevel: z.string(),
    })
    .optional(),
  diagnosticEvent: z.object({ message: z.string(), severity: z.string() }).optional(),
  errorEvent: z.object({ error: z.string() }).optional(),
  summaryEvent: z.object({ PolicyPacks: z.record(z.string(), z.string()).nullish() }).optional(),
});
type EngineEvent = z.infer<typeof eventSchema>;

/**
 * Reads an event log.
 *
 * @param stack the stack that it has to be of; an organization and a project before the name are not looked at
 * @throws EventLogError where it is broken, cut off, or of another stack
 */
export function readPreview(text: string, stack: string): Preview {
  const events = text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [eventOf(line, index + 1)]));
  if (events.length === 0) throw new EventLogError("it is empty");
  const metadata = events.flatMap(({ resourcePreEvent }) => (resourcePreEvent ? [resourcePreEvent.metadata] : []));
  checkStack([...metadata.map(({ urn }) => urn), ...policyUrns(events)], stack);
  const violations = events.flatMap(violationOf);
  const summaries = events.flatMap(({ summaryEvent }) => (summaryEvent ? [summaryEvent] : []));
  return {
    steps: sortedSteps(metadata.flatMap(stepOf)),
    unchanged: metadata.filter(({ op, type }) => op === "same" && !type.startsWith("pulumi:")).length,
    violations: [...violations].sort((a, b) => order(violationKey(a), violationKey(b))),
    errors: errorsOf(events, summaries.length > 0, violations.some(isBlocking)),
    packs: summaries.flatMap(({ PolicyPacks }) => Object.keys(PolicyPacks ?? {})).map(packName),
    finished: summaries.length > 0,
  };
}

/** Everything that is not known to be mere advice blocks. */
export function isBlocking({ level }: Violation): boolean {
  return level !== "advisory" && level !== "disabled";
}

function eventOf(line: string, number: number): EngineEvent {
  const parsed = eventSchema.safeParse(jsonOf(line, number));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  throw new EventLogError(`line ${number} is no engine event (${where}${issue?.message ?? "unknown form"})`);
}

function jsonOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new EventLogError(`line ${number} is no JSON, or is cut off`);
  }
}

function stepOf({ op, urn, type, ...states }: NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]): Step[] {
  if (type.startsWith("pulumi:")) return [];
  const planned = Object.entries(effects).find(([name]) => name === op)?.[1];
  if (planned === undefined) return [];
  const effect = planned === "deleted" && states.old?.retainOnDelete ? "released" : planned;
  const before = planned === "new" ? undefined : (states.old?.inputs ?? {});
  const after = planned === "deleted" ? undefined : (states.new?.inputs ?? {});
  const replacedFor = [...(states.keys ?? [])].sort();
  const changed = Object.keys(states.detailedDiff ?? {});
  return [{ effect, type, urn, name: nameOf(urn), before, after, replacedFor, changed }];
}

function violationOf({ policyEvent }: EngineEvent): Violation[] {
  if (policyEvent === undefined) return [];
  const [first = "", ...rest] = withoutColors(policyEvent.message).trim().split("\n");
  const message = rest.join("\n").trim();
  return [
    {
      policy: policyEvent.policyName,
      level: policyEvent.enforcementLevel,
      // The engine puts the policy's description before what was reported.
      description: message === "" ? "" : first,
      message: message === "" ? first : message,
      type: typeOf(policyEvent.resourceUrn),
      name: nameOf(policyEvent.resourceUrn),
    },
  ];
}

function errorsOf(events: readonly EngineEvent[], finished: boolean, blocked: boolean): readonly string[] {
  const messages = (severity: string) =>
    events.flatMap(({ diagnosticEvent }) => (diagnosticEvent?.severity === severity ? [diagnosticEvent.message] : []));
  // A pack that does not start says so on stderr, line by line, and nobody writes an error behind it.
  const lines = finished ? [] : messages("info#err").map((line) => line.trimEnd());
  const said = [...messages("error"), ...events.flatMap(({ errorEvent }) => errorEvent?.error ?? []), lines.join("\n")];
  const errors = said.map((text) => withoutColors(text).trim()).filter((text) => text !== "");
  return [...new Set(errors)].filter((text) => !(blocked && /^(preview|update) failed$/.test(text)));
}

function checkStack(urns: readonly string[], stack: string): void {
  const wanted = stack.split("/").at(-1);
  const other = urns.map((urn) => urn.split("::")[0]?.replace("urn:pulumi:", "")).find((name) => name !== wanted);
  if (other !== undefined) throw new EventLogError(`it is of stack ${other}, not ${wanted}`);
}

function policyUrns(events: readonly EngineEvent[]): readonly string[] {
  return events.flatMap(({ policyEvent }) => (policyEvent?.resourceUrn ? [policyEvent.resourceUrn] : []));
}

/** `urn:pulumi:stack::project::parent$type::name`; a name may have colons of its own. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** `name|version|where it came from`, in any of the engine's forms. */
function packName(key: string): string {
  return key.split("|")[0] ?? key;
}

/** The engine marks colours as `<{%reset%}>` where it leaves them to the reader. */
function withoutColors(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "");
}

/** The engine works in parallel: without an order of ours, the same change would read differently each time. */
function sortedSteps(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((a, b) => order(a.type, b.type) || order(a.name, b.name) || order(a.urn, b.urn));
}

function violationKey({ policy, type, name, message }: Violation): string {
  return [policy, type, name, message].join("\n");
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
