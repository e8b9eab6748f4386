import { createHash } from "node:crypto";

/**
 * A name of at most `longest` characters: the text itself where it fits, else its beginning and a hash of all of it, so that
 * two long names stay two.
 */
export function boundedName(text: string, longest: number): string {
  const plain = text.replace(/[^A-Za-z0-9_-]+/g, "-");
  if (plain === text && text.length <= longest) return text;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `${plain.slice(0, longest - hash.length - 1)}-${hash}`;
}
