/** A record as a service writes it, and the lake row that it has to become: written by hand from the reference. */

/** Values as every reader is asked for them: instants as ISO text, whole numbers beyond 2^53 as text. */
export type Cell = string | number | boolean | null;

/** Columns that are not NULL; all others of the table are. `landing_key` and `source` are added by the test. */
export type ExpectedRow = Readonly<Record<string, Cell>>;

/** What CloudWatch Logs says of a log event, as far as the envelope at hand passes it on. */
export interface EventFacts {
  readonly logGroup?: string;
  readonly logStream?: string;
  readonly owner?: string;
  /** Id of the first log event of the record. */
  readonly eventId?: string;
}

export interface Example {
  readonly name: string;
  readonly source: string;
  readonly table: string;
  /** Text of the record; several when the service spreads it over log events. */
  readonly texts: readonly [string, ...string[]];
  /** Time of the log event, epoch milliseconds. */
  readonly loggedMs: number;
  readonly row: ExpectedRow;
  /** Columns that depend on the envelope. Without an `event_id` in `row`, it is the log event's id or a hash of the text. */
  readonly fromEnvelope?: (facts: EventFacts) => ExpectedRow;
}

/** Examples of one source: each is a name, its text or texts, and its row. */
export function examplesOf(
  source: string,
  table: string,
  examples: readonly Omit<Example, "source" | "table">[],
): readonly Example[] {
  return examples.map((example) => ({ ...example, source, table }));
}
