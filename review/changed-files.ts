/** What a change edits of that by which it is judged, from the paths that `git diff --name-only` prints. */

/** The rules, what judges by them, and who has to agree to either. */
const rules = /^(policies|limits|review|\.github)\/|^cli\/review\.ts$|^(docs\/)?CODEOWNERS$/;
/** Presets, prices and the model; both sides of a comparison are made with those of the change. */
const costModel = /^(limits|catalog|infra\/config)\/|^infra\/(config|source-plan|cost-basis)\.ts$|^cli\/cost\.ts$/;

export interface ChangedFiles {
  readonly rules: readonly string[];
  readonly costModel: readonly string[];
}

/** Reads one path a line; git puts a path with unusual characters into quotes. */
export function readChangedFiles(text: string): ChangedFiles {
  const paths = [...new Set(text.split(/\r?\n/).map((line) => line.replace(/^"(.*)"$/, "$1")))].sort();
  return { rules: paths.filter((path) => rules.test(path)), costModel: paths.filter((path) => costModel.test(path)) };
}
