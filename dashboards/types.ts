/**
 * The vocabulary of saved queries and charts. Everything here is data: Athena, the local page and the command line are
 * given the same SQL.
 */

/** A column of a result, and how an axis shows it. */
export interface Axis {
  readonly column: string;
  readonly label: string;
  readonly kind: "time" | "quantity" | "category" | "country";
  /** Unit of a quantity: `s`, `ms`, `bytes`, `%`, … */
  readonly unit?: string;
}

/** How a result becomes a picture. */
export interface Chart {
  readonly mark: "line" | "area" | "bar" | "map" | "cell";
  readonly x: Axis;
  readonly y: Axis;
  /** Column whose values get a colour each. */
  readonly series?: Axis;
  /** Columns of the 95 % confidence interval around `y`, where `y` is an estimate. */
  readonly interval?: { readonly low: string; readonly high: string };
}

/** A question, and the SQL that answers it. */
export interface SavedQuery {
  /** Kebab-case and unique: what people type after `aircheck query`. */
  readonly id: string;
  readonly question: string;
  /** What the columns mean, what is left out and why. */
  readonly doc: string;
  /**
   * Trino 476 SQL that DuckDB understands too, with the parameters of `parameters.ts`; `renderSql` fills them in.
   * Tables stand there by bare name.
   */
  readonly sql: string;
  /** Every table that `sql` reads. */
  readonly tables: readonly string[];
  readonly chart?: Chart;
}
