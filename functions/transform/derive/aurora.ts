/** What is computed from Aurora MySQL audit lines; reference 6.1 and 6.3. */

export { maskPasswords } from "./sql-passwords.ts";

/** Cluster of a log group `/aws/rds/cluster/<cluster>/audit`; null for any other name. */
export function clusterOfLogGroup(logGroup: string): string | null {
  return /^\/aws\/rds\/cluster\/([^/]+)\/[^/]+$/.exec(logGroup)?.[1] ?? null;
}
