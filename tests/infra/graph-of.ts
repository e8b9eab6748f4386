import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The resource graph of a stack file, from a process of its own. */
export async function graphOf(stackFile: string): Promise<string> {
  const { stdout } = await run(process.execPath, ["--import", "tsx", "tests/infra/print-graph.ts", stackFile]);
  return stdout;
}
