import type { Column } from "../columns/layout.ts";
import { type Key, NONE } from "./keys.ts";

/** Bytes at which walking over a text stops: its end, or something that only the careful way can handle. */
export const stops = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++)
  stops[byte] = byte < 0x20 || byte > 0x7f || byte === 0x22 || byte === 0x5c ? 1 : 0;

/** A key that the fast way can handle. */
export interface Step {
  readonly key: Key;
  readonly column: Column | undefined;
  /** The key with its quotes and colon, as it stands in a record. */
  readonly lead: Uint8Array;
  /** The key that followed this one last: services write records in a few orders. */
  next: Step | undefined;
}

/** The keys as they are spelled, with a guess at the next one and a table to look the others up. */
export class Steps {
  /** Stands before the first key of a record. */
  readonly first: Step;
  private readonly table: (Step | undefined)[];
  private readonly quote: number;

  constructor(keys: readonly Key[], columns: readonly Column[], quote: string) {
    this.quote = quote.length;
    this.table = new Array(256).fill(undefined);
    for (const key of keys) {
      const lead = Buffer.concat([Buffer.from(quote), key.bytes, Buffer.from(`${quote}:`)]);
      let slot = keyHash(lead, this.quote, this.quote + key.bytes.length);
      while (this.table[slot] !== undefined) slot = (slot + 1) & 255;
      this.table[slot] = { key, column: columns[key.column], lead, next: undefined };
    }
    const nothing = {
      bytes: new Uint8Array(0),
      column: NONE,
      rank: 0,
      isTime: false,
      isId: false,
      isUrl: false,
      members: undefined,
    };
    this.first = { key: nothing, column: undefined, lead: new Uint8Array(0), next: undefined };
  }

  /** The step whose key stands at `at`, most likely the one that followed `before` last; undefined for an unknown key. */
  after(before: Step, bytes: Uint8Array, at: number, end: number): Step | undefined {
    const guess = before.next;
    if (guess !== undefined && leads(guess, bytes, at)) return guess;
    const start = at + this.quote;
    let behind = start;
    while (behind < end && stops[bytes[behind] ?? 0] === 0) behind++;
    let slot = keyHash(bytes, start, behind);
    for (;;) {
      const step = this.table[slot];
      if (step === undefined) return undefined;
      if (leads(step, bytes, at)) {
        before.next = step;
        return step;
      }
      slot = (slot + 1) & 255;
    }
  }
}

/** From the back: the last bytes of keys differ most. */
function leads(step: Step, bytes: Uint8Array, at: number): boolean {
  const { lead } = step;
  for (let i = lead.length - 1; i >= 0; i--) if (bytes[at + i] !== lead[i]) return false;
  return true;
}

/** By length and three bytes: good enough for the few dozen keys of a source. */
function keyHash(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const mixed =
    length * 7 + (bytes[start] ?? 0) * 31 + (bytes[end - 1] ?? 0) * 17 + (bytes[start + (length >> 1)] ?? 0) * 5;
  return mixed & 255;
}
