import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { AuroraAudit, auroraStatements } from "../../infra/aurora.ts";
import { parseConfig } from "../../infra/config.ts";
import { consumerStatements, LakeReader } from "../../infra/consumers.ts";
import { DeliveryRights } from "../../infra/delivery-rights.ts";
import { ExistingTrail } from "../../infra/existing-trail.ts";
import { MediaTrail, trailStatements } from "../../infra/trail.ts";
import { deployment } from "./mocks.ts";
import { type Registrations, registrationsOf } from "./registrations.ts";

const landingArn = "arn:aws:s3:::landing";
const code = { directory: "tests/infra/stacks", handler: "index.handler" };
const bucketRef = (name: string) => ({
  name: output(name),
  arn: output(`arn:aws:s3:::${name}`),
  writable: output(name),
});

function clustersOf(clusters: Readonly<Record<string, unknown>>) {
  return parseConfig({ "aircheck:environment": "dev", "aircheck:aurora": JSON.stringify({ clusters }) }, 0).aurora
    .clusters;
}

for (const preview of [true, false]) {
  describe(`the audit trail, in ${preview ? "a preview" : "an update"}`, () => {
    it("records changes of this region, with digests, and no calls that would only be volume", async () => {
      const args = { bucketWritable: "landing", multiRegion: false, readEvents: false, deployment };
      const made = await registrationsOf(() => new MediaTrail("t", args), { preview });
      const trail = made.inputs("Trail");
      assert.deepEqual(
        [trail.name, trail.enableLogFileValidation, trail.isMultiRegionTrail],
        ["aircheck-dev", true, false],
      );
      assert.deepEqual(trail.eventSelectors, [
        {
          includeManagementEvents: true,
          readWriteType: "WriteOnly",
          excludeManagementEventSources: ["kms.amazonaws.com", "rdsdata.amazonaws.com"],
        },
      ]);
    });

    it("gives a trail of others a queue and a function of its own, and leaves the bucket's notifications alone", async () => {
      const args = {
        bucket: "their-trail",
        prefix: "org",
        manageNotifications: false,
        lake: bucketRef("lake"),
        lakePrefix: "lake/",
        samplingKey: "config/sampling.json",
        code,
        clientIp: "keep" as const,
        memoryMiB: 1769,
        timeoutSeconds: 300,
        logRetentionDays: 7,
        deployment,
      };
      const made = await registrationsOf(() => new ExistingTrail("t", args), { preview });
      const { variables } = JSON.parse(JSON.stringify(made.inputs("Function").environment));
      assert.deepEqual(
        [variables.LANDING_BUCKET, variables.LANDING_PREFIXES],
        ["their-trail", "org/AWSLogs/123456789012/CloudTrail/"],
      );
      assert.deepEqual(made.of("BucketNotification"), []);
      const managed = await registrationsOf(() => new ExistingTrail("t", { ...args, manageNotifications: true }), {
        preview,
      });
      assert.equal(managed.of("BucketNotification").length, 1);
      const decrypts = (registered: Registrations) =>
        registered.statements("RolePolicy", "t").filter(({ Action }) => [Action].flat().includes("kms:Decrypt"));
      assert.deepEqual(decrypts(managed), []);
      const landingKmsKeyArn = "arn:aws:kms:us-west-2:123456789012:key/trail";
      const encrypted = await registrationsOf(() => new ExistingTrail("t", { ...args, landingKmsKeyArn }), { preview });
      assert.deepEqual(decrypts(encrypted), [
        { Sid: "ReadLandingKey", Effect: "Allow", Action: "kms:Decrypt", Resource: landingKmsKeyArn },
      ]);
    });

    it("lets Aurora write to the log groups of the named clusters, for those clusters", async () => {
      const args = { clusters: clustersOf({ users: {}, billing: {} }), policy: "tight" as const, deployment };
      const made = await registrationsOf(() => new AuroraAudit("a", args), { preview });
      const [events, groups] = made.statements("RolePolicy", "a");
      const group = (cluster: string) =>
        `arn:aws:logs:us-west-2:123456789012:log-group:/aws/rds/cluster/${cluster}/audit`;
      assert.deepEqual(events?.Resource, [`${group("users")}:log-stream:*`, `${group("billing")}:log-stream:*`]);
      assert.deepEqual(
        groups?.Resource,
        [group("users"), group("billing")].flatMap((one) => [one, `${one}:*`]),
      );
      const [trust] = made.statements("Role", "a", "assumeRolePolicy");
      assert.match(JSON.stringify(trust?.Condition), /cluster:users.*cluster:billing/);
    });

    it("audits who connects and who changes rights and tables, and no statement that reads data", async () => {
      const args = { clusters: clustersOf({ users: {} }), policy: "tight" as const, deployment };
      const made = await registrationsOf(() => new AuroraAudit("a", args), { preview });
      const parameters = new Map(
        [
          ...JSON.stringify(made.inputs("ClusterParameterGroup").parameters).matchAll(
            /"name":"(\w+)","value":"([^"]*)"/g,
          ),
        ].map(([, name, value]) => [name, value] as const),
      );
      assert.equal(parameters.get("server_audit_logging"), "1");
      assert.equal(parameters.get("server_audit_events"), "CONNECT,QUERY_DCL,QUERY_DDL");
    });

    it("grants log delivery to the landing bucket and the streams, and nothing wider than AWS makes it", async () => {
      const stream = "arn:aws:firehose:us-west-2:123456789012:deliverystream/s";
      const args = { landingArn, vendedStreamArns: [stream], deployment };
      const made = await registrationsOf(() => new DeliveryRights("d", args), { preview });
      const everywhere = made
        .of("Policy")
        .flatMap(({ name }) => made.statements("Policy", name))
        .filter(({ Resource }) => [Resource].flat().includes("*"));
      // Neither has a resource that could be named.
      assert.deepEqual([...new Set(everywhere.map(({ Sid }) => Sid))].sort(), ["CreateLogDelivery", "FindDeliveries"]);
      const tag = made.statements("Policy", "d-firehose").find(({ Sid }) => Sid === "TagStreams");
      assert.deepEqual(tag?.Resource, [stream]);
      const [, bucket] = made.statements("Policy", "d-s3");
      assert.equal(bucket?.Resource, landingArn);
    });

    const rights = {
      lake: bucketRef("lake"),
      results: bucketRef("results"),
      database: output("aircheck_dev"),
      workgroupArn: output("arn:aws:athena:us-west-2:123456789012:workgroup/w"),
      deployment,
    };

    it("lets readers query and read, and write nothing but results", async () => {
      const made = await registrationsOf(() => new LakeReader("r", { rights, principals: [] }), { preview });
      const writes = made
        .statements("Policy", "r")
        .filter(({ Action }) => [Action].flat().some((action) => /:(Put|Delete|Create|Update)/.test(action)));
      assert.deepEqual(
        writes.map(({ Resource }) => Resource),
        ["arn:aws:s3:::results/results/*"],
      );
      // Without consumers nobody assumes anything.
      assert.deepEqual(made.of("Role"), []);
    });

    it("gives consumers, of other accounts too, a role that reads and which they alone assume", async () => {
      const principals = ["arn:aws:iam::210987654321:role/analytics", "arn:aws:iam::111122223333:root"];
      const made = await registrationsOf(() => new LakeReader("r", { rights, principals }), { preview });
      const [trust, ...others] = made.statements("Role", "r", "assumeRolePolicy");
      assert.deepEqual(trust, { Effect: "Allow", Principal: { AWS: principals }, Action: "sts:AssumeRole" });
      assert.deepEqual(others, []);
      assert.deepEqual(made.of("RolePolicy"), []);
      const { policyArn } = made.inputs("RolePolicyAttachment", "r");
      if (!preview) assert.equal(policyArn, "arn:aws:iam::123456789012:policy/r-1234567");
    });
  });
}

