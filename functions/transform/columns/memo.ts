import type { Interner } from "./interner.ts";

/** Remembers a number per id of an interner, so that what follows from a text is found out once per distinct text. */
export class Memo {
  private values = new Float64Array(256).fill(Number.NaN);
  private generation = 0;
  private readonly interner: Interner;

  constructor(interner: Interner) {
    this.interner = interner;
  }

  /** @param compute gives the number for an id that was not asked for yet */
  get(id: number, compute: (id: number) => number): number {
    if (this.generation !== this.interner.generation) {
      this.generation = this.interner.generation;
      this.values.fill(Number.NaN);
    }
    if (id >= this.values.length) {
      const larger = new Float64Array(Math.max(id + 1, this.values.length * 2)).fill(Number.NaN);
      larger.set(this.values);
      this.values = larger;
    }
    const known = this.values[id] ?? Number.NaN;
    if (!Number.isNaN(known)) return known;
    const value = compute(id);
    this.values[id] = value;
    return value;
  }
}
