/** The Glue database, a table for each of the lake's, and one for what Firehose could not deliver. */
import { CatalogDatabase } from "@pulumi/aws/glue/catalogDatabase.js";
import { CatalogTable } from "@pulumi/aws/glue/catalogTable.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  interpolate,
  type Output,
  output,
} from "@pulumi/pulumi";
import { type Catalog, lakeTables } from "../catalog/index.ts";
import type { Table } from "../catalog/types.ts";
import { glueColumns, gluePartition, projectionParameters } from "./glue-columns.ts";

export interface LakeTablesArgs {
  readonly database: string;
  readonly catalog: Catalog;
  readonly lakeBucket: Input<string>;
  /** Ends in a slash. */
  readonly lakePrefix: string;
  readonly landingBucket: Input<string>;
  /** How long objects of Firehose's errors stay, in days. */
  readonly errorDays: number;
}

/** Table of the objects that Firehose writes where delivery failed. */
export const firehoseErrorsTable = "firehose_errors";

export class LakeTables extends ComponentResource {
  readonly database: Output<string>;
  /** Names of the lake's tables, `rejects` last. */
  readonly tables: readonly string[];

  constructor(name: string, args: LakeTablesArgs, opts?: ComponentResourceOptions) {
    super("aircheck:query:LakeTables", name, {}, opts);
    const child = { parent: this };
    // The name is given because people type it, and Athena wants quotes around the hyphen of a generated one.
    const database = new CatalogDatabase(
      name,
      { name: args.database, description: "Logs of MediaTailor and MediaPackage, and who changed them" },
      child,
    );
    const tables = lakeTables(args.catalog);
    for (const table of tables) {
      const location = interpolate`s3://${args.lakeBucket}/${args.lakePrefix}${table.id}`;
      new CatalogTable(`${name}-${table.id}`, { databaseName: database.name, ...parquetTable(table, location) }, child);
    }
    new CatalogTable(`${name}-${firehoseErrorsTable}`, { databaseName: database.name, ...firehoseErrors(args) }, child);
    this.database = database.name;
    this.tables = tables.map(({ id }) => id);
    this.registerOutputs({ database: this.database, tables: this.tables });
  }
}

function parquetTable(table: Table, location: Output<string>) {
  return {
    name: table.id,
    description: table.doc,
    tableType: "EXTERNAL_TABLE",
    parameters: location.apply(projectionParameters),
    partitionKeys: [{ ...gluePartition }],
    storageDescriptor: {
      location: interpolate`${location}/`,
      columns: glueColumns(table).map((column) => ({ ...column })),
      inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
      serDeInfo: {
        name: "parquet",
        serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
        parameters: { "serialization.format": "1" },
      },
    },
  };
}

/** Error objects are JSON lines; the names of their keys differ in case between kinds of errors (reference 8.2). */
const errorColumns = [
  { name: "attemptsmade", type: "string", comment: "How often delivery was tried." },
  { name: "arrivaltimestamp", type: "string", comment: "When the record arrived, epoch milliseconds." },
  { name: "attemptendingtimestamp", type: "string", comment: "When the last try ended, epoch milliseconds." },
  { name: "errorcode", type: "string", comment: "What failed." },
  { name: "errormessage", type: "string", comment: "What failed, for a person." },
  { name: "rawdata", type: "string", comment: "The record as received, base64." },
];

function firehoseErrors({ landingBucket, catalog, errorDays }: LakeTablesArgs) {
  const location = output(landingBucket).apply((bucket) => `s3://${bucket}/errors`);
  return {
    name: firehoseErrorsTable,
    description: "What Firehose could not deliver, by source, kind of error and day of arrival",
    tableType: "EXTERNAL_TABLE",
    parameters: location.apply((root) => ({
      EXTERNAL: "TRUE",
      classification: "json",
      "projection.enabled": "true",
      "projection.source.type": "enum",
      "projection.source.values": catalog.sources.map(({ id }) => id).join(","),
      "projection.error_type.type": "enum",
      "projection.error_type.values": "processing-failed,decompression-failed,format-conversion-failed",
      "projection.day.type": "date",
      "projection.day.format": "yyyy/MM/dd",
      "projection.day.range": `NOW-${errorDays}DAYS,NOW+1DAYS`,
      "projection.day.interval": "1",
      "projection.day.interval.unit": "DAYS",
      "storage.location.template": `${root}/\${source}/\${error_type}/\${day}/`,
    })),
    partitionKeys: [
      { name: "source", type: "string", comment: "Id of the source." },
      { name: "error_type", type: "string", comment: "Firehose's name for the kind of error." },
      { name: "day", type: "string", comment: "UTC day of arrival, yyyy/MM/dd." },
    ],
    storageDescriptor: {
      location: interpolate`${location}/`,
      columns: errorColumns,
      inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
      serDeInfo: {
        name: "json",
        serializationLibrary: "org.openx.data.jsonserde.JsonSerDe",
        parameters: { "case.insensitive": "true", "ignore.malformed.json": "true" },
      },
    },
  };
}
