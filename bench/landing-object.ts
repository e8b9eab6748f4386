import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { cloudWatchObject, egressEvents, type LogEvent } from "../local/traffic/index.ts";

/** Where the benchmark's events begin; all lie on one day at the rates used here. */
const startTime = new Date("2026-03-01T06:00:00Z");

export const egressMeta = {
  owner: "111122223333",
  logGroup: "/aws/MediaPackage/EgressAccessLogs",
  logStream: "bench",
  subscriptionFilter: "aircheck",
};

/**
 * Writes a landing object as Firehose lands subscription data: concatenated gzip members of CloudWatch envelopes holding
 * MediaPackage v1 egress records, keys in the several orders that the service writes them in.
 *
 * @returns bytes of the object
 */
export async function writeLandingObject(file: string, rows: number): Promise<number> {
  const events = egressEvents({ seed: 1, startTime, requestsPerSecond: rows / 36_000 })[Symbol.iterator]();
  const out = createWriteStream(file);
  const atOnce = 20_000;
  for (let written = 0; written < rows; written += atOnce) {
    const part: LogEvent[] = [];
    while (part.length < Math.min(atOnce, rows - written)) {
      const { value, done } = events.next();
      if (done) throw new RangeError("the generator ended early");
      part.push(value);
    }
    if (!out.write(cloudWatchObject(part, egressMeta, written))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return (await stat(file)).size;
}
