import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { deployerActions } from "../../infra/deployer-actions.ts";
import { arnPatterns, namePrefixes } from "../../infra/deployer-names.ts";
import { deployerPolicies } from "../../infra/deployer-rights.ts";
import { graphOf } from "./graph-of.ts";

/** Stacks that together register every type of the program. */
const stacks = ["tests/infra/stacks/everything.yaml", "tests/infra/stacks/minimal.yaml"];

/** A trail of others has a transform of its own. */
const takenOver = "tests/infra/stacks/taken-over.yaml";

const scope = { partition: "aws", existingBuckets: [] };
const statements = deployerPolicies(scope).flatMap(({ Statement }) => Statement);

describe("rights of the deployer", () => {
  it("cover every type that the program registers, and no other", async () => {
    const graphs = await Promise.all(stacks.map(graphOf));
    const types = new Set([...graphs.join("\n").matchAll(/^(aws(?:-native)?:\S+) /gm)].map(([, type]) => type));
    assert.deepEqual([...types].sort(), Object.keys(deployerActions).sort());
  });

  it("fit the name of every role, policy, bucket, queue and function of the program, and reach no further", async () => {
    const graphs = await Promise.all([...stacks, takenOver].map(graphOf));
    const names = graphs.flatMap((graph) => graph.split(/\n(?! )/)).flatMap(physicalName);
    for (const [type, prefixes] of Object.entries(namePrefixes)) {
      const ofType = names.filter((one) => one.type === type).map(({ name }) => name);
      const matched = (name: string) => prefixes.filter((prefix) => name.startsWith(prefix));
      assert.deepEqual(
        ofType.filter((name) => matched(name).length === 0),
        [],
        type,
      );
      assert.deepEqual([...new Set(ofType.flatMap(matched))].sort(), [...prefixes].sort(), type);
    }
  });

  it("are limited to those names, in the partition, and to what is done with a bucket of others", () => {
    const resources = (sid: string) => statements.find(({ Sid }) => Sid === sid)?.Resource;
    assert.deepEqual(
      resources("S3"),
      ["lake", "landing", "results"].map((one) => `arn:aws:s3:::aircheck-${one}-*`),
    );
    assert.deepEqual(resources("Sqs"), ["arn:aws:sqs:*:*:aircheck-transform-*", "arn:aws:sqs:*:*:audit-trail-*"]);
    assert.deepEqual(resources("PassRoles"), arnPatterns("aws:iam/role:Role", "aws"));
    assert.ok(resources("Iam")?.includes("arn:aws:iam::*:role/MediaTailorLogger"));
    for (const { Action, Resource, Sid } of statements) {
      const unlimited = Action.filter((action) => /^(iam|s3|sqs|lambda):/.test(action) && Resource === "*");
      const allowed = /^iam:CreateServiceLinkedRole$|^lambda:\w+EventSourceMapping$/;
      assert.deepEqual(
        unlimited.filter((action) => !allowed.test(action)),
        [],
        Sid,
      );
    }
    const china = deployerPolicies({ partition: "aws-cn", existingBuckets: ["company-lake"] });
    assert.doesNotMatch(JSON.stringify(china), /arn:aws:/);
    const existing = china.flatMap(({ Statement }) => Statement).find(({ Sid }) => Sid === "ExistingBuckets");
    assert.deepEqual(existing?.Resource, [
      "arn:aws-cn:s3:::company-lake",
      "arn:aws-cn:s3:::company-lake/config/sampling.json",
    ]);
    assert.deepEqual(
      existing?.Action.filter((action) => !/^s3:(Get|List)/.test(action)),
      ["s3:PutBucketNotification", "s3:PutObject", "s3:PutObjectTagging"],
    );
  });

  it("name every action in full", () => {
    for (const { Action } of statements) {
      for (const action of Action) assert.match(action, /^[a-z0-9-]+:[A-Za-z0-9]+$/);
    }
  });

  it("fit the length of managed policies, and lose nothing by being more than one", () => {
    for (const policy of deployerPolicies(scope)) assert.ok(JSON.stringify(policy).length <= 6144);
    const existing = { partition: "aws-us-gov", existingBuckets: ["company-lake", "security-trail"] };
    for (const policy of deployerPolicies(existing)) assert.ok(JSON.stringify(policy).length <= 6144);
    const granted = new Set(statements.flatMap(({ Action }) => Action));
    for (const action of Object.values(deployerActions).flat()) assert.ok(granted.has(action), action);
  });

  it("are made by docs/deploy.md to the last policy", async () => {
    const guide = await readFile("docs/deploy.md", "utf8");
    const numbers = deployerPolicies(scope).map((_, index) => index + 1);
    assert.ok(guide.includes(`for number in ${numbers.join(" ")}; do`), `there are ${numbers.length} policies`);
  });

  it("pass roles to the services of this program alone", () => {
    const pass = statements.filter(({ Action }) => Action.includes("iam:PassRole"));
    assert.equal(pass.length, 1);
    assert.deepEqual(Object.keys(pass[0]?.Condition?.StringEquals ?? {}), ["iam:PassedToService"]);
  });

  it("use keys through services, and give grants to services, alone", () => {
    const keys = statements.filter(({ Action }) => Action.some((action) => action.startsWith("kms:")));
    assert.deepEqual(
      keys.map(({ Action, Condition }) => [Action, Object.values(Condition ?? {}).flatMap(Object.keys)]),
      [
        [["kms:CreateGrant"], ["kms:GrantIsForAWSResource"]],
        [["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], ["kms:ViaService"]],
      ],
    );
  });
});

/** The name in AWS of a block of the graph: the one that is given, or the logical name and the end that Pulumi makes. */
function physicalName(block: string): readonly { readonly type: string; readonly name: string }[] {
  const [, type, logical] = /^(\S+) (\S+)/.exec(block) ?? [];
  if (type === undefined || logical === undefined) return [];
  const given = /^ {2}(?:name|bucket): (.+)$/m.exec(block)?.[1];
  return [{ type, name: given ?? `${logical}-1234567` }];
}
