/** The estimate of `aircheck cost --json --from REVISION`: as much of it as a reviewer needs. */
import { z } from "zod";

export interface CostChange {
  /** US dollars a month; undefined where the stack was not there before. */
  readonly beforeUsd: number | undefined;
  readonly afterUsd: number;
}

/** The file is no estimate; the message says why. */
export class CostFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CostFileError";
  }
}

const totalSchema = z.object({ totalUsd: z.number().nonnegative() });
const estimateSchema = z.object({ before: totalSchema.nullish(), after: totalSchema });

/**
 * Reads an estimate; an empty file is no estimate, which is what is left of a command that could not make one.
 *
 * @throws CostFileError where there is something else in it
 */
export function readCost(text: string): CostChange | undefined {
  if (text.trim() === "") return undefined;
  const parsed = estimateSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CostFileError(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unknown form"}`);
  }
  const { before, after } = parsed.data;
  return { beforeUsd: before?.totalUsd, afterUsd: after.totalUsd };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CostFileError("it is no JSON, or is cut off");
  }
}
