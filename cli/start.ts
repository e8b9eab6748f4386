/** `aircheck start`: the local twin. */
import { join } from "node:path";
import { parseInstant } from "../dashboards/index.ts";
import { summaryJson } from "../local/convert/convert.ts";
import { defaultPercent } from "../local/traffic/index.ts";
import { buildLake, type TwinInput, type TwinProgress, type TwinSummary } from "../local/twin/build.ts";
import { serveTwin, type TwinServer } from "../local/twin/server.ts";
import { twinJson, twinText } from "./summary.ts";
import { type ExitStatus, ProgressLine, type Terminal, UsageError, write } from "./terminal.ts";

export interface StartOptions {
  readonly logs?: string;
  readonly hours?: number;
  readonly seed?: number;
  readonly until?: string;
  readonly port: number;
  readonly once?: boolean;
  readonly json?: boolean;
}

const defaultHours = 6;
const defaultSeed = 1;
const hourMs = 3_600_000;

/** Resolves when somebody wants the server to end. */
export type UntilStopped = () => Promise<void>;

export async function startCommand(
  options: StartOptions,
  terminal: Terminal,
  untilStopped: UntilStopped,
): Promise<ExitStatus> {
  const { stdout, stderr, environment } = terminal;
  const input = inputOf(options);
  const progress = new ProgressLine(stderr);
  const summary = await buildLake(join(process.cwd(), ".aircheck"), input, (state) =>
    progress.show(progressText(state)),
  ).finally(() => progress.clear());
  // The server comes first: whoever reads the summary may open the page at once.
  const server = options.once ? undefined : await serveTwin(summary, options.port);
  try {
    await write(stdout, options.json ? jsonText(summary, server) : twinText(summary, stdout, environment));
    if (server) {
      if (!options.json) await write(stdout, `\nopen ${server.url} (Ctrl-C ends it)\n`);
      await untilStopped();
    }
  } finally {
    await server?.close();
  }
  return verdict(summary, stderr);
}

function inputOf({ logs, hours, seed, until }: StartOptions): TwinInput {
  if (logs !== undefined) {
    if (hours !== undefined || seed !== undefined || until !== undefined) {
      throw new UsageError("--hours, --seed and --until are for made-up traffic: leave them out with --logs");
    }
    return { kind: "logs", folder: logs };
  }
  // A full hour, so that the same seed gives the same traffic when it is started again soon.
  const endTime =
    until === undefined ? new Date(Math.floor(Date.now() / hourMs) * hourMs) : parseInstant(until, "--until");
  return {
    kind: "traffic",
    plan: { seed: seed ?? defaultSeed, hours: hours ?? defaultHours, endTime, percent: defaultPercent },
  };
}

function progressText({ step, done, count }: TwinProgress): string {
  if (step === "traffic") return `making traffic: ${done} landing objects`;
  if (step === "transform") return `transforming: ${done} of ${count} landing objects`;
  return "asking the lake for incidents";
}

function jsonText(summary: TwinSummary, server: TwinServer | undefined): string {
  const answer = twinJson(summary, summaryJson(summary.conversion));
  return `${JSON.stringify(server ? { ...answer, url: server.url } : answer)}\n`;
}

/** Made-up traffic has flaws on purpose, and the lake has to show its incident; given logs should have no rejects. */
async function verdict(
  { input, expected, conversion, lakeDir }: TwinSummary,
  stderr: Terminal["stderr"],
): Promise<ExitStatus> {
  if (expected.some(({ found }) => !found)) {
    await write(
      stderr,
      `aircheck: the incident was not found as it was hidden: compare with aircheck query incident --lake ${lakeDir}\n`,
    );
    return 1;
  }
  if (input.kind === "logs" && conversion.rejects > 0) {
    await write(
      stderr,
      `aircheck: ${conversion.rejects} records could not become rows: see aircheck query rejects-by-reason --lake ${lakeDir}\n`,
    );
    return 1;
  }
  return 0;
}
