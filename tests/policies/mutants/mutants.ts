/** Mistakes that somebody could make in the rules: each is a text that stands in a file exactly once, and what it becomes. */

export interface Mutant {
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
}

const of =
  (file: string) =>
  (text: string, becomes: string): Mutant => ({ file, text, becomes });

const limits = of("limits/limits.ts");
const environment = of("policies/environment.ts");
const policyOf = of("policies/policy-of.ts");
const values = of("policies/values.ts");
const unknownValue = of("policies/unknown-value.ts");
const overrides = of("policies/overrides.ts");
const playback = of("policies/playback.ts");
const statements = of("policies/policy-statements.ts");
const stackResources = of("policies/stack-resources.ts");
const stackCost = of("policies/stack-cost.ts");
const percent = of("policies/rules/logging-percent.ts");
const strategy = of("policies/rules/logging-strategy.ts");
const asShown = of("policies/rules/logging-as-shown.ts");
const vended = of("policies/rules/vended-delivery.ts");
const logger = of("policies/rules/logger-role.ts");
const retention = of("policies/rules/log-group-retention.ts");
const workgroup = of("policies/rules/workgroup-scan-limit.ts");
const buckets = of("policies/rules/bucket-protection.ts");
const deadLetters = of("policies/rules/dead-letter-queue.ts");
const silence = of("policies/rules/silence-alarm.ts");
const cost = of("policies/rules/monthly-cost.ts");

