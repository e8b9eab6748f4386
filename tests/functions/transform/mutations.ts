/** Ways in which bytes go wrong, and landing objects of which some parts went wrong. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { anyRecord, cloudTrail, controlMessage, envelope, type TestRecord, v1Egress } from "./records.ts";

export type Mutation = (bytes: Buffer) => Buffer;

/** Where in a text, as a part of its length, so that it fits any. */
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (part: number, bytes: Buffer): number => Math.floor(part * bytes.length);

const flip = fc.tuple(place, fc.integer({ min: 0, max: 7 })).map(
  ([part, bit]): Mutation =>
    (bytes) => {
      const copy = Buffer.from(bytes);
      const index = at(part, bytes);
      if (index < copy.length) copy[index] = (copy[index] ?? 0) ^ (1 << bit);
      return copy;
    },
);

const cut = fc.tuple(place, place).map(
  ([a, b]): Mutation =>
    (bytes) => {
      const [from, to] = [at(Math.min(a, b), bytes), at(Math.max(a, b), bytes)];
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    },
);

const cutEnd = place.map(
  (part): Mutation =>
    (bytes) =>
      bytes.subarray(0, at(part, bytes)),
);

/** Without brackets: a bracket can end an envelope early, and then its other records are in another place, not lost. */
const noise = fc
  .uint8Array({ minLength: 1, maxLength: 12 })
  .map((bytes) => Buffer.from(bytes.map((byte) => ("[]{}".includes(String.fromCharCode(byte)) ? 0x20 : byte))));
const insert = fc.tuple(place, noise).map(
  ([part, more]): Mutation =>
    (bytes) => {
      const index = at(part, bytes);
      return Buffer.concat([bytes.subarray(0, index), more, bytes.subarray(index)]);
    },
);

const replaced = fc
  .oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc
      .constantFrom("null", '"text"', "12", "{}", '{"timestamp":"2020-07-13T00:00:00Z"}', "0")
      .map((s) => Buffer.from(s)),
  )
  .map(
    (text): Mutation =>
      () =>
        text,
  );

/** Something that happens to the bytes of one record, or of one gzip member. */
export const damage: fc.Arbitrary<Mutation> = fc.oneof(flip, cut, cutEnd, insert);
export const recordDamage: fc.Arbitrary<Mutation> = fc.oneof(damage, damage, replaced);

/** A landing object, and the records in it that nothing was done to. */
export interface Damaged {
  readonly bytes: Buffer;
  readonly untouched: readonly TestRecord[];
}

interface Part {
  /** Text of the part, uncompressed. */
  readonly text: Buffer;
  readonly untouched: readonly TestRecord[];
}

/** How records stand beside each other; a mutation falls on one of them. */
const layouts: Readonly<Record<string, (texts: readonly Buffer[]) => Buffer>> = {
  "JSON lines": (texts) => Buffer.concat(texts.flatMap((text) => [text, Buffer.from("\n")])),
  "JSON lines with CRLF": (texts) => Buffer.concat(texts.flatMap((text) => [text, Buffer.from("\r\n")])),
  "Records array": (texts) => wrapped('{"Records":[', texts, "]}\n"),
  "JSON array": (texts) => wrapped("[\n", texts, "\n]\n"),
};

function wrapped(head: string, texts: readonly Buffer[], tail: string): Buffer {
  const joined = texts.flatMap((text, index) => (index > 0 ? [Buffer.from(","), text] : [text]));
  return Buffer.concat([Buffer.from(head), ...joined, Buffer.from(tail)]);
}

/** The envelope as it stands, with one of its log events changed. */
function envelopeWith(records: readonly TestRecord[], index: number, mutation: Mutation): Buffer {
  const whole = envelope(records);
  const event = JSON.stringify({
    id: `319531066${index}`,
    timestamp: 1_594_598_400_000,
    message: records[index]?.text ?? "",
  });
  const from = whole.indexOf(event);
  return Buffer.concat([
    Buffer.from(whole.slice(0, from)),
    mutation(Buffer.from(event)),
    Buffer.from(`${whole.slice(from + event.length)}\n`),
  ]);
}

/** A part of `count` records from number `first` on, one of which may be damaged. */
function partOf(first: number, names: readonly string[]): fc.Arbitrary<Part> {
  const count = fc.integer({ min: 1, max: 6 });
  const layout = fc.constantFrom(...names);
  const victim = fc.option(fc.tuple(fc.nat({ max: 5 }), recordDamage), { freq: 3 });
  return fc.tuple(count, layout, victim).map(([size, name, chosen]) => {
    // The records of an array begin alike, as those of one service do: that is how the next one is found after damage.
    const make = name === "Records array" ? cloudTrail : name === "JSON array" ? v1Egress : anyRecord;
    const records = Array.from({ length: size }, (_, n) => make(first + n));
    const index = chosen ? chosen[0] % size : -1;
    const mutation: Mutation = chosen ? chosen[1] : (bytes) => bytes;
    const untouched = records.filter((_, n) => n !== index);
    const layoutOf = layouts[name];
    if (!layoutOf) return { text: envelopeWith(records, Math.max(0, index), mutation), untouched };
    const texts = records.map(({ text }, n) => (n === index ? mutation(Buffer.from(text)) : Buffer.from(text)));
    return { text: layoutOf(texts), untouched };
  });
}

