/**
 * The derived columns: each rule of the catalog bound to the columns of a table.
 *
 * A rule over a text is computed once per distinct text; the pure functions behind it are in `derive/`.
 */

import { adsEvents, eventClass, manifestEvents, transcodeEvents } from "../../../catalog/mediatailor-events.ts";
import type { DerivedRule } from "../../../catalog/types.ts";
import type { Layout } from "../columns/layout.ts";
import { Memo } from "../columns/memo.ts";
import { NULL, type Row } from "../columns/row.ts";
import { clusterOfLogGroup } from "../derive/aurora.ts";
import { describeUserAgent } from "../derive/client.ts";
import { changesState } from "../derive/cloudtrail.ts";
import type { CountryLookup } from "../derive/country.ts";
import {
  beaconEvent,
  skippedCount,
  skippedReasons,
  unfilledSeconds,
  userAgentOfHeaders,
} from "../derive/mediatailor.ts";
import { isBlockingReload, playbackSession, requestType, streamingFormat } from "../derive/request.ts";
import { statusClass } from "../derive/status.ts";
import { remembered } from "./remembered.ts";

/** Sets one derived column of the row. */
export type RuleStep = (row: Row, logGroup: string | undefined) => void;

export interface RuleNeeds {
  readonly country: CountryLookup | undefined;
}

const userAgent = remembered(describeUserAgent);
const NO_TEXT = -1;

/** The rules of a table in the order of its columns: a rule may use columns that stand before its own. */
export function ruleSteps(row: Row, needs: RuleNeeds): readonly RuleStep[] {
  const steps: RuleStep[] = [];
  for (const { field, index } of row.layout.columns) {
    if ("rule" in field) steps.push(bind(field.rule, index, row, needs));
  }
  return steps;
}

function bind(rule: DerivedRule, out: number, row: Row, needs: RuleNeeds): RuleStep {
  const { layout } = row;
  const from = (name: string, of: (text: string) => string | null): RuleStep =>
    textToText(row, layout.indexOf(name), out, of);
  switch (rule) {
    case "request_type":
      return requestTypeStep(layout, from("request_uri", requestType), out);
    case "streaming_format":
      return streamingFormatStep(row, out);
    case "blocking_reload":
      return textToBoolean(row, layout.indexOf("request_query"), out, isBlockingReload);
    case "playback_session":
      return from("request_query", playbackSession);
    case "status_class":
      return numberToText(layout.indexOf("status_code"), out, statusClass);
    case "client_abort":
      return numberToBoolean(layout.indexOf("status_code"), out, (status) => status === 460);
    case "ttfb_valid":
      return numberToBoolean(layout.indexOf("time_to_first_byte"), out, (seconds) => seconds >= 0);
    case "cdn":
    case "device":
    case "os":
    case "browser":
      return from("user_agent", (text) => userAgent(text)[rule]);
    case "country":
      return from("client_ip", (text) => needs.country?.(text) ?? null);
    case "ads_event_class":
      return from("event_type", (name) => eventClass(adsEvents, name));
    case "manifest_event_class":
      return from("event_type", (name) => eventClass(manifestEvents, name));
    case "transcode_event_class":
      return from("event_type", (name) => eventClass(transcodeEvents, name));
    case "changes_state":
      return textToBoolean(row, layout.indexOf("event_name"), out, changesState);
    case "aurora_cluster":
      return (target, logGroup) => setIfAny(target, out, logGroup === undefined ? null : clusterOfLogGroup(logGroup));
    case "beacon_event":
      return jsonToText(layout.indexOf("beacon_info"), out, beaconEvent);
    case "skipped_reasons":
      return jsonToText(layout.indexOf("avail"), out, skippedReasons);
    case "skipped_count":
      return skippedCountStep(layout.indexOf("avail"), out);
    case "unfilled_seconds":
      return unfilledStep(layout, out);
    case "user_agent_of_headers":
      return userAgentStep(layout, out);
  }
}

function setIfAny(row: Row, out: number, text: string | null): void {
  if (text !== null) row.setText(out, text);
}

