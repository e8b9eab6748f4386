/** IAM and bucket policies, as far as rules have to understand them. */
import { isRecord } from "../limits/problems.ts";
import { jsonObject, member, plain, texts } from "./values.ts";

export type Statement = Readonly<Record<string, unknown>>;

/** The statements of a document, given as JSON text or as an object; none where it is neither. @throws UnknownValueError */
export function statementsOf(document: unknown): readonly Statement[] {
  const statements = jsonObject(document)?.Statement;
  return (Array.isArray(statements) ? statements : [statements]).filter(isRecord);
}

/**
 * Whether statements allow an action on a resource: one does so without a condition, and none denies it without a condition.
 *
 * @param resource what stands behind the account in the ARN, such as `log-group:MediaTailor/ManifestService:*`
 */
export function allows(statements: readonly Statement[], action: string, resource: string): boolean {
  const about = statements.filter(
    ({ Action, Resource, Condition }) =>
      Condition === undefined &&
      texts(Action).some((pattern) => matches(pattern, action)) &&
      texts(Resource).some((pattern) => matches(pattern.split(":").slice(5).join(":") || pattern, resource)),
  );
  return about.some(({ Effect }) => Effect === "Allow") && !about.some(({ Effect }) => Effect === "Deny");
}

/**
 * Whether a bucket's policy denies everything that does not come over TLS: to everybody, of the bucket and of every object.
 *
 * @param bucket its name; undefined where that is not known
 */
export function deniesPlainText(statements: readonly Statement[], bucket: string | undefined): boolean {
  return statements.some(({ Effect, Principal, Action, Resource, Condition }) => {
    const [only, ...others] = conditionsOf(Condition);
    return (
      Effect === "Deny" &&
      isEverybody(Principal) &&
      texts(Action).some((action) => ["s3:*", "*"].includes(action.toLowerCase())) &&
      coversBucket(texts(Resource), bucket) &&
      others.length === 0 &&
      ["Bool", "BoolIfExists"].includes(only?.operator ?? "") &&
      only?.key === "aws:securetransport" &&
      only.values.join() === "false"
    );
  });
}

/** The conditions of a statement, keys in lower case, for IAM does not tell cases apart. */
export function conditionsOf(condition: unknown): readonly {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}[] {
  const operators = plain(condition);
  if (!isRecord(operators)) return [];
  return Object.entries(operators).flatMap(([operator, keys]) =>
    Object.entries(Object(keys)).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: [values].flat().map(String),
    })),
  );
}

function isEverybody(principal: unknown): boolean {
  return principal === "*" || texts(member(principal, "AWS")).includes("*");
}

function coversBucket(resources: readonly string[], bucket: string | undefined): boolean {
  const whole = resources.filter((arn) => resources.includes(`${arn}/*`));
  return resources.includes("*") || whole.some((arn) => bucket === undefined || arn.split(":").at(-1) === bucket);
}

/** Whether a pattern of IAM, with stars and question marks, covers a text; the case of letters does not count. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(text);
}
