/** What a data set of QuickSight is made of: a table of the lake, or the answer of a saved query. */
import { type Output, output } from "@pulumi/pulumi";
import type { Table } from "../catalog/types.ts";
import { type Chart, defaultHours, renderSql, type SavedQuery } from "../dashboards/index.ts";
import { chartColumns, type QuickSightColumn, quickSightColumns } from "./quick-sight-columns.ts";

/** Keys of the maps allow letters, digits and hyphens only; each map has one entry. */
const onlyTable = "table";

/** A whole table, as Athena shows it. */
export function tableMaps(table: Table, dataSourceArn: Output<string>, database: Output<string>) {
  const columns = quickSightColumns(table);
  return {
    physicalTableMaps: [
      {
        physicalTableMapId: onlyTable,
        relationalTable: {
          dataSourceArn,
          catalog: "AwsDataCatalog",
          schema: database,
          name: table.id,
          inputColumns: columns.map(({ name, type }) => ({ name, type })),
        },
      },
    ],
    logicalTableMaps: logicalTable(table.id, columns),
  };
}

/** A saved query whose answer has a chart. */
export interface ChartedQuery extends SavedQuery {
  readonly chart: Chart;
}

/** The answer of a saved query, of the hours before it is asked: the columns of its chart, estimates as the query makes them. */
export function answerMaps(query: ChartedQuery, dataSourceArn: Output<string>, database: Output<string>) {
  const columns = chartColumns(query.chart);
  const sql = renderSql(query, { kind: "last", hours: defaultHours });
  return {
    physicalTableMaps: [
      {
        physicalTableMapId: onlyTable,
        customSql: {
          dataSourceArn,
          name: query.id,
          sqlQuery: output(database).apply((name) => answerSql(columns, sql, { database: name, tables: query.tables })),
          columns: columns.map(({ name, type }) => ({ name, type })),
        },
      },
    ],
    logicalTableMaps: logicalTable(query.id, columns),
  };
}

const sqlTypes = { STRING: "varchar", INTEGER: "bigint", DECIMAL: "double", DATETIME: "timestamp", BOOLEAN: "boolean" };

/**
 * SQL that needs no current database, which QuickSight has none of: bare names of tables are made to mean those of the lake.
 * Casts make the types those that the data set declares, whatever the query calculates with.
 */
export function answerSql(
  columns: readonly QuickSightColumn[],
  sql: string,
  { database, tables }: { readonly database: string; readonly tables: readonly string[] },
): string {
  const named = tables.map((table) => `"${table}" as (select * from "${database}"."${table}")`);
  const cast = columns.map(({ name, type }) => `cast("${name}" as ${sqlTypes[type]}) as "${name}"`);
  return `with ${named.join(",\n  ")}\nselect ${cast.join(",\n  ")}\nfrom (\n${sql}\n) as answer`;
}

function logicalTable(alias: string, columns: readonly QuickSightColumn[]) {
  return [
    {
      logicalTableMapId: onlyTable,
      alias,
      source: { physicalTableId: onlyTable },
      dataTransforms: columns.map(({ name, description, geographicRole }) => ({
        tagColumnOperation: {
          columnName: name,
          tags: [
            { columnDescription: { text: description } },
            ...(geographicRole ? [{ columnGeographicRole: geographicRole }] : []),
          ],
        },
      })),
    },
  ];
}
