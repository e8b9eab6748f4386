import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { catalog } from "../../catalog/index.ts";
import { type CostOptions, costCommand } from "../../cli/cost.ts";
import { UsageError } from "../../cli/terminal.ts";
import { priceList } from "../../limits/price-list.ts";
import { PriceTableError, UnknownRegionError } from "../../limits/prices.ts";
import { inFolder } from "../local/query/lake-fixture.ts";
import { aircheck, type Ended, recordingTerminal } from "./aircheck.ts";

const run = promisify(execFile);

const stackFile = (percent: number, more = "") => `config:
  aws:region: us-east-1
  aircheck:environment: dev
  aircheck:mediaTailor:
    existingConfigurations:
      live:
        percent: ${percent}
  aircheck:usage:
    sessionsPerMonth: 100000000
${more}`;

const put = (folder: string, percent: number, more?: string) =>
  writeFile(join(folder, "Pulumi.dev.yaml"), stackFile(percent, more));

async function git(folder: string, ...words: readonly string[]): Promise<void> {
  const settings = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  await run("git", [...settings, ...words], { cwd: folder });
}

async function commit(folder: string, message: string): Promise<void> {
  await git(folder, "add", "-A");
  await git(folder, "commit", "-q", "--allow-empty", "-m", message);
}

/** An error for a person: nothing on stdout, one line on stderr, no trace of the program's inside. */
function assertOneLine({ status, stdout, stderr }: Ended, expected: number, message: RegExp): void {
  assert.match(stderr, /^aircheck: [^\n]+\n$/);
  assert.match(stderr, message);
  assert.equal(stdout, "");
  assert.equal(status, expected);
}

interface Document {
  readonly stackFile: string;
  readonly monthlyUsd: number;
  readonly estimate: { readonly parts: readonly { readonly group: string; readonly usd: number }[] };
  readonly comparison?: {
    readonly line: string;
    readonly beforeUsd?: number;
    readonly afterUsd: number;
    readonly groups: readonly { readonly group: string; readonly beforeUsd: number; readonly afterUsd: number }[];
  };
  readonly budget?: { readonly usd: number; readonly exceeded: boolean };
}

/** An error of a class, with a message. */
const told =
  (type: new (...args: never[]) => Error, message: RegExp) =>
  (error: unknown): boolean =>
    error instanceof type && message.test(error.message);

/** Runs the command in this process: starting one takes longer than all the rest. */
async function cost(options: CostOptions, folder: string): Promise<Ended> {
  const { ended, terminal } = recordingTerminal();
  return { status: await costCommand(options, catalog, terminal, folder), ...ended };
}

async function documentOf(options: CostOptions, folder: string): Promise<Document> {
  const { stdout, stderr, status } = await cost({ ...options, json: true }, folder);
  assert.deepEqual([stderr, status], ["", 0]);
  return JSON.parse(stdout);
}

