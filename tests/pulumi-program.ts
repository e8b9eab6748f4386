/** The program under a real Pulumi CLI, for tests that skip with a printed reason where there is none. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Context } from "mocha";

/** A Pulumi CLI with stand-in providers; named by the environment, for not everybody has one. */
const command = process.env.AIRCHECK_PULUMI;

const program = [
  "Pulumi.yaml",
  "package.json",
  "tsconfig.json",
  "catalog",
  "dashboards",
  "examples",
  "functions",
  "infra",
  "limits",
  "policies",
];

/** Skips what `context` is about, unless there is a CLI. */
export function skipWithoutPulumi(context: Context): void {
  if (command) return;
  process.stderr.write("skipped: AIRCHECK_PULUMI does not name a Pulumi CLI with stand-in providers\n");
  context.skip();
}

/** A copy of the program, without stack files: the CLI writes into the program's folder. */
export async function copyOfProgram(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "aircheck-program-"));
  for (const name of program) await cp(name, join(folder, name), { recursive: true });
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  return folder;
}

/** What a command came to. */
export interface PulumiRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the CLI; the state is in the folder `state` of the program, unless `env` says otherwise. */
export function runPulumi(
  folder: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<PulumiRun> {
  const options = {
    cwd: folder,
    env: { ...process.env, PULUMI_LOCAL_STATE: join(folder, "state"), ...env },
    maxBuffer: 2 ** 26,
  };
  return new Promise((done, failed) => {
    if (!command) return failed(new Error("AIRCHECK_PULUMI names no Pulumi CLI"));
    execFile(command, [...words, "--non-interactive"], options, (error, stdout, stderr) =>
      done({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
