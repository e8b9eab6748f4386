/** Loads parquet-wasm once, from beside the bundle or from node_modules; both without network and without a bundler's help. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as parquet from "parquet-wasm/esm";

const besideBundle = fileURLToPath(new URL("./parquet_wasm_bg.wasm", import.meta.url));
const file = existsSync(besideBundle)
  ? besideBundle
  : createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");
parquet.initSync({ module: readFileSync(file) });

export { parquet };
