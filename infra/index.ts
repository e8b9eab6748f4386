/** The program: from configuration to outputs, one component after another. */
import { getStack } from "@pulumi/pulumi";
import { catalog } from "../catalog/index.ts";
import { savedQueries } from "../dashboards/index.ts";
import { Audit } from "./audit.ts";
import { bundleCode } from "./code.ts";
import { costBasisOf } from "./cost-basis.ts";
import { CostRecord } from "./cost-record.ts";
import { DeliveryRights } from "./delivery-rights.ts";
import { findDeployment } from "./deployment.ts";
import { checkExistingBuckets } from "./existing-buckets.ts";
import { LakeAccess } from "./lake-access.ts";
import { adoptRole } from "./logger-role.ts";
import { MediaPackage } from "./media-package.ts";
import { MediaTailor } from "./media-tailor.ts";
import { Pipeline } from "./pipeline.ts";
import { readConfig } from "./read-config.ts";
import { stackOutputs } from "./stack-outputs.ts";
import { Watch } from "./watch.ts";

const { config, plan } = readConfig(catalog);
const code = bundleCode(config, getStack());
const deployment = await findDeployment();

await checkExistingBuckets(config, deployment.region);
const { loggerRole } = config.mediaTailor;
const adoptedRoleArn = loggerRole.mode === "adopt" ? await adoptRole({ ...loggerRole, deployment }) : undefined;

const pipeline = new Pipeline("aircheck", { config, catalog, plan, code: code.transform, deployment });
const { storage, streams } = pipeline;

const access = new LakeAccess("aircheck", { config, catalog, queries: savedQueries, storage, deployment });

const mediaTailor = new MediaTailor("mediatailor", {
  config,
  plan,
  streams,
  lake: storage.lake,
  adoptedRoleArn,
  loggingCode: code.playbackLogging,
  deployment,
});

new MediaPackage("mediapackage", { config, plan, streams, after: mediaTailor.lastDelivery, deployment });

const audit = new Audit("audit", { config, plan, pipeline, code: code.transform, deployment });

const rights = new DeliveryRights("delivery", {
  landingArn: storage.landing.arn,
  vendedStreamArns: [...streams.of("vended").values()].map(({ arn }) => arn),
  deployment,
});

const watch = new Watch("aircheck", { config, plan, pipeline, access, audit, deployment });

const costBasis = costBasisOf(config, plan, deployment.region);
new CostRecord("cost", costBasis);

const {
  contractVersion,
  environment,
  lake,
  query,
  quickSight,
  pipeline: carriers,
  deliveryRights,
  mediaTailor: playback,
  aurora,
  alarmTopicArn,
  cost,
} = stackOutputs({ config, pipeline, access, mediaTailor, audit, rights, alarmTopicArn: watch.topicArn, costBasis });

export {
  alarmTopicArn,
  aurora,
  carriers as pipeline,
  contractVersion,
  cost,
  deliveryRights,
  environment,
  lake,
  playback as mediaTailor,
  query,
  quickSight,
};
