/** Every example of the reference, and what real logs add to them, by source. */
import type { Example } from "../example.ts";
import { auroraAuditExamples } from "./aurora-audit.ts";
import { cloudtrailExamples } from "./cloudtrail.ts";
import { mediapackageV1EgressExamples, mediapackageV2EgressExamples } from "./mediapackage-egress.ts";
import { mediapackageV1IngressExamples, mediapackageV2IngressExamples } from "./mediapackage-ingress.ts";
import { mediatailorAdsExamples } from "./mediatailor-ads.ts";
import { mediatailorManifestExamples } from "./mediatailor-manifest.ts";
import { mediatailorAsRunExamples, mediatailorTranscodeExamples } from "./mediatailor-other.ts";

export const examplesBySource: ReadonlyMap<string, readonly Example[]> = new Map(
  [
    mediapackageV1EgressExamples,
    mediapackageV1IngressExamples,
    mediapackageV2EgressExamples,
    mediapackageV2IngressExamples,
    mediatailorAdsExamples,
    mediatailorManifestExamples,
    mediatailorTranscodeExamples,
    mediatailorAsRunExamples,
    cloudtrailExamples,
    auroraAuditExamples,
  ].map((examples) => [examples[0]?.source ?? "", examples]),
);
