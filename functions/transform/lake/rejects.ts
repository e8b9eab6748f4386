import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import type { ClientIpPolicy } from "../derive/privacy.ts";
import { maskerFor } from "../derive/privacy.ts";
import type { RejectReason } from "../landing/intake.ts";
import { dayOf } from "./day.ts";
import type { Partitions } from "./partitions.ts";
import type { TableState } from "./table-state.ts";

/** How much of a record's text a reject keeps. */
const rawBytes = 1024 * 1024;

export interface Reject {
  readonly reason: RejectReason;
  readonly detail: string;
  /** The record, or its first bytes. */
  readonly bytes: Uint8Array;
  /** Its whole length. */
  readonly length: number;
  readonly position: number;
  readonly source: string | undefined;
}

/** Writes rejects as rows of their own table, in the partition of the day on which the landing object was written. */
export class RejectWriter {
  private readonly table: TableState;
  private readonly partitions: Partitions;
  private readonly landing: { readonly key: string; readonly timeMs: number; readonly identity: string };
  private readonly keepsAddresses: boolean;
  private readonly mask: (text: string) => string;

  constructor(
    table: TableState,
    partitions: Partitions,
    landing: { readonly key: string; readonly timeMs: number; readonly identity: string },
    privacy: ClientIpPolicy,
  ) {
    this.table = table;
    this.partitions = partitions;
    this.landing = landing;
    this.keepsAddresses = privacy.mode === "keep";
    this.mask = maskerFor(privacy);
  }

  write(reject: Reject): void {
    const { row, layout } = this.table;
    row.clear(reject.bytes);
    const text = (name: string, value: string): void => row.setText(layout.indexOf(name), value);
    const number = (name: string, value: number): void => row.setNumber(layout.indexOf(name), value);
    const { key, timeMs, identity } = this.landing;
    number("event_time", timeMs);
    number("event_time_us", timeMs * 1000);
    if (reject.source !== undefined) text("source", reject.source);
    text("event_id", hash("sha256", `${identity}/${reject.position}/${reject.reason}`, "hex").slice(0, 32));
    text("reason", reject.reason);
    text("detail", this.mask(reject.detail));
    const raw = beginning(reject.bytes, reject.length);
    if (isUtf8(raw)) {
      text("raw", this.mask(Buffer.from(raw).toString()));
      text("raw_encoding", "utf8");
    } else if (this.keepsAddresses) {
      text("raw", Buffer.from(raw).toString("base64"));
      text("raw_encoding", "base64");
    } else {
      // Bytes that cannot be read cannot be searched for addresses either: they stay in the landing object only.
      text("raw_encoding", "withheld");
    }
    number("raw_bytes", reject.length);
    number("position_bytes", reject.position);
    text("landing_key", key);
    number("weight", 1);
    this.partitions.append(this.table, dayOf(timeMs));
  }
}

/** As much as is kept of the first bytes of a record of `length` bytes, without a character that is cut in the middle. */
function beginning(bytes: Uint8Array, length: number): Uint8Array {
  const end = Math.min(bytes.length, rawBytes);
  if (end === length) return bytes;
  let last = end - 1;
  // Bytes 10xxxxxx go on with a character; it has at most three of them.
  while (last > end - 4 && ((bytes[last] ?? 0) & 0xc0) === 0x80) last--;
  const lead = bytes[last] ?? 0;
  const wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return bytes.subarray(0, last + wanted > end ? last : end);
}
