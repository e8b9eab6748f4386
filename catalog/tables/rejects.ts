import type { Table } from "../types.ts";

/** Not fed by a source: the transform writes what it could not make a row of. */
export const rejects: Table = {
  id: "rejects",
  doc: "Records that could not become a row: why, where they stand, and their text. event_time is when the landing object was written.",
  fields: [
    {
      name: "reason",
      type: "string",
      doc: "Machine-readable reason; the README explains each.",
      from: ["reason"],
    },
    { name: "detail", type: "string", doc: "What was wrong, for a person.", from: ["detail"] },
    {
      name: "raw",
      type: "string",
      personal: "text-with-ip",
      doc: "The record's text, up to 1 MiB.",
      from: ["raw"],
      distinct: "many",
    },
    {
      name: "raw_encoding",
      type: "string",
      doc: "`utf8`; or `base64` where the bytes are no text; NULL where raw is.",
      from: ["raw_encoding"],
    },
    {
      name: "raw_bytes",
      type: "bigint",
      unit: "bytes",
      doc: "Length of the record, also where raw is cut.",
      from: ["raw_bytes"],
    },
    {
      name: "position_bytes",
      type: "bigint",
      unit: "bytes",
      doc: "Where the record begins in the uncompressed content; for compressed bytes that do not inflate, in the object itself.",
      from: ["position_bytes"],
    },
  ],
};
