/**
 * What the engine loads. It can only `require`, and would compile TypeScript with a full type check in every preview, which
 * takes ten times as long as the pack itself: here the types are stripped, and `npm run check` has checked them.
 */
const { join } = require("node:path");
const { buildSync } = require("esbuild");

const { outputFiles } = buildSync({
  entryPoints: [join(__dirname, "index.ts")],
  bundle: true,
  packages: "external",
  platform: "node",
  format: "cjs",
  write: false,
});
module._compile(outputFiles[0].text, join(__dirname, "index.cjs"));
