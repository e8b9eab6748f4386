/** QuickSight's view of a lake table, derived from the catalog, and of a saved query's answer, derived from its chart. */
import { tableColumns } from "../catalog/index.ts";
import type { Field, FieldType, Table } from "../catalog/types.ts";
import type { Axis, Chart } from "../dashboards/index.ts";
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

const axisTypes: Readonly<Record<Axis["kind"], QuickSightType>> = {
  time: "DATETIME",
  quantity: "DECIMAL",
  category: "STRING",
  country: "STRING",
};

/** The columns that a chart shows, each once: its axes, its series, and the interval around an estimate. */
export function chartColumns({ x, y, series, interval }: Chart): readonly QuickSightColumn[] {
  const bound = (column: string, which: string): Axis => ({
    ...y,
    column,
    label: `${y.label}, ${which} of the 95 % interval`,
  });
  const axes = [
    x,
    y,
    ...(series ? [series] : []),
    ...(interval ? [bound(interval.low, "low end"), bound(interval.high, "high end")] : []),
  ];
  const columns = axes.map(({ column, label, kind, unit }) => ({
    name: column,
    type: axisTypes[kind],
    description: unit ? `${label} [${unit}]` : label,
    ...(kind === "country" && { geographicRole: "COUNTRY" as const }),
  }));
  return columns.filter(({ name }, index) => columns.findIndex((one) => one.name === name) === index);
}