function textToText(row: Row, input: number, out: number, of: (text: string) => string | null): RuleStep {
  const interner = row.interners[input];
  const target = row.interners[out];
  if (!interner || !target) throw new RangeError(`columns ${input} and ${out} are no dictionaries`);
  const memo = new Memo(interner);
  const compute = (id: number): number => {
    const text = of(interner.text(id));
    return text === null ? NO_TEXT : target.internText(text);
  };
  return (current) => {
    if (current.states[input] === NULL) return;
    const id = memo.get(current.ids[input] ?? 0, compute);
    if (id !== NO_TEXT) current.setId(out, id);
  };
}

function textToBoolean(row: Row, input: number, out: number, of: (text: string) => boolean): RuleStep {
  const interner = row.interners[input];
  if (!interner) throw new RangeError(`column ${input} is no dictionary`);
  const memo = new Memo(interner);
  const compute = (id: number): number => (of(interner.text(id)) ? 1 : 0);
  return (current) => {
    if (current.states[input] !== NULL) current.setNumber(out, memo.get(current.ids[input] ?? 0, compute));
  };
}

function numberToText(input: number, out: number, of: (value: number) => string): RuleStep {
  const known = new Map<number, { generation: number; id: number }>();
  return (row) => {
    const value = row.number(input);
    const interner = row.interners[out];
    if (value === undefined || !interner) return;
    let entry = known.get(value);
    if (!entry || entry.generation !== interner.generation) {
      entry = { generation: interner.generation, id: interner.internText(of(value)) };
      if (known.size < 4096) known.set(value, entry);
    }
    row.setId(out, entry.id);
  };
}

function numberToBoolean(input: number, out: number, of: (value: number) => boolean): RuleStep {
  return (row) => {
    const value = row.number(input);
    if (value !== undefined) row.setNumber(out, of(value) ? 1 : 0);
  };
}

function jsonToText(input: number, out: number, of: (json: string) => string | null): RuleStep {
  return (row) => {
    const json = row.text(input);
    if (json !== undefined) setIfAny(row, out, of(json));
  };
}

function skippedCountStep(input: number, out: number): RuleStep {
  return (row) => {
    const json = row.text(input);
    const count = json === undefined ? null : skippedCount(json);
    if (count !== null) row.setNumber(out, count);
  };
}

function unfilledStep(layout: Layout, out: number): RuleStep {
  const origin = layout.indexOf("origin_avail_seconds");
  const filled = layout.indexOf("filled_seconds");
  return (row) => {
    const seconds = row.number(origin);
    const shown = row.number(filled);
    if (seconds !== undefined && shown !== undefined) row.setNumber(out, unfilledSeconds(seconds, shown));
  };
}

function userAgentStep(layout: Layout, out: number): RuleStep {
  const headers = layout.indexOf("request_headers");
  const beacon = layout.indexOf("beacon_info");
  return (row) => {
    if (row.states[headers] === NULL && row.states[beacon] === NULL) return;
    setIfAny(row, out, userAgentOfHeaders(row.text(headers) ?? null, row.text(beacon) ?? null));
  };
}

/** Reference 11.3, rule 1: a v2 egress record that names a manifest is a manifest request, whatever its path says. */
function requestTypeStep(layout: Layout, byPath: RuleStep, out: number): RuleStep {
  const named = layout.columns.filter(({ name }) => name === "manifest_name" || name === "manifest_type");
  return (row, logGroup) => {
    if (named.some(({ index }) => row.states[index] !== NULL)) row.setText(out, "manifest");
    else byPath(row, logGroup);
  };
}

function streamingFormatStep(row: Row, out: number): RuleStep {
  const { layout } = row;
  const byPath = textToText(row, layout.indexOf("request_uri"), out, (uri) => streamingFormat(uri));
  const type = layout.columns.find(({ name }) => name === "manifest_type")?.index;
  if (type === undefined) return byPath;
  const uri = layout.indexOf("request_uri");
  return (current, logGroup) => {
    const manifestType = current.text(type);
    if (manifestType === undefined) byPath(current, logGroup);
    else setIfAny(current, out, streamingFormat(current.text(uri) ?? "", manifestType));
  };
}
