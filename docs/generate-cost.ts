/** Writes docs/cost.md from prices, assumptions and presets: run `npx tsx docs/generate-cost.ts`. */
import { fileURLToPath } from "node:url";
import { catalog } from "../catalog/index.ts";
import { presets } from "../infra/config/presets.ts";
import { parseConfig } from "../infra/config.ts";
import { costBasisOf } from "../infra/cost-basis.ts";
import { planSources } from "../infra/source-plan.ts";
import { assumptionNames, assumptions, costedSources, recordSizes } from "../limits/assumptions.ts";
import { costGroups, estimateCost, groupLabels, groupUsd } from "../limits/cost.ts";
import { environments } from "../limits/limits.ts";
import { usdText } from "../limits/money.ts";
import { priceList } from "../limits/price-list.ts";
import { type Meter, meters, type Price, regionPrices } from "../limits/prices.ts";
import { kinds } from "../limits/quantities.ts";
import { code, markdownTable, writePage } from "./markdown.ts";

const exampleRegion = "eu-west-1";
const regions = Object.keys(priceList).sort();
const [anyRegion = exampleRegion] = regions;

const count = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 6 });
/** A price with as many digits as it has. */
const usd = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 10, useGrouping: false });

/** Prices, assumptions and defaults as one page of Markdown. */
export function costMarkdown(): string {
  const sections = [
    "# What it costs",
    "Generated from `limits/` and `infra/config/presets.ts`: do not edit. `npx tsx docs/generate-cost.ts` writes it again.",
    commands,
    "## What is counted",
    counted,
    partsTable(),
    "## How it adds up",
    laws,
    "## Without a word about usage",
    `What is estimated in ${code(exampleRegion)} where a stack file says nothing but its environment, USD a month:`,
    examplesTable(),
    "## Expected usage",
    usage,
    usageTable(),
    "## Assumptions",
    `${code("aircheck:usage.assumptions")} replaces any of them by name, ${code("aircheck:usage.recordBytes")} the text bytes of a source's records; compressed sizes then grow in proportion. "Twin" is ${code("aircheck start --once")} with its defaults: six hours of made-up traffic.`,
    assumptionsTable(),
    sizesTable(),
    "## Prices",
    prices,
    pricesTable(),
    unconfirmedList(),
    "## Your own prices",
    ownPrices,
    "## What is not counted",
    notCounted,
  ];
  return `${sections.join("\n\n")}\n`;
}

const commands = `\`\`\`sh
npm ci && npm run build                                 # once: npx aircheck runs what the build makes
npx aircheck cost --stack prod                          # the estimate of Pulumi.prod.yaml, part by part
npx aircheck cost --stack prod --from origin/main       # what this branch's change of the file costs
npx aircheck cost --stack prod --from v1 --to v2 --json # between two revisions, for programs
npx aircheck cost --stack prod --budget 500             # status 1 when a month costs more
\`\`\`

A comparison is of stack files: what the change of the stack file costs. Both sides are estimated with the presets, the prices and the
model of the version that runs, so that a change of those, or of what a stack file means, does not show in it.

The stack itself carries the same estimate in its output \`cost\`.`;

const counted = `A month in its steady state: retention has filled up, and as much goes as comes. Records come from sessions
(MediaTailor logs a percentage of them, whole) and from requests (MediaPackage logs each). A log that goes both ways,
\`LEGACY_CLOUDWATCH\` and \`VENDED_LOGS\`, is paid for twice.`;

const laws = `- Every part belongs to one of ${costGroups.map((group) => code(groupLabels[group])).join(", ")}.
- \`Fixed\` is what does not grow with records: alarms, metrics, the dashboard, objects that Firehose writes by the clock however
  little is in them, and the least that a query is billed for. What grows with records is added on top, so that objects and scans
  are rather counted too high than too low.
- The MediaTailor part is proportional to percent: from 10 to 100 it becomes ten times as much, and nothing else changes.
- Volume tiers are filled in the order above, MediaTailor last. It pays what it adds, so its percentages never move the other
  groups. Where its own volume reaches into a cheaper tier (10 TB of vended logs, 50 TB in S3), ten times the percentage costs
  less than ten times as much.
- Old versions count: the buckets are versioned, and S3 keeps what has expired for \`lake.retentionDays.noncurrent\` more days.
- Free allowances of the account are not taken off.`;

const usage = `\`sessionsPerMonth\` is the sessions of all playback configurations. \`sessionsByConfiguration\` says how many some of them have; the
rest goes to the others in equal parts, or, where all are named or none is configured, to configurations that the stack file
does not name: they log into the same log groups, and are counted at \`mediaTailor.percent\`. \`requestsPerMonth\` and
\`ingressRequestsPerMonth\` are MediaPackage's; \`mediaPackageV2Percent\` says how many of them v2 serves (all, once it has a channel
group). \`auroraRecordsPerMonth\` is for each cluster. Where a stack file leaves them out, these hold:`;

const prices = `USD by region. "Tiers" are cheaper prices beyond a volume in a month; the price list in \`limits/price-list.ts\` has them all, with the
day and the page of each price. A \`?\` marks numbers that are scaled or remembered instead of published ones; the command names
those that it used. Check them against the page before you rely on them.`;

