/** `aircheck:quickSight`: who sees the lake in QuickSight. */
import { group, list, text, yesOrNo } from "./kinds.ts";
import { problem } from "./problems.ts";

const someone = "the ARN of a QuickSight user or group (aws quicksight list-users, list-groups)";
// Users live in the region where the account signed up for QuickSight, which need not be the stack's.
const principal = () => text(someone, /^arn:aws[a-z-]*:quicksight:[a-z0-9-]+:\d{12}:(user|group)\/[^/\s*]+\/[^\s*]+$/);

export const quickSightSchema = group({
  enabled: yesOrNo().optional(),
  principals: list("ARNs of QuickSight users and groups", principal()).default([]),
  readers: list("ARNs of QuickSight users and groups", principal()).default([]),
});

export interface QuickSightInput {
  readonly enabled?: boolean | undefined;
  readonly principals: readonly string[];
  readonly readers: readonly string[];
}

/** Longest list of permissions of a data source or a data set (API_CreateDataSet, Permissions). */
const mostPermissions = 64;

/** Sentences about more than one value of the group. */
export function quickSightProblems(given: QuickSightInput | undefined): readonly string[] {
  if (!given) return [];
  const { enabled, principals, readers } = given;
  const found: string[] = [];
  if (principals.length === 0 && (enabled || readers.length > 0)) {
    found.push(
      problem("quickSight.principals", principals, `at least one: ${someone}; what has no owner is seen by nobody`),
    );
  }
  const all = [...principals, ...readers];
  for (const [index, reader] of readers.entries()) {
    if (all.indexOf(reader) !== principals.length + index) {
      found.push(problem(`quickSight.readers.${index}`, reader, "each user or group once, and not one that owns"));
    }
  }
  for (const [index, owner] of principals.entries()) {
    if (principals.indexOf(owner) !== index) {
      found.push(problem(`quickSight.principals.${index}`, owner, "each user or group once"));
    }
  }
  if (all.length > mostPermissions) {
    found.push(
      problem("quickSight.principals", all.length, `${mostPermissions} users and groups with the readers: name groups`),
    );
  }
  return found;
}

/** Whether QuickSight gets anything: as it is said, else where somebody is named. */
export function usesQuickSight({ enabled, principals }: QuickSightInput): boolean {
  return enabled ?? principals.length > 0;
}
