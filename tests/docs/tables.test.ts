import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { catalog, createCatalog, lakeTables, tableColumns } from "../../catalog/index.ts";
import type { Table } from "../../catalog/types.ts";
import { tablesMarkdown } from "../../docs/generate-tables.ts";

describe("docs/tables.md", () => {
  it("is what the catalog says now (else run: npx tsx docs/generate-tables.ts)", async () => {
    const copy = await readFile(new URL("../../docs/tables.md", import.meta.url), "utf8");
    assert.equal(copy, tablesMarkdown(catalog));
  });

  it("has every source, and every column of every table under the table's heading", () => {
    const [sources = "", ...sections] = tablesMarkdown(catalog).split("\n### ");
    for (const source of catalog.sources)
      assert.match(sources, new RegExp(`\\| \`${source.id}\` +\\| \\[\`${source.table}\`\\]`));
    for (const [index, table] of lakeTables(catalog).entries()) {
      const columns = sections[index]?.split("\n").flatMap((line) => /^\| `([a-z0-9_]+)` +\|/.exec(line)?.[1] ?? []);
      assert.deepEqual(
        columns,
        tableColumns(table).map((field) => field.name),
        table.id,
      );
    }
  });

  it("keeps its tables whole when a text has a pipe or a line break in it", () => {
    const odd: Table = {
      id: "odd",
      doc: "d",
      fields: [{ name: "a", type: "string", doc: "x | y\nz", from: ["k"], personal: "ip" }],
    };
    const page = tablesMarkdown(createCatalog([], [odd]));
    assert.match(page, /^\| `a` +\| string +\| +\| x \\\| y z +\| `k` +\| client address +\|$/m);
  });
});
