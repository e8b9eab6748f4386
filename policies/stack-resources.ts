/** Finding one's way between the resources of a stack. */
import type { PolicyResource } from "@pulumi/policy";
import { ifKnown, member } from "./values.ts";

/** The resources of some types. */
export function ofTypes(resources: readonly PolicyResource[], types: readonly string[]): readonly PolicyResource[] {
  return resources.filter(({ type }) => types.includes(type));
}

/**
 * Whether a property of one resource is about another: it was made from it, or it is one of its names. The first holds in a
 * preview too, where nobody knows the names that AWS will give.
 *
 * @param path of the property, with dots
 * @param names properties of `target` that hold a name or ARN of it
 */
export function isAbout(
  resource: PolicyResource,
  path: string,
  target: PolicyResource,
  names: readonly string[],
): boolean {
  const [property = "", ...inner] = path.split(".");
  if (resource.propertyDependencies[property]?.some(({ urn }) => urn === target.urn)) return true;
  const value = ifKnown(() => member(resource.props[property], ...inner));
  return typeof value === "string" && names.some((name) => ifKnown(() => target.props[name]) === value);
}
