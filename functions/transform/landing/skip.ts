import type { RejectReason } from "./intake.ts";
import { findResync, type Place } from "./resync.ts";
import type { Window } from "./window.ts";

/** Records begin alike: these many different beginnings are kept, so that one odd record does not hide the others. */
const keptSignatures = 2;
/** The longest text that tells where to go on after damage, and what has to be seen behind it. */
const longestMark = 80;
/** How much of a reject that is skipped is kept for its text. */
const sampleBytes = 1024 * 1024;

/** How records begin: the best marks to look for after damage. */
export class Signatures {
  known: readonly Uint8Array[] = [];

  /** Keeps how the record at `start` begins. */
  remember(bytes: Uint8Array, start: number): void {
    const [newest] = this.known;
    if (newest && startsWith(bytes, start, newest)) return;
    const head = Buffer.from(bytes.subarray(start, start + 64)).toString("latin1");
    const signature = /^\{\s*"[^"\\]*"\s*:/.exec(head)?.[0];
    if (signature === undefined) return;
    const others = this.known.filter((one) => !startsWith(bytes, start, one));
    this.known = [Buffer.from(signature, "latin1"), ...others].slice(0, keptSignatures);
  }
}

/** A reject whole: `length` may be more than its bytes. */
export interface Skipped {
  readonly bytes: Uint8Array;
  readonly length: number;
  /** Reading goes on at a new envelope or at the top, not with the next element of the array that broke. */
  readonly outside: boolean;
}

/** Text that cannot be read, passed over until something looks like a record again. */
export class Skip {
  readonly reason: RejectReason;
  readonly detail: string;
  readonly position: number;
  private readonly place: Place;
  private readonly sample: Uint8Array[] = [];
  private sampled = 0;
  private length = 0;

  constructor(reason: RejectReason, detail: string, position: number, place: Place) {
    this.reason = reason;
    this.detail = detail;
    this.position = position;
    this.place = place;
  }

  /**
   * Passes over what is at hand.
   *
   * @param last whether more will come
   * @returns the reject when its end is found or nothing more comes
   */
  pass(window: Window, signatures: Signatures, last: boolean): Skipped | undefined {
    const { bytes, p } = window;
    const from = this.length === 0 ? p + 1 : p;
    const mark = findResync(bytes, from, bytes.length, this.place, signatures.known);
    // In the last bytes of the window an earlier mark may begin that is not all there yet.
    const sure = last ? bytes.length : Math.max(p, bytes.length - longestMark);
    const found = mark && mark.at <= sure ? mark : undefined;
    this.take(window, found ? found.at : sure);
    if (!found && !last) return undefined;
    const whole = Buffer.concat(this.sample);
    const text = trimEnd(whole);
    // Line ends are not the record's; where the sample is cut, they are not in it either.
    const lineEnds = this.sampled === this.length ? whole.length - text.length : 0;
    return { bytes: text, length: this.length - lineEnds, outside: found?.outside ?? true };
  }

  private take(window: Window, until: number): void {
    const { bytes, p } = window;
    const taken = bytes.slice(p, Math.min(until, p + sampleBytes - this.sampled));
    this.sample.push(taken);
    this.sampled += taken.length;
    this.length += until - p;
    window.p = until;
  }
}

function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
}

function trimEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end--;
  return bytes.subarray(0, end);
}
