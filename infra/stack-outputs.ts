/** What the stack tells others, made of its components in the shape of the contract. */
import type { Output } from "@pulumi/pulumi";
import { partitionKey } from "../catalog/common.ts";
import { estimateCost } from "../limits/cost.ts";
import type { CostBasis } from "../limits/cost-basis.ts";
import { cents } from "../limits/money.ts";
import { priceList } from "../limits/price-list.ts";
import { knowsRegion } from "../limits/prices.ts";
import type { Audit } from "./audit.ts";
import type { AircheckConfig } from "./config.ts";
import type { DeliveryRights } from "./delivery-rights.ts";
import type { LakeAccess } from "./lake-access.ts";
import type { MediaTailor } from "./media-tailor.ts";
import { type AircheckOutputs, contractVersion } from "./outputs.ts";
import type { Pipeline } from "./pipeline.ts";
import { lakePrefix, samplingKey } from "./storage.ts";

export interface StackParts {
  readonly config: AircheckConfig;
  readonly pipeline: Pipeline;
  readonly access: LakeAccess;
  readonly mediaTailor: MediaTailor;
  readonly audit: Audit;
  readonly rights: DeliveryRights;
  readonly alarmTopicArn: Output<string> | undefined;
  readonly costBasis: CostBasis;
}

/** A shape with outputs in the place of values; unwrapped, it has to be the contract. */
type Pending<Shape> = { readonly [K in keyof Shape]: Shape[K] | Output<Shape[K]> | Pending<Shape[K]> };

export function stackOutputs(parts: StackParts): Pending<AircheckOutputs> {
  const { config, pipeline, access, mediaTailor, audit, rights } = parts;
  const { storage, streams, transform } = pipeline;
  const { quickSight } = access;
  return {
    contractVersion,
    environment: config.environment,
    lake: { bucket: storage.lake.name, prefix: lakePrefix, samplingKey },
    query: {
      database: access.tables.database,
      tables: [...access.tables.tables],
      partitionKey,
      workgroup: access.workgroup.name,
      resultsBucket: storage.results.name,
      readerPolicyArn: access.reader.policyArn,
      readerRoleArn: access.reader.roleArn ?? null,
    },
    quickSight: quickSight
      ? {
          dataSourceArn: quickSight.dataSourceArn,
          dataSetArns: quickSight.dataSetArns,
          queryDataSetArns: quickSight.queryDataSetArns,
          roleArn: quickSight.roleArn,
        }
      : null,
    pipeline: {
      landingBucket: storage.landing.name,
      queueArn: transform.queueArn,
      deadLetterQueueArn: transform.deadLetterArn,
      functionName: transform.functionName,
      trailQueueArn: audit.trailTransform?.queueReady ?? null,
      streams: Object.fromEntries(
        streams.all.map(({ sourceId, kind, name }) => [kind === "vended" ? `${sourceId}-vended` : sourceId, name]),
      ),
    },
    deliveryRights: rights.policyArns,
    mediaTailor: {
      loggerRoleArn: mediaTailor.loggerRoleArn ?? null,
      playbackEndpointPrefixes: mediaTailor.playbackEndpointPrefixes,
    },
    aurora: audit.aurora ? { roleArn: audit.aurora.roleArn, parameterGroups: audit.aurora.parameterGroups } : null,
    alarmTopicArn: parts.alarmTopicArn ?? null,
    cost: costOutput(parts.costBasis),
  };
}

function costOutput(basis: CostBasis): AircheckOutputs["cost"] {
  if (!knowsRegion(priceList, basis.region)) return null;
  return { monthlyUsd: cents(estimateCost(basis, priceList).monthlyUsd), basis: { ...basis } };
}
