import { loggingAsShown } from "../../../policies/rules/logging-as-shown.ts";
import { type Given, testsOf, unknown } from "../judging.ts";

const request = { configuration: "movies", percent: 10, strategies: ["LEGACY_CLOUDWATCH"] };
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
    says: ["movies: movies asks for another configuration, percent, strategies than it shows"],
  },
  {
    it: "fails if nothing sets it",
    resources: [component, call("{}", "other")],
    says: ["movies: movies shows a logging that nothing sets"],
  },
  { it: "fails in prod if the call cannot be known", resources: [component, call(unknown.text)], unknown: "input" },
]);
