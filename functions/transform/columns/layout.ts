import { tableColumns } from "../../../catalog/index.ts";
import type { Field, FieldType, Table } from "../../../catalog/types.ts";

/**
 * How a column is held in memory.
 *
 * `dictionary`: texts that repeat, as ids of an interner; `text`: texts that do not, and JSON.
 */
export type ColumnKind = "dictionary" | "text" | "int" | "bigint" | "double" | "boolean" | "timestamp";

export interface Column {
  readonly index: number;
  readonly name: string;
  readonly kind: ColumnKind;
  readonly field: Field;
}

/** The columns of a table in lake order. */
export interface Layout {
  readonly table: Table;
  readonly columns: readonly Column[];
  /** Index of a column by its name; the layout has no column of an unknown name. */
  indexOf(name: string): number;
}

const kinds: Record<FieldType, ColumnKind> = {
  string: "dictionary",
  json: "text",
  int: "int",
  bigint: "bigint",
  double: "double",
  boolean: "boolean",
  timestamp: "timestamp",
};

/** @param derived whether columns computed from others are wanted; a benchmark compares without them */
export function layoutOf(table: Table, derived = true): Layout {
  const fields = tableColumns(table).filter((field) => derived || !("rule" in field));
  const columns = fields.map((field, index) => {
    const single = field.type === "string" && "from" in field && field.distinct === "many";
    return { index, name: field.name, kind: single ? "text" : kinds[field.type], field } as const;
  });
  const indexes = new Map(columns.map((column) => [column.name, column.index]));
  return {
    table,
    columns,
    indexOf(name) {
      const index = indexes.get(name);
      if (index === undefined) throw new RangeError(`table ${table.id} has no column ${name}`);
      return index;
    },
  };
}
