/** A program of its own: one gzip member of many megabytes through the transform; prints rows and the peak memory of the process. */
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { FolderStore } from "../../../functions/transform/store/folder-store.ts";
import { transformObject } from "../../../functions/transform/transform.ts";
import { landedAt, usualOptions } from "./memory-lake.ts";
import { v1Egress } from "./records.ts";

const [folder = "", megabytes = "200"] = process.argv.slice(2);
const file = join(folder, "large.gz");

let written = 0;
function* lines(): Generator<string> {
  for (let n = 0; written < Number(megabytes) * 1_000_000; ) {
    let piece = "";
    while (piece.length < 65_536) piece += `${v1Egress(n++).text}\n`;
    written += piece.length;
    yield piece;
  }
}
await pipeline(Readable.from(lines()), createGzip({ level: 1 }), createWriteStream(file));

const report = await transformObject(
  {
    bucket: "landing",
    key: "landing/mediapackage-v1-egress/large.gz",
    sizeBytes: (await stat(file)).size,
    lastModified: landedAt,
    open: (start) => createReadStream(file, { start }),
  },
  new FolderStore(join(folder, "store")),
  usualOptions,
);
const { records, rows, rejects } = report;
const peakMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ records, rows, rejects, textBytes: written, peakMiB })}\n`);
