/** Stack files as they stand in a folder or at a git revision. */
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { load } from "js-yaml";
import { isRecord } from "../limits/problems.ts";
import { UsageError } from "./terminal.ts";

const run = promisify(execFile);

/** Values by full key, as Pulumi would hand them over. */
export type StackConfig = Readonly<Record<string, string | undefined>>;

/** The file of a stack; without a name that of the only one in the folder. @throws UsageError */
export async function stackFileName(stack: string | undefined, folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => /^Pulumi\.[^/]+\.yaml$/.test(name)).sort();
  const names = files.map((file) => file.slice("Pulumi.".length, -".yaml".length));
  const known = names.length > 0 ? `known here are ${names.join(", ")}` : "there is no Pulumi.<name>.yaml here";
  if (stack === undefined) {
    const [only, ...others] = files;
    if (only === undefined || others.length > 0) throw new UsageError(`give a stack by --stack NAME: ${known}`);
    return only;
  }
  // A stack that is gone may still be asked for at a revision, so only its shape is checked.
  if (!/^[A-Za-z0-9_.-]+$/.test(stack)) throw new UsageError(`--stack is ${JSON.stringify(stack)}: ${known}`);
  return `Pulumi.${stack}.yaml`;
}

/** @throws UsageError where there is no such file */
export async function workingText(file: string, folder: string): Promise<string> {
  try {
    return await readFile(join(folder, file), "utf8");
  } catch {
    throw new UsageError(`there is no ${file} here: check --stack, or change to the folder of Pulumi.yaml`);
  }
}

/** A git revision, and the option that gave it. */
export interface AskedRevision {
  readonly revision: string;
  readonly option: string;
}

/** Undefined where the revision has no such file. @throws UsageError where there is no such revision */
export async function textAt(asked: AskedRevision, file: string, folder: string): Promise<string | undefined> {
  const commit = await commitOf(asked, folder);
  try {
    return await git(folder, "show", `${commit}:./${file}`);
  } catch {
    return undefined;
  }
}

async function commitOf({ revision, option }: AskedRevision, folder: string): Promise<string> {
  try {
    const words = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
    return (await git(folder, ...words)).trim();
  } catch {
    throw new UsageError(`${option} is ${JSON.stringify(revision)}: that is no revision of a git repository here`);
  }
}

async function git(cwd: string, ...words: readonly string[]): Promise<string> {
  return (await run("git", [...words], { cwd, maxBuffer: 2 ** 26 })).stdout;
}

/** What the file says under `config`. @param file for messages @throws UsageError where it is no stack file */
export function stackConfig(text: string, file: string): StackConfig {
  const content = yaml(text, file);
  const config = isRecord(content) ? content.config : undefined;
  if (!isRecord(config)) throw new UsageError(`${file} is no stack file: it has no object config`);
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

function yaml(text: string, file: string): unknown {
  try {
    return load(text);
  } catch (error) {
    const [reason = ""] = String(error instanceof Error ? error.message : error).split("\n");
    throw new UsageError(`${file} is no YAML: ${reason}`);
  }
}
