/** One view per table of the catalog, over the Parquet files of a lake. */
import { partitionKey } from "../../catalog/common.ts";
import { tableColumns } from "../../catalog/index.ts";
import type { FieldType, Table } from "../../catalog/types.ts";

const duckdbTypes: Record<FieldType, string> = {
  string: "VARCHAR",
  json: "VARCHAR",
  int: "INTEGER",
  bigint: "BIGINT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP",
};

export interface LakeColumn {
  readonly name: string;
  /** As DuckDB writes it. */
  readonly type: string;
}

/** Columns of a table's view: the catalog's, then the partition key, which is text as in Athena. */
export function viewColumns(table: Table): readonly LakeColumn[] {
  return [
    ...tableColumns(table).map((field) => ({ name: field.name, type: duckdbTypes[field.type] })),
    { name: partitionKey, type: "VARCHAR" },
  ];
}

/** A text literal of SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name of SQL, safe whatever is in it. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The same folder as a pattern that matches nothing else: names of folders may hold what is special in patterns. */
export function globOf(folder: string): string {
  return folder.replace(/[[*?]/g, "[$&]");
}

/** Relation over all files of a table; every file may lack columns that later ones have. */
export function filesOf(lakeDir: string, table: Table): string {
  const pattern = literal(`${globOf(lakeDir)}/${table.id}/${partitionKey}=*/*.parquet`);
  return `read_parquet(${pattern}, hive_partitioning = true, hive_types = {'${partitionKey}': VARCHAR}, union_by_name = true)`;
}

/**
 * Definition of a table's view: the columns of the catalog with its types, whatever the files have.
 *
 * @param found columns of the files, or undefined when there are no files: then the view is empty
 */
export function viewDefinition(lakeDir: string, table: Table, found: readonly LakeColumn[] | undefined): string {
  const columns = viewColumns(table).map(({ name, type }) => {
    const column = found?.find((candidate) => candidate.name === name);
    if (!column) return `cast(null as ${type}) as ${identifier(name)}`;
    // A cast hides a column's statistics from the reader, so it is made only where it is needed.
    return column.type === type ? identifier(name) : `cast(${identifier(name)} as ${type}) as ${identifier(name)}`;
  });
  const from = found ? `from ${filesOf(lakeDir, table)}` : "where false";
  return `create view ${identifier(table.id)} as select ${columns.join(", ")} ${from}`;
}
