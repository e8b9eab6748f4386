/** The bundle in a process of its own, under the Node.js that Lambda has. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

const run = promisify(execFile);

/** Path of Node.js 24, which the npm package `node` carries; where it cannot be had, says so and skips the suite's tests. */
export async function node24OrSkip(context: Mocha.Context): Promise<string> {
  try {
    const { stdout } = await run("npx", ["-y", "-p", "node@24", "node", "-p", "process.execPath"]);
    return stdout.trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    process.stderr.write(`    skipped, needs Node.js 24 (npx -p node@24): ${reason}\n`);
    return context.skip();
  }
}

export interface Invocation {
  readonly answer: SQSBatchResponse;
  /** What the function wrote to its log, one JSON document per line: information and metrics first, then warnings and errors. */
  readonly log: readonly Record<string, unknown>[];
}

const answerMark = "answer ";
const program = `
  process.on("uncaughtException", ({ name, message }) => {
    console.error(name + ": " + message);
    process.exitCode = 1;
  });
  const { handler } = await import(process.argv[1]);
  const answer = await handler(JSON.parse(process.argv[2]), { functionName: "transform", awsRequestId: "b1b2c3d4" });
  console.log(${JSON.stringify(answerMark)} + JSON.stringify(answer));
`;

/**
 * Loads the bundle and invokes it once, as Lambda does.
 *
 * @param environment all the variables that the process has
 * @throws with what the process wrote when it fails
 */
export async function invokeBundle(
  node: string,
  file: string,
  event: SQSEvent,
  environment: Readonly<Record<string, string>>,
): Promise<Invocation> {
  const { stdout, stderr } = await run(node, ["--input-type=module", "--eval", program, file, JSON.stringify(event)], {
    env: environment,
  });
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line !== "");
  const answer = lines.find((line) => line.startsWith(answerMark));
  if (answer === undefined) throw new Error(`the function gave no answer: ${stdout}${stderr}`);
  return {
    answer: JSON.parse(answer.slice(answerMark.length)),
    log: lines.filter((line) => line !== answer).map((line): Record<string, unknown> => JSON.parse(line)),
  };
}
