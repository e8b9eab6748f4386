/** `aircheck convert`: landing objects or exported log files into a lake. */
import { access, readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { type Catalog, lakeTables } from "../catalog/index.ts";
import { openCountryLookup } from "../functions/transform/derive/country.ts";
import type { ClientIpPolicy } from "../functions/transform/derive/privacy.ts";
import { noSampling, readSamplingHistory, type SamplingHistory } from "../functions/transform/derive/sampling.ts";
import { FolderStore } from "../functions/transform/store/folder-store.ts";
import { type ConvertSummary, convertObjects, landingObjectOf, summaryJson } from "../local/convert/convert.ts";
import { findInputFiles } from "../local/convert/files.ts";
import { conversionText } from "./summary.ts";
import { type ExitStatus, ProgressLine, type Terminal, UsageError, write } from "./terminal.ts";

export interface ConvertOptions {
  readonly lake: string;
  readonly source?: string;
  readonly privacy: "keep" | "truncate" | "hash";
  readonly saltFile?: string;
  readonly sampling?: string;
  readonly json?: boolean;
}

export async function convertCommand(
  paths: readonly string[],
  options: ConvertOptions,
  catalog: Catalog,
  { stdout, stderr, environment }: Terminal,
): Promise<ExitStatus> {
  checkSource(options.source, catalog);
  const privacy = await privacyOf(options);
  const sampling = await samplingOf(options.sampling);
  const files = await findInputFiles(paths, [options.lake]);
  const progress = new ProgressLine(stderr);
  const summary = await convertObjects(
    files.map(landingObjectOf),
    new FolderStore(resolve(options.lake)),
    {
      catalog,
      privacy,
      sampling,
      country: openCountryLookup(),
      lakePrefix: "",
      ...(options.source === undefined ? {} : { sourceId: options.source }),
    },
    (done, count, key) => progress.show(`converting ${done + 1} of ${count}: ${key ?? ""}`),
  ).finally(() => progress.clear());
  if (options.json) await write(stdout, `${JSON.stringify(summaryJson(summary))}\n`);
  else await write(stdout, conversionText(summary, stdout, environment));
  if (summary.rejects === 0) return 0;
  await write(stderr, rejectsLine(summary, options.lake));
  return 1;
}

function rejectsLine({ rejects, rejectReasons }: ConvertSummary, lake: string): string {
  const reasons = Object.entries(rejectReasons).map(([reason, count]) => `${reason} ${count}`);
  const what = `${rejects} ${rejects === 1 ? "record" : "records"} could not become rows (${reasons.join(", ")})`;
  return `aircheck: ${what}: see them with aircheck query "select reason, detail, landing_key, raw from rejects" --lake ${shellWord(lake)}\n`;
}

function shellWord(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function checkSource(id: string | undefined, catalog: Catalog): void {
  if (id === undefined || catalog.sources.some((source) => source.id === id)) return;
  const isTable = lakeTables(catalog).some((table) => table.id === id);
  const known = catalog.sources.map((source) => source.id).join(", ");
  throw new UsageError(
    `--source is ${id}, which is ${isTable ? "a table and no source" : "no source"}: give one of ${known}`,
  );
}

async function privacyOf({ privacy, saltFile }: ConvertOptions): Promise<ClientIpPolicy> {
  if (privacy !== "hash") {
    if (saltFile !== undefined) throw new UsageError("--salt-file is for --privacy hash only: leave it out");
    return { mode: privacy };
  }
  if (saltFile === undefined) throw new UsageError("--privacy hash needs --salt-file FILE: a file with a secret in it");
  const salt = await readFile(saltFile).catch(() => undefined);
  if (salt === undefined) throw new UsageError(`--salt-file ${saltFile} cannot be read: check the path`);
  // An editor ends the file with a line break that nobody sees and that is no part of the secret.
  const secret = salt.toString("utf8").replace(/\r?\n$/, "");
  if (secret === "") throw new UsageError(`--salt-file ${saltFile} is empty: put a secret into it`);
  return { mode: "hash", salt: Buffer.from(secret) };
}

async function samplingOf(file: string | undefined): Promise<SamplingHistory> {
  if (file === undefined) return noSampling;
  const path = resolve(file);
  if (
    !(await access(path).then(
      () => true,
      () => false,
    ))
  )
    throw new UsageError(`--sampling ${file} cannot be read: check the path`);
  return readSamplingHistory(new FolderStore(dirname(path)), basename(path));
}
