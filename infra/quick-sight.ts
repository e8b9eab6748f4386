/** The lake in QuickSight: a data source on the stack's workgroup, and a data set for each table. */
import { DataSet } from "@pulumi/aws/quicksight/dataSet.js";
import { DataSource } from "@pulumi/aws/quicksight/dataSource.js";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { type Catalog, lakeTables } from "../catalog/index.ts";
import type { Table } from "../catalog/types.ts";
import { type LakeRights, readerStatements } from "./consumers.ts";
import { arnHere, fromThisAccount } from "./deployment.ts";
import type { Statement } from "./policy-document.ts";
import { quickSightColumns } from "./quick-sight-columns.ts";
import { type Audience, dataSetPermissions, dataSourcePermissions } from "./quick-sight-permissions.ts";
import { serviceRole } from "./service-role.ts";

export interface QuickSightArgs {
  readonly rights: LakeRights;
  readonly catalog: Catalog;
  readonly workgroup: Output<string>;
  readonly audience: Audience;
}

export class QuickSight extends ComponentResource {
  readonly roleArn: Output<string>;
  readonly dataSourceArn: Output<string>;
  /** By table. */
  readonly dataSetArns: Readonly<Record<string, Output<string>>>;

  constructor(name: string, args: QuickSightArgs, opts?: ComponentResourceOptions) {
    super("aircheck:query:QuickSight", name, {}, opts);
    const { rights, catalog, workgroup, audience } = args;
    const { deployment, database } = rights;
    const child = { parent: this };
    const id = quickSightId(deployment.stack);
    // A role of its own: QuickSight's account-wide role, which belongs to the account, need not know of the lake.
    const role = serviceRole(
      name,
      {
        service: "quicksight.amazonaws.com",
        description: "QuickSight queries the aircheck lake, read only",
        condition: fromThisAccount(deployment),
        statements: [...readerStatements(rights), ...browseStatements(rights)],
      },
      child,
    );
    const source = new DataSource(
      name,
      {
        dataSourceId: id,
        name: `aircheck ${deployment.stack}`,
        type: "ATHENA",
        parameters: { athena: { workGroup: workgroup, roleArn: role.ready } },
        permissions: dataSourcePermissions(audience),
      },
      child,
    );
    const dataSets = lakeTables(catalog).map((table) => {
      const dataSet = new DataSet(
        `${name}-${table.id}`,
        {
          dataSetId: `${id}-${table.id}`,
          name: `${table.id} (aircheck ${deployment.stack})`,
          // Weeks of logs do not fit into SPICE at a sane price; filters on dt keep a query below the workgroup's limit.
          importMode: "DIRECT_QUERY",
          ...tableMaps(table, source.arn, database),
          permissions: dataSetPermissions(audience),
        },
        child,
      );
      return [table.id, dataSet.arn] as const;
    });
    this.roleArn = role.arn;
    this.dataSourceArn = source.arn;
    this.dataSetArns = Object.fromEntries(dataSets);
    this.registerOutputs({ dataSourceArn: this.dataSourceArn });
  }
}

/** Ids are unique in an account and region, and allow neither dots nor spaces. */
export function quickSightId(stack: string): string {
  return `aircheck-${stack.replace(/[^A-Za-z0-9_-]+/g, "-")}`;
}

/** Keys of the maps allow letters, digits and hyphens only; each map has one entry. */
const onlyTable = "table";

function tableMaps(table: Table, dataSourceArn: Output<string>, database: Output<string>) {
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
    logicalTableMaps: [
      {
        logicalTableMapId: onlyTable,
        alias: table.id,
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
    ],
  };
}

/** What QuickSight asks for beside the queries themselves: it lists what there is, and streams results. */
function browseStatements({ workgroupArn, deployment }: LakeRights): readonly Statement[] {
  return [
    {
      Sid: "StreamResults",
      Action: ["athena:BatchGetQueryExecution", "athena:GetQueryResultsStream", "athena:ListQueryExecutions"],
      Resource: workgroupArn,
    },
    {
      Sid: "BrowseCatalog",
      Action: [
        "athena:GetDataCatalog",
        "athena:GetDatabase",
        "athena:GetTableMetadata",
        "athena:ListDatabases",
        "athena:ListTableMetadata",
      ],
      Resource: arnHere(deployment, "athena", "datacatalog/AwsDataCatalog"),
    },
    {
      // Lists of the account, which AWS grants as a whole or not at all.
      Sid: "ListAthena",
      Action: ["athena:ListDataCatalogs", "athena:ListEngineVersions", "athena:ListWorkGroups"],
      Resource: "*",
    },
  ];
}
