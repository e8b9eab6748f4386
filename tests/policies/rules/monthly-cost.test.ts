import assert from "node:assert/strict";
import { estimateCost } from "../../../limits/cost.ts";
import { type CostBasis, costBasisType } from "../../../limits/cost-basis.ts";
import { costChangeLine } from "../../../limits/cost-change.ts";
import { usdText } from "../../../limits/money.ts";
import { priceList } from "../../../limits/price-list.ts";
import { costOfChange, monthlyBudget } from "../../../policies/rules/monthly-cost.ts";
import { busy } from "../../limits/cost-fixture.ts";
import { type Given, judge, type Stack, testsOf, unknown } from "../judging.ts";

/** The fixture with one configuration, `live`, at a percentage. */
const basis = (percent: number, change: object = {}): CostBasis => ({
  ...busy,
  playback: [{ name: "live", percent, strategies: ["LEGACY_CLOUDWATCH"], sessionsPerMonth: 1_000_000 }],
  ...change,
});
const record = (now: unknown, before?: unknown): Given => ({
  type: costBasisType,
  name: "cost",
  props: { basis: now, before },
});
const live = (percentEnabled: unknown, name = "live"): Given => ({
  type: "aws-native:mediatailor:PlaybackConfiguration",
  name,
  props: { name, logConfiguration: { percentEnabled, enabledLoggingStrategies: ["LEGACY_CLOUDWATCH"] } },
});
const costOf = (of: CostBasis) => estimateCost(of, priceList);

describe(costOfChange.name, () => {
  const told = (resources: readonly Given[], config: Stack["config"] = {}) =>
    judge(costOfChange, resources, { name: "prod", config }).violations.map(({ message }) => message);

  it("tells before and after", () => {
    const [before, after] = [costOf(basis(10)), costOf(basis(100))];
    assert.deepEqual(told([record(basis(100), basis(10))]), [costChangeLine(before, after)]);
    assert.match(
      costChangeLine(before, after),
      /^estimated USD [\d,.]+ a month \(was [\d,.]+, \+[\d,.]+\): MediaTailor \+/,
    );
  });

  it("tells what the resources are, not what the program says of them", () => {
    assert.deepEqual(told([record(basis(10), basis(10)), live(100)]), [
      costChangeLine(costOf(basis(10)), costOf(basis(100))),
    ]);
  });

  it("does not take a configuration without strategies for one that logs nothing", () => {
    const bare: Given = { ...live(100), props: { name: "live", logConfiguration: { percentEnabled: 100 } } };
    assert.deepEqual(told([record(basis(10)), bare]), [costChangeLine(undefined, costOf(basis(100)))]);
  });

  it("takes the resource that logs most, where several are about one configuration", () => {
    const both = told([record(basis(10)), live(5), live(50), live(20)]);
    assert.deepEqual(both, [costChangeLine(undefined, costOf(basis(50)))]);
  });

  it("knows nothing of before where it cannot be read, or lies in a region without prices", () => {
    for (const before of [
      undefined,
      "cheap",
      unknown.object,
      basis(10, { version: 99 }),
      basis(10, { region: "xx-1" }),
    ]) {
      assert.match(told([record(basis(10), before)])[0] ?? "", /nothing known of before/);
    }
  });

  it("takes prices of its configuration", () => {
    const alarm = [{ usd: 1000, unit: "metric", date: "2026-01-01", source: "https://example.com/prices" }];
    const prices = { [busy.region]: { alarm } };
    const [dear = "", usual = ""] = [told([record(basis(10))], { prices })[0], told([record(basis(10))])[0]];
    assert.match(dear, /^estimated USD/);
    assert.notEqual(dear, usual);
  });

  it("says what the estimate leaves out", () => {
    const [line = ""] = told([record(basis(10)), live(10), live(1, "hidden"), live(1, "more")]);
    assert.equal(line, `${costChangeLine(undefined, costOf(basis(10)))}, without the sessions of hidden, more`);
  });

  it("takes no basis where there are several", () => {
    const [line = ""] = told([record(basis(1)), { ...record(basis(100)), name: "other" }]);
    assert.match(line, /^no estimate of costs: the program carries several bases/);
  });

  it("says why there is no estimate", () => {
    assert.match(told([live(10)])[0] ?? "", /^no estimate of costs: the program carries no basis of an estimate/);
    assert.match(
      told([record({ version: 1 })])[0] ?? "",
      /^no estimate of costs: the basis of the estimate cannot be read: /,
    );
    assert.match(told([record(basis(10, { region: "xx-1" }))])[0] ?? "", /there are no prices of region xx-1/);
    assert.match(told([record(basis(10))], { prices: { [busy.region]: 5 } })[0] ?? "", /the price list has a mistake/);
  });
});

const ten = costOf(basis(10)).monthlyUsd;
const enough = { monthlyUsd: Math.ceil(ten * 100) / 100 };
const little = { monthlyUsd: Math.floor(ten * 100) / 100 - 0.01 };
const [dearest] = [...costOf(basis(10)).parts].sort((a, b) => b.usd - a.usd);
assert.ok(dearest);

testsOf(monthlyBudget, [
  { it: "passes if there is no budget", resources: [record(basis(100)), live(100)] },
  { it: "passes if the estimate is within it", resources: [record(basis(10)), live(10)], config: enough },
  {
    it: "fails if the estimate is a cent above it",
    resources: [record(basis(10)), live(10)],
    config: little,
    says: [
      `undefined: ${costChangeLine(undefined, costOf(basis(10)))}. The budget is ${usdText(little.monthlyUsd)}. ` +
        `Most of it is MediaPackage: ${dearest.label}, ${usdText(dearest.usd)}`,
    ],
  },
  {
    it: "fails if the program says less than its resources do",
    resources: [record(basis(10), basis(10)), live(100)],
    config: enough,
    says: [
      `undefined: ${costChangeLine(costOf(basis(10)), costOf(basis(100)))}. The budget is ${usdText(enough.monthlyUsd)}. ` +
        `Most of it is ${mostAt(100)}`,
    ],
  },
  {
    it: "fails if a configuration is left out of the estimate",
    resources: [record(basis(10)), live(10), live(1, "hidden")],
    config: enough,
    says: ["undefined: the estimate leaves out the sessions of hidden. Let costBasisOf know of every configuration"],
  },
  {
    it: "fails if there is nothing to estimate from",
    resources: [live(10)],
    config: enough,
    says: [
      "undefined: there is a budget, and no estimate to hold against it: the program carries no basis of an estimate: " +
        "a component of type aircheck:cost:CostBasis",
    ],
  },
  {
    it: "fails if the budget is no amount",
    resources: [record(basis(10))],
    config: { monthlyUsd: "100" },
    says: ['undefined: the budget is "100", which is no amount. Set monthlyUsd to a number'],
  },
  {
    it: "fails in prod if a percentage cannot be known",
    resources: [record(basis(10)), live(unknown.number)],
    config: enough,
    unknown: "logConfiguration.percentEnabled",
  },
  {
    it: "fails if nothing may cost anything",
    resources: [record(basis(10))],
    config: { monthlyUsd: 0 },
    says: [
      `undefined: ${costChangeLine(undefined, costOf(basis(10)))}. The budget is 0.00. Most of it is ${mostAt(10)}`,
    ],
  },
]);

function mostAt(percent: number): string {
  const [most] = [...costOf(basis(percent)).parts].sort((a, b) => b.usd - a.usd);
  assert.ok(most);
  return `${most.group === "mediaTailor" ? "MediaTailor" : "MediaPackage"}: ${most.label}, ${usdText(most.usd)}`;
}
