import { spawn, spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import type { Contestant } from "./contestants.ts";

export interface Outcome {
  readonly seconds: readonly number[];
  readonly rows: number;
  readonly peakMiB: number;
}

const canPin = spawnSync("taskset", ["--version"]).status === 0;

/** Runs a contestant once in a process of its own. @returns what it measured, or why it could not run */
export async function runContestant(contestant: Contestant): Promise<Outcome | string> {
  await mkdir(contestant.folder, { recursive: true });
  const pin = canPin && contestant.processors === 1 ? ["taskset", "-c", "0"] : [];
  const { status, stdout, stderr } = await output([...pin, ...contestant.command]);
  if (status !== 0) return stderr.trim().split("\n").at(-1) ?? `exit status ${status}`;
  const outcome: unknown = JSON.parse(stdout);
  if (!isOutcome(outcome)) throw new TypeError(`${contestant.name} printed no measurement: ${stdout.slice(0, 200)}`);
  return outcome;
}

export function output(command: readonly string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", (error) => resolve({ status: null, stdout, stderr: error.message }));
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === "object" && value !== null && "seconds" in value && "rows" in value && "peakMiB" in value;
}
