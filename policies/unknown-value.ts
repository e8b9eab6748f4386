/** Values that a preview does not know. The package tells of the error, but its declaration is kept to itself. */
import { UnknownValueError } from "@pulumi/policy";

/** The path of the value, such as `logConfiguration.percentEnabled`; undefined for any other error. */
export function unknownPath(error: unknown): string | undefined {
  if (!(error instanceof Error) || !(error instanceof UnknownValueError)) return undefined;
  const props: unknown = Reflect.get(error, "props");
  return Array.isArray(props) ? props.join(".") : "a value";
}
