import type { Source } from "../../../catalog/types.ts";
import type { Layout } from "../columns/layout.ts";

/** No column, or no key. */
export const NONE = -1;

/** What a key of a record means for the row. */
export interface Key {
  /** UTF-8 of the key as it stands in the record. */
  readonly bytes: Uint8Array;
  /** Column that its value fills, or {@link NONE}. */
  column: number;
  /** Place among the keys that fill the column: the lowest wins. */
  rank: number;
  /** Its value is the event time. */
  isTime: boolean;
  /** Its value is the de-duplication key too. */
  isId: boolean;
  /** Its value is a whole URL, to be split. */
  isUrl: boolean;
  /** Keys of the object that stands there, when columns are filled from inside it. */
  members: KeyNode | undefined;
}

/** How many unknown keys are remembered per object: enough for any real record, bounded for a hostile one. */
const rememberedKeys = 1024;
const decoder = new TextDecoder("latin1");

/** The keys of an object: known ones, and unknown ones that were met. */
export class KeyNode {
  /** The keys in the order in which the object before had them: the next one will most likely have the same. */
  readonly expected: Key[] = [];
  private readonly keys = new Map<string, Key>();

  /** The key `bytes[start, end)`, as it stands in the record or with its escapes resolved. */
  find(bytes: Uint8Array, start: number, end: number): Key {
    const name = decoder.decode(bytes.subarray(start, end));
    const known = this.keys.get(name);
    if (known) return known;
    const key = unknownKey(bytes.slice(start, end));
    if (this.keys.size < rememberedKeys) this.keys.set(name, key);
    return key;
  }

  /** All keys that mean something. */
  defined(): readonly Key[] {
    return [...this.keys.values()].filter((key) => key.column !== NONE || key.isTime || key.isUrl || key.members);
  }

  /** The known key of this name, made when it is not there yet. */
  define(name: string): Key {
    // Map keys are Latin-1 readings of the UTF-8 bytes: cheap, and as good as any other one-to-one reading.
    const bytes = new TextEncoder().encode(name);
    const reading = decoder.decode(bytes);
    const key = this.keys.get(reading) ?? unknownKey(bytes);
    this.keys.set(reading, key);
    return key;
  }
}

/** Whether the key stands at `at`, right behind an opening quote, and ends there. */
export function standsAt(key: Key, bytes: Uint8Array, at: number): boolean {
  const name = key.bytes;
  const { length } = name;
  if (bytes[at + length] !== 0x22) return false;
  for (let i = 0; i < length; i++) if (name[i] !== bytes[at + i]) return false;
  return true;
}

function unknownKey(bytes: Uint8Array): Key {
  return { bytes, column: NONE, rank: 0, isTime: false, isId: false, isUrl: false, members: undefined };
}

/** The keys of a source's records: from the table's fields, the time field, the id field and the URL rule. */
export function keysOf(source: Source, layout: Layout): KeyNode {
  const root = new KeyNode();
  for (const { field, index } of layout.columns) {
    if (!("from" in field)) continue;
    for (const [rank, path] of field.from.entries()) {
      if (path.startsWith("@")) continue;
      const key = define(root, path.split("."));
      key.column = index;
      key.rank = rank;
    }
  }
  if (!source.timeField.startsWith("@")) root.define(source.timeField).isTime = true;
  if (source.idField) root.define(source.idField).isId = true;
  if (layout.table.url) root.define(layout.table.url.whole).isUrl = true;
  return root;
}

function define(root: KeyNode, path: readonly string[]): Key {
  let node = root;
  for (const name of path.slice(0, -1)) {
    const key = node.define(name);
    key.members ??= new KeyNode();
    node = key.members;
  }
  return node.define(path.at(-1) ?? "");
}
