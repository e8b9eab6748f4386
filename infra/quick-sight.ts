/** The lake in QuickSight: a data source on the stack's workgroup, and a data set for each table and each charted query. */
import { DataSet } from "@pulumi/aws/quicksight/dataSet.js";
import { DataSource } from "@pulumi/aws/quicksight/dataSource.js";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { type Catalog, lakeTables } from "../catalog/index.ts";
import type { SavedQuery } from "../dashboards/index.ts";
import { type LakeRights, readerStatements } from "./consumers.ts";
import { arnHere, fromThisAccount, plainStackName } from "./deployment.ts";
import type { Statement } from "./policy-document.ts";
import { answerMaps, type ChartedQuery, tableMaps } from "./quick-sight-maps.ts";
import { type Audience, dataSetPermissions, dataSourcePermissions } from "./quick-sight-permissions.ts";
import { serviceRole } from "./service-role.ts";

export interface QuickSightArgs {
  readonly rights: LakeRights;
  readonly catalog: Catalog;
  /** Those without a chart are left out: nothing says what their columns hold. */
  readonly queries: readonly SavedQuery[];
  readonly workgroup: Output<string>;
  readonly audience: Audience;
}

export class QuickSight extends ComponentResource {
  readonly roleArn: Output<string>;
  readonly dataSourceArn: Output<string>;
  /** By table. */
  readonly dataSetArns: Readonly<Record<string, Output<string>>>;
  /** By saved query. */
  readonly queryDataSetArns: Readonly<Record<string, Output<string>>>;

  constructor(name: string, args: QuickSightArgs, opts?: ComponentResourceOptions) {
    super("aircheck:query:QuickSight", name, {}, opts);
    const { rights, catalog, queries, workgroup, audience } = args;
    const { deployment, database } = rights;
    const child = { parent: this };
    const id = plainStackName(deployment);
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
    // Weeks of logs do not fit into SPICE at a sane price; filters on dt keep a query below the workgroup's limit.
    const dataSet = (key: string, title: string, maps: ReturnType<typeof tableMaps | typeof answerMaps>) =>
      new DataSet(
        `${name}-${key}`,
        {
          dataSetId: `${id}-${key}`,
          name: `${title} (aircheck ${deployment.stack})`,
          importMode: "DIRECT_QUERY",
          ...maps,
          permissions: dataSetPermissions(audience),
        },
        child,
      ).arn;
    this.dataSetArns = Object.fromEntries(
      lakeTables(catalog).map((table) => [
        table.id,
        dataSet(table.id, table.id, tableMaps(table, source.arn, database)),
      ]),
    );
    this.queryDataSetArns = Object.fromEntries(
      queries
        .filter(isCharted)
        .map((query) => [query.id, dataSet(`query-${query.id}`, query.id, answerMaps(query, source.arn, database))]),
    );
    this.roleArn = role.arn;
    this.dataSourceArn = source.arn;
    this.registerOutputs({ dataSourceArn: this.dataSourceArn });
  }
}

function isCharted(query: SavedQuery): query is ChartedQuery {
  return query.chart !== undefined;
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
