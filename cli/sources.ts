/** `aircheck sources`: the catalog. */
import { type Catalog, lakeTables, tableColumns } from "../catalog/index.ts";
import { tableText } from "./table.ts";
import { type ExitStatus, type Terminal, write } from "./terminal.ts";

export async function sourcesCommand(
  options: { readonly json?: boolean },
  catalog: Catalog,
  { stdout }: Terminal,
): Promise<ExitStatus> {
  if (options.json) {
    const tables = lakeTables(catalog).map((table) => ({ ...table, fields: tableColumns(table) }));
    await write(stdout, `${JSON.stringify({ sources: catalog.sources, tables }, null, 2)}\n`);
    return 0;
  }
  const columns = ["source", "table", "envelopes", "doc"].map((name) => ({ name, type: "VARCHAR" }));
  const rows = catalog.sources.map(({ id, table, envelopes, doc }) => [id, table, envelopes.join(", "), doc]);
  await write(stdout, tableText({ columns, rows }));
  return 0;
}
