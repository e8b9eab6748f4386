/**
 * `npx tsx infra/print-deployer-policy.ts 1`: the first of the deployer's policies as JSON; without a number, how many there are.
 *
 * `--bucket NAME` for each bucket of others that stack files name; `--partition aws-cn` where it is not `aws`.
 */
import { parseArgs } from "node:util";
import { deployerPolicies } from "./deployer-rights.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { bucket: { type: "string", multiple: true, default: [] }, partition: { type: "string", default: "aws" } },
});
const policies = deployerPolicies({ partition: values.partition, existingBuckets: values.bucket });
const [number] = positionals;
const wanted = number === undefined ? undefined : policies[Number(number) - 1];
if (wanted) {
  process.stdout.write(`${JSON.stringify(wanted, null, 2)}\n`);
} else {
  process.stderr.write(`there are ${policies.length} policies: give a number from 1 to ${policies.length}\n`);
  process.exitCode = number === undefined ? 0 : 2;
}