describe("aircheck cost", () => {
  it("prints parts with quantities, units and money, and what it takes for granted", () =>
    inFolder(async (folder) => {
      await put(folder, 10, "    assumptions:\n      adsRecordsPerSession: 60\n");
      const { stdout, stderr, status } = await aircheck(["cost"], folder);
      assert.deepEqual([stderr, status], ["", 0]);
      assert.match(stdout, /^Pulumi\.dev\.yaml, dev in us-east-1: estimated USD [\d,]+\.\d\d a month\n/);
      // 100,000,000 sessions × 10 % × 60 records × 933 bytes = 521.355 GB of the ads log; with the two others:
      // + 0.39 × 867 and 0.72 × 423 bytes: 527.340 GB × 0.50 = 263.67.
      assert.match(stdout, /^MediaTailor +log ingestion +CloudWatch +527\.34 +GB +263\.67$/m);
      assert.match(stdout, /^expected +100,000,000 sessions of live, 10 % logged by LEGACY_CLOUDWATCH$/m);
      assert.match(stdout, /^assumed +adsRecordsPerSession 60 records, by usage$/m);
      assert.match(stdout, /^assumed +manifestRecordsPerSession 0\.39 records$/m);
      assert.match(stdout, /^assumed +a trail that is made here is the first of its account: /m);
      assert.match(stdout, /^at most +USD 0\.05 for one query/m);
    }));

  it("prints one JSON document whose parts add up", () =>
    inFolder(async (folder) => {
      await put(folder, 10);
      const { stackFile: file, monthlyUsd, estimate, comparison, budget } = await documentOf({}, folder);
      assert.equal(file, "Pulumi.dev.yaml");
      assert.ok(Math.abs(estimate.parts.reduce((sum, { usd }) => sum + usd, 0) - monthlyUsd) < 0.01);
      assert.deepEqual([comparison, budget], [undefined, undefined]);
    }));

  it("compares the working tree, and two revisions, by part: ten times the MediaTailor part and nothing else", () =>
    inFolder(async (folder) => {
      await git(folder, "init", "-q");
      await commit(folder, "nothing yet");
      await put(folder, 10);
      await commit(folder, "a tenth");
      await put(folder, 100);
      await commit(folder, "everything");
      await put(folder, 50);

      const { comparison } = await documentOf({ from: "HEAD~1", to: "HEAD" }, folder);
      assert.ok(comparison);
      for (const { group, beforeUsd, afterUsd } of comparison.groups) {
        const times = group === "mediaTailor" ? 10 : 1;
        assert.ok(Math.abs(afterUsd - times * beforeUsd) <= 1e-9 * afterUsd, group);
      }
      assert.match(
        comparison.line,
        /^estimated USD [\d,.]+ a month \(was [\d,.]+, \+[\d,.]+\): MediaTailor \+[\d,.]+$/,
      );

      const tree = await cost({ stack: "dev", from: "HEAD" }, folder);
      assert.match(tree.stdout, /^Pulumi\.dev\.yaml, dev in us-east-1: estimated .*: MediaTailor -/);
      assert.match(tree.stdout, /^MediaTailor +log ingestion +([\d,.]+) +([\d,.]+) +-[\d,.]+$/m);
      assert.match(
        tree.stdout,
        /\n\ncompared +what the change of the stack file costs: both sides with this version's [^\n]+\n$/,
      );
      assert.match(tree.stdout, /^Fixed +alarms +([\d.]+) +\1 +±0\.00$/m);

      const first = await documentOf({ from: "HEAD~2", to: "HEAD~1" }, folder);
      assert.match(first.comparison?.line ?? "", /\(nothing known of before\)/);
      assert.equal(first.comparison?.beforeUsd, undefined);

      await mkdir(join(folder, "below"));
      await writeFile(join(folder, "below", "Pulumi.dev.yaml"), stackFile(1));
      await commit(folder, "a second program");
      await writeFile(join(folder, "below", "Pulumi.dev.yaml"), stackFile(2));
      const below = await documentOf({ from: "HEAD" }, join(folder, "below"));
      const tailor = below.comparison?.groups.find(({ group }) => group === "mediaTailor");
      assert.ok(tailor && Math.abs(tailor.afterUsd - 2 * tailor.beforeUsd) < 1e-9);

      const cases: [CostOptions, RegExp][] = [
        [{ from: "v9" }, /--from is "v9": that is no revision/],
        [{ from: "--output=x" }, /--from is "--output=x": that is no revision/],
        [{ stack: "dev", to: "HEAD~3" }, /--to is "HEAD~3": that revision has no Pulumi\.dev\.yaml/],
      ];
      for (const [options, message] of cases) await assert.rejects(cost(options, folder), told(UsageError, message));
    }));

  it("ends with status 1 where a month costs more than the budget, and says by how much", () =>
    inFolder(async (folder) => {
      await put(folder, 10);
      const over = await aircheck(["cost", "--budget", "20"], folder);
      assert.equal(over.status, 1);
      assert.match(
        over.stderr,
        /^aircheck: estimated USD [\d,.]+ a month is more than the budget of USD 20\.00: [^\n]+\n$/,
      );
      assert.match(over.stdout, /^total /m);
      assert.deepEqual((await documentOf({ budget: 1_000_000 }, folder)).budget, { usd: 1_000_000, exceeded: false });
    }));

  it("takes prices from a file, and regions that are only there", () =>
    inFolder(async (folder) => {
      await put(folder, 10);
      const { athena } = priceList["us-east-1"] ?? {};
      assert.ok(athena);
      const logsStandard = [{ usd: 5, unit: "GB", date: "2026-01-31", source: "https://example.com/prices" }];
      await writeFile(join(folder, "prices.json"), JSON.stringify({ "us-east-1": { logsStandard } }));
      const { stdout } = await cost({ prices: "prices.json" }, folder);
      // Ten times the built-in price: (46.5 × 933 + 0.39 × 867 + 0.72 × 423) bytes × 10,000,000 sessions = 410.035 GB.
      assert.match(stdout, /^MediaTailor +log ingestion +CloudWatch +410\.035 +GB +2,050\.18$/m);

      await writeFile(join(folder, "north.json"), JSON.stringify({ "eu-north-1": priceList["us-east-1"] }));
      await writeFile(join(folder, "Pulumi.dev.yaml"), stackFile(10).replace("us-east-1", "eu-north-1"));
      const unknown = /no prices of region eu-north-1: known are ap-southeast-2, .*us-west-2; give a price list/;
      await assert.rejects(cost({}, folder), told(UnknownRegionError, unknown));
      assert.equal((await cost({ prices: "north.json" }, folder)).status, 0);
    }));

  it("says what is wrong in one line, with status 2 for the command line and 1 for the stack file", () =>
    inFolder(async (folder) => {
      await assert.rejects(cost({}, folder), told(UsageError, /there is no Pulumi\.<name>\.yaml here/));
      await put(folder, 10);
      await writeFile(join(folder, "Pulumi.prod.yaml"), stackFile(100).replace(": dev", ": prod"));
      await writeFile(join(folder, "Pulumi.broken.yaml"), "config: [");
      await writeFile(join(folder, "Pulumi.empty.yaml"), "encryptionsalt: x\n");
      await writeFile(join(folder, "Pulumi.nowhere.yaml"), stackFile(10).replace("  aws:region: us-east-1\n", ""));
      await writeFile(join(folder, "prices.json"), '{"us-east-1": {"athena": [{"usd": "5"}]}}');
      const cases: [CostOptions, RegExp][] = [
        [{}, /give a stack by --stack NAME: known here are broken, dev, empty, nowhere, prod/],
        [{ stack: "staging" }, /there is no Pulumi\.staging\.yaml here/],
        [{ stack: "../dev" }, /--stack is "\.\.\/dev": known here are/],
        [{ stack: "broken" }, /Pulumi\.broken\.yaml is no YAML: /],
        [{ stack: "empty" }, /Pulumi\.empty\.yaml is no stack file/],
        [{ stack: "nowhere" }, /Pulumi\.nowhere\.yaml has no aws:region/],
        [{ stack: "dev", from: "HEAD" }, /--from is "HEAD": that is no revision of a git repository here/],
        [{ stack: "dev", prices: "nope.json" }, /--prices nope\.json cannot be read \(ENOENT\)/],
      ];
      for (const [options, message] of cases) await assert.rejects(cost(options, folder), told(UsageError, message));
      await assert.rejects(
        cost({ stack: "dev", prices: "prices.json" }, folder),
        told(PriceTableError, /mistakes: us-east-1\.athena\.0\.usd is "5": allowed is a number of at least 0; /),
      );
      assertOneLine(
        await aircheck(["cost", "--stack", "staging"], folder),
        2,
        /there is no Pulumi\.staging\.yaml here/,
      );
      const forbidden =
        /the stack's configuration has a mistake; nothing was changed: aircheck:mediaTailor\.existingConfigurations\.live\.percent is 100: allowed in prod is a whole number from 1 to 10/;
      assertOneLine(await aircheck(["cost", "--stack", "prod"], folder), 1, forbidden);
    }));
});
