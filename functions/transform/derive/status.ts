/**
 * Class of an HTTP status (reference 11.5). Any three-digit status has one, also those of no standard such as 460.
 *
 * @returns `1xx` to `5xx`, else `other`
 */
export function statusClass(status: number): string {
  return status >= 100 && status < 600 ? `${Math.floor(status / 100)}xx` : "other";
}
