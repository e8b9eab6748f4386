import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { output } from "./run.ts";

/**
 * Bundles the transform as the function is bundled and starts it in a fresh process: time to load the module, and from
 * the start of the process's script to the first Parquet file of a small object.
 */
export async function coldStart(dir: string): Promise<{ loadMs: number; firstFileMs: number }> {
  const { bundleTransform } = await import("../functions/bundle.ts");
  const { file } = await bundleTransform(join(dir, "bundle"));
  const small = join(dir, "small.gz");
  const record = {
    timestamp: "2026-03-01T06:00:00.000000Z",
    clientIp: "192.0.2.1",
    statusCode: "200",
    requestId: "r",
    channelId: "c",
    endpointId: "e",
  };
  await writeFile(small, gzipSync(JSON.stringify(record)));
  const probe = join(dir, "bundle-probe", "probe.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./contestants/first-file.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: probe,
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: "error",
  });
  const wasm = fileURLToPath(import.meta.resolve("parquet-wasm/esm/parquet_wasm_bg.wasm"));
  const { copyFile } = await import("node:fs/promises");
  await copyFile(wasm, join(dir, "bundle-probe", "parquet_wasm_bg.wasm"));
  const loads: number[] = [];
  const files: number[] = [];
  for (let run = 0; run < 5; run++) {
    loads.push(await measure([process.execPath, "--input-type=module", "-e", loadScript(file)]));
    files.push(await measure([process.execPath, probe, small, join(dir, "cold-lake")]));
  }
  return { loadMs: Math.min(...loads), firstFileMs: Math.min(...files) };
}

function loadScript(file: string): string {
  const env = { LANDING_BUCKET: "landing", LAKE_BUCKET: "lake", CLIENT_IP_MODE: "keep", AWS_REGION: "us-east-1" };
  return `Object.assign(process.env, ${JSON.stringify(env)}); const t = performance.now(); await import(${JSON.stringify(file)}); console.log("ms", performance.now() - t); process.exit(0);`;
}

async function measure(command: readonly string[]): Promise<number> {
  const { status, stdout, stderr } = await output(command);
  const ms = /ms ([\d.]+)/.exec(stdout)?.[1];
  if (status !== 0 || ms === undefined) throw new Error(`the cold start failed: ${stderr.slice(-500)}`);
  return Number(ms);
}
