/**
 * Times as logs write them: ISO-8601 text or an epoch number, in microseconds since 1970-01-01 UTC.
 *
 * Microseconds of the years 1684 to 2255 are exact in a double; beyond, the last digit may be off, and such rows are
 * rejects for their implausible time anyway.
 */
import { parseDouble } from "./numbers.ts";

/** Microseconds of a time value, or NaN. `bytes[start, end)` is ISO text or a decimal number. */
export function parseTimeUs(bytes: Uint8Array, start: number, end: number): number {
  // YYYY-MM-DD…: the dash tells ISO from a number.
  return end - start >= 10 && bytes[start + 4] === 0x2d
    ? parseIsoUs(bytes, start, end)
    : parseEpochUs(bytes, start, end);
}

/**
 * An epoch number by its magnitude: seconds below 10^11 (the year 5138), milliseconds below 10^14, microseconds below
 * 10^17, else nanoseconds.
 */
function parseEpochUs(bytes: Uint8Array, start: number, end: number): number {
  const value = parseDouble(bytes, start, end);
  const magnitude = Math.abs(value);
  if (magnitude < 1e11) return Math.round(value * 1e6);
  if (magnitude < 1e14) return Math.round(value * 1e3);
  if (magnitude < 1e17) return Math.round(value);
  return magnitude < 1e20 ? Math.round(value / 1e3) : Number.NaN;
}

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `YYYY-MM-DD[T| ]hh:mm[:ss[.f…]][Z|±hh[:]mm]`; a missing zone means UTC, a leap second counts as the second after. */
function parseIsoUs(bytes: Uint8Array, start: number, end: number): number {
  const year = digits(bytes, start, 4);
  const month = digits(bytes, start + 5, 2);
  const day = digits(bytes, start + 8, 2);
  if (bytes[start + 7] !== 0x2d || !(month >= 1 && month <= 12)) return Number.NaN;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const longest = month === 2 && leap ? 29 : (daysInMonth[month - 1] ?? 0);
  if (!(day >= 1 && day <= longest)) return Number.NaN;
  const before = year - 1;
  const days =
    before * 365 +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) +
    (daysBeforeMonth[month - 1] ?? 0) +
    (leap && month > 2 ? 1 : 0) +
    (day - 1) -
    719_162;
  const dayUs = days * 86_400_000_000;
  if (start + 10 === end) return dayUs;
  return dayUs + parseClockUs(bytes, start + 10, end);
}

/** What follows the date: separator, clock, fraction, zone. Microseconds, or NaN. */
function parseClockUs(bytes: Uint8Array, start: number, end: number): number {
  const separator = bytes[start];
  if (separator !== 0x54 && separator !== 0x74 && separator !== 0x20) return Number.NaN;
  if (end - start < 6 || bytes[start + 3] !== 0x3a) return Number.NaN;
  const hour = digits(bytes, start + 1, 2);
  const minute = digits(bytes, start + 4, 2);
  if (!(hour <= 23 && minute <= 59)) return Number.NaN;
  let seconds = 0;
  let fractionUs = 0;
  let at = start + 6;
  if (at < end && bytes[at] === 0x3a) {
    if (at + 3 > end) return Number.NaN;
    seconds = digits(bytes, at + 1, 2);
    if (!(seconds <= 60)) return Number.NaN;
    at += 3;
    if (at < end && (bytes[at] === 0x2e || bytes[at] === 0x2c)) {
      const first = ++at;
      let scale = 100_000;
      for (; at < end; at++) {
        const digit = (bytes[at] ?? 0) - 0x30;
        if (!(digit >= 0 && digit <= 9)) break;
        // Digits beyond the sixth are cut: a microsecond is the finest that is kept.
        fractionUs += Math.floor(scale) * digit;
        scale /= 10;
        if (scale < 1) scale = 0;
      }
      if (at === first) return Number.NaN;
    }
  }
  const zoneMinutes = parseZoneMinutes(bytes, at, end);
  return (hour * 3600 + minute * 60 + seconds - zoneMinutes * 60) * 1e6 + fractionUs;
}

function parseZoneMinutes(bytes: Uint8Array, at: number, end: number): number {
  if (at === end) return 0;
  const sign = bytes[at];
  if (sign === 0x5a || sign === 0x7a) return at + 1 === end ? 0 : Number.NaN;
  if (sign !== 0x2b && sign !== 0x2d) return Number.NaN;
  const colon = bytes[at + 3] === 0x3a ? 1 : 0;
  if (at + 5 + colon !== end) return Number.NaN;
  const minutes = digits(bytes, at + 1, 2) * 60 + digits(bytes, at + 3 + colon, 2);
  return sign === 0x2d ? -minutes : minutes;
}

/** Exactly `count` digits as a number, or NaN. */
function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) {
    const digit = (bytes[at + i] ?? 0) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
