/** From loading all code of the transform to the first Parquet file, in a process of its own; prints milliseconds. */
const start = performance.now();
const { createReadStream } = await import("node:fs");
const { catalog } = await import("../../catalog/index.ts");
const { noSampling } = await import("../../functions/transform/derive/sampling.ts");
const { FolderStore } = await import("../../functions/transform/store/folder-store.ts");
const { transformObject } = await import("../../functions/transform/transform.ts");

const [input = "", lake = ""] = process.argv.slice(2);
await transformObject(
  {
    bucket: "bench",
    key: input,
    sizeBytes: 0,
    lastModified: new Date("2026-03-02T00:00:00Z"),
    open: (startByte) => createReadStream(input, { start: startByte }),
  },
  new FolderStore(lake),
  { catalog, privacy: { mode: "keep" }, sampling: noSampling },
);
process.stdout.write(`ms ${performance.now() - start}\n`);

export {};
