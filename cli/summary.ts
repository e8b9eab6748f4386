/** What a run of the transform did, as a person reads it. */
import type { ConvertSummary } from "../local/convert/convert.ts";
import type { TwinSummary } from "../local/twin/build.ts";
import { countOf, formatBytes, formatCell, formatCount } from "../local/twin/format.ts";
import type { ExpectedIncident, FoundIncident } from "../local/twin/incident.ts";
import { tableText } from "./table.ts";
import { bold, type Output, printable, type Terminal } from "./terminal.ts";

type Environment = Terminal["environment"];

const shownIncidents = 8;
const shownChanges = 3;

/** Totals, then rows and files per table. */
export function conversionText(summary: ConvertSummary, output: Output, environment: Environment): string {
  const { files, records, rows, rejects, control, bytesIn, bytesOut, seconds } = summary;
  const tables = Object.entries(summary.tables).sort(([a], [b]) => (a < b ? -1 : 1));
  const columns = [
    { name: "table", type: "VARCHAR" },
    { name: "rows", type: "BIGINT" },
    { name: "files", type: "BIGINT" },
  ];
  const cells = tables.map(([table, count]) => [table, formatCount(count.rows), formatCount(count.files)]);
  return [
    `${bold("records", output, environment)}  ${formatCount(records)} = ${countOf(rows, "row")} + ${countOf(rejects, "reject")} + ${countOf(control, "control message")}\n`,
    `${bold("bytes", output, environment)}    ${formatBytes(bytesIn)} in ${countOf(files, "file")} to ${formatBytes(bytesOut)} of Parquet, in ${seconds.toFixed(1)} s\n`,
    cells.length > 0 ? `\n${tableText({ columns, rows: cells })}` : "",
  ].join("");
}

/** The summary of `aircheck start`. */
export function twinText(summary: TwinSummary, output: Output, environment: Environment): string {
  const { input, lakeDir, conversion, incidents, expected } = summary;
  const from =
    input.kind === "traffic"
      ? `${countOf(input.plan.hours, "hour")} of made-up traffic until ${formatCell(input.plan.endTime.toISOString())} UTC, seed ${input.plan.seed}`
      : `the logs of ${input.folder}`;
  return [
    `${bold("input", output, environment)}    ${from}\n`,
    `${bold("lake", output, environment)}     ${lakeDir}\n`,
    conversionText(conversion, output, environment),
    `\n${bold("incidents", output, environment)} (aircheck query incident)\n`,
    ...(incidents.length > 0 ? incidents.slice(0, shownIncidents).map(incidentLine) : ["  none found\n"]),
    ...expected.map(expectedLine),
  ].join("");
}

function incidentLine(one: FoundIncident): string {
  const failures = countOf(one.estimated, "failure");
  const count = one.estimated > one.observed ? `about ${failures} (${formatCount(one.observed)} logged)` : failures;
  const changes = one.changes
    .slice(0, shownChanges)
    .map((change) => `\n    ${printable(`${change.minutesBefore} min after ${change.name} by ${change.changedBy}`)}`);
  const where = [one.subject, one.part].filter(Boolean).join(" / ");
  return `  ${formatCell(one.started)} to ${formatCell(one.ended).slice(11)}  ${one.kind}  ${printable(where)}: ${count}, ${one.percentFailed} %${changes.join("")}\n`;
}

function expectedLine({ kind, subject, part, found }: ExpectedIncident): string {
  return `  ${found ? "found" : "NOT FOUND"}: the ${kind} of ${subject} / ${part} that the traffic hid\n`;
}

/** The same for programs. */
export function twinJson(summary: TwinSummary, conversion: object) {
  const { input, lakeDir, incidents, expected } = summary;
  return {
    input:
      input.kind === "traffic"
        ? {
            kind: input.kind,
            seed: input.plan.seed,
            hours: input.plan.hours,
            endTime: input.plan.endTime.toISOString(),
          }
        : { kind: input.kind, folder: input.folder },
    lake: lakeDir,
    conversion,
    incidents,
    expected,
  };
}
