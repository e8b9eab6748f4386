/** Imperfect data, sprinkled thinly: what a lake meets in the long run should be seen in its rehearsal. */
import type { Random } from "./random.ts";
import type { LogRecord } from "./routes.ts";

/** Keys that appear in some records although no table of the catalog has them: they should end in `extra`. */
export const deliberateOddities = {
  "mediapackage-v1-egress": "edgeLocation",
  "mediapackage-v2-egress": "tls_version",
  "mediatailor-ads": "adDecisionLatencyMs",
} as const;

const unknownFields: Readonly<Record<string, string>> = {
  "mediapackage-v1-egress": `"${deliberateOddities["mediapackage-v1-egress"]}":"FRA56-P4"`,
  "mediapackage-v2-egress": `"${deliberateOddities["mediapackage-v2-egress"]}":"TLSv1.3"`,
  "mediatailor-ads": `"${deliberateOddities["mediatailor-ads"]}":212`,
};

/** How many records of a source pass until the next oddity of each kind. */
interface Rhythm {
  count: number;
  unknown: number;
  cut: number;
}

/** Now and then a record with a field that nobody knows, and rarely one that was cut off; the others pass unchanged. */
export function* withOddities(records: Iterable<LogRecord>, random: Random): Generator<LogRecord> {
  const rhythms = new Map<string, Rhythm>();
  for (const record of records) {
    const { sourceId } = record.route;
    const unknown = unknownFields[sourceId];
    if (unknown === undefined) {
      yield record;
      continue;
    }
    const rhythm = rhythms.get(sourceId) ?? { count: 0, unknown: 200 + random.int(200), cut: 450 + random.int(300) };
    rhythms.set(sourceId, rhythm);
    rhythm.count++;
    if (rhythm.count === rhythm.unknown) {
      rhythm.unknown += 6000 + random.int(6000);
      yield { ...record, text: `{${unknown},${record.text.slice(1)}` };
    } else if (rhythm.count === rhythm.cut) {
      rhythm.cut += 20_000 + random.int(20_000);
      yield { ...record, text: record.text.slice(0, Math.floor(record.text.length * random.between(0.3, 0.9))) };
    } else yield record;
  }
}
