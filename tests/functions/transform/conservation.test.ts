/** The first promise: no log record is lost or silently changed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { transformBytes } from "./memory-lake.ts";
import { anything, type Damaged, gzipObject, plainObject } from "./mutations.ts";
import { type Cells, rowsAndRejects } from "./read-lake.ts";
import { anyRecord, cloudTrail, lines, v1Egress } from "./records.ts";

/** How a landing object may name the source: pinned by its key, or not at all. */
const keys = fc.constantFrom("exports/a", "landing/mediapackage-v1-egress/a.gz");

/** Columns that depend on what stood around the record. */
const surroundings = new Set(["landing_key", "event_id"]);

function ofRecord({ ...cells }: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).filter(([name]) => !surroundings.has(name)));
}

describe("conservation", () => {
  /** What each record becomes when it lands alone. */
  let alone: ReadonlyMap<string, Cells>;

  before(async () => {
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    const records = [anyRecord, cloudTrail, v1Egress].flatMap((make) => numbers.map((n) => make(n)));
    const { rows } = await rowsAndRejects(lines(records), { key: "exports/a" });
    alone = new Map(rows.map((row) => [idOf(row), ofRecord(row)]));
    assert.equal(alone.size, new Set(records.map(({ id }) => id)).size);
  });

  it("counts everything, whatever the bytes are: records = rows + rejects + control", async () => {
    await fc.assert(
      fc.asyncProperty(anything, keys, async (bytes, key) => {
        // A mistake is a ConservationError.
        const { report } = await transformBytes(bytes, { key });
        assert.equal(report.records, report.rows + report.rejects + report.control);
      }),
      { numRuns: 400 },
    );
  });

  it("keeps the records of gzip members whose neighbours are damaged", async () => {
    await fc.assert(
      fc.asyncProperty(gzipObject, (object) => survives(object)),
      { numRuns: 60 },
    );
  });

  it("keeps the records beside a damaged one, in any envelope", async () => {
    await fc.assert(
      fc.asyncProperty(plainObject, (object) => survives(object)),
      { numRuns: 80 },
    );
  });

  async function survives({ bytes, untouched }: Damaged): Promise<void> {
    const { rows } = await rowsAndRejects(bytes, { key: "exports/a" });
    const found = new Map(rows.map((row) => [idOf(row), ofRecord(row)]));
    for (const { id } of untouched) assert.deepEqual(found.get(id), alone.get(id), `the record ${id}`);
  }
});

/** The id that the record was given; CloudTrail's is the row's own. */
function idOf(row: Cells): string {
  return String(row.table === "cloudtrail_events" ? row.event_id : row.request_id);
}
