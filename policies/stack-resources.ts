/** Finding one's way between the resources of a stack. */
import type { PolicyResource } from "@pulumi/policy";
import { ifKnown, member } from "./values.ts";

/** The resources of some types. */
export function ofTypes(resources: readonly PolicyResource[], types: readonly string[]): readonly PolicyResource[] {
  return resources.filter(({ type }) => types.includes(type));
}

/**
 * Whether a property of one resource is about another. Where both are known, the names decide; in a preview, where nobody knows
 * the names that AWS will give, it is what the property was made from.
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
  const value = ifKnown(() => member(resource.props[property], ...inner));
  const known = names.map((name) => ifKnown(() => target.props[name])).filter((name) => typeof name === "string");
  if (typeof value === "string" && known.length > 0) return known.includes(value);
  return resource.propertyDependencies[property]?.some(({ urn }) => urn === target.urn) === true;
}
