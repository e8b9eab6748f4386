import type { Schema } from "apache-arrow";
import { Interner } from "../columns/interner.ts";
import type { Layout } from "../columns/layout.ts";
import { Row } from "../columns/row.ts";
import { arrowSchema } from "../parquet/arrow.ts";

/** Distinct texts kept per column before all of a table's are forgotten: bounds the memory of texts that do not repeat after all. */
const internedTexts = 131_072;
const internedBytes = 16 * 1024 * 1024;

/** What the rows of one table share while a landing object is read. */
export class TableState {
  readonly layout: Layout;
  readonly schema: Schema;
  readonly interners: readonly (Interner | undefined)[];
  readonly row: Row;
  /** Rows that went to any partition. */
  appended = 0;

  constructor(layout: Layout) {
    this.layout = layout;
    this.schema = arrowSchema(layout);
    this.interners = layout.columns.map(({ kind }) => (kind === "dictionary" ? new Interner() : undefined));
    this.row = new Row(layout, this.interners);
  }

  /** Whether the interners hold so much that they should be emptied, once no batch needs their ids any more. */
  get crowded(): boolean {
    for (const interner of this.interners) {
      if (interner && (interner.count > internedTexts || interner.byteLength > internedBytes)) return true;
    }
    return false;
  }

  forget(): void {
    for (const interner of this.interners) interner?.clear();
  }
}
