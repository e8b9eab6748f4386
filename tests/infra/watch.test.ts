import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { catalog } from "../../catalog/index.ts";
import { AlarmTopic } from "../../infra/alarm-topic.ts";
import { Alarms } from "../../infra/alarms.ts";
import { parseConfig } from "../../infra/config.ts";
import { costBasisOf } from "../../infra/cost-basis.ts";
import { metricsNamespace } from "../../infra/deployment.ts";
import { PipelineDashboard } from "../../infra/pipeline-dashboard.ts";
import { collectedSources, silenceProblems, sourcesThatShouldLog } from "../../infra/silence.ts";
import { planSources } from "../../infra/source-plan.ts";
import { Streams } from "../../infra/streams.ts";
import { Transform } from "../../infra/transform.ts";
import { deployment, type Registered } from "./mocks.ts";
import { registrationsOf } from "./registrations.ts";

const code = { directory: "tests/infra/stacks", handler: "index.handler" };
const landing = { name: "landing", arn: "arn:aws:s3:::landing" };

function planned(values: Readonly<Record<string, unknown>>) {
  const given = Object.entries({ environment: "prod", ...values }).map(
    ([key, value]) => [`aircheck:${key}`, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  const config = parseConfig(Object.fromEntries(given), 0);
  return { config, plan: planSources(config, catalog) };
}

function parts(values: Readonly<Record<string, unknown>>, to = deployment) {
  const { config, plan } = planned(values);
  const transform = new Transform("t", {
    ...config.transform,
    landing,
    landingPrefixes: ["landing/"],
    lake: landing,
    lakePrefix: "lake/",
    samplingKey: "config/sampling.json",
    code,
    clientIp: "keep",
    logRetentionDays: 7,
    deployment: to,
  });
  const streams = new Streams("s", {
    ...config.firehose,
    streams: plan.streams,
    landing,
    logRetentionDays: 7,
    deployment,
  });
  return { config, plan, transform, streams: streams.all, sources: collectedSources(config, plan) };
}

/** Metrics that an alarm looks at: what it is paid by. */
function metricsIn({ inputs }: Registered): number {
  const queries: readonly unknown[] = Array.isArray(inputs.metricQueries) ? inputs.metricQueries : [];
  return queries.length === 0 ? 1 : queries.filter((query) => "metric" in Object(query)).length;
}

const alarmsOf = (values: Readonly<Record<string, unknown>>) => () => {
  const { config, plan, transform, streams, sources } = parts(values);
  return new Alarms("a", {
    thresholds: config.alarms,
    topicArn: "arn:aws:sns:us-west-2:123456789012:t",
    metricsNamespace: "aircheck/dev",
    transforms: [{ key: "transform", transform }],
    streams,
    sources,
    silenceSources: sourcesThatShouldLog(config, plan),
  });
};

for (const preview of [true, false]) {
  describe(`alarms, in ${preview ? "a preview" : "an update"}`, () => {
    it("look at as many metrics as the estimate of costs counts", async () => {
      const arn = "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/live";
      const live = { arn, strategies: ["LEGACY_CLOUDWATCH", "VENDED_LOGS"] };
      for (const values of [
        {},
        { mediaTailor: { existingConfigurations: { live } }, mediaPackage: { v2: { channelGroups: ["news"] } } },
        { aurora: { clusters: { a: {} } }, cloudTrail: { mode: "skip" } },
        { alarms: { silenceSources: ["cloudtrail", "mediatailor-ads"] } },
      ]) {
        const alarms = (await registrationsOf(alarmsOf(values))).of("MetricAlarm");
        const { config, plan } = planned(values);
        assert.equal(
          costBasisOf(config, plan, "us-west-2").watch.alarmMetrics,
          alarms.reduce((sum, alarm) => sum + metricsIn(alarm), 0),
        );
      }
    });

    it("watch what is stuck, refused, late and strange, and all go somewhere", async () => {
      const made = await registrationsOf(alarmsOf({}), { preview });
      const names = made.of("MetricAlarm").map(({ name }) => name);
      for (const name of [
        "a-transform-dead-letters",
        "a-transform-oldest-message",
        "a-transform-errors",
        "a-mediatailor-ads-freshness",
        "a-mediatailor-ads-delivery",
        "a-mediatailor-ads-rejects",
        "a-mediatailor-ads-drift",
        "a-cloudtrail-rejects",
      ]) {
        assert.ok(names.includes(name), name);
      }
      for (const { inputs, name } of made.of("MetricAlarm")) {
        assert.deepEqual(inputs.alarmActions, ["arn:aws:sns:us-west-2:123456789012:t"], name);
      }
    });

    it("call it silence when no data comes at all", async () => {
      const alarms = { silenceHours: 2, silenceSources: ["mediatailor-ads", "cloudtrail"] };
      const made = await registrationsOf(alarmsOf({ alarms }), { preview });
      const { treatMissingData, evaluationPeriods, datapointsToAlarm, metricQueries } = made.inputs(
        "MetricAlarm",
        "a-mediatailor-ads-silence",
      );
      assert.deepEqual([treatMissingData, evaluationPeriods, datapointsToAlarm], ["breaching", 2, 2]);
      assert.match(JSON.stringify(metricQueries), /mediatailor-ads-1234567.*IncomingRecords/);
      // CloudTrail has no stream.
      const trail = JSON.stringify(made.inputs("MetricAlarm", "a-cloudtrail-silence").metricQueries);
      assert.match(trail, /"service":"transform","source":"cloudtrail"\},"metricName":"Records"/);
    });

    it("count both streams of a source that comes in two ways", async () => {
      const mediaTailor = {
        existingConfigurations: {
          live: {
            strategies: ["LEGACY_CLOUDWATCH", "VENDED_LOGS"],
            arn: "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/0a",
          },
        },
      };
      const made = await registrationsOf(alarmsOf({ mediaTailor }), { preview });
      const queries = JSON.stringify(made.inputs("MetricAlarm", "a-mediatailor-ads-silence").metricQueries);
      assert.match(queries, /FILL\(records0, 0\) \+ FILL\(records1, 0\)/);
      assert.match(queries, /mediatailor-ads-1234567.*mediatailor-ads-vended-1234567/);
    });

    it("reach a topic that alarms of this account alone may publish to", async () => {
      const args = { emails: ["on-call@example.com"], deployment };
      const made = await registrationsOf(() => new AlarmTopic("t", args), { preview });
      const [publish] = made.statements("TopicPolicy", "t");
      assert.match(JSON.stringify(publish?.Condition), /"aws:SourceAccount":"123456789012"/);
      assert.equal(made.inputs("TopicSubscription").endpoint, "on-call@example.com");
    });

    it("and the dashboard look at the metrics of this stack's function, not at those of a neighbour", async () => {
      const stack = { ...deployment, stack: "team-a" };
      const made = await registrationsOf(
        () => {
          const { config, plan, transform, streams, sources } = parts({}, stack);
          const watched = { streams, sources };
          new Alarms("a", {
            ...watched,
            thresholds: config.alarms,
            topicArn: "t",
            metricsNamespace: metricsNamespace(stack),
            transforms: [{ key: "transform", transform }],
            silenceSources: sourcesThatShouldLog(config, plan),
          });
          new PipelineDashboard("d", { ...watched, transforms: [transform], workgroup: "w", deployment: stack });
        },
        { preview },
      );
      const { environment } = made.inputs("Function");
      assert.match(JSON.stringify(environment), /"METRICS_NAMESPACE":"aircheck\/team-a"/);
      assert.equal(made.inputs("MetricAlarm", "a-cloudtrail-rejects").namespace, "aircheck/team-a");
      const body = String(made.inputs("Dashboard").dashboardBody);
      const all = JSON.stringify([made.of("MetricAlarm"), made.of("Dashboard")].flat().map(({ inputs }) => inputs));
      assert.match(body, /"aircheck\/team-a","Rows"/);
      assert.doesNotMatch(all, /"namespace":"aircheck"|\["aircheck"/);
    });

    it("share a dashboard that names every stream, source and queue", async () => {
      const made = await registrationsOf(
        () => {
          const { transform, streams, sources } = parts({});
          return new PipelineDashboard("d", { transforms: [transform], streams, sources, workgroup: "w", deployment });
        },
        { preview },
      );
      const body = String(made.inputs("Dashboard").dashboardBody);
      for (const name of [
        "mediatailor-ads-1234567",
        "cloudtrail",
        "t-1234567",
        "t-dead-letters-1234567",
        '"WorkGroup","w"',
      ]) {
        assert.ok(body.includes(name), name);
      }
    });
  });
}

describe("what an alarm tells", () => {
  it("of dead letters, is the command that sends this stack's through again", async () => {
    const { alarmDescription } = (await registrationsOf(alarmsOf({}))).inputs(
      "MetricAlarm",
      "a-transform-dead-letters",
    );
    const command = "aws sqs start-message-move-task --source-arn arn:aws:sqs:us-west-2:123456789012:";
    assert.ok(String(alarmDescription).endsWith(`${command}t-dead-letters-1234567`), String(alarmDescription));
  });

  it("names no command of aircheck that does not exist", async () => {
    const made = await registrationsOf(alarmsOf({ alarms: { silenceSources: ["mediatailor-ads"] } }));
    for (const { inputs, name } of made.of("MetricAlarm")) {
      assert.doesNotMatch(String(inputs.alarmDescription), /aircheck \w+|--dead-letters/, name);
    }
    const guide = await readFile("docs/deploy.md", "utf8");
    assert.match(String(made.inputs("MetricAlarm", "a-mediatailor-ads-silence").alarmDescription), /docs\/deploy\.md/);
    assert.ok(guide.includes("## Switching logging on"));
  });
});

describe("the dashboard", () => {
  it("has a name that CloudWatch takes, though a stack's name may have a dot", async () => {
    const made = await registrationsOf(() => {
      const { transform, streams, sources } = parts({});
      const stack = { ...deployment, stack: "team_a.prod" };
      new PipelineDashboard("d", { transforms: [transform], streams, sources, workgroup: "w", deployment: stack });
    });
    assert.equal(made.inputs("Dashboard").dashboardName, "aircheck-team_a-prod");
  });
});

describe("sources that should log", () => {
  it("are none on an account where nothing is known to log", () => {
    const { config, plan } = planned({});
    assert.deepEqual(sourcesThatShouldLog(config, plan), []);
  });

  it("are those that the configuration makes log", () => {
    const { config, plan } = planned({
      mediaTailor: { existingConfigurations: { live: {} } },
      mediaPackage: { v2: { channelGroups: ["sports", "news"] } },
      aurora: { clusters: { users: {} } },
    });
    assert.deepEqual(sourcesThatShouldLog(config, plan), [
      "mediatailor-ads",
      "mediapackage-v2-egress",
      "mediapackage-v2-ingress",
      "aurora-audit",
    ]);
  });

  it("cannot be sources that the stack does not collect", () => {
    const { config, plan } = planned({ cloudTrail: { mode: "skip" }, alarms: { silenceSources: ["cloudtrail"] } });
    assert.match(
      silenceProblems(config, plan).join(),
      /silenceSources\.0 is "cloudtrail": this stack does not collect it/,
    );
  });
});
