/** MediaTailor and MediaPackage of a stack file, for tests. */
import { output } from "@pulumi/pulumi";
import { catalog } from "../../catalog/index.ts";
import { parseConfig } from "../../infra/config.ts";
import { MediaPackage } from "../../infra/media-package.ts";
import { MediaTailor } from "../../infra/media-tailor.ts";
import { planSources } from "../../infra/source-plan.ts";
import { Streams } from "../../infra/streams.ts";
import { deployment } from "./mocks.ts";

const code = { directory: "tests/infra/stacks", handler: "index.handler" };
const landing = { name: "landing-bucket", arn: "arn:aws:s3:::landing-bucket" };
const lake = { name: output("lake"), arn: output("arn:aws:s3:::lake"), writable: output("lake") };
/** Of a configuration that others manage. */
export const arn = "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/0a1b";
/** All that a configuration made here has to say. */
export const urls = {
  adDecisionServerUrl: "https://ads.example.com/vast",
  videoContentSourceUrl: "https://origin.example.com/live",
};

/** The configuration of a stack file in dev, and its plan. */
export function planned(values: Readonly<Record<string, unknown>>) {
  const given = Object.entries({ environment: "dev", ...values }).map(
    ([key, value]) => [`aircheck:${key}`, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  const config = parseConfig(Object.fromEntries(given), 0);
  return { config, plan: planSources(config, catalog) };
}

export function streamsOf({ config, plan }: ReturnType<typeof planned>): Streams {
  return new Streams("streams", {
    ...config.firehose,
    streams: plan.streams,
    landing,
    logRetentionDays: 7,
    deployment,
  });
}

/** Both services, MediaPackage's deliveries after MediaTailor's, as in the program. */
export function mediaOf(values: Readonly<Record<string, unknown>>): void {
  const asked = planned(values);
  const streams = streamsOf(asked);
  const { lastDelivery } = new MediaTailor("mt", {
    ...asked,
    streams,
    lake,
    adoptedRoleArn: undefined,
    loggingCode: code,
    deployment,
  });
  new MediaPackage("mp", { ...asked, streams, after: lastDelivery, deployment });
}

export const mediaTailorOf = (values: Readonly<Record<string, unknown>>) => () => {
  const asked = planned({ mediaTailor: values });
  return new MediaTailor("mt", {
    ...asked,
    streams: streamsOf(asked),
    lake,
    adoptedRoleArn: undefined,
    loggingCode: code,
    deployment,
  });
};

export const mediaPackageOf = (values: Readonly<Record<string, unknown>>) => () => {
  const asked = planned({ mediaPackage: values });
  return new MediaPackage("mp", { ...asked, streams: streamsOf(asked), after: undefined, deployment });
};
