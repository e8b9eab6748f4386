/** How people get at the lake: tables, workgroup with saved queries, rights of readers, and QuickSight. */
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { Catalog } from "../catalog/index.ts";
import type { SavedQuery } from "../dashboards/index.ts";
import type { AircheckConfig } from "./config.ts";
import { LakeReader } from "./consumers.ts";
import type { Deployment } from "./deployment.ts";
import { LakeTables } from "./lake-tables.ts";
import { QueryWorkgroup } from "./query.ts";
import { QuickSight } from "./quick-sight.ts";
import { lakePrefix, type Storage } from "./storage.ts";

export interface LakeAccessArgs {
  readonly config: AircheckConfig;
  readonly catalog: Catalog;
  readonly queries: readonly SavedQuery[];
  readonly storage: Storage;
  readonly deployment: Deployment;
}

export class LakeAccess extends ComponentResource {
  readonly tables: LakeTables;
  readonly workgroup: QueryWorkgroup;
  readonly reader: LakeReader;
  readonly quickSight: QuickSight | undefined;

  constructor(name: string, args: LakeAccessArgs, opts?: ComponentResourceOptions) {
    super("aircheck:query:LakeAccess", name, {}, opts);
    const { config, catalog, queries, storage, deployment } = args;
    const { kmsKeyArn, retentionDays } = config.lake;
    const child = { parent: this };
    this.tables = new LakeTables(
      name,
      {
        database: config.athena.database ?? databaseName(deployment.stack),
        catalog,
        lakeBucket: storage.lake.name,
        lakePrefix,
        landingBucket: storage.landing.name,
        errorDays: retentionDays.landing,
      },
      child,
    );
    const { database } = this.tables;
    this.workgroup = new QueryWorkgroup(
      name,
      {
        database,
        resultsBucket: storage.results.writable,
        scanLimitGiB: config.athena.scanLimitGiB,
        kmsKeyArn,
        queries,
      },
      child,
    );
    const rights = {
      lake: storage.lake,
      results: storage.results,
      database,
      workgroupArn: this.workgroup.arn,
      kmsKeyArn,
      deployment,
    };
    this.reader = new LakeReader(`${name}-reader`, { rights, principals: config.consumers.principals }, child);
    const { enabled, principals: owners, readers } = config.quickSight;
    this.quickSight = enabled
      ? new QuickSight(
          `${name}-quicksight`,
          { rights, catalog, queries, workgroup: this.workgroup.name, audience: { owners, readers } },
          child,
        )
      : undefined;
    this.registerOutputs({});
  }
}

/** Athena's identifiers: lower-case letters, digits and underscores. */
export function databaseName(stack: string): string {
  return `aircheck_${stack.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`;
}