const parts = (most: number, names: readonly string[]): fc.Arbitrary<readonly Part[]> =>
  fc
    .tuple(...Array.from({ length: most }, (_, n) => partOf(n * 10, names)))
    .chain((all) => fc.nat({ max: most - 1 }).map((last) => all.slice(0, last + 1)));

const joined = (some: fc.Arbitrary<readonly Part[]>): fc.Arbitrary<Damaged> =>
  some.map((all) => ({
    bytes: Buffer.concat(all.map(({ text }) => text)),
    untouched: all.flatMap(({ untouched }) => untouched),
  }));

/** Parts of one kind one behind the other, not compressed; a JSON document is alone in its object. */
export const plainObject: fc.Arbitrary<Damaged> = fc.oneof(
  joined(parts(4, ["envelope"])),
  joined(parts(4, ["JSON lines", "JSON lines with CRLF"])),
  joined(parts(1, ["Records array"])),
  joined(parts(1, ["JSON array"])),
);

/** A gzip member per part; some members are damaged as such, and there may be padding and garbage between them. */
export const gzipObject: fc.Arbitrary<Damaged> = fc
  .tuple(
    parts(5, ["envelope", ...Object.keys(layouts)]),
    fc.array(fc.option(damage, { freq: 2 }), { minLength: 5, maxLength: 5 }),
    fc.array(fc.constantFrom("", "", "", "\0\0\0", "garbage", "\u001f\u008b\b"), { minLength: 5, maxLength: 5 }),
  )
  .map(([all, damages, between]) => {
    const pieces: Buffer[] = [];
    const untouched: TestRecord[] = [];
    for (const [index, part] of all.entries()) {
      const member = gzipSync(part.text, { level: 1 });
      const mutation = damages[index];
      pieces.push(mutation ? mutation(member) : member, Buffer.from(between[index] ?? "", "latin1"));
      if (!mutation) untouched.push(...part.untouched);
    }
    return { bytes: Buffer.concat(pieces), untouched };
  });

/** Envelopes inside envelopes, texts behind records, members in other orders and of other types. */
const odd: fc.Arbitrary<string> = fc.oneof(
  fc.nat({ max: 50 }).map((n) => envelope([anyRecord(n), { id: "", text: envelope([anyRecord(n + 1)]) }])),
  fc.nat({ max: 50 }).map((n) => envelope([{ id: "", text: `${anyRecord(n).text} and more` }])),
  fc.nat({ max: 50 }).map((n) => envelope([{ id: "", text: `${anyRecord(n).text}${anyRecord(n + 1).text}` }])),
  fc.nat({ max: 50 }).map((n) => `2020-07-13T00:00:00Z ${anyRecord(n).text} and more\n`),
  fc.nat({ max: 50 }).map((n) => JSON.stringify({ "@message": JSON.parse(anyRecord(n).text), "@timestamp": 1 })),
  fc
    .nat({ max: 50 })
    .map((n) => JSON.stringify([anyRecord(n).text, [], {}, 1, null, [{ field: "@message", value: "x" }]])),
  fc.nat({ max: 50 }).map((n) => reordered(envelope([anyRecord(n)]))),
  fc.nat({ max: 50 }).map((n) => JSON.stringify({ Records: anyRecord(n).text, events: 1, logEvents: { a: [1] } })),
  fc.constantFrom(
    controlMessage,
    "",
    "\n\n",
    '{"logEvents":[]}',
    '{"Records":[]}',
    "[]",
    "{}",
    "[[]]",
    '{"logEvents":',
  ),
  fc.constantFrom("]}", "}", '"', ",", "\u0000", "\ufeff", "[[[[", '{"Records":[', '{"a":', "1594598400000000,a,b"),
  fc.constantFrom("1594598400000000,ip,user,host,1,2,QUERY,db,'select 1',0\n", "and more of it\n", "x\n"),
);

function reordered(json: string): string {
  const value: unknown = JSON.parse(json);
  return typeof value === "object" && value !== null
    ? JSON.stringify(Object.fromEntries(Object.entries(value).reverse()), null, 1)
    : json;
}

/** Whole valid objects whose bytes were then hit anywhere, or bytes that never were anything. No record is safe. */
export const anything: fc.Arbitrary<Buffer> = fc.oneof(
  fc.tuple(plainObject, fc.array(damage, { maxLength: 4 })).map(([object, hits]) => hit(object.bytes, hits)),
  fc.tuple(gzipObject, fc.array(damage, { maxLength: 4 })).map(([object, hits]) => hit(object.bytes, hits)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => gzipSync(bytes)),
  fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text)),
  fc.array(odd, { maxLength: 8 }).map((texts) => Buffer.from(texts.join(""))),
  fc.array(odd, { maxLength: 8 }).map((texts) => Buffer.concat(texts.map((text) => gzipSync(text)))),
);

function hit(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce((now, mutation) => mutation(now), bytes);
}
