import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { graphOf } from "./graph-of.ts";

/** Stack file, and the list that is checked in. */
const stacks = [
  ["Pulumi.dev.yaml", "tests/infra/graphs/dev.txt"],
  ["Pulumi.prod.yaml", "tests/infra/graphs/prod.txt"],
] as const;

/** Types that store or carry records, names or messages, and take a customer's key. */
const encrypted = [
  "BucketObjectv2",
  "BucketServerSideEncryptionConfiguration",
  "FirehoseDeliveryStream",
  "Function",
  "LogGroup",
  "Queue",
  "Topic",
  "Trail",
  "Workgroup",
];

/** Every one of them, in a stack with a key, has that key. */
function assertKeyEverywhere(graph: string): void {
  const seen = new Set<string>();
  for (const block of graph.split(/\n(?! )/)) {
    const type = /^aws:[\w/]+:(\w+) /.exec(block)?.[1];
    if (type === undefined || !encrypted.includes(type)) continue;
    seen.add(type);
    assert.match(block, /key\/11111111-2222-3333-4444-555555555555/, block);
  }
  assert.deepEqual([...seen].sort(), encrypted);
}

describe("the resource graph", () => {
  for (const [stackFile, list] of stacks) {
    it(`of ${stackFile} is the one that was reviewed (UPDATE_GRAPHS=1 writes it again)`, async () => {
      const graph = await graphOf(stackFile);
      if (process.env.UPDATE_GRAPHS) await writeFile(list, graph);
      assert.equal(graph, await readFile(list, "utf8"));
    });
  }

  it("of a stack with everything has each kind of component", async () => {
    const graph = await graphOf("tests/infra/stacks/everything.yaml");
    const types = [
      "AuroraAudit",
      "MediaTrail",
      "PlaybackConfiguration",
      "PlaybackLogging",
      "QuickSight",
      "VendedDeliveries",
    ];
    for (const type of types) {
      assert.match(graph, new RegExp(`^aircheck:\\w+:${type} `, "m"));
    }
    assert.match(graph, /CLIENT_IP_MODE: hash/);
    assertKeyEverywhere(graph);
  });

  it("of an account that logs already makes nothing that is there", async () => {
    const graph = await graphOf("tests/infra/stacks/taken-over.yaml");
    assert.match(graph, /^aircheck:audit:ExistingTrail /m);
    assert.match(graph, /^aws:cloudwatch\/logGroup:LogGroup MediaTailor\/AdDecisionServerInteractions/m);
    for (const absent of [
      /^aws:iam\/role:Role mediatailor-logger /m,
      /^aws:s3\/bucket:Bucket aircheck-lake /m,
      /^aws:sns\/topic:Topic /m,
      /^aws:cloudtrail\/trail:Trail /m,
      /^aws:cloudwatch\/logGroup:LogGroup \/aws\//m,
      /^aws:quicksight/m,
    ]) {
      assert.doesNotMatch(graph, absent);
    }
  });

  it("of a stack with the environment alone has the whole pipeline", async () => {
    const graph = await graphOf("tests/infra/stacks/minimal.yaml");
    for (const type of ["LandingStream", "Transform", "LakeTables", "QueryWorkgroup", "MediaTailorLoggerRole"]) {
      assert.match(graph, new RegExp(`^aircheck:\\w+:${type} `, "m"));
    }
  });
});
