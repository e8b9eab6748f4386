import { costBasisType } from "../../limits/cost-basis.ts";
import { environments, isEnvironment } from "../../limits/limits.ts";
import type { StackRule } from "../rule.ts";
import { ofTypes } from "../stack-resources.ts";
import { member, plain } from "../values.ts";

export const environmentAgrees: StackRule = {
  name: "environment-agrees",
  description: "Checks that the pack does not judge a stack more mildly than the stack says of itself.",
  why:
    "A program that is configured as prod and judged as dev, by a tag or a file that belongs to another stack, would be held to no " +
    "limit of production.",
  exception: "None: give the pack the environment that `aircheck:environment` has.",
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  checkStack(resources, { environment, each, reportOn }) {
    each(ofTypes(resources, [costBasisType]), ({ urn, props }) => {
      const own = plain(member(props.basis, "environment"));
      if (typeof own !== "string" || !isEnvironment(own)) return;
      if (environments.indexOf(own) > environments.indexOf(environment)) {
        reportOn(urn, `the program says that this is ${own}. Configure the pack, or tag the stack, as ${own}`);
      }
    });
  },
};
