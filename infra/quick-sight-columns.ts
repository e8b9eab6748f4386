/** QuickSight's view of a lake table, derived from the catalog. */
import { tableColumns } from "../catalog/index.ts";
import type { Field, FieldType, Table } from "../catalog/types.ts";
import { columnComment, gluePartition } from "./glue-columns.ts";

/** Types that an input column may have (QuickSight API reference, InputColumn). */
export type QuickSightType = "STRING" | "INTEGER" | "DECIMAL" | "DATETIME" | "BOOLEAN";

export interface QuickSightColumn {
  readonly name: string;
  readonly type: QuickSightType;
  readonly description: string;
  /** What a map needs to know; only for columns that hold a place. */
  readonly geographicRole?: "COUNTRY";
}

const quickSightTypes: Readonly<Record<FieldType, QuickSightType>> = {
  string: "STRING",
  // QuickSight's own JSON type is for sources that have one; in the lake it is text.
  json: "STRING",
  int: "INTEGER",
  bigint: "INTEGER",
  double: "DECIMAL",
  boolean: "BOOLEAN",
  timestamp: "DATETIME",
};

/** The columns of a table in lake order, the partition key last, as Athena shows them. */
export function quickSightColumns(table: Table): readonly QuickSightColumn[] {
  return [
    ...tableColumns(table).map((field) => ({
      name: field.name,
      type: quickSightTypes[field.type],
      description: columnComment(field),
      ...(holdsCountry(field) && { geographicRole: "COUNTRY" as const }),
    })),
    { name: gluePartition.name, type: quickSightTypes.string, description: gluePartition.comment },
  ];
}

function holdsCountry(field: Field): boolean {
  return "rule" in field && field.rule === "country";
}
