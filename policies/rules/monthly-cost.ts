/** Two rules about money: what a change costs is told, and a budget is kept. */
import { type CostEstimate, groupLabels } from "../../limits/cost.ts";
import { costChangeLine } from "../../limits/cost-change.ts";
import { cents, usdText } from "../../limits/money.ts";
import type { StackRule } from "../rule.ts";
import { pricesProperty, stackCost } from "../stack-cost.ts";

export const costOfChange: StackRule = {
  name: "cost-of-change",
  description: "Checks what the stack is going to cost in a month, and tells it beside what it cost before.",
  why:
    "The bill of logging follows from sessions, requests and percentages, and comes weeks after the change that caused it. Here it " +
    "stands in the preview of that change. It is advice; a budget makes it a rule.",
  exception: "Nothing to be excepted from: it never stops a deployment.",
  severity: "low",
  level: "advisory",
  unknown: "waits",
  configuration: { prices: pricesProperty },
  checkStack(resources, { config, report }) {
    const cost = stackCost(resources, config.prices);
    if ("why" in cost) {
      report(`no estimate of costs: ${cost.why}`);
      return;
    }
    const { before, after, leftOut } = cost;
    const without = leftOut.length > 0 ? `, without the sessions of ${leftOut.join(", ")}` : "";
    report(`${costChangeLine(before, after)}${without}`);
  },
};

export const monthlyBudget: StackRule = {
  name: "monthly-budget",
  description: "Checks that the estimated cost of a month stays within the budget, where one is set.",
  why:
    "A percentage that the limits allow may still be too dear for an audience that has grown. With a budget the preview says so " +
    "before the first of its records is paid for; a cost that cannot be estimated does not count as none.",
  exception: "Raise `monthlyUsd` in the rule's configuration, in the pull request that needs it.",
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {
    monthlyUsd: {
      type: "number",
      minimum: 0,
      description: "The budget in USD a month. Without it nothing is checked.",
    },
    prices: pricesProperty,
  },
  checkStack(resources, { config, report }) {
    const { monthlyUsd, prices } = config;
    if (monthlyUsd === undefined || monthlyUsd === null) return;
    if (typeof monthlyUsd !== "number" || !(monthlyUsd >= 0)) {
      report(`the budget is ${JSON.stringify(monthlyUsd)}, which is no amount. Set monthlyUsd to a number`);
      return;
    }
    const cost = stackCost(resources, prices);
    if ("why" in cost) {
      report(`there is a budget, and no estimate to hold against it: ${cost.why}`);
      return;
    }
    const { after, before, leftOut } = cost;
    if (leftOut.length > 0) {
      report(
        `the estimate leaves out the sessions of ${leftOut.join(", ")}. Let costBasisOf know of every configuration`,
      );
    }
    if (cents(after.monthlyUsd) > monthlyUsd) {
      report(`${costChangeLine(before, after)}. The budget is ${usdText(monthlyUsd)}. ${dearest(after.parts)}`);
    }
  },
};

/** The part that costs most, for those who have to save. */
function dearest(parts: CostEstimate["parts"]): string {
  const [most] = [...parts].sort((a, b) => b.usd - a.usd);
  return most ? `Most of it is ${groupLabels[most.group]}: ${most.label}, ${usdText(most.usd)}` : "";
}
