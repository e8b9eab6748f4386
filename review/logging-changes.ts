/** What a change does to logging: which records stop, what is logged more or less, what is new. */
import type { Effect, Step } from "./events.ts";
import { type LoggingKind, loggingKinds, type WatchedProperty } from "./logging-kinds.ts";
import { changeTexts, isKnown, sameValue, valueAt, valueText } from "./values.ts";

export interface LoggingChange {
  /** `stops`: the resource stays, but nothing is logged, or nobody warned, any more. */
  readonly effect: Effect | "stops";
  readonly kind: string;
  /** Resources to which the very same happens. */
  readonly names: readonly string[];
  /** What differs; empty where the resource as a whole comes or goes. */
  readonly property: string;
  readonly before: string;
  readonly after: string;
  /** What it means, in our words. */
  readonly note: string;
}

/** New resources that are only counted. */
export interface CountedKind {
  readonly kind: string;
  readonly count: number;
}

export interface LoggingChanges {
  /** The most alarming ones first. */
  readonly changes: readonly LoggingChange[];
  readonly counted: readonly CountedKind[];
  /** Steps that say nothing about logging. */
  readonly others: readonly Step[];
}

const alarming: readonly LoggingChange["effect"][] = ["stops", "deleted", "replaced", "released", "changed", "new"];
const kindByToken = new Map(loggingKinds.flatMap((kind) => kind.tokens.map((token) => [token, kind] as const)));

/** Tells the steps that change logging from the others. */
export function loggingChanges(steps: readonly Step[]): LoggingChanges {
  const changes: LoggingChange[] = [];
  const counts = new Map<LoggingKind, number>();
  const others: Step[] = [];
  for (const step of steps) {
    const kind = kindOf(step);
    const found = kind === undefined ? [] : changesOf(kind, step);
    if (kind !== undefined && step.effect === "new" && !kind.namesNew) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    else if (found.length === 0) others.push(step);
    else changes.push(...found);
  }
  return {
    changes: byAlarm(together(changes)),
    counted: loggingKinds.flatMap((kind) => {
      const count = counts.get(kind) ?? 0;
      return count === 0 ? [] : [{ kind: kind.name, count }];
    }),
    others,
  };
}

function kindOf({ type, before, after }: Step): LoggingKind | undefined {
  const kind = kindByToken.get(type);
  const only = kind?.only;
  if (only === undefined) return kind;
  return only.paths.some((path) => [before, after].some((inputs) => valueAt(inputs, path) === only.value))
    ? kind
    : undefined;
}

function changesOf(kind: LoggingKind, step: Step): readonly LoggingChange[] {
  const whole = {
    effect: step.effect,
    kind: kind.name,
    names: [step.name],
    property: "",
    before: "",
    after: "",
    note: "",
  };
  switch (step.effect) {
    case "new":
      return [{ ...whole, after: summary(kind, step.after), ...stoppedFromTheStart(kind, step) }];
    case "deleted":
      return [
        {
          ...whole,
          effect: kind.outlivesDeletion ? "released" : "deleted",
          before: summary(kind, step.before),
          note: kind.whenDeleted,
        },
      ];
    case "released":
      return [{ ...whole, before: summary(kind, step.before), note: "stays in AWS, no longer in this stack" }];
    case "changed":
      return propertyChanges(kind, step);
    case "replaced": {
      const reason = step.replacedFor.length === 0 ? "" : `because of ${step.replacedFor.join(", ")}; `;
      const note = `${reason}interrupted until the new one works`;
      const properties = propertyChanges(kind, step);
      return properties.length === 0 ? [{ ...whole, note }] : properties.map((change) => ({ ...change, note }));
    }
  }
}

function propertyChanges(kind: LoggingKind, step: Step): readonly LoggingChange[] {
  return kind.watched.flatMap((watched) => {
    const [before, after] = [valueAt(step.before, watched.path), valueAt(step.after, watched.path)];
    const hidden = isHiddenChange(watched, before, after, step);
    if (sameValue(before, after) && !hidden) return [];
    const stops = watched.stops?.(after) && !watched.stops(before);
    const [old, now] = changeTexts(before, after, watched);
    return [
      {
        effect: stops ? "stops" : step.effect,
        kind: kind.name,
        names: [step.name],
        property: watched.label,
        before: old,
        after: now,
        note: hidden ? "changed, but not shown" : timesText(before, after, watched),
      },
    ];
  });
}

/** Two secrets look the same. */
function isHiddenChange({ path }: WatchedProperty, before: unknown, after: unknown, { changed }: Step): boolean {
  if (isKnown(before) || isKnown(after)) return false;
  const within = (outer: string, inner: string) => /^$|^[.[]/.test(inner.slice(outer.length));
  return changed.some(
    (one) => (one.startsWith(path) && within(path, one)) || (path.startsWith(one) && within(one, path)),
  );
}

/** How many times as much is logged: what a bill follows. */
function timesText(before: unknown, after: unknown, { unit }: WatchedProperty): string {
  if (unit !== "%" || typeof before !== "number" || typeof after !== "number" || before <= 0 || after <= before)
    return "";
  return `${Number((after / before).toFixed(1))} times as many`;
}

function stoppedFromTheStart(kind: LoggingKind, step: Step): Partial<LoggingChange> {
  const silent = kind.watched.filter(({ path, stops }) => stops?.(valueAt(step.after, path)));
  return silent.length === 0
    ? {}
    : { effect: "stops", note: `nothing is logged: ${silent.map(({ label }) => label).join(", ")}` };
}

function summary({ watched }: LoggingKind, inputs: Step["after"]): string {
  return watched
    .flatMap(({ essential, path, label, ...wording }) =>
      essential ? [`${label} ${valueText(valueAt(inputs, path), wording)}`] : [],
    )
    .join("; ");
}

/** One change for all resources to which the same happens: thirty alarms that go are one row, not thirty. */
function together(changes: readonly LoggingChange[]): readonly LoggingChange[] {
  const groups = new Map<string, LoggingChange>();
  for (const change of changes) {
    const { names, ...rest } = change;
    const key = JSON.stringify(rest);
    const group = groups.get(key);
    groups.set(key, group ? { ...group, names: [...group.names, ...names] } : change);
  }
  return [...groups.values()];
}

/** Stable within an effect by the order of kinds, then by name. */
function byAlarm(changes: readonly LoggingChange[]): readonly LoggingChange[] {
  const kinds = loggingKinds.map(({ name }) => name);
  const key = ({ effect, kind }: LoggingChange) => alarming.indexOf(effect) * kinds.length + kinds.indexOf(kind);
  return [...changes].sort((a, b) => key(a) - key(b));
}
