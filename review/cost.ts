/** The estimate of `aircheck cost --json --from REVISION`: as much of it as a reviewer needs. */
import { z } from "zod";

/** US dollars a month. */
export interface CostChange {
  /** Undefined where there was nothing before, or nothing that could be read of it. */
  readonly beforeUsd: number | undefined;
  readonly afterUsd: number;
  /** What makes up the sums. */
  readonly groups: readonly { readonly group: string; readonly beforeUsd: number; readonly afterUsd: number }[];
  readonly budget?: { readonly usd: number; readonly exceeded: boolean } | undefined;
}

/** The file is no estimate; the message says why. */
export class CostFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CostFileError";
  }
}

const usdSchema = z.number().nonnegative();
const groupSchema = z.object({ group: z.string(), beforeUsd: usdSchema, afterUsd: usdSchema });
const documentSchema = z.object({
  monthlyUsd: usdSchema,
  comparison: z
    .object({ beforeUsd: usdSchema.nullish(), afterUsd: usdSchema, groups: z.array(groupSchema).default([]) })
    .optional(),
  budget: z.object({ usd: usdSchema, exceeded: z.boolean() }).optional(),
});

/**
 * Reads an estimate; an empty file is no estimate, which is what is left of a command that could not make one.
 *
 * @throws CostFileError where there is something else in it
 */
export function readCost(text: string): CostChange | undefined {
  if (text.trim() === "") return undefined;
  const parsed = documentSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CostFileError(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unknown form"}`);
  }
  const { monthlyUsd, comparison, budget } = parsed.data;
  const { beforeUsd, afterUsd = monthlyUsd, groups = [] } = comparison ?? {};
  return { beforeUsd: beforeUsd ?? undefined, afterUsd, groups, budget };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CostFileError("it is no JSON, or is cut off");
  }
}
