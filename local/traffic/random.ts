/**
 * Reproducible randomness: a small counter-based generator (sfc32, Doty-Humphrey) with named sub-streams.
 *
 * Every part of the simulation draws from a stream of its own name, so that a new part does not shift the others.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(a: number, b: number, c: number) {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    // The first outputs still show the seed; the author of sfc32 advises to skip twelve.
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** Integer 0 … 2³²−1. */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** Number in [0, 1). */
  float(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** Number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.float();
  }

  /** Integer in [0, count). */
  int(count: number): number {
    return Math.floor(this.float() * count);
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  /** Waiting time of a Poisson process, in units of 1/rate. */
  exponential(rate: number): number {
    return -Math.log(1 - this.float()) / rate;
  }

  /** Log-normal with this median; `sigma` is the standard deviation of the logarithm. */
  logNormal(median: number, sigma: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.float())) * Math.cos(2 * Math.PI * this.float());
    return median * Math.exp(sigma * normal);
  }

  /** @throws RangeError when there is nothing to choose from */
  pick<T>(items: readonly T[]): T {
    const item = items[this.int(items.length)];
    if (item === undefined) throw new RangeError("nothing to choose from: the list is empty");
    return item;
  }

  hex(length: number): string {
    let text = "";
    while (text.length < length) text += this.uint32().toString(16).padStart(8, "0");
    return text.slice(0, length);
  }

  digits(length: number): string {
    let text = "";
    while (text.length < length) text += String(this.uint32() % 1_000_000).padStart(6, "0");
    return text.slice(0, length);
  }

  /** Letters of both cases and digits. */
  alphanumeric(length: number): string {
    let text = "";
    while (text.length < length) {
      let word = this.uint32();
      // 62⁵ < 2³²: one draw is good for five characters.
      for (let index = 0; index < 5; index++) {
        text += alphabet.charAt(word % 62);
        word = Math.floor(word / 62);
      }
    }
    return text.slice(0, length);
  }

  /** UUID in the form of version 4. */
  uuid(): string {
    const text = this.hex(32);
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${"89ab".charAt(this.int(4))}${text.slice(17, 20)}-${text.slice(20)}`;
  }
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Stream of the given name: the same seed and path give the same numbers, other ones independent numbers. */
export function randomStream(seed: number, ...path: readonly (string | number)[]): Random {
  const text = [seed, ...path].join("\u0000");
  return new Random(hash(text, 0x9e3779b9), hash(text, 0x243f6a88), hash(text, 0xb7e15162));
}

/** FNV-1a with the finaliser of MurmurHash3, so that neighbouring paths end far apart. */
function hash(text: string, basis: number): number {
  let state = basis | 0;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}

/** A choice among items of different weight. */
export class Weighted<T> {
  readonly items: readonly T[];
  readonly #upTo: readonly number[];
  readonly total: number;

  constructor(items: readonly T[], weight: (item: T, index: number) => number) {
    let sum = 0;
    this.items = items;
    this.#upTo = items.map((item, index) => {
      sum += weight(item, index);
      return sum;
    });
    this.total = sum;
  }

  /** @throws RangeError when there is nothing to choose from */
  pick(random: Random): T {
    const point = random.float() * this.total;
    const item = this.items[this.#upTo.findIndex((limit) => point < limit)];
    if (item === undefined) throw new RangeError("nothing to choose from: no item has weight");
    return item;
  }
}
