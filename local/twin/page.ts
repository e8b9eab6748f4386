/** The twin's one page: what went in, what came out, what broke, and the answers to the six questions. */
import { html } from "hono/html";
import type { SavedQuery } from "../../dashboards/index.ts";
import type { QueryResult } from "../query/lake.ts";
import type { TwinSummary } from "./build.ts";
import { countOf, formatBytes, formatCell, formatCount, isNumeric } from "./format.ts";
import type { ExpectedIncident, FoundIncident } from "./incident.ts";

export interface AnsweredQuestion {
  readonly query: SavedQuery;
  readonly result: QueryResult;
}

type Html = ReturnType<typeof html>;

/** Rows of an answer that the page shows; the rest is a command away. */
const shownRows = 25;

/** The whole page. Every text from the logs is escaped. */
export function twinPage(summary: TwinSummary, answers: readonly AnsweredQuestion[]): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>aircheck: the local twin</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<h1>aircheck</h1>
<p>${introduction(summary)} All times are UTC.</p>
<nav aria-label="Questions"><ul>
<li><a href="#incidents">What broke</a></li>
${answers.map(({ query }) => html`<li><a href="#${query.id}">${titleOf(query.id)}</a></li>`)}
</ul></nav>
</header>
<main id="content">
${numbers(summary)}
${tables(summary)}
${incidents(summary)}
${answers.map(answer)}
</main>
<footer>
<p>More questions: <code>aircheck query --lake ${summary.lakeDir}</code> lists them; it takes any SELECT statement too.</p>
</footer>
</body>
</html>`;
}

function introduction({ input }: TwinSummary): Html {
  return input.kind === "traffic"
    ? html`The local twin: ${countOf(input.plan.hours, "hour")} of made-up traffic (seed ${input.plan.seed}), through the transform that runs in an account.`
    : html`The local twin: the logs of <code>${input.folder}</code>, through the transform that runs in an account.`;
}

function numbers({ conversion }: TwinSummary): Html {
  const items: [string, string][] = [
    ["Records in", formatCount(conversion.records)],
    ["Rows", formatCount(conversion.rows)],
    ["Rejects", formatCount(conversion.rejects)],
    ["Control messages", formatCount(conversion.control)],
    [`Read from ${countOf(conversion.files, "object")}`, formatBytes(conversion.bytesIn)],
    ["Parquet written", formatBytes(conversion.bytesOut)],
    ["Time", `${conversion.seconds.toFixed(1)} s`],
  ];
  return html`<dl class="numbers">${items.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function tables({ conversion }: TwinSummary): Html {
  const rows = Object.entries(conversion.tables).sort(([a], [b]) => (a < b ? -1 : 1));
  const reasons = Object.entries(conversion.rejectReasons).map(
    ([reason, count]) => `${reason} (${formatCount(count)})`,
  );
  return html`<section aria-labelledby="lake">
<h2 id="lake">The lake</h2>
<p class="doc">records = rows + rejects + control messages.${reasons.length > 0 ? ` Rejected for: ${reasons.join(", ")}.` : ""}</p>
<div class="scroll" role="region" aria-labelledby="lake" tabindex="0"><table>
<caption>Rows and files per table</caption>
<thead><tr><th scope="col">table</th><th scope="col" class="number">rows</th><th scope="col" class="number">files</th></tr></thead>
<tbody>${rows.map(([table, { rows: count, files }]) => html`<tr><th scope="row">${table}</th><td class="number">${formatCount(count)}</td><td class="number">${formatCount(files)}</td></tr>`)}</tbody>
</table></div>
</section>`;
}

function incidents({ incidents: found, expected }: TwinSummary): Html {
  return html`<section aria-labelledby="incidents">
<h2 id="incidents">What broke, when, and what had been changed before?</h2>
<p class="doc">Bursts of 5xx answers and of errors at the ad decision server, found by the saved query <code>incident</code>. Ad errors are estimated from the logged sessions.</p>
${expected.length > 0 ? html`<ul>${expected.map(expectation)}</ul>` : ""}
${found.length > 0 ? incidentTable(found) : html`<p>No incident was found.</p>`}
</section>`;
}

function expectation({ kind, subject, part, from, to, change, found }: ExpectedIncident): Html {
  const what = kind === "origin-5xx" ? "5xx answers" : "ad errors";
  return html`<li><span class="${found ? "found" : "missed"}">${found ? "Found" : "Not found"}</span>: the ${what} of ${subject} (${part}) that the traffic hid from ${formatCell(from)} to ${formatCell(to)}, after ${change.name} at ${formatCell(change.time)}.</li>`;
}

function incidentTable(found: readonly FoundIncident[]): Html {
  const head = ["kind", "where", "from", "until", "failures logged", "failures estimated", "failed", "changes before"];
  return html`<div class="scroll" role="region" aria-labelledby="incidents" tabindex="0"><table>
<caption>Incidents, the largest first</caption>
<thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${found.map(
    (one) => html`<tr><th scope="row">${one.kind}</th><td>${[one.subject, one.part].filter(Boolean).join(" / ")}</td>
<td>${formatCell(one.started)}</td><td>${formatCell(one.ended)}</td><td class="number">${formatCount(one.observed)}</td>
<td class="number">${formatCount(one.estimated)} (${formatCount(one.low95)}–${formatCount(one.high95)})</td><td class="number">${one.percentFailed} %</td>
<td>${one.changes.map((change) => `${change.name} by ${change.changedBy}, ${change.minutesBefore} min before`).join("; ")}</td></tr>`,
  )}</tbody>
</table></div>`;
}

function answer({ query, result }: AnsweredQuestion): Html {
  const rest = result.rows.length - shownRows;
  const caption =
    rest > 0
      ? `The first ${shownRows} of ${formatCount(result.rows.length)} rows; all of them: aircheck query ${query.id}`
      : countOf(result.rows.length, "row");
  const numeric = result.columns.map((column) => isNumeric(column.type));
  return html`<section aria-labelledby="${query.id}">
<h2 id="${query.id}">${query.question}</h2>
<p class="doc">${query.doc}</p>
<div class="scroll" role="region" aria-labelledby="${query.id}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${result.columns.map(({ name }, index) => html`<th scope="col"${classOf(numeric[index])}>${name}</th>`)}</tr></thead>
<tbody>${result.rows
    .slice(0, shownRows)
    .map(
      (row) => html`<tr>${row.map((cell, index) => html`<td${classOf(numeric[index])}>${cellText(cell)}</td>`)}</tr>`,
    )}</tbody>
</table></div>
</section>`;
}

function cellText(cell: QueryResult["rows"][number][number]): string {
  return typeof cell === "number" && Number.isInteger(cell) ? formatCount(cell) : formatCell(cell);
}

function classOf(isNumber: boolean | undefined): Html | "" {
  return isNumber ? html` class="number"` : "";
}

function titleOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replaceAll("-", " ");
}
