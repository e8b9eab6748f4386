/** Values of resources as short texts. What is secret stays so, and what is not known yet is said to be. */

/** How the engine marks objects that are more than objects, and the mark of secrets among them. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** What the engine writes for values of any type that only AWS will know. */
const unknowns: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const unknownText = "known after deployment";

/** The value at a path of names with dots between them; undefined where there is none. */
export function valueAt(inputs: unknown, path: string): unknown {
  let value = inputs;
  for (const name of path.split(".")) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return isMarked(value) ? value : undefined;
    value = value[name];
  }
  return value ?? undefined;
}

/** Whether two values are the same, whatever the order of their properties. */
export function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** Whether the value can be looked into. */
export function isKnown(value: unknown): boolean {
  return !isMarked(value);
}

export interface Wording {
  readonly unit?: string | undefined;
  /** What to say where there is no value. */
  readonly absent?: string | undefined;
  /** Of a list of objects, the paths that tell one from another. */
  readonly items?: readonly string[] | undefined;
}

/** A value in one line. */
export function valueText(value: unknown, { unit, absent, items }: Wording = {}): string {
  const shown = visible(value);
  if (shown === undefined || shown === null) return absent ?? "none";
  if (Array.isArray(shown)) return shown.length === 0 ? "none" : shown.map((one) => itemText(one, items)).join(", ");
  return unit === undefined || typeof shown !== "number" ? plain(shown) : `${shown} ${unit}`;
}

/** Before and after; long lists as what came and went. */
export function changeTexts(
  before: unknown,
  after: unknown,
  wording: Wording = {},
): readonly [before: string, after: string] {
  const texts = [valueText(before, wording), valueText(after, wording)] as const;
  // Items may differ in what does not tell them apart.
  if (texts[0] === texts[1] && wording.items) return changeTexts(before, after, { ...wording, items: undefined });
  if (!Array.isArray(before) || !Array.isArray(after) || texts.join("").length <= 120) return texts;
  const [old, now] = [before, after].map((list) => list.map((one: unknown) => itemText(visible(one), wording.items)));
  const gone = (old ?? []).filter((one) => !now?.includes(one)).map((one) => `− ${one}`);
  const come = (now ?? []).filter((one) => !old?.includes(one)).map((one) => `+ ${one}`);
  return [`${before.length}`, [`${after.length}:`, ...gone, ...come].join(" ")];
}

function itemText(item: unknown, paths: readonly string[] | undefined): string {
  const parts = (paths ?? []).flatMap((path) => {
    const value = valueAt(item, path);
    return value === undefined || value === "" ? [] : [plain(value)];
  });
  return parts.length === 0 ? plain(item) : parts.join(" ");
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The same value with marked parts put into words. */
function visible(value: unknown): unknown {
  if (unknowns.has(value)) return unknownText;
  if (Array.isArray(value)) return value.map(visible);
  if (!isRecord(value)) return value;
  if (Object.hasOwn(value, signatureKey)) {
    return value[signatureKey] === secretSignature ? "[secret]" : "[file or other special value]";
  }
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, visible(value[key])]),
  );
}

function canonical(value: unknown): string {
  return JSON.stringify(visible(value)) ?? "";
}

function isMarked(value: unknown): boolean {
  return unknowns.has(value) || value === "[secret]" || (isRecord(value) && Object.hasOwn(value, signatureKey));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
