/**
 * Makes a recorded event log small enough to be checked in: `npx tsx tests/review/trim-events.ts < LOG > tests/review/events/NAME.jsonl`.
 *
 * Left out is what nothing reads: debug messages, outputs, most of what stays the same, inputs that say nothing about logging.
 */
import { readFileSync } from "node:fs";
import { loggingKinds } from "../../review/logging-kinds.ts";

interface Step {
  readonly op: string;
  readonly type: string;
  readonly urn: string;
  readonly old: State | null;
  readonly new: State | null;
  readonly keys?: readonly string[];
  readonly diffs?: readonly string[];
  readonly detailedDiff: unknown;
}
interface State {
  readonly inputs: Record<string, unknown>;
  readonly retainOnDelete?: boolean;
}

const watched = new Map(
  loggingKinds.flatMap(({ tokens, watched: properties, only }) =>
    tokens.map((token) => [token, [...properties.map(({ path }) => path), ...(only?.paths ?? [])]] as const),
  ),
);
/** The two halves of a replacement, which also has a step of its own. */
const physical = ["create-replacement", "delete-replaced"];
let sames = 0;

function trimmedState(op: string, type: string, state: State | null): State | null {
  if (state === null) return null;
  const paths = physical.includes(op) ? [] : (watched.get(type) ?? []);
  const names = new Set(paths.map((path) => path.split(".")[0]));
  const inputs = Object.fromEntries(Object.entries(state.inputs).filter(([name]) => names.has(name)));
  return { inputs, ...(state.retainOnDelete && { retainOnDelete: true }) };
}

function trimmed(event: Record<string, unknown> & { resourcePreEvent?: { metadata: Step } }): unknown[] {
  const { sequence, timestamp, resourcePreEvent, diagnosticEvent } = event;
  if (resourcePreEvent) {
    const { op, urn, type, old, new: now, keys, diffs, detailedDiff } = resourcePreEvent.metadata;
    if (op === "same" && ++sames > 4) return [];
    const states = { old: trimmedState(op, type, old), new: trimmedState(op, type, now) };
    const metadata = { op, urn, type, ...states, keys, diffs, detailedDiff };
    return [{ sequence, timestamp, resourcePreEvent: { metadata, planning: true } }];
  }
  if (diagnosticEvent) {
    const { severity } = Object(diagnosticEvent);
    return severity === "debug" ? [] : [event];
  }
  const kept = ["policyEvent", "summaryEvent", "cancelEvent", "errorEvent"];
  return kept.some((name) => name in event) ? [event] : [];
}

for (const line of readFileSync(0, "utf8").split("\n")) {
  if (line !== "") for (const one of trimmed(JSON.parse(line))) process.stdout.write(`${JSON.stringify(one)}\n`);
}
