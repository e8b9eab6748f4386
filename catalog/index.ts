/** The single definition of what is collected: sources, tables, fields. Data only; see `types.ts` for the vocabulary. */
import { leadingFields, trailingFields } from "./common.ts";
import { auroraAuditSource } from "./sources/aurora-audit.ts";
import { cloudtrail } from "./sources/cloudtrail.ts";
import { mediapackageV1Egress, mediapackageV1Ingress } from "./sources/mediapackage-v1.ts";
import { mediapackageV2Egress, mediapackageV2Ingress } from "./sources/mediapackage-v2.ts";
import {
  mediatailorAdsSource,
  mediatailorAsRunSource,
  mediatailorManifestSource,
  mediatailorTranscodeSource,
} from "./sources/mediatailor.ts";
import { auroraAudit } from "./tables/aurora-audit.ts";
import { cloudtrailEvents } from "./tables/cloudtrail-events.ts";
import { mediapackageEgress } from "./tables/mediapackage-egress.ts";
import { mediapackageIngress } from "./tables/mediapackage-ingress.ts";
import { mediatailorAds } from "./tables/mediatailor-ads.ts";
import { mediatailorAsRun } from "./tables/mediatailor-as-run.ts";
import { mediatailorManifest } from "./tables/mediatailor-manifest.ts";
import { mediatailorTranscode } from "./tables/mediatailor-transcode.ts";
import { rejects } from "./tables/rejects.ts";
import type { Catalog, Field, Source, Table } from "./types.ts";
import { validateCatalog } from "./validate.ts";

export type { Catalog } from "./types.ts";

export const defaultSources: readonly Source[] = [
  mediapackageV1Egress,
  mediapackageV1Ingress,
  mediapackageV2Egress,
  mediapackageV2Ingress,
  mediatailorAdsSource,
  mediatailorManifestSource,
  mediatailorTranscodeSource,
  mediatailorAsRunSource,
  cloudtrail,
  auroraAuditSource,
];

export const defaultTables: readonly Table[] = [
  mediapackageEgress,
  mediapackageIngress,
  mediatailorAds,
  mediatailorManifest,
  mediatailorTranscode,
  mediatailorAsRun,
  cloudtrailEvents,
  auroraAudit,
];

/**
 * Puts sources and tables together and checks that they fit.
 *
 * @throws CatalogError with every mistake in one message.
 */
export function createCatalog(sources: readonly Source[], tables: readonly Table[]): Catalog {
  const catalog: Catalog = { sources, tables, rejects };
  validateCatalog(catalog);
  return catalog;
}

/** What aircheck collects as shipped. */
export const catalog: Catalog = createCatalog(defaultSources, defaultTables);

/** Every table of the lake, `rejects` last. */
export function lakeTables(of: Catalog): readonly Table[] {
  return [...of.tables, of.rejects];
}

/** All columns of a table in lake order; the partition key is not among them. */
export function tableColumns(table: Table): readonly Field[] {
  return [...leadingFields, ...table.fields, ...trailingFields];
}
