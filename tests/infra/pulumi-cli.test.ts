import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { costBasisType, parseCostBasis } from "../../limits/cost-basis.ts";

const run = promisify(execFile);

/** A Pulumi CLI with stand-in providers, which writes down what it does; named by the environment, for not everybody has one. */
const command = process.env.AIRCHECK_PULUMI;

interface Operation {
  readonly op: string;
  readonly type: string;
  readonly name: string;
}

const program = [
  "Pulumi.yaml",
  "package.json",
  "tsconfig.json",
  "infra",
  "limits",
  "catalog",
  "dashboards",
  "functions",
];
const stackFile = (percent: number) => `config:
  aws:region: us-west-2
  aws-native:region: us-west-2
  aircheck:environment: dev
  aircheck:mediaTailor:
    existingConfigurations:
      kids:
        percent: ${percent}
`;

describe("the program under the real Pulumi CLI", function () {
  this.timeout(600_000);
  let folder: string;
  let env: Record<string, string | undefined>;

  before(async function () {
    if (!command) {
      process.stderr.write("skipped: AIRCHECK_PULUMI does not name a Pulumi CLI with stand-in providers\n");
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), "aircheck-cli-"));
    // A copy: the CLI writes into the program's folder.
    for (const name of program) await cp(name, join(folder, name), { recursive: true });
    await mkdir(join(folder, "examples"));
    await cp("examples/consumer", join(folder, "examples/consumer"), { recursive: true });
    await symlink(resolve("node_modules"), join(folder, "node_modules"));
    await writeFile(join(folder, "Pulumi.dev.yaml"), stackFile(20));
    const state = join(folder, "state");
    env = { ...process.env, PULUMI_LOCAL_STATE: state, PULUMI_LOCAL_LOG: join(folder, "operations.jsonl") };
    await pulumi(["stack", "init", "dev"]);
  });

  after(() => (folder === undefined ? undefined : rm(folder, { recursive: true, force: true })));

  async function pulumi(args: readonly string[], more: Record<string, string> = {}, cwd = folder): Promise<string> {
    assert.ok(command);
    const { stdout } = await run(command, [...args, "--non-interactive"], {
      cwd,
      env: { ...env, ...more },
      maxBuffer: 2 ** 26,
    });
    return stdout;
  }

  const up = (more: Record<string, string> = {}) => pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"], more);

  /** What the providers were asked to change meanwhile. */
  async function changesDuring(work: () => Promise<unknown>): Promise<readonly Operation[]> {
    const log = join(folder, "operations.jsonl");
    await rm(log, { force: true });
    await work();
    const text = await readFile(log, "utf8").catch(() => "");
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line): Operation => JSON.parse(line))
      .filter(({ op }) => ["create", "update", "delete"].includes(op));
  }

  it("is resumed by the next up after an error half-way", async () => {
    const failing = { PULUMI_LOCAL_FAIL: "create aws:lambda/function:Function = AccessDenied" };
    await assert.rejects(up(failing), (error) => /AccessDenied/.test(String(Reflect.get(Object(error), "stdout"))));
    const changes = await changesDuring(() => up());
    assert.ok(changes.some(({ op, type }) => op === "create" && type === "aws:lambda/function:Function"));
    assert.ok(changes.every(({ op }) => op === "create"));
  });

  it("changes nothing when it runs again", async () => {
    assert.deepEqual(await changesDuring(() => up()), []);
  });

  it("changes the logging and the document of percentages when a percentage does, and nothing else", async () => {
    await writeFile(join(folder, "Pulumi.dev.yaml"), stackFile(30));
    const changes = await changesDuring(() => up());
    // The provider updates an invocation of life cycle CRUD; stand-ins that do not know the difference replace it.
    assert.deepEqual([...new Set(changes.map(({ type, name }) => `${type} ${name}`))].sort(), [
      "aws:lambda/invocation:Invocation kids",
      "aws:s3/bucketObjectv2:BucketObjectv2 mediatailor-sampling",
    ]);
  });

  it("knows what the last deployment was expected to cost, beside what this one is", async () => {
    const { deployment } = JSON.parse(await pulumi(["stack", "export", "--stack", "dev"]));
    const record = deployment.resources.find(({ type }: { type: string }) => type === costBasisType);
    const percents = (value: unknown) => parseCostBasis(value).basis?.playback.map(({ percent }) => percent);
    assert.deepEqual([percents(record.outputs.before), percents(record.outputs.basis)], [[20], [30]]);
    assert.equal("before" in record.inputs, false);
  });

  it("gives outputs that another team's program reads", async () => {
    const consumer = join(folder, "examples/consumer");
    await writeFile(join(consumer, "Pulumi.team.yaml"), "config:\n  aws:region: us-west-2\n");
    await pulumi(["stack", "init", "team"], {}, consumer);
    await pulumi(["up", "--yes", "--skip-preview", "--stack", "team"], {}, consumer);
    const outputs = JSON.parse(await pulumi(["stack", "output", "--json", "--stack", "team"], {}, consumer));
    assert.match(outputs.reporterRoleArn, /ad-reporter/);
    await pulumi(["destroy", "--yes", "--skip-preview", "--stack", "team"], {}, consumer);
  });

  it("leaves nothing when it goes but the lake, and what the services go on using", async () => {
    const { deployment } = JSON.parse(await pulumi(["stack", "export", "--stack", "dev"]));
    const before: readonly string[] = deployment.resources
      .filter(({ custom, type }: { custom: boolean; type: string }) => custom && !type.startsWith("pulumi:"))
      .map(({ type, urn }: { type: string; urn: string }) => `${type} ${urn.split("::").at(-1)}`);
    const gone = await changesDuring(() => pulumi(["destroy", "--yes", "--skip-preview", "--stack", "dev"]));
    const deleted = new Set(gone.filter(({ op }) => op === "delete").map(({ type, name }) => `${type} ${name}`));
    const kept = before.filter((one) => !deleted.has(one)).sort();
    assert.deepEqual(
      kept.filter((one) => !/^aws:s3\/bucket\w*:\w+ aircheck-lake$/.test(one)),
      [
        "aws:cloudwatch/logGroup:LogGroup /aws/MediaPackage/EgressAccessLogs",
        "aws:cloudwatch/logGroup:LogGroup /aws/MediaPackage/IngressAccessLogs",
        "aws:cloudwatch/logGroup:LogGroup MediaTailor/AdDecisionServerInteractions",
        "aws:cloudwatch/logGroup:LogGroup MediaTailor/ManifestService",
        "aws:cloudwatch/logGroup:LogGroup MediaTailor/TranscodeService",
        "aws:s3/bucketObjectv2:BucketObjectv2 mediatailor-sampling",
      ],
    );
    assert.equal(kept.length - 6, 7);
  });
});
