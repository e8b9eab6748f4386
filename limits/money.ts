/** Money as people read it: rounded here and nowhere else. */

/** To the cent, half a cent up. */
export function cents(usd: number): number {
  const rounded = Math.round(Math.abs(usd) * 100 + 1e-9) / 100;
  return usd < 0 && rounded > 0 ? -rounded : rounded;
}

const format = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `1,234.56` */
export function usdText(usd: number): string {
  return format.format(cents(usd));
}

/** `+999.99`, `-999.99`, `±0.00` */
export function usdChangeText(usd: number): string {
  const rounded = cents(usd);
  if (rounded === 0) return "±0.00";
  return `${rounded > 0 ? "+" : "-"}${format.format(Math.abs(rounded))}`;
}
