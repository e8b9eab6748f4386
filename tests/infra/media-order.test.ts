import assert from "node:assert/strict";
import { Resource, runtime } from "@pulumi/pulumi";
import { arn, mediaOf, urls } from "./media-fixture.ts";
import { registrationsOf } from "./registrations.ts";

/** What each resource is told to wait for; both sides as `LogDelivery mt-key`. */
async function waitsOf(values: Readonly<Record<string, unknown>>): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<unknown, string>();
  const waits = new Map<string, readonly string[]>();
  await registrationsOf(() =>
    runtime.runInPulumiStack(async () => {
      runtime.registerStackTransformation(({ resource, type, name, opts }) => {
        const own = `${type.split(":").at(-1)} ${name}`;
        names.set(resource, own);
        const before = [opts.dependsOn ?? []].flat();
        waits.set(
          own,
          before.map((one) => (Resource.isInstance(one) && names.get(one)) || "?"),
        );
        return undefined;
      });
      mediaOf(values);
    }),
  );
  return waits;
}

const vended = { strategies: ["VENDED_LOGS"] };
const sources = ["mediatailor-ads", "mediatailor-manifest", "mediatailor-transcode"];
const deliveriesOf = (configuration: string) => sources.map((source) => `LogDelivery mt-${source}-${configuration}`);

describe("the order of media logging", () => {
  it("makes vended deliveries one after another: of existing configurations, of those made here, of MediaPackage", async () => {
    const waits = await waitsOf({
      mediaTailor: {
        configurations: { live: { ...urls, logging: vended } },
        existingConfigurations: { kids: { ...vended, arn } },
      },
      mediaPackage: { v2: { channelGroups: ["sports"] } },
    });
    const chain = [...waits].filter(([name]) => name.startsWith("LogDelivery "));
    const names = chain.map(([name]) => name);
    assert.deepEqual(names.slice(0, -2), [...deliveriesOf("kids"), ...deliveriesOf("live")]);
    assert.deepEqual(
      names.slice(-2).map((name) => name.replace(/-v2.*/, "")),
      ["LogDelivery mp-mediapackage", "LogDelivery mp-mediapackage"],
    );
    assert.deepEqual(
      chain.map(([, before]) => before),
      names.map((_, index) => names.slice(Math.max(0, index - 1), index)),
    );
  });

  it("switches an existing configuration to vended logs once its own deliveries are there, for else they stop", async () => {
    const waits = await waitsOf({
      mediaTailor: {
        configurations: { live: { ...urls, logging: vended } },
        existingConfigurations: { kids: { ...vended, arn }, movies: {}, news: { ...vended, arn: `${arn}2` } },
      },
    });
    const always = ["SubscribedLogGroups mt", "MediaTailorLoggerRole mt-logger"];
    assert.deepEqual(waits.get("PlaybackLogging kids"), [...always, ...deliveriesOf("kids")]);
    assert.deepEqual(waits.get("PlaybackLogging news"), [...always, ...deliveriesOf("news")]);
    assert.deepEqual(waits.get("PlaybackLogging movies"), always);
  });

  it("asks for an existing configuration's logging after its deliveries, whatever comes first in the program", async () => {
    const made = await registrationsOf(() =>
      mediaOf({ mediaTailor: { existingConfigurations: { kids: { ...vended, arn } } } }),
    );
    const order = made.all.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
    const last = Math.max(...deliveriesOf("kids").map((name) => order.indexOf(name)));
    assert.ok(last > 0 && order.indexOf("Invocation kids") > last, order.join("\n"));
  });

  it("publishes percentages once all of them are set, so that none that was refused becomes a weight", async () => {
    const waits = await waitsOf({
      mediaTailor: {
        configurations: { live: urls, vod: urls },
        existingConfigurations: { kids: {}, movies: { ...vended, arn } },
      },
    });
    assert.deepEqual(waits.get("BucketObjectv2 mt-sampling"), [
      "PlaybackConfiguration live",
      "PlaybackConfiguration vod",
      "PlaybackLogging kids",
      "PlaybackLogging movies",
    ]);
  });
});
