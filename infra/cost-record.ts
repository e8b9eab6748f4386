/** The basis of the cost estimate as part of the stack: policies read it, and compare it with that of the last deployment. */
import {
  ComponentResource,
  type ComponentResourceOptions,
  getOrganization,
  getProject,
  getStack,
  type Output,
  output,
  runtime,
} from "@pulumi/pulumi";
import { type CostBasis, costBasisType, parseCostBasis } from "../limits/cost-basis.ts";
import { isRecord } from "../limits/problems.ts";

/**
 * Its inputs are the basis. Its outputs are `{ basis, before }`, where `before` is what the stack had after its last
 * deployment: undefined on the first one, and where another version wrote what this one cannot read. It must not be among the
 * inputs, for then each deployment would change the next.
 */
export class CostRecord extends ComponentResource {
  readonly before: Output<CostBasis | undefined>;

  constructor(name: string, basis: CostBasis, opts?: ComponentResourceOptions) {
    super(costBasisType, name, { ...basis }, opts);
    this.before = output(basisBefore());
    this.registerOutputs({ basis, before: this.before });
  }
}

/**
 * The basis in the outputs that the engine has of this very stack. It is asked as a function: a StackReference would be one more
 * resource in the state, and one that fails where outputs cannot be read, for the sake of a line of advice.
 */
async function basisBefore(): Promise<CostBasis | undefined> {
  const name = `${getOrganization()}/${getProject()}/${getStack()}`;
  try {
    const answer: unknown = await runtime.invoke("pulumi:pulumi:readStackOutputs", { name });
    return isRecord(answer) && isRecord(answer.outputs) ? basisOfOutput(answer.outputs.cost) : undefined;
  } catch {
    return undefined;
  }
}

/** The basis in the output `cost` of a stack, whatever a deployment left there. */
export function basisOfOutput(cost: unknown): CostBasis | undefined {
  return isRecord(cost) ? parseCostBasis(cost.basis).basis : undefined;
}
