import { createReadStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { catalog } from "../../catalog/index.ts";
import { openCountryLookup } from "../../functions/transform/derive/country.ts";
import { noSampling } from "../../functions/transform/derive/sampling.ts";
import { transformObject } from "../../functions/transform/transform.ts";
import { timed } from "./timed.ts";

const [input = "", output = "", columns = "raw", runs = "3"] = process.argv.slice(2);
const country = openCountryLookup();

await timed(Number(runs), async () => {
  const report = await transformObject(
    {
      bucket: "bench",
      key: input,
      sizeBytes: 0,
      lastModified: new Date("2026-03-02T00:00:00Z"),
      open: (start) => createReadStream(input, { start, highWaterMark: 1024 * 1024 }),
    },
    {
      write: async (key, body) => {
        const file = join(output, key);
        await mkdir(dirname(file), { recursive: true });
        const handle = await open(file, "w");
        let bytes = 0;
        for await (const chunk of body) bytes += (await handle.write(chunk)).bytesWritten;
        await handle.close();
        return bytes;
      },
      stat: async () => undefined,
      remove: async () => {},
    },
    { catalog, privacy: { mode: "keep" }, sampling: noSampling, country, columns: columns === "raw" ? "raw" : "all" },
  );
  return report.rows;
});
