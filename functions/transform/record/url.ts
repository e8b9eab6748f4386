import { isUtf8 } from "node:buffer";
import { NULL, type Row } from "../columns/row.ts";
import { splitUrl } from "../derive/request.ts";
import { setText } from "./values.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Fills the columns of a URL's two halves from a whole URL, a JSON string at `row.bytes[start, end)`; reference 2.3.
 *
 * @returns false when something of the URL would be lost: it is no text, or the record also had the halves and they say
 *   something else
 */
export function fillUrl(row: Row, uri: number, query: number, start: number, end: number): boolean {
  const uriColumn = row.layout.columns[uri];
  const queryColumn = row.layout.columns[query];
  if (!uriColumn || !queryColumn) return false;
  if (row.states[uri] !== NULL || row.states[query] !== NULL) return fillMissingHalves(row, uri, query, start, end);
  let mark = -1;
  let plain = true;
  const last = end - 1;
  for (let at = start + 1; at < last; at++) {
    const c = row.bytes[at] ?? 0;
    if (c === 0x3f && mark < 0) mark = at;
    if (c > 0x7e || c === 0x5c) plain = false;
  }
  if (!plain) return fillMissingHalves(row, uri, query, start, end);
  setText(row, uriColumn, start + 1, mark < 0 ? last : mark, false);
  if (mark >= 0) setText(row, queryColumn, mark + 1, last, false);
  return true;
}

function fillMissingHalves(row: Row, uri: number, query: number, start: number, end: number): boolean {
  const bytes = row.bytes.subarray(start, end);
  if (!isUtf8(bytes)) return false;
  const url: unknown = JSON.parse(decoder.decode(bytes));
  if (typeof url !== "string" || !isWellFormed(url)) return false;
  const halves = splitUrl(url);
  const knownUri = row.text(uri);
  const knownQuery = row.text(query);
  if (knownUri === undefined) row.setText(uri, halves.uri);
  if (knownQuery === undefined && halves.query !== null) row.setText(query, halves.query);
  const sameUri = knownUri === undefined || knownUri === halves.uri;
  return sameUri && (knownQuery === undefined || knownQuery === halves.query);
}

/** Whether UTF-8 can hold the text: half a surrogate pair cannot be. */
function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}
