import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { costBasisType, parseCostBasis } from "../../limits/cost-basis.ts";
import { copyOfProgram, runPulumi, skipWithoutPulumi } from "../pulumi-program.ts";

interface Operation {
  readonly op: string;
  readonly type: string;
  readonly name: string;
}

/** Percent by playback configuration: one that is made here, and those that others manage. */
interface Percentages {
  readonly made: number;
  readonly existing: Readonly<Record<string, number>>;
}

const usual: Percentages = { made: 20, existing: { kids: 20 } };

// JSON is YAML too.
const stackFile = ({ made, existing }: Percentages) =>
  JSON.stringify({
    config: {
      "aws:region": "us-west-2",
      "aws-native:region": "us-west-2",
      "aircheck:environment": "dev",
      "aircheck:mediaTailor": {
        configurations: {
          sports: {
            adDecisionServerUrl: "https://ads.example.com/vast",
            videoContentSourceUrl: "https://origin.example.com/sports",
            logging: { percent: made },
          },
        },
        existingConfigurations: Object.fromEntries(
          Object.entries(existing).map(([name, percent]) => [name, { percent }]),
        ),
      },
    },
  });

describe("the program under the real Pulumi CLI", function () {
  this.timeout(600_000);
  let folder: string;
  /** State of a stack that is up; every test that needs one begins with a copy. */
  let deployed: string;

  before(async function () {
    skipWithoutPulumi(this);
    folder = await copyOfProgram();
    const first = await newStack();
    await first.up(usual);
    deployed = first.state;
  });

  after(() => (folder === undefined ? undefined : rm(folder, { recursive: true, force: true })));

  /** A stack with a state of its own: empty, or as another one's was. */
  async function newStack(from?: string) {
    const state = await mkdtemp(join(folder, "state-"));
    const log = join(state, "operations.jsonl");
    if (from !== undefined) await cp(from, state, { recursive: true });

    async function pulumi(args: readonly string[], more: Record<string, string> = {}, cwd = folder): Promise<string> {
      const { status, stdout } = await runPulumi(cwd, args, {
        PULUMI_LOCAL_STATE: state,
        PULUMI_LOCAL_LOG: log,
        ...more,
      });
      assert.equal(status, 0, stdout);
      return stdout;
    }

    /** Runs a command. @returns what the providers were asked to change meanwhile */
    async function changesOf(...args: Parameters<typeof pulumi>): Promise<readonly Operation[]> {
      await rm(log, { force: true });
      await pulumi(...args);
      const text = await readFile(log, "utf8").catch(() => "");
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line): Operation => JSON.parse(line))
        .filter(({ op }) => ["create", "update", "delete"].includes(op));
    }

    async function up(percentages: Percentages, more: Record<string, string> = {}): Promise<readonly Operation[]> {
      await writeFile(join(folder, "Pulumi.dev.yaml"), stackFile(percentages));
      return changesOf(["up", "--yes", "--skip-preview", "--stack", "dev"], more);
    }

    const destroy = () => changesOf(["destroy", "--yes", "--skip-preview", "--stack", "dev"]);

    if (from === undefined) await pulumi(["stack", "init", "dev"]);
    return { state, pulumi, up, destroy };
  }

  it("is resumed by the next up after an error half-way", async () => {
    const stack = await newStack();
    const failing = { PULUMI_LOCAL_FAIL: "create aws:lambda/function:Function @aircheck-transform = AccessDenied" };
    await assert.rejects(stack.up(usual, failing), /AccessDenied/);
    const changes = await stack.up(usual);
    assert.ok(changes.some(({ op, type }) => op === "create" && type === "aws:lambda/function:Function"));
    assert.ok(changes.every(({ op, type }) => op === "create" && type !== "aws:s3/bucket:Bucket"));
    assert.deepEqual(await stack.up(usual), []);
  });

  it("changes nothing when it runs again", async () => {
    const stack = await newStack(deployed);
    assert.deepEqual(await stack.up(usual), []);
  });

  it("changes the configuration and the document of percentages when a percentage of its own does", async () => {
    const stack = await newStack(deployed);
    assert.deepEqual(linesOf(await stack.up({ ...usual, made: 30 })), [
      "update aws-native:mediatailor:PlaybackConfiguration sports",
      "update aws:s3/bucketObjectv2:BucketObjectv2 mediatailor-sampling",
    ]);
  });

  it("sets the logging anew and the document of percentages when a percentage of another's does", async () => {
    const stack = await newStack(deployed);
    // The provider updates an invocation of life cycle CRUD; stand-ins that do not know the difference replace it.
    const changes = linesOf(await stack.up({ ...usual, existing: { kids: 30 } }));
    assert.deepEqual([...new Set(changes.map((line) => line.replace(/^\w+ /, "")))].sort(), [
      "aws:lambda/invocation:Invocation kids",
      "aws:s3/bucketObjectv2:BucketObjectv2 mediatailor-sampling",
    ]);
  });

  it("hands a configuration that is taken out to the function that leaves it as it is, and touches nothing else", async () => {
    const stack = await newStack(deployed);
    await stack.up({ ...usual, existing: { kids: 20, movies: 20 } });
    assert.deepEqual(linesOf(await stack.up({ ...usual, existing: { movies: 20 } })), [
      "delete aws:lambda/invocation:Invocation kids",
      "update aws:s3/bucketObjectv2:BucketObjectv2 mediatailor-sampling",
    ]);
    // The last one takes the function with it, which has to be there until it has answered.
    const order = (await stack.up({ ...usual, existing: {} })).filter(({ op }) => op === "delete");
    assert.equal(order[0]?.type, "aws:lambda/invocation:Invocation");
    assert.ok(order.some(({ type }) => type === "aws:lambda/function:Function"));
  });

  it("knows what the last deployment was expected to cost, beside what this one is", async () => {
    const stack = await newStack(deployed);
    await stack.up({ ...usual, existing: { kids: 30 } });
    const { deployment } = JSON.parse(await stack.pulumi(["stack", "export", "--stack", "dev"]));
    const record = deployment.resources.find(({ type }: { type: string }) => type === costBasisType);
    const percents = (value: unknown) => parseCostBasis(value).basis?.playback.map(({ percent }) => percent);
    assert.deepEqual(
      [percents(record.outputs.before), percents(record.outputs.basis)],
      [
        [20, 20],
        [20, 30],
      ],
    );
    assert.equal("before" in record.inputs, false);
  });

  it("gives outputs that another team's program reads", async () => {
    const { pulumi } = await newStack(deployed);
    const consumer = join(folder, "examples/consumer");
    await writeFile(join(consumer, "Pulumi.team.yaml"), "config:\n  aws:region: us-west-2\n");
    await pulumi(["stack", "init", "team"], {}, consumer);
    await pulumi(["up", "--yes", "--skip-preview", "--stack", "team"], {}, consumer);
    const outputs = JSON.parse(await pulumi(["stack", "output", "--json", "--stack", "team"], {}, consumer));
    assert.match(outputs.reporterRoleArn, /ad-reporter/);
  });

  it("lets another account's role assume the reader once the stack names it, and makes no policy without one before", async () => {
    const { pulumi } = await newStack(deployed);
    const consumer = join(folder, "examples/consumer");
    const settings = { "aws:region": "us-west-2", "aircheck-consumer:otherAccount": "true" };
    await writeFile(join(consumer, "Pulumi.other.yaml"), JSON.stringify({ config: settings }));
    await pulumi(["stack", "init", "other"], {}, consumer);
    const policiesAfterUp = async (): Promise<readonly string[]> => {
      await pulumi(["up", "--yes", "--skip-preview", "--stack", "other"], {}, consumer);
      const { deployment } = JSON.parse(await pulumi(["stack", "export", "--stack", "other"], {}, consumer));
      return deployment.resources
        .filter(({ type }: { type: string }) => type === "aws:iam/rolePolicy:RolePolicy")
        .map(({ inputs }: { inputs: { policy: string } }) => inputs.policy);
    };
    assert.deepEqual(await policiesAfterUp(), []);
    const named = JSON.parse(stackFile(usual));
    named.config["aircheck:consumers"] = { principals: ["arn:aws:iam::210987654321:role/ad-reporter-1234567"] };
    await writeFile(join(folder, "Pulumi.dev.yaml"), JSON.stringify(named));
    await pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"]);
    const [policy, ...others] = await policiesAfterUp();
    assert.match(policy ?? "", /"Action":"sts:AssumeRole","Resource":"arn:aws:iam::\d+:role\/aircheck-reader-/);
    assert.deepEqual(others, []);
  });

  it("leaves nothing when it goes but the lake, and what the services go on using", async () => {
    const stack = await newStack(deployed);
    const { deployment } = JSON.parse(await stack.pulumi(["stack", "export", "--stack", "dev"]));
    const before: readonly string[] = deployment.resources
      .filter(({ custom, type }: { custom: boolean; type: string }) => custom && !type.startsWith("pulumi:"))
      .map(({ type, urn }: { type: string; urn: string }) => `${type} ${urn.split("::").at(-1)}`);
    const deleted = new Set(linesOf(await stack.destroy()).map((line) => line.replace(/^delete /, "")));
    assert.deepEqual(before.filter((one) => !deleted.has(one)).sort(), [
      "aws:cloudwatch/logGroup:LogGroup /aws/MediaPackage/EgressAccessLogs",
      "aws:cloudwatch/logGroup:LogGroup /aws/MediaPackage/IngressAccessLogs",
      "aws:cloudwatch/logGroup:LogGroup MediaTailor/AdDecisionServerInteractions",
      "aws:cloudwatch/logGroup:LogGroup MediaTailor/ManifestService",
      "aws:cloudwatch/logGroup:LogGroup MediaTailor/TranscodeService",
      "aws:iam/role:Role mediatailor-logger",
      "aws:iam/rolePolicy:RolePolicy mediatailor-logger",
      "aws:s3/bucket:Bucket aircheck-lake",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration aircheck-lake",
      "aws:s3/bucketObjectv2:BucketObjectv2 mediatailor-sampling",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls aircheck-lake",
      "aws:s3/bucketPolicy:BucketPolicy aircheck-lake",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock aircheck-lake",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration aircheck-lake",
      "aws:s3/bucketVersioning:BucketVersioning aircheck-lake",
    ]);
  });
});

/** `update aws:lambda/function:Function aircheck-transform`, sorted: what does not depend on each other comes in any order. */
function linesOf(changes: readonly Operation[]): readonly string[] {
  return changes.map(({ op, type, name }) => `${op} ${type} ${name}`).sort();
}
