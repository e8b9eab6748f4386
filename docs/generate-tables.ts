/** Writes docs/tables.md from the catalog: run `npx tsx docs/generate-tables.ts`. */
import { fileURLToPath } from "node:url";
import { type Catalog, catalog, lakeTables, tableColumns } from "../catalog/index.ts";
import type { Field, Source, Table } from "../catalog/types.ts";
import { code, markdownTable, writePage } from "./markdown.ts";

const personalTexts = {
  ip: "client address",
  "text-with-ip": "may contain a client address",
  identity: "names a person or session",
} as const;

/** The catalog as one page of Markdown. */
export function tablesMarkdown(of: Catalog): string {
  const sections = [
    "# Sources and tables",
    "Generated from `catalog/`: do not edit. `npx tsx docs/generate-tables.ts` writes it again.",
    "## Sources",
    "Where records come from. A source writes to one table; several may share a table.",
    sourcesTable(of.sources),
    "## Tables",
    `${linkList(lakeTables(of).map((table) => table.id))}\n\nEvery table is partitioned by \`dt\`, the UTC day of the event (\`YYYY-MM-DD\`): filter on it, and a query reads those days only.`,
    ...lakeTables(of).flatMap((table) => tableSection(table, of.sources)),
  ];
  return `${sections.join("\n\n")}\n`;
}

function sourcesTable(sources: readonly Source[]): string {
  const head = ["source", "table", "what", "envelopes", "log groups", "vended log type", "time", "sampling"];
  const rows = sources.map((source) => [
    code(source.id),
    link(source.table),
    source.doc,
    source.envelopes.map(code).join(", "),
    source.logGroups.map(code).join(", "),
    source.vended ? code(source.vended.logType) : "",
    code(source.timeField),
    source.sampling.by === "session" ? `sessions, per ${code(source.sampling.configurationField)}` : "none",
  ]);
  return markdownTable(head, rows);
}

function tableSection(table: Table, sources: readonly Source[]): string[] {
  const writers = sources.filter((source) => source.table === table.id).map((source) => code(source.id));
  const from = writers.length > 0 ? `Sources: ${writers.join(", ")}.` : "Written by the transform itself.";
  return [`### ${table.id}`, `${table.doc} ${from}`, columnsTable(table)];
}

function columnsTable(table: Table): string {
  const head = ["column", "type", "unit", "what", "from", "personal data"];
  const rows = tableColumns(table).map((field) => [
    code(field.name),
    field.type,
    field.unit ?? "",
    field.doc,
    originOf(field, table),
    field.personal ? personalTexts[field.personal] : "",
  ]);
  return markdownTable(head, rows);
}

/** Names in the record; `@…` is what the transform adds or the envelope has. */
function originOf(field: Field, table: Table): string {
  if ("rule" in field) return "derived";
  const urlPart = table.url && [table.url.uri, table.url.query].includes(field.name) ? [table.url.whole] : [];
  return [...urlPart, ...field.from].map(code).join(", ");
}

function link(table: string): string {
  return `[${code(table)}](#${table})`;
}

function linkList(tables: readonly string[]): string {
  return tables.map((table) => `- ${link(table)}`).join("\n");
}

const target = fileURLToPath(new URL("./tables.md", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await writePage(target, tablesMarkdown(catalog), "docs/generate-tables.ts", process.argv.slice(2));
}
