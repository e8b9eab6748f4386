/** `npx tsx infra/print-deployer-policy.ts 1`: the first of the deployer's policies as JSON; without a number, how many there are. */
import { deployerPolicies } from "./deployer-rights.ts";

const policies = deployerPolicies();
const [number] = process.argv.slice(2);
const wanted = number === undefined ? undefined : policies[Number(number) - 1];
if (wanted) {
  process.stdout.write(`${JSON.stringify(wanted, null, 2)}\n`);
} else {
  process.stderr.write(`there are ${policies.length} policies: give a number from 1 to ${policies.length}\n`);
  process.exitCode = number === undefined ? 0 : 2;
}
