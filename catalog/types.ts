/**
 * The vocabulary of the catalog: what a log source, a lake table and a field are.
 *
 * Everything here is data. Schemas (Arrow, Glue), docs, sample traffic and views are derived from it elsewhere.
 */

/**
 * Type of a lake column.
 *
 * - `string`: UTF-8 text
 * - `json`: JSON text of a nested value (objects and arrays with unbounded keys are never struct columns)
 * - `int`: 32 bit, `bigint`: 64 bit signed integer
 * - `double`: IEEE 754 binary64
 * - `timestamp`: UTC, milliseconds
 */
export type FieldType = "string" | "json" | "int" | "bigint" | "double" | "boolean" | "timestamp";

/**
 * How a field can identify a person.
 *
 * - `ip`: the field is a client address
 * - `text-with-ip`: free text in which a client address may occur (URLs, headers)
 * - `identity`: names a user in another way (user name, ARN, session id)
 */
export type PersonalData = "ip" | "text-with-ip" | "identity";

/** Rules that compute a column from other columns of the same row; implemented in `functions/transform/derive`. */
export type DerivedRule =
  | "request_type"
  | "streaming_format"
  | "status_class"
  | "cdn"
  | "device"
  | "os"
  | "browser"
  | "country"
  | "blocking_reload"
  | "playback_session"
  | "client_abort"
  | "ttfb_valid"
  | "ads_event_class"
  | "manifest_event_class"
  | "transcode_event_class"
  | "beacon_event"
  | "skipped_reasons"
  | "skipped_count"
  | "unfilled_seconds"
  | "user_agent_of_headers"
  | "changes_state"
  | "aurora_cluster";

interface FieldBase {
  /** Column name in the lake: lower-case snake_case. */
  readonly name: string;
  readonly type: FieldType;
  /** One sentence for an analyst, unit included when there is one. */
  readonly doc: string;
  /** Unit of a number: `s`, `ms`, `us`, `bytes`, `kbit/s`, … */
  readonly unit?: string;
  readonly personal?: PersonalData;
}

/** A column filled from the record. */
export interface RecordField extends FieldBase {
  /**
   * Where the value stands in a record, the first one present wins: a key (`clientIp`), a path into nested objects
   * (`avail.fillRate`), the name of a column of a delimited line, or envelope data (`@owner`, `@logGroup`, `@logStream`, `@message`).
   */
  readonly from: readonly string[];
  /** Texts that mean "no value" and become NULL, e.g. `-`. */
  readonly nullTexts?: readonly string[];
  /** `quotes`: the documentation speaks of wrapping double quotes, the examples show none; one pair is stripped. */
  readonly strip?: "quotes";
  /** `many`: nearly every row has its own value (ids), so that interning and dictionary pages do not pay. */
  readonly distinct?: "many";
  /** `password`: passwords in SQL text are masked. */
  readonly mask?: "password";
}

/** A column computed by a rule from other columns of the row. */
export interface DerivedField extends FieldBase {
  readonly rule: DerivedRule;
}

export type Field = RecordField | DerivedField;

/** A table of the lake. The columns of {@link CommonField} surround `fields` in every table. */
export interface Table {
  readonly id: string;
  readonly doc: string;
  readonly fields: readonly Field[];
  /**
   * A URL arrives whole in one key or split in two: where `whole` is given, `uri` and `query` columns are filled from it
   * (reference 2.3). A record that has both forms keeps the whole one in `extra` when it says something else.
   */
  readonly url?: { readonly whole: string; readonly uri: string; readonly query: string };
}

/** How records are wrapped on their way to the landing bucket. */
export type Envelope = "cloudwatch" | "json-lines" | "cloudtrail-records";

/** The text of one log event. */
export type RecordFormat = "json" | "aurora-audit" | "raw";

/** Decides whether a record of unknown origin belongs to a source, by its content alone. */
export interface Fingerprint {
  /** At least one of these keys must be there. */
  readonly anyOf: readonly string[];
  /** All of these keys must be there. */
  readonly allOf?: readonly string[];
  /** None of these keys may be there. */
  readonly noneOf?: readonly string[];
  /** If given, the value of the key `eventType` must be one of these. */
  readonly eventTypes?: readonly string[];
}

/** Vended log delivery: what to ask CloudWatch Logs for. */
export interface VendedDelivery {
  readonly logType: string;
  /** Resource whose logs these are. */
  readonly resource: "mediapackagev2-channel-group" | "mediatailor-playback-configuration";
  /** Fields to select, in the order of the service's registry; mandatory ones included. */
  readonly recordFields: readonly string[];
}

/** Where records come from. */
export interface Source {
  readonly id: string;
  readonly doc: string;
  /** Id of the table that its records go to. */
  readonly table: string;
  /** Envelopes its records are seen in; the first is the usual one. */
  readonly envelopes: readonly [Envelope, ...Envelope[]];
  readonly format: RecordFormat;
  /** CloudWatch log groups it writes to; `*` stands for one path element. The first is the service's default. */
  readonly logGroups: readonly string[];
  readonly vended?: VendedDelivery;
  /** Where the event time stands: a key or column, or `@timestamp` for the time of the CloudWatch log event. */
  readonly timeField: string;
  /** Where a de-duplication key stands; without one it is the CloudWatch event id, else a hash of the record. */
  readonly idField?: string;
  /**
   * `session`: the service logs a percentage of sessions, and rows carry weight 100/percent; `configurationField` names the
   * column that holds the playback configuration. `none`: every record is logged.
   */
  readonly sampling: { readonly by: "none" } | { readonly by: "session"; readonly configurationField: string };
  /** Columns of a delimited line, in order; only for `aurora-audit`. */
  readonly columns?: readonly string[];
  readonly fingerprint: Fingerprint;
}

export interface Catalog {
  readonly sources: readonly Source[];
  /** Tables that sources write to; `rejects` is apart. */
  readonly tables: readonly Table[];
  readonly rejects: Table;
}
