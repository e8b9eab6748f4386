import { leadingFields, partitionKey, trailingFields } from "./common.ts";
import type { Catalog, Field, Table } from "./types.ts";

/** The catalog contradicts itself; `problems` has one sentence per mistake. */
export class CatalogError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the catalog has ${problems.length} mistake(s): ${problems.join("; ")}`);
    this.name = "CatalogError";
    this.problems = problems;
  }
}

/** Checks names, references and rules; throws {@link CatalogError} that lists all mistakes. */
export function validateCatalog(catalog: Catalog): void {
  const problems: string[] = [];
  const tables = [...catalog.tables, catalog.rejects];
  problems.push(...repeated(tables.map((table) => table.id)).map((id) => `table ${id} is defined twice`));
  problems.push(...repeated(catalog.sources.map((source) => source.id)).map((id) => `source ${id} is defined twice`));
  for (const table of tables) problems.push(...tableProblems(table));
  for (const source of catalog.sources) {
    const table = catalog.tables.find((candidate) => candidate.id === source.table);
    if (!table) {
      problems.push(`source ${source.id} writes to table ${source.table}, which does not exist`);
      continue;
    }
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(source.id))
      problems.push(`source id ${source.id} is not lower-case kebab-case`);
    if (source.format === "aurora-audit" && !source.columns) problems.push(`source ${source.id} needs columns`);
    if (source.sampling.by === "session") {
      const column = source.sampling.configurationField;
      if (!table.fields.some((field) => field.name === column)) {
        problems.push(`source ${source.id} is sampled by ${column}, which table ${table.id} lacks`);
      }
    }
  }
  if (problems.length > 0) throw new CatalogError(problems);
}

function tableProblems(table: Table): string[] {
  const fields: readonly Field[] = [...leadingFields, ...table.fields, ...trailingFields];
  const names = fields.map((field) => field.name);
  const problems = repeated(names).map((name) => `table ${table.id} has column ${name} twice`);
  for (const field of fields) {
    if (!/^[a-z][a-z0-9_]*$/.test(field.name) || field.name === partitionKey) {
      problems.push(
        `column ${field.name} of table ${table.id} is no lower-case snake_case name, or is the partition key`,
      );
    }
  }
  const from = table.fields.flatMap((field) => ("from" in field ? field.from : []));
  problems.push(...repeated(from).map((name) => `table ${table.id} fills two columns from ${name}`));
  for (const path of from.filter((name) => name.includes("."))) {
    const parent = path.split(".")[0];
    // Members of a nested object that no column takes stay in the JSON text of the object itself.
    const keeper = table.fields.find((field) => "from" in field && field.from.includes(parent ?? ""));
    if (keeper?.type !== "json") problems.push(`table ${table.id} reads ${path}, but has no json column for ${parent}`);
  }
  if (table.url) {
    for (const column of [table.url.uri, table.url.query]) {
      if (!names.includes(column))
        problems.push(`table ${table.id} has a url rule for column ${column}, which it lacks`);
    }
  }
  return problems;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
