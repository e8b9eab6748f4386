/** The twin's lake: traffic or given logs, through the same transform that runs in an account. */
import { join } from "node:path";
import { catalog } from "../../catalog/index.ts";
import { openCountryLookup } from "../../functions/transform/derive/country.ts";
import { noSampling, readSamplingHistory } from "../../functions/transform/derive/sampling.ts";
import { FolderStore } from "../../functions/transform/store/folder-store.ts";
import type { LandingObject } from "../../functions/transform/transform.ts";
import { type ConvertSummary, convertObjects, landingObjectOf } from "../convert/convert.ts";
import { findInputFiles } from "../convert/files.ts";
import { openLake } from "../query/lake.ts";
import type { TrafficPlan } from "../traffic/index.ts";
import { checkPlan } from "../traffic/plan.ts";
import { compareIncidents, type ExpectedIncident, type FoundIncident, findIncidents } from "./incident.ts";
import { emptyTwinStore, landingObjects, writeTraffic } from "./landing.ts";

/** What the lake is made from: generated traffic, or a folder of log files or of a bucket's copy. */
export type TwinInput =
  | { readonly kind: "traffic"; readonly plan: TrafficPlan }
  | { readonly kind: "logs"; readonly folder: string };

/** Where the work stands; `count` is missing as long as nobody knows it. */
export interface TwinProgress {
  readonly step: "traffic" | "transform" | "query";
  readonly done: number;
  readonly count?: number;
}

export interface TwinSummary {
  readonly input: TwinInput;
  readonly lakeDir: string;
  readonly conversion: ConvertSummary;
  readonly incidents: readonly FoundIncident[];
  /** What the traffic hid; empty for given logs. */
  readonly expected: readonly ExpectedIncident[];
}

/**
 * Builds the lake in `<root>/lake` anew.
 *
 * @throws TrafficPlanError, InputError, SamplingError for what was given; errors of the file system
 */
export async function buildLake(
  root: string,
  input: TwinInput,
  onProgress: (progress: TwinProgress) => void = () => {},
): Promise<TwinSummary> {
  // Wrong input must not cost the lake that is there.
  if (input.kind === "traffic") checkPlan(input.plan);
  const given = input.kind === "logs" ? await givenLogs(input.folder, root) : undefined;
  const store = await emptyTwinStore(root);
  if (input.kind === "traffic") {
    await writeTraffic(root, store, input.plan, (done) => onProgress({ step: "traffic", done }));
  }
  const conversion = await convertObjects(
    given?.objects ?? (await landingObjects(store)),
    store,
    {
      catalog,
      privacy: { mode: "keep" },
      sampling: given?.sampling ?? (await readSamplingHistory(store)),
      country: openCountryLookup(),
    },
    (done, count) => onProgress({ step: "transform", done, count }),
  );
  onProgress({ step: "query", done: 0, count: 1 });
  const lakeDir = join(root, "lake");
  const plan = input.kind === "traffic" ? input.plan : undefined;
  const incidents = await withLake(lakeDir, plan);
  onProgress({ step: "query", done: 1, count: 1 });
  return { input, lakeDir, conversion, incidents, expected: plan ? compareIncidents(plan, incidents) : [] };
}

async function withLake(lakeDir: string, plan: TrafficPlan | undefined): Promise<FoundIncident[]> {
  const lake = await openLake(lakeDir);
  try {
    return await findIncidents(lake, plan);
  } finally {
    lake.close();
  }
}

/**
 * Landing objects of a folder. One that has the folders of a bucket is taken for its copy, keys and sampling percentages
 * included; of any other every file is one object.
 */
async function givenLogs(folder: string, root: string) {
  const files = await findInputFiles([folder], [root]);
  const copy = new FolderStore(folder);
  const objects: LandingObject[] = await landingObjects(copy);
  if (objects.length > 0) return { objects, sampling: await readSamplingHistory(copy) };
  return { objects: files.map(landingObjectOf), sampling: noSampling };
}
