import assert from "node:assert/strict";
import { CustomResource, output, runtime } from "@pulumi/pulumi";
import { catalog } from "../../catalog/index.ts";
import { readSamplingDocument } from "../../functions/transform/derive/sampling-document.ts";
import { parseConfig } from "../../infra/config.ts";
import type { LandingStream } from "../../infra/landing-stream.ts";
import { MediaPackage } from "../../infra/media-package.ts";
import { MediaTailor } from "../../infra/media-tailor.ts";
import { samplingDocument } from "../../infra/sampling.ts";
import { planSources } from "../../infra/source-plan.ts";
import { Streams } from "../../infra/streams.ts";
import { MissingStreamError, VendedDeliveries } from "../../infra/vended-deliveries.ts";
import { deployment } from "./mocks.ts";
import { registrationsOf } from "./registrations.ts";

const code = { directory: "tests/infra/stacks", handler: "index.handler" };
const landing = { name: "landing-bucket", arn: "arn:aws:s3:::landing-bucket" };
const lake = { name: output("lake"), arn: output("arn:aws:s3:::lake"), writable: output("lake") };
const arn = "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/0a1b";
const urls = {
  adDecisionServerUrl: "https://ads.example.com/vast",
  videoContentSourceUrl: "https://origin.example.com/live",
};

