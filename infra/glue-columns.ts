/** Glue's view of a lake table, derived from the catalog. */
import { firstDay, futureToleranceDays, partitionKey } from "../catalog/common.ts";
import { tableColumns } from "../catalog/index.ts";
import type { Field, FieldType, Table } from "../catalog/types.ts";

export interface GlueColumn {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

const hiveTypes: Readonly<Record<FieldType, string>> = {
  string: "string",
  json: "string",
  int: "int",
  bigint: "bigint",
  double: "double",
  boolean: "boolean",
  timestamp: "timestamp",
};

/** Longest comment that Glue takes, in characters. */
const longestComment = 255;

/** The columns of a table in lake order; the partition key is not among them. */
export function glueColumns(table: Table): readonly GlueColumn[] {
  return tableColumns(table).map((field) => ({
    name: field.name,
    type: hiveTypes[field.type],
    comment: columnComment(field),
  }));
}

/** What a column means and its unit; one line, because Glue takes no other. */
export function columnComment({ doc, unit }: Field): string {
  const text = (unit ? `${doc} [${unit}]` : doc).replace(/\s+/g, " ");
  return text.length <= longestComment ? text : `${text.slice(0, longestComment - 1)}…`;
}

/** The partition key of every lake table. */
export const gluePartition: GlueColumn = { name: partitionKey, type: "string", comment: "UTC day of the event." };

/**
 * Table parameters that make partitions known without registering them (reference 10.1).
 *
 * @param location of the table, without a slash at its end
 */
export function projectionParameters(location: string): Readonly<Record<string, string>> {
  return {
    EXTERNAL: "TRUE",
    classification: "parquet",
    "parquet.compression": "ZSTD",
    "projection.enabled": "true",
    [`projection.${partitionKey}.type`]: "date",
    [`projection.${partitionKey}.format`]: "yyyy-MM-dd",
    // A day more than events may lie ahead, so that the bound of the projection is never the bound of the data.
    [`projection.${partitionKey}.range`]: `${firstDay},NOW+${futureToleranceDays + 1}DAYS`,
    [`projection.${partitionKey}.interval`]: "1",
    [`projection.${partitionKey}.interval.unit`]: "DAYS",
    "storage.location.template": `${location}/${partitionKey}=\${${partitionKey}}/`,
  };
}
