/** Event logs as the engine writes them, made from as little as a test has to say. */
import type { Inputs } from "../../review/events.ts";

export interface MadeStep {
  readonly op: string;
  readonly type: string;
  readonly name: string;
  readonly before?: Inputs;
  readonly after?: Inputs;
  readonly retainOnDelete?: true;
  readonly keys?: readonly string[];
  readonly detailedDiff?: Readonly<Record<string, unknown>>;
}

export interface MadeViolation {
  readonly level: string;
  readonly message: string;
  readonly policy?: string;
  readonly name?: string;
}

const urnOf = (type: string, name: string) => `urn:pulumi:prod::aircheck::aircheck:media:MediaTailor$${type}::${name}`;

export function stepEvent({ op, type, name, before, after, retainOnDelete, ...rest }: MadeStep): object {
  const old = before && { inputs: before, ...(retainOnDelete && { retainOnDelete }) };
  const metadata = {
    op,
    type,
    urn: urnOf(type, name),
    old: old ?? null,
    new: after ? { inputs: after } : null,
    ...rest,
  };
  return { resourcePreEvent: { metadata, planning: true } };
}

export function violationEvent({ level, message, policy = "some-policy", name = "kids" }: MadeViolation): object {
  const resourceUrn = urnOf("aircheck:media:PlaybackLogging", name);
  return { policyEvent: { resourceUrn, message, policyName: policy, enforcementLevel: level } };
}

export const errorEvent = (message: string) => ({ diagnosticEvent: { message, severity: "error" } });
export const summaryEvent = { summaryEvent: { PolicyPacks: { "aircheck|local|policies": "0.1.0" } } };

/** Without a summary where the engine did not come to write one. */
export function eventLog(events: readonly object[], end: readonly object[] = [summaryEvent]): string {
  return [...events, ...end].map((event, sequence) => `${JSON.stringify({ sequence, ...event })}\n`).join("");
}
