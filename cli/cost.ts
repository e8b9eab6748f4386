/** `aircheck cost`: what a stack file costs in a month, and what a change of it does. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Catalog } from "../catalog/index.ts";
import { parseConfig } from "../infra/config.ts";
import { costBasisOf } from "../infra/cost-basis.ts";
import { planSources } from "../infra/source-plan.ts";
import { estimateCost } from "../limits/cost.ts";
import { compareCosts, costChangeLine } from "../limits/cost-change.ts";
import { cents, usdText } from "../limits/money.ts";
import { priceList } from "../limits/price-list.ts";
import { type PriceTable, parsePriceTable } from "../limits/prices.ts";
import { comparisonText, type Estimated, estimateText } from "./cost-text.ts";
import { stackConfig, stackFileName, textAt, workingText } from "./stack-file.ts";
import { type ExitStatus, errorLine, type Terminal, UsageError, write } from "./terminal.ts";

export interface CostOptions {
  readonly stack?: string;
  readonly from?: string;
  readonly to?: string;
  readonly prices?: string;
  /** USD a month. */
  readonly budget?: number;
  readonly json?: boolean;
}

/**
 * @param folder where the stack file is
 * @throws UsageError, PriceTableError, UnknownRegionError for what was asked; ConfigError for a stack file with mistakes
 */
export async function costCommand(
  options: CostOptions,
  catalog: Catalog,
  { stdout, stderr }: Terminal,
  folder: string,
): Promise<ExitStatus> {
  const { from, to, budget } = options;
  const file = await stackFileName(options.stack, folder);
  const prices = await pricesOf(options.prices, folder);
  const estimated = (text: string) => estimatedOf(text, file, catalog, prices);
  const afterText =
    to === undefined ? await workingText(file, folder) : await textAt({ revision: to, option: "--to" }, file, folder);
  if (afterText === undefined) throw new UsageError(`--to is ${JSON.stringify(to)}: that revision has no ${file}`);
  const beforeText = from === undefined ? undefined : await textAt({ revision: from, option: "--from" }, file, folder);
  const after = estimated(afterText);
  const before = beforeText === undefined ? undefined : estimated(beforeText).estimate;
  const comparison = from === undefined ? undefined : compareCosts(before, after.estimate);
  const monthlyUsd = cents(after.estimate.monthlyUsd);
  const exceeded = budget !== undefined && monthlyUsd > budget;
  if (options.json) {
    const document = {
      stackFile: file,
      monthlyUsd,
      estimate: after.estimate,
      basis: after.basis,
      ...(comparison && {
        comparison: { from, to: to ?? null, line: costChangeLine(before, after.estimate), ...comparison },
      }),
      ...(budget !== undefined && { budget: { usd: budget, exceeded } }),
    };
    await write(stdout, `${JSON.stringify(document, null, 2)}\n`);
  } else {
    const head = `${file}, ${after.basis.environment} in ${after.basis.region}`;
    await write(
      stdout,
      comparison
        ? `${head}: ${costChangeLine(before, after.estimate)}\n\n${comparisonText(comparison)}`
        : `${head}: estimated USD ${usdText(monthlyUsd)} a month\n\n${estimateText(after, prices)}`,
    );
  }
  if (exceeded) {
    const much = `estimated USD ${usdText(monthlyUsd)} a month is more than the budget of USD ${usdText(budget)}`;
    await write(stderr, errorLine(new Error(`${much}: lower percent, retention or usage, or agree on more`)));
  }
  return exceeded ? 1 : 0;
}

async function pricesOf(file: string | undefined, folder: string): Promise<PriceTable> {
  if (file === undefined) return priceList;
  const text = await readFile(resolve(folder, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--prices ${file} cannot be read (${error.code ?? error.message}): give a JSON file`);
  });
  return parsePriceTable(text, priceList);
}

function estimatedOf(text: string, file: string, catalog: Catalog, prices: PriceTable): Estimated {
  const values = stackConfig(text, file);
  const region = values["aws:region"];
  if (!region) throw new UsageError(`${file} has no aws:region: prices depend on it`);
  const config = parseConfig(values, Date.now());
  const basis = costBasisOf(config, planSources(config, catalog), region);
  return { basis, estimate: estimateCost(basis, prices) };
}
