/** The whole program behind the engine's stand-in. It is a module that runs once, so each run takes a process of its own. */
import { readFile } from "node:fs/promises";
import { runtime } from "@pulumi/pulumi";
import { load } from "js-yaml";
import { z } from "zod";
import { type Registered, useMocks } from "./mocks.ts";

const stackFile = z.object({ config: z.record(z.string(), z.unknown()) });

/**
 * Everything that the program registers for a stack file.
 *
 * @param prepare runs as part of the program, before it
 */
export async function runProgram(
  file: string,
  stack: string,
  prepare: () => void = () => undefined,
): Promise<readonly Registered[]> {
  const { config } = stackFile.parse(load(await readFile(file, "utf8")));
  const registered = await useMocks({ stack });
  for (const [key, value] of Object.entries(config)) {
    runtime.setConfig(key, typeof value === "string" ? value : JSON.stringify(value));
  }
  await runtime.runInPulumiStack(async () => {
    prepare();
    await import("../../infra/index.ts");
  });
  await runtime.disconnect();
  return registered;
}
