/** Finds passwords in the SQL of MySQL and MariaDB. */

// A string ends at its quote, not at a doubled or escaped one; without an end it takes the rest.
const single = "'(?:[^'\\\\]+|\\\\[^]|'')*(?:'|\\\\?$)";
const double = single.replaceAll("'", '"');
const introducer = "(?:_[0-9A-Za-z]+\\s*|[nxb])?";

/** Comments, strings, quoted names, words, and single characters. A comment with `!` is code, and only its mark is passed. */
const tokenPattern = new RegExp(
  [
    "(?<skipped>/\\*![0-9]*|\\*/|/\\*[^]*?(?:\\*/|$)|--(?=\\s)[^\\n]*|#[^\\n]*|\\s+)",
    `(?<string>${introducer}(?:${single}|${double}))`,
    "(?<word>`[^`]*`?|[\\w$]+)",
    "[^]",
  ].join("|"),
  "gi",
);

const masked = "'***'";

/**
 * Puts `'***'` in place of every password: after `IDENTIFIED BY` and `IDENTIFIED WITH … BY` or `AS`, in `PASSWORD(…)`,
 * `SET PASSWORD … =`, `…PASSWORD = …` and `REPLACE` behind one of them. Also where the statement is itself quoted and its
 * quotes are escaped (audit lines as they are logged, prepared statements). All else stays as it is.
 */
export function maskPasswords(sql: string): string {
  if (!/identified|passw(?:or)?d/i.test(sql)) return sql;
  let statement = startOfStatement;
  return maskQuotedAgain(sql).replace(tokenPattern, (token: string, ...rest: unknown[]) => {
    const { skipped, string, word } = groupsOf(rest);
    if (skipped !== undefined) return token;
    const isValue = string !== undefined || /^0x/i.test(token);
    const secret = isValue && expectsPassword(statement);
    statement = token === ";" ? startOfStatement : after(statement, nameOf(token, string, word));
    return secret ? masked : token;
  });
}

function groupsOf(rest: readonly unknown[]): { skipped?: unknown; string?: unknown; word?: unknown } {
  const groups = rest.at(-1);
  return typeof groups === "object" && groups !== null ? groups : {};
}

/** What was read of a statement, as far as it decides whether the next string is a password. */
interface Statement {
  /** The last two tokens: words in upper case without quotes, `'` for a string. */
  readonly last: string;
  readonly beforeLast: string;
  /** `IDENTIFIED` was there. */
  readonly identifies: boolean;
  /** `SET PASSWORD` was there; `done` when its value was as well. */
  readonly setsPassword: "no" | "yes" | "done";
}

const startOfStatement: Statement = { last: "", beforeLast: "", identifies: false, setsPassword: "no" };

function nameOf(token: string, string: unknown, word: unknown): string {
  if (string !== undefined) return "'";
  return word === undefined ? token : token.replaceAll("`", "").toUpperCase();
}

function after(statement: Statement, name: string): Statement {
  // `:=` is one sign.
  if (statement.last === ":" && name === "=") return { ...statement, last: "=" };
  return {
    last: name,
    beforeLast: statement.last,
    identifies: statement.identifies || name === "IDENTIFIED",
    setsPassword: setsPasswordAfter(statement, name),
  };
}

function setsPasswordAfter({ last, setsPassword }: Statement, name: string): Statement["setsPassword"] {
  if (last === "SET" && name === "PASSWORD") return "yes";
  return last === "=" && setsPassword === "yes" ? "done" : setsPassword;
}

function expectsPassword({ last, beforeLast, identifies, setsPassword }: Statement): boolean {
  const isPassword = (name: string) => /PASSW(?:OR)?D$/.test(name);
  if (isPassword(last)) return true;
  if (identifies && ["BY", "AS", "USING"].includes(last)) return true;
  if (last === "REPLACE") return identifies || setsPassword !== "no";
  return (last === "=" && setsPassword === "yes") || (["=", "("].includes(last) && isPassword(beforeLast));
}

/** What a password stands behind, where words alone tell. */
const beforePassword = [
  "\\bidentified\\b[^]{0,200}?\\b(?:by|as|using)\\s{0,20}",
  "\\bset\\s{1,20}password\\s{1,20}for\\b[^=]{0,300}=\\s{0,20}",
  "passw(?:or)?d[\\s=:(]{0,20}",
  "\\breplace\\s{0,20}",
].join("|");
const escapedPattern = new RegExp(`(${beforePassword})(\\\\{1,20}['"])[^]*?(?:(?<!\\\\)\\2|$)`, "gi");
// Without a word behind them, two quotes are an empty password.
const doubledPattern = new RegExp(`(${beforePassword})''(?=[^\\s',;)])(?:[^']+|'''')*(?:''?|$)`, "gi");

/** Passwords whose own quotes are escaped (`\'…\'`) or doubled (`''…''`), because the whole statement is a string. */
function maskQuotedAgain(sql: string): string {
  return sql.replace(escapedPattern, "$1$2***$2").replace(doubledPattern, "$1''***''");
}
