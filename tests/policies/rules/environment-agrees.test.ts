import { costBasisType } from "../../../limits/cost-basis.ts";
import { environmentAgrees } from "../../../policies/rules/environment-agrees.ts";
import { byEnvironment, type Given, testsOf, unknown } from "../judging.ts";

const program = (environment: unknown): Given => ({
  type: costBasisType,
  name: "cost",
  props: { basis: { environment } },
});
const tooMild = (own: string) => [
  `cost: the program says that this is ${own}. Configure the pack, or tag the stack, as ${own}`,
];

testsOf(environmentAgrees, [
  { it: "passes if the program says dev", resources: [program("dev")] },
  {
    it: "fails if the program says staging, and less is judged",
    resources: [program("staging")],
    says: byEnvironment({ dev: tooMild("staging") }),
  },
  {
    it: "fails if the program says prod, and less is judged",
    resources: [program("prod")],
    says: byEnvironment({ dev: tooMild("prod"), staging: tooMild("prod") }),
  },
  { it: "passes if the program says nothing", resources: [program(undefined), { ...program(""), props: {} }] },
  {
    it: "fails in prod if what it says cannot be known",
    resources: [program(unknown.text)],
    unknown: "basis.environment",
  },
]);
