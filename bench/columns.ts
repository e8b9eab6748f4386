/** The columns that every contestant has to fill, from the catalog. */
import { catalog, tableColumns } from "../catalog/index.ts";
import type { Field, RecordField } from "../catalog/types.ts";

const table = catalog.tables.find(({ id }) => id === "mediapackage_egress");
if (!table) throw new Error("the catalog has no mediapackage_egress");

/** Raw columns: those that are not computed from others. */
export const rawColumns: readonly RecordField[] = tableColumns(table).filter(
  (field: Field): field is RecordField => "from" in field,
);

/** Keys of a MediaPackage v1 egress record. */
export const recordKeys: readonly string[] = [
  "timestamp",
  "request",
  ...rawColumns.flatMap(({ from }) => from).filter((key) => !key.startsWith("@") && !key.includes("_")),
];

/** Key of a v1 record that fills a column, if one does. */
export function keyOf(field: RecordField): string | undefined {
  return field.from.find((key) => recordKeys.includes(key));
}
