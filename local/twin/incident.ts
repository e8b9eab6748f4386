/** Whether the query for incidents finds what the generated traffic hid in the logs. */
import { between, savedQuery } from "../../dashboards/index.ts";
import type { Lake } from "../query/lake.ts";
import { rangeFor, runSaved } from "../query/saved.ts";
import type { Cell } from "../query/values.ts";
import { describeIncident, type TrafficPlan } from "../traffic/index.ts";

/** A burst of failure as the query reports it. */
export interface FoundIncident {
  readonly kind: string;
  readonly subject: string;
  readonly part: string;
  /** ISO 8601, UTC; `ended` is exclusive. */
  readonly started: string;
  readonly ended: string;
  readonly observed: number;
  readonly estimated: number;
  readonly low95: number;
  readonly high95: number;
  readonly percentFailed: number;
  /** Changes of the hour before, nearest first. */
  readonly changes: readonly FoundChange[];
}

export interface FoundChange {
  readonly time: string;
  readonly service: string;
  readonly name: string;
  readonly changedBy: string;
  readonly minutesBefore: number;
}

/** What was hidden, and whether it was found. */
export interface ExpectedIncident {
  readonly kind: "origin-5xx" | "ad-errors";
  readonly subject: string;
  readonly part: string;
  readonly from: string;
  readonly to: string;
  /** Time and name of the change that led to it. */
  readonly change: { readonly time: string; readonly name: string };
  readonly found: boolean;
}

/** Asks the lake for incidents, by default in the last day of its data. */
export async function findIncidents(lake: Lake, plan?: TrafficPlan): Promise<FoundIncident[]> {
  const query = savedQuery("incident");
  if (!query) throw new Error("the query incident is missing from the dashboards");
  const range = plan
    ? between(new Date(plan.endTime.getTime() - plan.hours * 3_600_000), plan.endTime)
    : await rangeFor(lake, query);
  const { columns, rows } = await runSaved(lake, query, range);
  const incidents = new Map<string, FoundIncident & { changes: FoundChange[] }>();
  for (const row of rows) {
    const cell = new Map(columns.map((column, index) => [column.name, row[index] ?? null]));
    const key = JSON.stringify(["kind", "subject", "part", "started"].map((name) => cell.get(name)));
    const incident = incidents.get(key) ?? incidentOf(cell);
    incidents.set(key, incident);
    if (cell.get("change") !== null) incident.changes.push(changeOf(cell));
  }
  return [...incidents.values()];
}

/** The incident of a plan's traffic, and whether it is among those found: same place, overlapping time, its change beside. */
export function compareIncidents(plan: TrafficPlan, found: readonly FoundIncident[]): ExpectedIncident[] {
  const { serverErrors, adTimeouts, changes } = describeIncident(plan);
  const hidden = [
    {
      kind: "origin-5xx",
      subject: serverErrors.endpoint.channelId,
      part: serverErrors.endpoint.endpointId,
      from: serverErrors.from,
      to: serverErrors.to,
      change: changes.endpointUpdate,
    },
    {
      kind: "ad-errors",
      subject: adTimeouts.playbackConfiguration,
      part: "ERROR_ADS_TIMEOUT",
      from: adTimeouts.from,
      to: adTimeouts.to,
      change: changes.playbackConfigurationUpdate,
    },
  ] as const;
  return hidden.map(({ from, to, change, ...place }) => ({
    ...place,
    from: from.toISOString(),
    to: to.toISOString(),
    change: { time: change.time.toISOString(), name: change.eventName },
    found: found.some(
      (one) =>
        one.kind === place.kind &&
        one.subject === place.subject &&
        one.part === place.part &&
        new Date(one.started) < to &&
        new Date(one.ended) > from &&
        one.changes.some((candidate) => candidate.name === change.eventName),
    ),
  }));
}

type Cells = ReadonlyMap<string, Cell>;

function incidentOf(cells: Cells): FoundIncident & { changes: FoundChange[] } {
  return {
    kind: text(cells, "kind"),
    subject: text(cells, "subject"),
    part: text(cells, "part"),
    started: text(cells, "started"),
    ended: text(cells, "ended"),
    observed: Number(cells.get("observed")),
    estimated: Number(cells.get("estimated")),
    low95: Number(cells.get("low_95")),
    high95: Number(cells.get("high_95")),
    percentFailed: Number(cells.get("percent_failed")),
    changes: [],
  };
}

function changeOf(cells: Cells): FoundChange {
  return {
    time: text(cells, "change_time"),
    service: text(cells, "change_service"),
    name: text(cells, "change"),
    changedBy: text(cells, "changed_by"),
    minutesBefore: Number(cells.get("minutes_after_change")),
  };
}

/** Empty where the log did not say. */
function text(cells: Cells, name: string): string {
  const cell = cells.get(name) ?? null;
  return cell === null ? "" : String(cell);
}