function planned(values: Readonly<Record<string, unknown>>) {
  const given = Object.entries({ environment: "dev", ...values }).map(
    ([key, value]) => [`aircheck:${key}`, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  const config = parseConfig(Object.fromEntries(given), 0);
  return { config, plan: planSources(config, catalog) };
}

function streamsOf({ config, plan }: ReturnType<typeof planned>): Streams {
  return new Streams("streams", {
    ...config.firehose,
    streams: plan.streams,
    landing,
    logRetentionDays: 7,
    deployment,
  });
}

const mediaTailorOf = (values: Readonly<Record<string, unknown>>) => () => {
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

const mediaPackageOf = (values: Readonly<Record<string, unknown>>) => () => {
  const asked = planned({ mediaPackage: values });
  return new MediaPackage("mp", { ...asked, streams: streamsOf(asked), after: undefined, deployment });
};

for (const preview of [true, false]) {
  describe(`media logging, in ${preview ? "a preview" : "an update"}`, () => {
    it("subscribes MediaTailor's fixed log groups, each to the stream of its source", async () => {
      const made = await registrationsOf(mediaTailorOf({}), { preview });
      assert.deepEqual(
        made.of("LogSubscriptionFilter").map(({ inputs }) => [inputs.logGroup, inputs.destinationArn]),
        [
          ["MediaTailor/AdDecisionServerInteractions", "mediatailor-ads"],
          ["MediaTailor/ManifestService", "mediatailor-manifest"],
          ["MediaTailor/TranscodeService", "mediatailor-transcode"],
        ].map(([group, id]) => [group, `arn:aws:firehose:us-west-2:123456789012:deliverystream/${id}-1234567`]),
      );
      assert.deepEqual(
        made
          .of("LogGroup")
          .filter(({ inputs }) => inputs.name)
          .map(({ inputs }) => inputs.retentionInDays),
        [7, 7, 7],
      );
    });

    it("makes no log group that belongs to others, and subscribes it all the same", async () => {
      const made = await registrationsOf(mediaTailorOf({ logGroups: "existing", asRun: true }), { preview });
      assert.deepEqual(
        made.of("LogGroup").map(({ name }) => name),
        ["streams"],
      );
      assert.equal(made.of("LogSubscriptionFilter").length, 4);
    });

    it("makes a configuration in full, its logging included", async () => {
      const configurations = {
        live: { ...urls, logging: { percent: 40, ads: { exclude: ["BEACON_RECEIVED"] } } },
      };
      const made = await registrationsOf(mediaTailorOf({ configurations }), { preview });
      const { name, logConfiguration, adDecisionServerUrl } = made.inputs(
        "aws-native:mediatailor:PlaybackConfiguration",
        "live",
      );
      assert.equal(name, "live");
      assert.equal(adDecisionServerUrl, urls.adDecisionServerUrl);
      assert.deepEqual(logConfiguration, {
        percentEnabled: 40,
        enabledLoggingStrategies: ["LEGACY_CLOUDWATCH"],
        adsInteractionLog: { publishOptInEventTypes: [], excludeEventTypes: ["BEACON_RECEIVED"] },
        manifestServiceInteractionLog: { excludeEventTypes: [] },
      });
    });

    it("sets the logging of an existing configuration through the function, and shows it on the component", async () => {
      const made = await registrationsOf(mediaTailorOf({ existingConfigurations: { kids: { percent: 30 } } }), {
        preview,
      });
      const wanted = {
        configuration: "kids",
        percent: 30,
        strategies: ["LEGACY_CLOUDWATCH"],
        ads: { publishOptIn: [], exclude: [] },
        manifest: { publishOptIn: [], exclude: [] },
      };
      const { input, lifecycleScope, functionName } = made.inputs("Invocation", "kids");
      assert.deepEqual(JSON.parse(String(input)), wanted);
      assert.deepEqual([lifecycleScope, functionName], ["CRUD", "mt-logging-1234567"]);
      assert.deepEqual(made.inputs("PlaybackLogging", "kids"), wanted);
      assert.deepEqual(made.of("PlaybackConfiguration"), []);
    });

    it("makes no function where no logging of others is set", async () => {
      const made = await registrationsOf(mediaTailorOf({ configurations: { live: urls } }), { preview });
      assert.deepEqual(made.of("Function"), []);
    });

    it("gives every vended configuration its deliveries, of every log type, and legacy groups to none", async () => {
      const values = {
        configurations: { live: { ...urls, logging: { strategies: ["VENDED_LOGS"] } } },
        existingConfigurations: { kids: { strategies: ["VENDED_LOGS"], arn } },
      };
      const made = await registrationsOf(mediaTailorOf(values), { preview });
      assert.deepEqual(
        made.of("LogDeliverySource").map(({ inputs }) => [inputs.logType, inputs.resourceArn]),
        ["AD_DECISION_SERVER_LOGS", "MANIFEST_SERVICE_LOGS", "TRANSCODE_LOGS"].flatMap((logType) => [
          [logType, arn],
          [logType, "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/live-id"],
        ]),
      );
      assert.equal(made.of("LogDelivery").length, 6);
      assert.equal(made.of("LogDeliveryDestination").length, 3);
      assert.deepEqual(made.of("LogSubscriptionFilter"), []);
    });

    it("asks vended delivery for every field that the catalog knows", async () => {
      const made = await registrationsOf(mediaPackageOf({ v2: { channelGroups: ["sports"], logs: ["egress"] } }), {
        preview,
      });
      const source = catalog.sources.find(({ id }) => id === "mediapackage-v2-egress");
      assert.deepEqual(made.inputs("LogDelivery").recordFields, source?.vended?.recordFields);
      assert.equal(
        made.inputs("LogDeliverySource").resourceArn,
        "arn:aws:mediapackagev2:us-west-2:123456789012:channelGroup/sports",
      );
      assert.equal(made.inputs("LogDeliveryDestination").outputFormat, "json");
    });

    it("collects VOD packaging groups through a log group of their own", async () => {
      const egressLogGroups = ["/aws/MediaPackage/EgressAccessLogs", "/aws/MediaPackage/Vod"];
      const made = await registrationsOf(mediaPackageOf({ v1: { egressLogGroups, ingressLogGroups: [] } }), {
        preview,
      });
      assert.deepEqual(
        made.of("LogSubscriptionFilter").map(({ inputs }) => inputs.logGroup),
        egressLogGroups,
      );
      assert.deepEqual(
        made
          .of("FirehoseDeliveryStream")
          .map(({ name }) => name)
          .filter((name) => name.startsWith("mediapackage")),
        ["mediapackage-v1-egress"],
      );
    });

    it("lets CloudWatch Logs put into these streams only, and only for this account", async () => {
      const made = await registrationsOf(mediaPackageOf({}), { preview });
      const [trust] = made.statements("Role", "mp", "assumeRolePolicy");
      assert.deepEqual(trust?.Condition, {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:logs:us-west-2:123456789012:*" },
      });
      const [put] = made.statements("RolePolicy", "mp");
      assert.deepEqual(
        put?.Resource,
        ["egress", "ingress"].map(
          (kind) => `arn:aws:firehose:us-west-2:123456789012:deliverystream/mediapackage-v1-${kind}-1234567`,
        ),
      );
    });

    it("writes the percentages in force beside the lake", async () => {
      const values = { percent: 20, configurations: { live: urls }, existingConfigurations: { kids: { percent: 30 } } };
      const made = await registrationsOf(mediaTailorOf(values), { preview });
      const { key, content } = made.inputs("BucketObjectv2");
      assert.equal(key, "config/sampling.json");
      const problems: string[] = [];
      const read = readSamplingDocument(JSON.parse(String(content)), new Date(0), "sampling", problems);
      assert.deepEqual(
        [[...read.percentages], problems],
        [
          [
            ["kids", 30],
            ["live", 20],
          ],
          [],
        ],
      );
    });
  });
}

/** Names of resources, as the program gave them. */
const nameOf = new WeakMap<object, string>();

describe("the sampling document", () => {
  it("does not depend on the order of the stack file", () => {
    const [a, b] = [
      { name: "a", percent: 1 },
      { name: "b", percent: 2 },
    ];
    assert.ok(a && b);
    assert.equal(samplingDocument([a, b]), samplingDocument([b, a]));
  });
});

describe("vended delivery", () => {
  it("is made one after another, those of MediaPackage after those of MediaTailor", async () => {
    const waits = new Map<string, readonly string[]>();
    const v2 = { channelGroups: ["sports"] };
    await registrationsOf(() =>
      runtime.runInPulumiStack(async () => {
        runtime.registerStackTransformation(({ type, name, opts }) => {
          if (!type.endsWith(":LogDelivery") || !("dependsOn" in opts)) return undefined;
          const before = [opts.dependsOn ?? []].flat();
          waits.set(
            name,
            before.map((one) => (CustomResource.isInstance(one) ? nameOf.get(one) : undefined) ?? "?"),
          );
          return undefined;
        });
        runtime.registerStackTransformation(({ resource, name }) => {
          nameOf.set(resource, name);
          return undefined;
        });
        const asked = planned({
          mediaTailor: { existingConfigurations: { kids: { strategies: ["VENDED_LOGS"], arn } } },
          mediaPackage: { v2 },
        });
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
      }),
    );
    assert.deepEqual([...waits.values()].flat(), [...waits.keys()].slice(0, -1));
    assert.equal(waits.size, 5);
  });

  it("is made anew, the old one first, where CloudWatch Logs cannot change it", async () => {
    const options = new Map<string, unknown>();
    const asked = planned({ mediaPackage: { v2: { channelGroups: ["sports"], logs: ["egress"] } } });
    await registrationsOf(() =>
      runtime.runInPulumiStack(async () => {
        runtime.registerStackTransformation(({ type, opts }) => {
          if (type.includes("logDelivery") && "deleteBeforeReplace" in opts) {
            options.set(type.split(":").at(-1) ?? "", [opts.deleteBeforeReplace, opts.replaceOnChanges]);
          }
          return undefined;
        });
        new MediaPackage("mp", { ...asked, streams: streamsOf(asked), after: undefined, deployment });
      }),
    );
    assert.deepEqual(Object.fromEntries(options), {
      LogDeliverySource: [true, ["logType", "resourceArn"]],
      LogDeliveryDestination: [true, ["outputFormat", "deliveryDestinationConfiguration"]],
      LogDelivery: [true, ["deliverySourceName", "deliveryDestinationArn"]],
    });
  });

  it("is refused without a stream, where switching it on would stop the logs", async () => {
    const source = catalog.sources.find(({ vended }) => vended);
    assert.ok(source?.vended);
    const logs = [{ key: "k", sourceId: source.id, vended: source.vended, resourceArn: arn }];
    await registrationsOf(() => {
      assert.throws(
        () => new VendedDeliveries("v", { logs, streams: new Map<string, LandingStream>() }),
        MissingStreamError,
      );
    });
  });
});
