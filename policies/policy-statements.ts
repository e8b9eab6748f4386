/** IAM and bucket policies, as far as rules have to understand them. */
import { isObject, jsonObject, member, texts } from "./values.ts";

export type Statement = Readonly<Record<string, unknown>>;

/** The statements of a document, given as JSON text or as an object; none where it is neither. @throws UnknownValueError */
export function statementsOf(document: unknown): readonly Statement[] {
  const statements = jsonObject(document)?.Statement;
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
}

/** Whether some statement allows an action, on whatever resource and without a condition. */
export function allows(statements: readonly Statement[], action: string): boolean {
  return statements.some(
    (statement) =>
      statement.Effect === "Allow" &&
      statement.Condition === undefined &&
      texts(statement.Action).some((pattern) => matches(pattern, action)),
  );
}

/** Whether the document denies everything that does not come over TLS, to everybody. */
export function deniesPlainText(statements: readonly Statement[]): boolean {
  return statements.some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Deny" &&
      isEverybody(Principal) &&
      texts(Action).some((action) => ["s3:*", "*"].includes(action.toLowerCase())) &&
      String(member(Condition, "Bool", "aws:SecureTransport")) === "false",
  );
}

/** Whether a principal is everybody. */
export function isEverybody(principal: unknown): boolean {
  return principal === "*" || texts(member(principal, "AWS")).includes("*");
}

/** Whether a pattern of IAM, with stars, covers an action; the case of letters does not count. */
function matches(pattern: string, action: string): boolean {
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.?+^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`, "i").test(action);
}
