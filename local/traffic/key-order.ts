import type { Random } from "./random.ts";

/** Services do not promise an order of keys (reference 1.1): the usual one and some others to draw from. */
export function keyOrders(keys: readonly string[], random: Random): string[][] {
  return [[...keys], [...keys], [...keys], shuffled(keys, random), shuffled(keys, random), shuffled(keys, random)];
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, rank: random.float() }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ item }) => item);
}

/** JSON text of a record with nested values, whose own keys stand in another order now and then. */
export function nestedRecordText(record: Readonly<Record<string, unknown>>, random: Random): string {
  if (!random.chance(0.2)) return JSON.stringify(record);
  return JSON.stringify(Object.fromEntries(shuffled(Object.entries(record), random)));
}
