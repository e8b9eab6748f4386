/** Reading values that somebody else wrote: of any shape, and in a preview perhaps not known yet. */
import { isRecord } from "../limits/problems.ts";
import { unknownPath } from "./unknown-value.ts";

/** Properties of a resource, as the engine hands them over: reading one that is not known throws UnknownValueError. */
export type Props = Readonly<Record<string, unknown>>;

/**
 * A value without the engine's proxies, every part of it read.
 *
 * @throws UnknownValueError where any part of it is not known
 */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, plain);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, plain(value[key])]));
}

/** Whether `look` comes upon a value that is not known. */
export function isUnknown(look: () => unknown): boolean {
  try {
    plain(look());
    return false;
  } catch (error) {
    if (unknownPath(error) === undefined) throw error;
    return true;
  }
}

/** What `look` finds; undefined where it comes upon a value that is not known. For what only makes a message better. */
export function ifKnown(look: () => unknown): unknown {
  try {
    return look();
  } catch (error) {
    if (unknownPath(error) === undefined) throw error;
    return undefined;
  }
}

/** A member of an object; undefined where it is no object. @throws UnknownValueError */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** One text or a list of texts, as a list. @throws UnknownValueError */
export function texts(value: unknown): readonly string[] {
  const list = plain(value);
  return (Array.isArray(list) ? list : [list]).filter((item) => typeof item === "string");
}

/** An object, or JSON text of one; undefined for anything else. @throws UnknownValueError */
export function jsonObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const read = plain(value);
  if (typeof read !== "string") return isRecord(read) ? read : undefined;
  try {
    const parsed: unknown = JSON.parse(read);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
