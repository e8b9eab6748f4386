import { LONE_SURROGATE, resolveEscapes } from "../json/escapes.ts";
import { ascii } from "../json/numbers.ts";
import { INCOMPLETE, INVALID, type JsonScanner } from "../json/scanner.ts";
import type { RecordContext } from "../record/finish.ts";

const idHead = Buffer.from('{"id":"');
const timestampHead = Buffer.from('","timestamp":');
const messageHead = Buffer.from(',"message":"');
const messageKey = Buffer.from("message");
const timestampKey = Buffer.from("timestamp");
const idKey = Buffer.from("id");

/**
 * One element of `logEvents`: `{"id": "…", "timestamp": ms, "message": "…"}`, keys in any order.
 *
 * It is the context of its record too: id and time are made into text only where the record has none of its own.
 */
export class LogEvent implements RecordContext {
  owner: string | undefined;
  logGroup: string | undefined;
  logStream: string | undefined;
  /** The message, its escapes resolved; undefined when there is none, or it is no text. */
  message: Uint8Array | undefined;
  private readonly scanner: JsonScanner;
  private scratch = new Uint8Array(65_536);
  private idStart = 0;
  private idEnd = 0;
  private timeStart = 0;
  private timeEnd = 0;

  constructor(scanner: JsonScanner) {
    this.scanner = scanner;
  }

  get eventId(): string | undefined {
    return this.idEnd > 0 ? ascii(this.scanner.bytes, this.idStart, this.idEnd) : undefined;
  }

  get timestamp(): string | undefined {
    return this.timeEnd > 0 ? ascii(this.scanner.bytes, this.timeStart, this.timeEnd) : undefined;
  }

  /**
   * Reads an event as CloudWatch Logs writes it, `{"id":"…","timestamp":…,"message":"{…`, up to its message.
   *
   * @returns offset of the message's text, or {@link INVALID} when the event has to be read by {@link read}
   */
  readHead(p: number): number {
    const { bytes, end } = this.scanner;
    if (!stands(bytes, p, idHead)) return INVALID;
    this.idStart = p + idHead.length;
    this.idEnd = digitsEnd(bytes, this.idStart);
    if (!stands(bytes, this.idEnd, timestampHead)) return INVALID;
    this.timeStart = this.idEnd + timestampHead.length;
    this.timeEnd = digitsEnd(bytes, this.timeStart);
    if (!stands(bytes, this.timeEnd, messageHead)) return INVALID;
    const message = this.timeEnd + messageHead.length;
    return message < end && this.idEnd > this.idStart && this.timeEnd > this.timeStart ? message : INVALID;
  }

  /** `p` stands on the opening brace. @returns offset behind the event, or a code of the scanner */
  read(p: number): number {
    const { scanner } = this;
    const { bytes, end } = scanner;
    this.idEnd = 0;
    this.timeEnd = 0;
    this.message = undefined;
    let at = scanner.space(p + 1);
    if (at >= end) return INCOMPLETE;
    if (bytes[at] === 0x7d) return at + 1;
    for (;;) {
      if (at >= end) return INCOMPLETE;
      if (bytes[at] !== 0x22) return scanner.invalid(at);
      const keyStart = at + 1;
      const keyEnd = scanner.string(at);
      if (keyEnd < 0) return keyEnd;
      at = scanner.colon(keyEnd);
      if (at < 0) return at;
      const start = scanner.space(at);
      scanner.escapes = false;
      const behind = scanner.value(start);
      if (behind < 0) return behind;
      this.take(keyStart, keyEnd - 1, start, behind);
      at = scanner.space(behind);
      if (at >= end) return INCOMPLETE;
      const c = bytes[at];
      if (c === 0x7d) return at + 1;
      if (c !== 0x2c) return scanner.invalid(at);
      at = scanner.space(at + 1);
    }
  }

  private take(keyStart: number, keyEnd: number, start: number, end: number): void {
    const { bytes } = this.scanner;
    const quote = bytes[start] === 0x22 ? 1 : 0;
    if (spells(bytes, keyStart, keyEnd, messageKey)) {
      if (quote === 1) this.message = this.resolve(start + 1, end - 1);
    } else if (spells(bytes, keyStart, keyEnd, timestampKey)) {
      this.timeStart = start + quote;
      this.timeEnd = end - quote;
    } else if (quote === 1 && spells(bytes, keyStart, keyEnd, idKey)) {
      this.idStart = start + 1;
      this.idEnd = end - 1;
    }
  }

  /** The message's text. A message is JSON as a string, so nearly every one has escapes. */
  private resolve(start: number, end: number): Uint8Array | undefined {
    const { bytes, escapes } = this.scanner;
    if (!escapes) return bytes.subarray(start, end);
    if (this.scratch.length < end - start) this.scratch = new Uint8Array((end - start) * 2);
    const behind = resolveEscapes(bytes, start, end, this.scratch, 0);
    return behind === LONE_SURROGATE ? undefined : this.scratch.subarray(0, behind);
  }
}

function stands(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

function digitsEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39) at++;
  return at;
}

function spells(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word[i]) return false;
  return true;
}
