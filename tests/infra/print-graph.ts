/**
 * Prints what a stack file registers, as text that a review can read: `npx tsx tests/infra/print-graph.ts Pulumi.dev.yaml`.
 */
import { basename } from "node:path";
import { runtime } from "@pulumi/pulumi";
import { graphText } from "./graph.ts";
import { runProgram } from "./run-program.ts";

const [file = "Pulumi.dev.yaml"] = process.argv.slice(2);
const stack = /^Pulumi\.(.+)\.yaml$/.exec(basename(file))?.[1] ?? basename(file, ".yaml");

const parents = new Map<string, string>();
const registered = await runProgram(file, stack, () => {
  // The engine's stand-in is not told of parents; the program's own side knows them.
  runtime.registerStackTransformation(({ type, name, opts }) => {
    opts.parent?.urn.apply((urn) => parents.set(`${type} ${name}`, urn.split("::").slice(-2).join("::")));
    return undefined;
  });
});
process.stdout.write(graphText(registered, parents));
