/** `aircheck query`: saved queries and any SQL over a lake. */
import {
  type Bucket,
  parseInstant,
  renderSql,
  type SavedQuery,
  savedQueries,
  savedQuery,
} from "../dashboards/index.ts";
import { type Lake, openLake, type Row } from "../local/query/lake.ts";
import { rangeFor } from "../local/query/saved.ts";
import { csvLine, jsonRow, tableText } from "./table.ts";
import { type ExitStatus, type Terminal, UsageError, write } from "./terminal.ts";

export interface QueryOptions {
  readonly lake: string;
  readonly format: "table" | "json" | "csv";
  readonly from?: string;
  readonly to?: string;
  readonly per?: Bucket;
}

/** Rows that a table holds: it has to be whole before its widths are known. */
const tableRows = 10_000;
/** Values in a terminal are cut here, so that rows stay lines; in files they are whole. */
const widestOnTerminal = 60;

export async function queryCommand(
  what: string | undefined,
  options: QueryOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (what === undefined) return listQueries(options, terminal);
  const asked = {
    ...(options.from === undefined ? {} : { from: parseInstant(options.from, "--from") }),
    ...(options.to === undefined ? {} : { to: parseInstant(options.to, "--to") }),
    ...(options.per === undefined ? {} : { bucket: options.per }),
  };
  const saved = savedOrUndefined(what);
  if (!saved && !what.includes("{{") && Object.keys(asked).length > 0) {
    throw new UsageError(
      "--from, --to and --per are for saved queries, and for SQL that names {{from}} and {{to}}: write the range into the SQL",
    );
  }
  const lake = await openLake(options.lake);
  try {
    const query = saved ?? { id: "SQL", sql: what, tables: [...new Set(savedQueries.flatMap(({ tables }) => tables))] };
    const sql = query.sql.includes("{{") ? renderSql(query, await rangeFor(lake, query, asked)) : query.sql;
    await print(lake, sql, options.format, terminal);
    return 0;
  } finally {
    lake.close();
  }
}

/** A single word can only be meant as the name of a saved query. */
function savedOrUndefined(what: string): SavedQuery | undefined {
  const query = savedQuery(what);
  if (query || !/^[\w-]*$/.test(what)) return query;
  const close = savedQueries.map(({ id }) => id).filter((id) => id.includes(what) || sharedPrefix(id, what) >= 4);
  const hint =
    close.length > 0 && what !== "" ? `did you mean ${close.join(" or ")}?` : 'list them with "aircheck query"';
  throw new UsageError(`there is no saved query ${JSON.stringify(what)}: ${hint}`);
}

function sharedPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

async function listQueries(options: QueryOptions, { stdout }: Terminal): Promise<ExitStatus> {
  const columns = ["name", "question"].map((name) => ({ name, type: "VARCHAR" }));
  const rows: Row[] = savedQueries.map(({ id, question }) => [id, question]);
  if (options.format === "json") {
    const listed = savedQueries.map(({ id, question, doc, tables, sql }) => ({ name: id, question, doc, tables, sql }));
    await write(stdout, `${JSON.stringify(listed, null, 2)}\n`);
  } else if (options.format === "csv") {
    for (const row of [["name", "question"], ...rows]) await write(stdout, csvLine(row));
  } else {
    await write(stdout, tableText({ columns, rows }));
  }
  return 0;
}

async function print(lake: Lake, sql: string, format: QueryOptions["format"], terminal: Terminal): Promise<void> {
  const { columns, pieces } = await lake.stream(sql);
  if (format === "table") return printTable(columns, pieces, terminal);
  const { stdout } = terminal;
  if (format === "csv") await write(stdout, csvLine(columns.map((column) => column.name)));
  let separator = "[\n";
  for await (const rows of pieces) {
    if (format === "csv") await write(stdout, rows.map(csvLine).join(""));
    else if (rows.length > 0) {
      await write(stdout, separator + rows.map((row) => jsonRow(columns, row)).join(",\n"));
      separator = ",\n";
    }
  }
  if (format === "json") await write(stdout, separator === "[\n" ? "[]\n" : "\n]\n");
}

async function printTable(
  columns: Awaited<ReturnType<Lake["stream"]>>["columns"],
  pieces: AsyncIterable<readonly Row[]>,
  { stdout, stderr }: Terminal,
): Promise<void> {
  const rows: Row[] = [];
  for await (const piece of pieces) {
    for (const row of piece) rows.push(row);
    if (rows.length > tableRows) break;
  }
  await write(
    stdout,
    tableText({ columns, rows: rows.slice(0, tableRows) }, stdout.isTTY ? widestOnTerminal : undefined),
  );
  if (rows.length > tableRows)
    await write(stderr, `aircheck: only the first ${tableRows} rows are shown: take --format csv or json for all\n`);
}
