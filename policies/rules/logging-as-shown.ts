import { isDeepStrictEqual } from "node:util";
import type { PolicyResource } from "@pulumi/policy";
import { invocationType, loggingOnlyType } from "../playback.ts";
import type { StackRule } from "../rule.ts";
import { ofTypes } from "../stack-resources.ts";
import { jsonObject, plain } from "../values.ts";

/** What both have to say alike. */
const compared = ["configuration", "percent", "strategies", "ads", "manifest"] as const;

export const loggingAsShown: StackRule = {
  name: "mediatailor-logging-as-shown",
  description:
    "Checks that a PlaybackLogging component asks its function for the very logging that it shows to reviewers.",
  why:
    "Reviewers and limits look at the component; MediaTailor gets what the invocation below it says. Were the two to differ, the " +
    "review would be of something else.",
  exception: "None: give the component and its invocation the same values, as `infra/playback-logging.ts` does.",
  severity: "high",
  level: "mandatory",
  unknown: "fails",
  configuration: {},
  checkStack(resources, { each, reportOn }) {
    const calls = ofTypes(resources, [invocationType]);
    each(ofTypes(resources, [loggingOnlyType]), (component) => {
      const own = calls.filter(({ parent }) => parent?.urn === component.urn);
      if (own.length === 0) reportOn(component.urn, `${component.name} shows a logging that nothing sets`);
      for (const call of own) {
        const different = compared.filter((key) => !isSame(component, call, key));
        if (different.length > 0) {
          reportOn(component.urn, `${component.name} asks for another ${different.join(", ")} than it shows`);
        }
      }
    });
  },
};

function isSame(component: PolicyResource, call: PolicyResource, key: (typeof compared)[number]): boolean {
  const asked = jsonObject(call.props.input)?.[key];
  return asked !== undefined && isDeepStrictEqual(asked, plain(component.props[key]));
}
