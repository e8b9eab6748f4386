/** Runs the command as a person would, or in this process where starting one would take longer than all the rest. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { run } from "../../cli/command-line.ts";

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const tsx = import.meta.resolve("tsx");

/** Starts the command without a terminal. */
export function startAircheck(words: readonly string[], cwd: string) {
  return spawn(process.execPath, ["--import", tsx, main, ...words], { cwd, stdio: ["ignore", "pipe", "pipe"] });
}

export function aircheck(words: readonly string[], cwd: string): Promise<Ended> {
  const child = startAircheck(words, cwd);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** A terminal that is none, and what is written to it. */
export function recordingTerminal() {
  const ended = { stdout: "", stderr: "" };
  const output = (name: keyof typeof ended) => ({
    write: (text: string) => {
      ended[name] += text;
      return true;
    },
    once: () => undefined,
  });
  return { ended, terminal: { stdout: output("stdout"), stderr: output("stderr"), environment: {} } };
}

/** The same command line without a process of its own; not two at once, for they share the working directory. */
export async function aircheckHere(words: readonly string[], cwd: string): Promise<Ended> {
  const { ended, terminal } = recordingTerminal();
  const before = process.cwd();
  process.chdir(cwd);
  try {
    return { status: await run(words, terminal), ...ended };
  } finally {
    process.chdir(before);
  }
}
