/** What became of one or more landing objects. */
export interface TransformReport {
  /** Everything that was found: `records = rows + rejects + control`. */
  records: number;
  rows: number;
  rejects: number;
  /** CloudWatch control messages: they only test reachability. */
  control: number;
  bytesIn: number;
  /** Bytes of Parquet written, rejects included. */
  bytesOut: number;
  /** Per table, `rejects` among them when there are any. */
  tables: Record<string, { rows: number; files: number }>;
  rejectReasons: Record<string, number>;
  /** Input fields that the catalog does not know, with the number of records that had them: drift of the service's format. */
  unknownFields: Record<string, number>;
  /** Fields whose value did not fit the column, with the number of records. */
  misfitFields: Record<string, number>;
}

export function emptyReport(): TransformReport {
  return {
    records: 0,
    rows: 0,
    rejects: 0,
    control: 0,
    bytesIn: 0,
    bytesOut: 0,
    tables: {},
    rejectReasons: {},
    unknownFields: {},
    misfitFields: {},
  };
}

/** Adds `part` to `total` in place. */
export function addReport(total: TransformReport, part: TransformReport): void {
  for (const key of ["records", "rows", "rejects", "control", "bytesIn", "bytesOut"] as const) total[key] += part[key];
  for (const [table, { rows, files }] of Object.entries(part.tables)) {
    const sum = total.tables[table] ?? { rows: 0, files: 0 };
    total.tables[table] = { rows: sum.rows + rows, files: sum.files + files };
  }
  for (const key of ["rejectReasons", "unknownFields", "misfitFields"] as const) {
    for (const [name, count] of Object.entries(part[key])) total[key][name] = (total[key][name] ?? 0) + count;
  }
}

/** Records and outcomes do not add up: something would have been lost or doubled, so nothing may be called done. */
export class ConservationError extends Error {
  constructor(landingKey: string, report: TransformReport) {
    const { records, rows, rejects, control } = report;
    super(`${landingKey}: ${records} records, but ${rows} rows + ${rejects} rejects + ${control} control messages`);
    this.name = "ConservationError";
  }
}
