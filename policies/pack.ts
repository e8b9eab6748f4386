/** Every rule of the pack, in the order in which its documentation lists them. */
import { policyOf } from "./policy-of.ts";
import type { Rule } from "./rule.ts";
import { bucketEncrypted, bucketPrivate, bucketTlsOnly, nativeBucket } from "./rules/bucket-protection.ts";
import { deadLetterQueue } from "./rules/dead-letter-queue.ts";
import { environmentAgrees } from "./rules/environment-agrees.ts";
import { errorsLogged } from "./rules/errors-logged.ts";
import { logGroupRetention } from "./rules/log-group-retention.ts";
import { loggerRights, loggerTrust } from "./rules/logger-role.ts";
import { loggingAsShown } from "./rules/logging-as-shown.ts";
import { loggingPercent } from "./rules/logging-percent.ts";
import { loggingStrategy } from "./rules/logging-strategy.ts";
import { costOfChange, monthlyBudget } from "./rules/monthly-cost.ts";
import { silenceAlarm } from "./rules/silence-alarm.ts";
import { vendedDelivery } from "./rules/vended-delivery.ts";
import { workgroupScanLimit } from "./rules/workgroup-scan-limit.ts";

export const rules: readonly Rule[] = [
  environmentAgrees,
  loggingPercent,
  loggingStrategy,
  errorsLogged,
  loggingAsShown,
  vendedDelivery,
  loggerTrust,
  loggerRights,
  silenceAlarm,
  logGroupRetention,
  bucketPrivate,
  bucketEncrypted,
  bucketTlsOnly,
  nativeBucket,
  workgroupScanLimit,
  deadLetterQueue,
  costOfChange,
  monthlyBudget,
];

export const policies = rules.map((rule) => policyOf(rule));
