/** Makes the folder that becomes the function's code: one module, the Parquet encoder, on request the geography data. */
import { copyFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const bundleFile = "index.mjs";
const encoderFile = "parquet_wasm_bg.wasm";
const geographyFile = "geo.mmdb";

export interface BundleOptions {
  /** Puts the geography database into the folder; without it the column `country` is empty. */
  readonly geography?: boolean;
}

export interface TransformBundle {
  /** The folder, absolute. */
  readonly directory: string;
  /** The module, absolute. */
  readonly file: string;
  /** Name of the handler for Lambda. */
  readonly handler: string;
  /** Every file of the folder with its size, by name. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** Size of the folder, unzipped. */
  readonly bytes: number;
}

/** The folder for the bundle holds something else, which would become part of the function. */
export class BundleFolderError extends Error {
  constructor(directory: string, names: readonly string[]) {
    super(
      `${directory} holds ${names.join(", ")}, which would be deployed with the function; name an empty or a new folder`,
    );
    this.name = "BundleFolderError";
  }
}

/**
 * Bundles the transform function for Node.js 24 on arm64 (nothing in it is native, so it runs anywhere).
 *
 * The same source gives the same bytes in every place: a changed byte is a deployment.
 *
 * @throws BundleFolderError when `outDir` holds files that are no bundle's
 */
export async function bundleTransform(outDir: string, options: BundleOptions = {}): Promise<TransformBundle> {
  const directory = resolve(outDir);
  await mkdir(directory, { recursive: true });
  const foreign = (await readdir(directory)).filter((name) => ![bundleFile, encoderFile, geographyFile].includes(name));
  if (foreign.length > 0) throw new BundleFolderError(directory, foreign);
  const file = join(directory, bundleFile);
  await build({
    absWorkingDir: folder,
    entryPoints: [join(folder, "transform", "index.ts")],
    outfile: file,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node24",
    // Sources of ES modules first: what is not used of the AWS SDK falls away.
    mainFields: ["module", "main"],
    legalComments: "none",
    sourcemap: false,
    logLevel: "silent",
    // Some dependencies are CommonJS and ask for Node's own modules by `require`.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  await copyResolved("parquet-wasm/esm/parquet_wasm_bg.wasm", join(directory, encoderFile));
  const geography = join(directory, geographyFile);
  if (options.geography) {
    await copyResolved("@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb", geography);
  } else {
    await rm(geography, { force: true });
  }
  const files = await Promise.all(
    (await readdir(directory)).sort().map(async (name) => ({ name, bytes: (await stat(join(directory, name))).size })),
  );
  return { directory, file, handler: "index.handler", files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function copyResolved(specifier: string, to: string): Promise<void> {
  await copyFile(createRequire(import.meta.url).resolve(specifier), to);
}
