import { loggingAsShown } from "../../../policies/rules/logging-as-shown.ts";
import { type Given, testsOf, unknown } from "../judging.ts";

const filter = { publishOptIn: [], exclude: ["VAST_RESPONSE"] };
const request = {
  configuration: "movies",
  percent: 10,
  strategies: ["LEGACY_CLOUDWATCH"],
  ads: filter,
  manifest: { publishOptIn: [], exclude: [] },
};
const component: Given = { type: "aircheck:media:PlaybackLogging", name: "movies", props: request };
const call = (input: unknown, parent = "movies"): Given => ({
  type: "aws:lambda/invocation:Invocation",
  name: "call",
  parent,
  props: { functionName: "f", input },
});
const asking = (change: object) => call(JSON.stringify({ ...request, ...change }));

testsOf(loggingAsShown, [
  { it: "passes if both say the same", resources: [component, asking({})] },
  {
    it: "passes if both say the same in another order",
    resources: [component, asking({ ads: { exclude: ["VAST_RESPONSE"], publishOptIn: [] } })],
  },
  {
    it: "fails if the call leaves out more events",
    resources: [component, asking({ ads: { ...filter, exclude: ["VAST_RESPONSE", "ERROR_UNKNOWN"] } })],
    says: ["movies: movies asks for another ads than it shows"],
  },
  {
    it: "fails if the call does not say what is left out",
    resources: [component, asking({ manifest: undefined })],
    says: ["movies: movies asks for another manifest than it shows"],
  },
  {
    it: "fails if the call asks for more",
    resources: [component, asking({ percent: 100 })],
    says: ["movies: movies asks for another percent than it shows"],
  },
  {
    it: "fails if the call is about another configuration in another way",
    resources: [component, asking({ configuration: "live", strategies: [] })],
    says: ["movies: movies asks for another configuration, strategies than it shows"],
  },
  {
    it: "fails if neither says what is to be logged",
    resources: [{ ...component, props: {} }, call("{}")],
    says: ["movies: movies asks for another configuration, percent, strategies, ads, manifest than it shows"],
  },
  {
    it: "fails if nothing sets it",
    resources: [component, call("{}", "other")],
    says: ["movies: movies shows a logging that nothing sets"],
  },
  {
    it: "passes if each call is compared with its own component",
    resources: [
      component,
      asking({}),
      { ...component, name: "kids", props: { ...request, percent: 5 } },
      call(JSON.stringify({ ...request, percent: 5 }), "kids"),
    ],
  },
  { it: "fails in prod if the call cannot be known", resources: [component, call(unknown.text)], unknown: "input" },
]);
