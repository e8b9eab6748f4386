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
const errors = of("policies/rules/errors-logged.ts");
const agrees = of("policies/rules/environment-agrees.ts");

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
  environment('stage: "staging",', ""),
  environment("value.trim().toLowerCase()", "value.trim()"),
  environment('environmentOf(value) ?? ("prod" as const)', 'environmentOf(value) ?? ("dev" as const)'),
  environment("strictness(named) > strictness(tag.environment)", "strictness(named) < strictness(tag.environment)"),
  environment(
    "strictness(b.environment) - strictness(a.environment)",
    "strictness(a.environment) - strictness(b.environment)",
  ),
  environment("known === key.toLowerCase()", "known === key"),
  environment("/prod|prd/i.test(word)", "/^(prod|prd)$/i.test(word)"),
  environment("strictness(b) - strictness(a)", "strictness(a) - strictness(b)"),
  environment('{ environment: "prod", because: "because', '{ environment: "staging", because: "because'),
  environment("Object.hasOwn(environmentWords, word) ? environmentWords[word] : undefined", "environmentWords[word]"),
  // Unknown values.
  policyOf('this.#rule.unknown === "fails" && this', 'this.#rule.unknown === "waits" && this'),
  policyOf('this.#judgement.environment === "prod") {', 'this.#judgement.environment !== "prod") {'),
  policyOf("if (path === undefined) throw error;", "if (path === undefined) return;"),
  policyOf("this.#waiting ??= error;", ""),
  policyOf("if (this.#waiting) throw this.#waiting;", ""),
  policyOf("!rule.typePattern?.test(type)", "true"),
  policyOf("configured: config.environment,", "configured: undefined,"),
  values("isRecord(inner) ? inner[key] : undefined", "isRecord(inner) ? ifKnown(() => inner[key]) : undefined"),
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
  percent('judge.environment !== "dev" && !ignored', 'judge.environment === "prod" && !ignored'),
  percent("playback.certain || ", ""),
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
  asShown("asked !== undefined && ", ""),
  asShown('"strategies", "ads", "manifest"] as const', '"strategies"] as const'),
  vended('"TRANSCODE_LOGS"] as const', "] as const"),
  vended("!own.some((source)", "!sources.some((source)"),
  vended("deliveries.some((delivery) => isAbout", "!deliveries.some((delivery) => isAbout"),
  vended("one.type !== invocationType || !isBelowComponent(one)", "one.type !== invocationType"),
  // Roles and documents.
  logger("granting.length === 0 || !granting.every", "!granting.every"),
  logger("!granting.every(trustsMediaTailorAlone)", "!granting.some(trustsMediaTailorAlone)"),
  logger("texts(Principal.Service).join() === service &&", "texts(Principal.Service).includes(service) &&"),
  logger("others.length === 0 &&\n", ""),
  logger("only.values.join() === externalId", "only.values.includes(externalId)"),
  logger("actions.length > 0 &&\n", ""),
  logger("attached.filter((arn) => !suffices(arn))", "attached.filter(() => false)"),
  logger("iam::aws:policy", "iam::[^:]*:policy"),
  logger("[...one, ...several].flatMap", "one.flatMap"),
  logger('Object.keys(Principal).join() === "Service" &&', ""),
  logger("if (list.length > 0)", "if (list.length > 1)"),
  logger('NotAction === undefined ? texts(Action) : ["everything but some"]', "texts(Action)"),
  statements('about.some(({ Effect }) => Effect === "Allow") && ', ""),
  statements(' && !about.some(({ Effect }) => Effect === "Deny")', ""),
  statements("Condition === undefined &&\n", ""),
  statements("coversBucket(texts(Resource), bucket) &&\n", ""),
  statements("others.length === 0 &&\n", ""),
  statements("/*`)", "`)"),
  statements("bucket === undefined || arn.split", "true || arn.split"),
  statements('Effect === "Deny" &&', ""),
  statements("isEverybody(Principal) &&", ""),
  statements('only.values.join() === "false"', "true"),
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
  buckets("several.length > 0 && several.every(good)", "several.some(good)"),
  buckets("several.length > 0 && several.every(good)", "several.every(good)"),
  buckets("if (!allAre(own, denies)) {", "if (allAre(own, denies)) {"),
  deadLetters("target !== ifKnown(() => queue.props.arn)", "true"),
  deadLetters("queues.filter(({ urn }) => urn !== queue.urn)", "queues"),
  deadLetters("isUnknown(() => queue.props.redrivePolicy) && madeOf", "madeOf"),
  silence('plain(props.treatMissingData) === "breaching" &&', ""),
  silence("texts(props.alarmActions).length > 0", "true"),
  silence("watched.some((property) => mentions(props[property], metric)) &&", ""),
  silence('(playback && source === "mediatailor-ads")', "playback"),
  silence("plain(props.actionsEnabled) !== false &&", ""),
  silence("isVended(stream, resources) ||", ""),
  stackResources('if (typeof value === "string" && known.length > 0) return known.includes(value);', ""),
  stackResources("({ urn }) => urn === target.urn", "({ type }) => type === target.type"),
  errors("errors.length > 0", "errors.length > 1"),
  errors("&& !allowed.includes(event)", ""),
  errors("ERROR|FAILURE|FAILED", "ERROR"),
  agrees(
    "environments.indexOf(own) > environments.indexOf(environment)",
    "environments.indexOf(own) > environments.indexOf(environment) + 1",
  ),
  retention('if (props.logGroupClass === "DELIVERY") return;', ""),
  // Money.
  stackCost("if (others.length > 0)", "if (others.length > 1)"),
  stackCost("({ ...one, ...real.get(one.name) })", "({ ...one })"),
  stackCost("percent < (real.get(name)?.percent ?? 0)", "percent > (real.get(name)?.percent ?? 101)"),
  stackCost("...(strategies.length > 0 && { strategies })", "strategies"),
  stackCost("!names.includes(name)", "names.includes(name)"),
  cost("if (cents(after.monthlyUsd) > monthlyUsd) {", "if (cents(after.monthlyUsd) > monthlyUsd + 1) {"),
  cost("if (leftOut.length > 0) {", "if (leftOut.length > 1) {"),
  cost("report(`there is a budget, and no estimate", "void (`there is a budget, and no estimate"),
];
