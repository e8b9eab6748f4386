/** The floor: only inflating. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { timed } from "./timed.ts";

const [input = "", runs = "3"] = process.argv.slice(2);
await timed(Number(runs), async () => gunzipSync(readFileSync(input)).length);
