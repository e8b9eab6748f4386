/** Makes the folder that becomes the code of the logging function. */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { FunctionCode } from "../transform.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** The part that needs AWS: the runtime's own SDK, which knows event filters that are newer than any pinned one. */
const entry = `
import { ConfigureLogsForPlaybackConfigurationCommand, MediaTailorClient } from "@aws-sdk/client-mediatailor";
import { setTimeout } from "node:timers/promises";
import { createHandler } from "./handler.ts";

const client = new MediaTailorClient({});
export const handler = createHandler(
  (input) => client.send(new ConfigureLogsForPlaybackConfigurationCommand(input)),
  (line) => process.stdout.write(line + "\\n"),
  { now: Date.now, sleep: setTimeout },
);
`;

/** Bundles the function for Node.js 24; the same source gives the same bytes. */
export async function bundlePlaybackLogging(outDir: string): Promise<FunctionCode> {
  const directory = resolve(outDir);
  await mkdir(directory, { recursive: true });
  await build({
    absWorkingDir: folder,
    stdin: { contents: entry, resolveDir: folder, sourcefile: "entry.ts", loader: "ts" },
    outfile: join(directory, "index.mjs"),
    external: ["@aws-sdk/*"],
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node24",
    legalComments: "none",
    logLevel: "silent",
  });
  return { directory, handler: "index.handler" };
}
