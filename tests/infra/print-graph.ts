/**
 * Prints what a stack file registers, as text that a review can read: `npx tsx tests/infra/print-graph.ts Pulumi.dev.yaml`.
 *
 * A process of its own for each stack, because the program is a module that runs once.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { runtime } from "@pulumi/pulumi";
import { load } from "js-yaml";
import { z } from "zod";
import { graphText } from "./graph.ts";
import { useMocks } from "./mocks.ts";

const stackFile = z.object({ config: z.record(z.string(), z.unknown()) });

const [file = "Pulumi.dev.yaml"] = process.argv.slice(2);
const { config } = stackFile.parse(load(await readFile(file, "utf8")));
const stack = /^Pulumi\.(.+)\.yaml$/.exec(basename(file))?.[1] ?? basename(file, ".yaml");

const registered = await useMocks({ stack });
for (const [key, value] of Object.entries(config)) {
  runtime.setConfig(key, typeof value === "string" ? value : JSON.stringify(value));
}
const parents = new Map<string, string>();
await runtime.runInPulumiStack(async () => {
  // The engine's stand-in is not told of parents; the program's own side knows them.
  runtime.registerStackTransformation(({ type, name, opts }) => {
    opts.parent?.urn.apply((urn) => parents.set(`${type} ${name}`, urn.split("::").slice(-2).join("::")));
    return undefined;
  });
  await import("../../infra/index.ts");
});
await runtime.disconnect();
process.stdout.write(graphText(registered, parents));