export const mutants: readonly Mutant[] = [
  // Limits.
  limits("prod: { min: 1, max: 10,", "prod: { min: 1, max: 11,"),
  limits("staging: { min: 1, max: 50,", "staging: { min: 0, max: 50,"),
  limits("percent >= min && percent <= max) return", "percent >= min && percent < max) return"),
  limits("percent >= min && percent <= max) return", "percent > min && percent <= max) return"),
  limits("const isWhole = Number.isInteger(percent);", "const isWhole = true;"),
  limits("override.configuration === configuration &&", "override.configuration !== undefined &&"),
  limits("overrideProblem(override, now) === undefined &&", ""),
  limits("percent <= override.percent,", "percent <= 100,"),
  limits("if (end <= now)", "if (end < now)"),
  limits("startOfDay(now) + (longestOverrideDays + 1) * dayMs", "startOfDay(now) + (longestOverrideDays + 2) * dayMs"),
  limits('isEnvironment(environment) ? environment : "prod"', 'isEnvironment(environment) ? environment : "dev"'),
  // Environment.
  environment('production: "prod",', ""),
  environment("value.trim().toLowerCase()", "value.trim()"),
  environment('environmentOf(stackTags.get(tag)) ?? "prod"', 'environmentOf(stackTags.get(tag)) ?? named ?? "prod"'),
  environment("strictness(named) > strictness(tagged)", "strictness(named) < strictness(tagged)"),
  environment("strictness(b) - strictness(a)", "strictness(a) - strictness(b)"),
  environment('{ environment: "prod", because: "because', '{ environment: "staging", because: "because'),
  environment("Object.hasOwn(environmentWords, word) ? environmentWords[word] : undefined", "environmentWords[word]"),
  // Unknown values.
  policyOf('this.#rule.unknown === "fails" && this', 'this.#rule.unknown === "waits" && this'),
  policyOf('this.#judgement.environment === "prod") {', 'this.#judgement.environment !== "prod") {'),
  policyOf("if (path === undefined) throw error;", "if (path === undefined) return;"),
  policyOf("this.#waiting ??= error;", ""),
  policyOf("if (this.#waiting) throw this.#waiting;", ""),
  policyOf("if (!rule.types.includes(type)) return;", "if (rule.types[0] !== type) return;"),
  policyOf("configured: config.environment,", "configured: undefined,"),
  values("isObject(inner) ? inner[key] : undefined", "isObject(inner) ? ifKnown(() => inner[key]) : undefined"),
  values("[key, plain(value[key])]", "[key, ifKnown(() => plain(value[key]))]"),
  values(
    "if (Array.isArray(value)) return Array.from(value, plain);",
    "if (Array.isArray(value)) return value.slice(0, 1);",
  ),
  unknownValue("!(error instanceof UnknownValueError)", "error instanceof UnknownValueError"),
  // Overrides.
  overrides("if (!isText(owner, 1))", "if (owner === undefined)"),
  overrides("if (!isText(reason, 10))", "if (!isText(reason, 1))"),
  overrides('typeof override !== "string" && problem === undefined', 'typeof override !== "string"'),
  overrides("percent > 100", "percent > 1000"),
  overrides("if (!Array.isArray(entries)) {", "if (false as boolean) {"),
  // Where logging is set.
  playback(
    'member(props.logConfiguration, "percentEnabled")',
    'ifKnown(() => member(props.logConfiguration, "percentEnabled")) ?? 1',
  ),
  playback('"percent" in input || "strategies" in input', '"percent" in input && "strategies" in input && false'),
  playback("[loggingOnlyType]: requested,", ""),
  playback('member(logConfiguration(), "PercentEnabled")', 'member(logConfiguration(), "percentEnabled")'),
  percent('judge.environment === "prod"', 'judge.environment === "dev"'),
  percent(
    "one.configuration === undefined || one.configuration === configuration",
    "one.configuration === configuration",
  ),
  percent('if (typeof percent !== "number") {', "if (Number.isNaN(Number(percent))) {"),
  percent(
    "if (percent === undefined || percent === null) {",
    "if (percent === undefined || percent === null) return undefined;\n  if (percent === undefined) {",
  ),
  percent("if (problem) judge.report(", "if (problem && configuration) judge.report("),
  strategy("!Array.isArray(strategies) || strategies.length === 0", "!Array.isArray(strategies)"),
  strategy("if (unknown.length > 0) {", "if (unknown.length > 1) {"),
  asShown("parent?.urn === component.urn", "parent?.urn !== undefined"),
  asShown("if (own.length === 0)", "if (own.length > 1)"),
  asShown("&& asked !== undefined", ""),
  asShown('["configuration", "percent", "strategies"] as const', '["configuration", "strategies"] as const'),
  vended('"TRANSCODE_LOGS"] as const', "] as const"),
  vended("!own.some((source)", "!sources.some((source)"),
  vended("deliveries.some((delivery) => isAbout", "!deliveries.some((delivery) => isAbout"),
  vended("one.type !== invocationType || !isBelowComponent(one)", "one.type !== invocationType"),
  // Roles and documents.
  logger("granting.length === 0 || !granting.every", "!granting.every"),
  logger("!granting.every(trustsMediaTailorAlone)", "!granting.some(trustsMediaTailorAlone)"),
  logger("services.length === 1 &&", ""),
  logger("conditions.length === 1 &&", ""),
  logger("ids.length === 1 &&", ""),
  logger("    isService &&\n", ""),
  logger("if (lacking.length > 0)", "if (lacking.length > 1)"),
  logger('NotAction === undefined ? texts(Action) : ["everything but some"]', "texts(Action)"),
  statements('statement.Effect === "Allow" &&', ""),
  statements("statement.Condition === undefined &&", ""),
  statements('Effect === "Deny" &&', ""),
  statements("isEverybody(Principal) &&", ""),
  statements('=== "false",', '!== "",'),
  // Everything else.
  retention("!(days >= 1)", "!(days >= 0)"),
  retention("!(days <= most)", "!(days <= most + 1)"),
  retention(
    'typeof config.maxDays === "number" ? config.maxDays : longestLogRetentionDays[environment]',
    "longestLogRetentionDays[environment]",
  ),
  workgroup("!== true", "=== false"),
  workgroup("!(bytes > 0)", "!(bytes >= 0)"),
  workgroup("!(bytes <= most * gib)", "!(bytes < most * gib)"),
  buckets("flags.every((flag)", "flags.some((flag)"),
  buckets("!saysHow(inside())", "false"),
  buckets("!documents.some((document)", "documents.some((document)"),
  deadLetters("queues.filter(({ urn }) => urn !== queue.urn)", "queues"),
  deadLetters("isUnknown(() => queue.props.redrivePolicy) && madeOf", "madeOf"),
  silence('plain(alarm.props.treatMissingData) !== "breaching" ||', ""),
  silence('(playback && source === "mediatailor-ads")', "playback"),
  silence("|| plain(alarm.props.actionsEnabled) === false", ""),
  silence("isVended(stream, resources) ||", ""),
  stackResources("({ urn }) => urn === target.urn", "({ type }) => type === target.type"),
  // Money.
  stackCost("({ ...one, ...real.get(one.name) })", "({ ...one })"),
  stackCost("percent < (real.get(name)?.percent ?? 0)", "percent > (real.get(name)?.percent ?? 101)"),
  stackCost("...(strategies.length > 0 && { strategies })", "strategies"),
  stackCost("!names.includes(name)", "names.includes(name)"),
  cost("if (cents(after.monthlyUsd) > monthlyUsd) {", "if (cents(after.monthlyUsd) > monthlyUsd + 1) {"),
  cost("if (leftOut.length > 0) {", "if (leftOut.length > 1) {"),
  cost("report(`there is a budget, and no estimate", "void (`there is a budget, and no estimate"),
];