describe("policy of a trail's bucket", () => {
  it("lets this trail alone write, for the account and its organisation", async () => {
    const organization = { id: "o-a1b2c3d4e5", accounts: ["123456789012"] };
    const [, write] = trailStatements(output("arn:aws:s3:::b"), deployment, organization);
    assert.deepEqual(write?.Condition, {
      StringEquals: {
        "s3:x-amz-acl": "bucket-owner-full-control",
        "aws:SourceArn": "arn:aws:cloudtrail:us-west-2:123456789012:trail/aircheck-dev",
      },
    });
    assert.equal([write?.Resource].flat().length, 2);
  });
});

describe("policy of Aurora", () => {
  it("has the form that AWS prints where that is asked for", () => {
    const [events, groups] = auroraStatements("documented", ["users"], { ...deployment, partition: "aws-cn" });
    assert.deepEqual(events?.Resource, ["arn:aws-cn:logs:*:*:log-group:/aws/rds/*:log-stream:*"]);
    assert.deepEqual(groups?.Action, [
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:PutRetentionPolicy",
      "logs:CreateLogGroup",
    ]);
  });
});

describe("policy of consumers", () => {
  it("is absent without consumers", () => {
    assert.deepEqual(consumerStatements(output(landingArn), []), []);
  });
});
