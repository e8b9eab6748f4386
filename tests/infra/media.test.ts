import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { catalog } from "../../catalog/index.ts";
import { readSamplingDocument } from "../../functions/transform/derive/sampling-document.ts";
import type { LandingStream } from "../../infra/landing-stream.ts";
import { MediaPackage } from "../../infra/media-package.ts";
import { samplingDocument } from "../../infra/sampling.ts";
import { MissingStreamError, VendedDeliveries } from "../../infra/vended-deliveries.ts";
import { arn, mediaPackageOf, mediaTailorOf, planned, streamsOf, urls } from "./media-fixture.ts";
import { deployment } from "./mocks.ts";
import { registrationsOf } from "./registrations.ts";

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
