const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Whether JSON spells a text as it is, without escapes: found out when it is asked for first. */
const UNKNOWN = 0;
const PLAIN = 1;
const ESCAPED = 2;

/**
 * Gives equal byte strings the same small number, so that a text that repeats is stored, compared and looked at once.
 *
 * The bytes are UTF-8 without exception; who interns has checked that.
 */
export class Interner {
  /** How many distinct texts there are; ids run from 0. */
  count = 0;
  /** All texts one behind the other. */
  bytes = new Uint8Array(1024);
  private view = new DataView(this.bytes.buffer);
  /** Text `id` is `bytes[offsets[id], offsets[id + 1])`. */
  offsets = new Int32Array(65);
  /** Id that was given last, or -1: rows like to repeat the row before. */
  last = -1;
  /** Grows with every {@link clear}: ids of an older generation mean nothing any more. */
  generation = 0;
  private hashes = new Int32Array(64);
  private spellings = new Uint8Array(64);
  /** Open addressing, a power of two in size, ids + 1. */
  private slots = new Int32Array(128);

  get byteLength(): number {
    return this.offsets[this.count] ?? 0;
  }

  /** Id of `source[start, end)`; the text is copied when it is new. */
  intern(source: Uint8Array, start: number, end: number): number {
    const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
    return this.internHashed(view, start, end, hashOf(view, start, end));
  }

  /** As {@link intern}, for who has walked over the text already and hashed it on the way ({@link hashWord}, {@link hashByte}). */
  internHashed(source: DataView, start: number, end: number, unmixed: number): number {
    const hash = mixed(unmixed);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = (this.slots[slot] ?? 0) - 1;
      if (id < 0) break;
      if (this.hashes[id] === hash && this.holds(id, source, start, end)) {
        this.last = id;
        return id;
      }
      slot = (slot + 1) & mask;
    }
    return this.add(source, start, end, hash, slot);
  }

  internText(text: string): number {
    const bytes = encoder.encode(text);
    return this.intern(bytes, 0, bytes.length);
  }

  /**
   * If the text at `source[start…]` is the one given last, followed by `terminator`, the offset of that terminator; else -1.
   * Spares walking over the text: that it ends there follows from the match, as interned text was checked before. A text
   * that JSON cannot spell as it is, with a quote or backslash in it, never matches: there the same bytes mean another one.
   */
  matchLast(source: DataView, start: number, end: number, terminator: number): number {
    const { last } = this;
    if (last < 0) return -1;
    const from = this.offsets[last] ?? 0;
    const length = (this.offsets[last + 1] ?? 0) - from;
    const behind = start + length;
    if (behind >= end || source.getUint8(behind) !== terminator) return -1;
    return equal(this.view, from, source, start, length) && this.isPlain(last) ? behind : -1;
  }

  text(id: number): string {
    return decoder.decode(this.bytes.subarray(this.offsets[id], this.offsets[id + 1]));
  }

  clear(): void {
    this.count = 0;
    this.last = -1;
    this.generation++;
    this.slots.fill(0);
    this.spellings.fill(UNKNOWN);
  }

  private isPlain(id: number): boolean {
    if (this.spellings[id] === UNKNOWN) {
      const text = this.bytes.subarray(this.offsets[id], this.offsets[id + 1]);
      this.spellings[id] = text.some(isEscapedInJson) ? ESCAPED : PLAIN;
    }
    return this.spellings[id] === PLAIN;
  }

  private holds(id: number, source: DataView, start: number, end: number): boolean {
    const from = this.offsets[id] ?? 0;
    if ((this.offsets[id + 1] ?? 0) - from !== end - start) return false;
    return equal(this.view, from, source, start, end - start);
  }

  private add(source: DataView, start: number, end: number, hash: number, slot: number): number {
    const id = this.count++;
    const from = this.offsets[id] ?? 0;
    const behind = from + end - start;
    if (behind > this.bytes.length) {
      const larger = new Uint8Array(Math.max(behind, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, from));
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    let at = start;
    let to = from;
    for (; at + 4 <= end; at += 4, to += 4) this.view.setInt32(to, source.getInt32(at));
    for (; at < end; at++, to++) this.view.setUint8(to, source.getUint8(at));
    if (id + 2 > this.offsets.length) {
      this.offsets = grown(this.offsets);
      this.hashes = grown(this.hashes);
      const spellings = new Uint8Array(this.hashes.length);
      spellings.set(this.spellings);
      this.spellings = spellings;
    }
    this.offsets[id + 1] = behind;
    this.hashes[id] = hash;
    this.slots[slot] = id + 1;
    if (this.count * 2 > this.slots.length) this.rehash();
    this.last = id;
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 4);
    const mask = slots.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = (this.hashes[id] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }
}

function isEscapedInJson(byte: number): boolean {
  return byte < 0x20 || byte === 0x22 || byte === 0x5c;
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/**
 * Hash of a text, four bytes at a time as long as there are four, then byte by byte: FNV-1a over words. Both steps are
 * also taken outside, by who walks over a text anyway.
 */
export const hashStart = 0x811c9dc5 | 0;

/** @param word four bytes, little-endian */
export function hashWord(hash: number, word: number): number {
  return Math.imul(hash ^ word, 0x01000193);
}

export function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/** Spreads the high bits, where the words' last bytes went, over the low ones, which choose the slot. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return once ^ (once >>> 13);
}

function hashOf(source: DataView, start: number, end: number): number {
  let hash = hashStart;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = hashWord(hash, source.getInt32(at, true));
  for (; at < end; at++) hash = hashByte(hash, source.getUint8(at));
  return hash;
}

function equal(a: DataView, aStart: number, b: DataView, bStart: number, length: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (a.getInt32(aStart + i) !== b.getInt32(bStart + i)) return false;
  for (; i < length; i++) if (a.getUint8(aStart + i) !== b.getUint8(bStart + i)) return false;
  return true;
}