const ownPrices = `\`aircheck cost --prices FILE\` takes a JSON file whose prices go before the built-in ones, meter by meter. A region that is not built in
needs every meter of the table above; asking for a region without prices is an error, never a guess.

\`\`\`json
{
  "eu-west-1": {
    "firehoseVended": [
      { "usd": 0.1, "upTo": 512000, "unit": "GB", "date": "2026-01-31", "source": "https://aws.amazon.com/firehose/pricing/" },
      { "usd": 0.08, "unit": "GB", "date": "2026-01-31", "source": "https://aws.amazon.com/firehose/pricing/" }
    ]
  }
}
\`\`\``;

const notCounted = `- MediaTailor and MediaPackage themselves, ad serving, the CDN.
- Calls of KMS where there is a key of one's own (bucket keys make them few), Secrets Manager, SNS, the Glue catalog (its first
  million objects are free), results of queries, rejects, log groups of Firehose's own errors.
- Transfer out of the region, and consumers in other accounts.
- QuickSight: authors, readers and capacity are paid for by whoever signed the account up.
- Copies of management events: the first trail of an account is free, a second one is not. \`cloudTrailFirstCopy\` is 0 USD for the first
  only: where the account has a trail already, add AWS's price of a further copy by \`--prices\`, or take \`cloudTrail.mode: existing\`.
- Channel assembly's as-run log, debug sessions of MediaTailor, events that are asked for or left out by event filters.
- Replays, incidents, and months that are unlike the others.`;

function partsTable(): string {
  const rows = kinds.map(({ label, service, meter }) => [label, service, code(meter), meters[meter]]);
  return markdownTable(["part", "service", "meter", "unit"], rows);
}

function examplesTable(): string {
  const rows = environments.map((environment) => {
    const config = parseConfig({ "aircheck:environment": environment }, 0);
    const estimate = estimateCost(costBasisOf(config, planSources(config, catalog), exampleRegion), priceList);
    const groups = costGroups.map((group) => usdText(groupUsd(estimate, group)));
    return [environment, ...groups, usdText(estimate.monthlyUsd)];
  });
  return markdownTable(["environment", ...costGroups.map((group) => groupLabels[group]), "total"], rows);
}

function usageTable(): string {
  const names = Object.keys(presets.prod.usage);
  const of = (name: string) =>
    environments.map((environment) =>
      count(Object.entries(presets[environment].usage).find(([key]) => key === name)?.[1] ?? 0),
    );
  return markdownTable(
    ["key", ...environments],
    names.map((name) => [code(name), ...of(name)]),
  );
}

function assumptionsTable(): string {
  const rows = assumptionNames.map((name) => {
    const { value, unit, evidence } = assumptions[name];
    return [code(name), count(value), unit, evidence];
  });
  return markdownTable(["name", "value", "unit", "evidence"], rows);
}

function sizesTable(): string {
  const rows = costedSources.map((source) => {
    const { textBytes, gzipBytes, lakeBytes, recordsPerEnvelope } = recordSizes[source];
    return [code(source), ...[textBytes, gzipBytes, lakeBytes, recordsPerEnvelope].map(count)];
  });
  return markdownTable(["source", "text bytes", "gzip bytes", "Parquet bytes", "records in an envelope"], rows);
}

function pricesTable(): string {
  const rows = meterNames().map((meter) => {
    const ofRegion = regions.map((region) => firstPrice(regionPrices(priceList, region)[meter]));
    const tiers = regionPrices(priceList, anyRegion)[meter].length;
    const { source = "" } = regionPrices(priceList, anyRegion)[meter][0] ?? {};
    return [code(meter), meters[meter], ...ofRegion, tiers > 1 ? count(tiers) : "", source];
  });
  return markdownTable(["meter", "unit", ...regions, "tiers", "page"], rows);
}

function firstPrice([first]: readonly Price[]): string {
  return first ? `${usd(first.usd)}${first.unconfirmed === undefined ? "" : " ?"}` : "";
}

/** Each reason once, with the meters and regions it is given for. */
function unconfirmedList(): string {
  const reasons = new Map<string, { readonly of: Set<string>; readonly where: Set<string> }>();
  for (const region of regions) {
    for (const meter of meterNames()) {
      for (const { unconfirmed } of regionPrices(priceList, region)[meter]) {
        if (unconfirmed === undefined) continue;
        const reason = reasons.get(unconfirmed) ?? { of: new Set(), where: new Set() };
        reason.of.add(code(meter));
        reason.where.add(region);
        reasons.set(unconfirmed, reason);
      }
    }
  }
  const list = (words: Set<string>) => [...words].join(", ");
  return [...reasons].map(([why, { of, where }]) => `- ${list(of)} in ${list(where)}: ${why}.`).join("\n");
}

function meterNames(): readonly Meter[] {
  return [...new Set(kinds.map(({ meter }): Meter => meter))];
}

const target = fileURLToPath(new URL("./cost.md", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await writePage(target, costMarkdown(), "docs/generate-cost.ts", process.argv.slice(2));
}
