import type { Source } from "../../../catalog/types.ts";
import type { RecordContext } from "./finish.ts";

/** A line of an Aurora MySQL audit log, continuation lines included. */
export interface AuditLine {
  readonly bytes: Uint8Array;
  readonly context: RecordContext;
  readonly position: number;
  readonly source: Source;
}

/**
 * Puts audit lines together: a statement may hold line breaks, and a line that does not begin with a time of 16 digits
 * belongs to the one before it (reference 6.3).
 */
export class AuditLines {
  private pending: AuditLine | undefined;
  private readonly take: (line: AuditLine) => void;

  constructor(take: (line: AuditLine) => void) {
    this.take = take;
  }

  static begins(bytes: Uint8Array): boolean {
    if (bytes[16] !== 0x2c) return false;
    for (let i = 0; i < 16; i++) if (!isDigit(bytes[i])) return false;
    return true;
  }

  get waiting(): boolean {
    return this.pending !== undefined;
  }

  /** @returns whether the line went on with the one before, so that it is no record of its own */
  add(line: AuditLine): boolean {
    const { pending } = this;
    const sameStream = pending?.context.logStream === line.context.logStream;
    if (pending && sameStream && !AuditLines.begins(line.bytes)) {
      this.pending = { ...pending, bytes: Buffer.concat([pending.bytes, Buffer.from("\n"), line.bytes]) };
      return true;
    }
    this.flush();
    this.pending = line;
    return false;
  }

  flush(): void {
    const { pending } = this;
    this.pending = undefined;
    if (pending) this.take({ ...pending, bytes: withoutLineEnds(pending.bytes) });
  }
}

/** Text without the line ends behind it: they are the file's, not the statement's. */
export function withoutLineEnds(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end--;
  return bytes.subarray(0, end);
}

function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= 0x30 && c <= 0x39;
}

/** The ten fields of an audit line, or what is wrong with it. */
export function splitAuditLine(bytes: Uint8Array): readonly string[] | string {
  const line = new TextDecoder().decode(bytes);
  const fields: string[] = [];
  let from = 0;
  for (let i = 0; i < 8; i++) {
    const comma = line.indexOf(",", from);
    if (comma < 0) return `an audit line has 10 fields, this one ${i + 1}`;
    fields.push(line.slice(from, comma));
    from = comma + 1;
  }
  // The statement is not escaped for commas: it is what stands between the eighth comma and the last one.
  const last = line.lastIndexOf(",");
  if (last < from) return "an audit line has 10 fields, this one 9";
  fields.push(unquote(line.slice(from, last)), line.slice(last + 1).trimEnd());
  const operation = fields[6] ?? "";
  return /^[A-Z][A-Z_]*$/.test(operation) ? fields : `the seventh field is no operation: ${operation.slice(0, 40)}`;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", "0": "\0" };

function unquote(object: string): string {
  if (object.length < 2 || !object.startsWith("'") || !object.endsWith("'")) return object;
  return object.slice(1, -1).replace(/\\(.)/gs, (_, character: string) => escapes[character] ?? character);
}
