/** Reads a command line, calls the part that does the work, says how it ended. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { catalog } from "../catalog/index.ts";
import { buckets, TimeRangeError } from "../dashboards/index.ts";
import { SamplingError } from "../functions/transform/derive/sampling.ts";
import { PriceTableError, UnknownRegionError } from "../limits/prices.ts";
import { InputError } from "../local/convert/files.ts";
import { LakeError } from "../local/query/lake.ts";
import { TrafficPlanError } from "../local/traffic/index.ts";
import { PortError } from "../local/twin/server.ts";
import { type ConvertOptions, convertCommand } from "./convert.ts";
import { type CostOptions, costCommand } from "./cost.ts";
import { type QueryOptions, queryCommand } from "./query.ts";
import { type ReviewOptions, reviewCommand } from "./review.ts";
import { sourcesCommand } from "./sources.ts";
import { type StartOptions, startCommand } from "./start.ts";
import { type ExitStatus, errorLine, type Terminal, UsageError } from "./terminal.ts";

/** What a person can set right by typing something else. */
const usageErrors = [
  UsageError,
  InputError,
  LakeError,
  PortError,
  PriceTableError,
  SamplingError,
  TimeRangeError,
  TrafficPlanError,
  UnknownRegionError,
];

/** Runs one command line, without the program's name; paths in it are those of the working directory. */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const program = programOf(terminal, (result) => {
    status = result;
  });
  try {
    await program.parseAsync(words, { from: "user" });
    return status;
  } catch (error) {
    // Commander has said what was wrong; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    terminal.stderr.write(errorLine(error));
    return usageErrors.some((type) => error instanceof type) ? 2 : 1;
  }
}

function programOf(terminal: Terminal, end: (status: ExitStatus) => void): Command {
  const program = new Command("aircheck")
    .description("Logging and log analytics for AWS Elemental MediaTailor and MediaPackage")
    .version(version())
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, output) =>
        output(
          errorLine(
            `${text
              .replace(/^error: /, "")
              .trim()
              .replace(/\.$/, "")}: see aircheck --help`,
          ),
        ),
    });

  program
    .command("start")
    .description("build a lake on this machine from made-up traffic or your logs, and show it in the browser")
    .option("--logs <dir>", "folder of log files, or a copy of a bucket, instead of made-up traffic")
    .option("--hours <n>", "hours of traffic (default: 6)", positive)
    .option("--seed <n>", "the same seed makes the same traffic (default: 1)", wholeNumber)
    .option("--until <time>", "end of the traffic, ISO 8601 (default: the last full hour)")
    .option("--port <n>", "port of the page on 127.0.0.1, 0 for any that is free", port, 8787)
    .option("--once", "build the lake, print the summary and end")
    .option("--json", "print the summary as one JSON document")
    .action(async (options: StartOptions) => end(await startCommand(options, terminal, untilStopped)));

  program
    .command("convert")
    .description("turn landing objects or exported log files into a lake")
    .argument("<path...>", "files, and folders with everything below them")
    .requiredOption("--lake <dir>", "folder of the lake; what is there stays")
    .option("--source <id>", "source of every record (default: found from the content)")
    .addOption(
      new Option("--privacy <mode>", "what becomes of client addresses")
        .choices(["keep", "truncate", "hash"])
        .default("keep"),
    )
    .option("--salt-file <file>", "file with the secret salt of --privacy hash")
    .option("--sampling <file>", "percentages of sessions that were logged, as in config/sampling.json")
    .option("--json", "print the summary as one JSON document")
    .action(async (paths: string[], options: ConvertOptions) =>
      end(await convertCommand(paths, options, catalog, terminal)),
    );

  program
    .command("query")
    .description("ask a lake: a saved query by its name, or any SELECT; without either, list the saved queries")
    .argument("[name-or-sql]")
    .option("--lake <dir>", "folder of the lake", join(".aircheck", "lake"))
    .addOption(
      new Option("--format <format>", "how to print the answer").choices(["table", "json", "csv"]).default("table"),
    )
    .option("--from <time>", "begin of the range, ISO 8601 (default: 24 hours before its end)")
    .option("--to <time>", "end of the range (default: the newest event)")
    .addOption(
      new Option("--per <unit>", "step of answers over time (default: by the length of the range)").choices([
        ...buckets,
      ]),
    )
    .action(async (what: string | undefined, options: QueryOptions) =>
      end(await queryCommand(what, options, terminal)),
    );

  program
    .command("sources")
    .description("list what aircheck collects, and into which tables")
    .option("--json", "print sources and tables as one JSON document")
    .action(async (options: { json?: boolean }) => end(await sourcesCommand(options, catalog, terminal)));

  program
    .command("cost")
    .description("estimate what a stack file costs in a month, or what a change of that file costs")
    .option("--stack <name>", "stack file Pulumi.<name>.yaml of this folder (default: the only one)")
    .option(
      "--from <rev>",
      "what the change of the stack file costs since this git revision; presets, prices and model are this version's",
    )
    .option("--to <rev>", "take the file at this git revision (default: the working tree)")
    .option("--prices <file>", "price list that goes before the built-in one, see docs/cost.md")
    .option("--budget <usd>", "end with status 1 when a month costs more", positive)
    .option("--json", "print the estimate as one JSON document")
    .action(async (options: CostOptions) => end(await costCommand(options, catalog, terminal, process.cwd())));

  program
    .command("review")
    .description("write the comment on a pull request from the events of pulumi preview; ends with 1 where it blocks")
    .requiredOption("--stack <name>", "name of the stack that was previewed")
    .requiredOption("--events <file>", "what pulumi preview --event-log wrote")
    .option("--status <n>", "exit status of the preview, so that one that failed is never taken for fine", wholeNumber)
    .option("--cost <file>", "what aircheck cost --json --from printed")
    .option("--commit <hash>", "commit that was previewed, named in the comment")
    .option(
      "--changed-files <file>",
      "what git diff --name-only printed: the comment says when the change edits the rules",
    )
    .option("--own-rules", "the change was judged by its own rules, because there were none before")
    .option("--json", "print verdict, changes and comment as one JSON document")
    .action(async (options: ReviewOptions) => end(await reviewCommand(options, terminal)));

  return program;
}

/** package.json stands one folder above, in the repository and in the built package. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "0";
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("It has to be a whole number.");
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || !(value > 0)) throw new InvalidArgumentError("It has to be a number above 0.");
  return value;
}

function port(text: string): number {
  const value = wholeNumber(text);
  if (value < 0 || value > 65_535) throw new InvalidArgumentError("It has to be 0 to 65535.");
  return value;
}

/** A second signal while the first is being followed changes nothing: npm and the terminal may both send one. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
