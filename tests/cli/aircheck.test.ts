import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { catalog } from "../../catalog/index.ts";
import { savedQueries } from "../../dashboards/index.ts";
import { inFolder, writeLake } from "../local/query/lake-fixture.ts";
import { aircheck, aircheckHere, type Ended, startAircheck } from "./aircheck.ts";

/** An error for a person: nothing on stdout, one line on stderr, no trace of the program's inside. */
function assertOneLine(ended: Ended, status: number, message: RegExp): void {
  assert.match(ended.stderr, /^aircheck: [^\n]+\n$/);
  assert.match(ended.stderr, message);
  assert.equal(ended.stdout, "");
  assert.equal(ended.status, status);
}

const egressRecord = {
  timestamp: "2026-03-01T12:00:00.000Z",
  clientIp: "203.0.113.9",
  processingTime: 0.01,
  statusCode: "200",
  receivedBytes: 1,
  sentBytes: 10,
  method: "GET",
  request: "https://x.mediapackage.eu-central-1.amazonaws.com:443/out/v1/abc/index.m3u8",
  protocol: "HTTP/1.1",
  userAgent: "Amazon CloudFront",
  account: "111122223333",
  channelId: "news",
  endpointId: "news-hls",
  requestId: "r-1",
};

describe("aircheck", () => {
  it("says what is wrong with a command line, in one line and with status 2", () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, "empty"));
      const cases: [string[], RegExp][] = [
        [["bogus"], /unknown command 'bogus'/],
        [["convert", "x"], /required option '--lake <dir>' not specified/],
        [["convert", "nope.gz", "--lake", "lake"], /there is no file or folder nope\.gz: check the path/],
        [["convert", "empty", "--lake", "lake"], /there are no files in empty/],
        [
          ["convert", "empty", "--lake", "lake", "--source", "cloudtrial"],
          /--source is cloudtrial, which is no source: give one of .*cloudtrail/,
        ],
        [["convert", "empty", "--lake", "lake", "--privacy", "hash"], /--privacy hash needs --salt-file FILE/],
        [["convert", "empty", "--lake", "lake", "--sampling", "nope.json"], /--sampling nope\.json cannot be read/],
        [
          ["query", "request-volum", "--lake", "empty"],
          /no saved query "request-volum": did you mean request-volume\?/,
        ],
        [["query", "select 1", "--lake", "nope"], /there is no lake at .*nope: make one with/],
        [["query", "selec 1", "--lake", "empty"], /syntax error at or near "selec"/],
        [["query", "create table x (a int)", "--lake", "empty"], /the lake is only read/],
        [
          ["query", "status-codes", "--lake", "empty", "--from", "monday"],
          /--from is "monday": give an instant such as/,
        ],
        [
          ["query", "select 1", "--lake", "empty", "--from", "2026-01-01"],
          /--from, --to and --per are for saved queries/,
        ],
        [["query", "status-codes", "--format", "xml"], /Allowed choices are table, json, csv/],
        [["start", "--hours", "many"], /'--hours <n>' argument 'many' is invalid/],
        [["start", "--logs", "empty", "--seed", "1"], /--hours, --seed and --until are for made-up traffic/],
      ];
      for (const [words, message] of cases) assertOneLine(await aircheckHere(words, folder), 2, message);
      // A process of its own says and ends the same: where the command line is wrong, and where what it names is.
      for (const words of [["bogus"], ["convert", "nope.gz", "--lake", "lake"]])
        assert.deepEqual(await aircheck(words, folder), await aircheckHere(words, folder));
    }));

  it("lists its commands, its version and the catalog", () =>
    inFolder(async (folder) => {
      const help = await aircheck(["--help"], folder);
      assert.equal(help.status, 0);
      for (const command of ["start", "convert", "query", "sources"])
        assert.match(help.stdout, new RegExp(`^  ${command} `, "m"));
      const manifest: { version: string } = JSON.parse(
        await readFile(new URL("../../package.json", import.meta.url), "utf8"),
      );
      assert.equal((await aircheck(["--version"], folder)).stdout, `${manifest.version}\n`);
      const { sources, tables } = JSON.parse((await aircheck(["sources", "--json"], folder)).stdout);
      assert.deepEqual(sources, JSON.parse(JSON.stringify(catalog.sources)));
      assert.equal(tables.length, catalog.tables.length + 1);
      const text = (await aircheck(["sources"], folder)).stdout;
      for (const source of catalog.sources) assert.match(text, new RegExp(`^${source.id} +${source.table} `, "m"));
    }));
});

describe("aircheck convert", () => {
  it("makes a lake, answers with one JSON document, and ends with 0", () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, "logs"));
      await writeFile(join(folder, "logs", "a.json"), `${JSON.stringify(egressRecord)}\n`);
      await writeFile(join(folder, "logs", "empty.json"), "");
      const { status, stdout, stderr } = await aircheck(["convert", "logs", "--lake", "lake", "--json"], folder);
      assert.equal(stderr, "");
      assert.equal(status, 0);
      const { seconds, bytesOut, ...answer } = JSON.parse(stdout);
      assert.deepEqual(answer, {
        files: 2,
        records: 1,
        rows: 1,
        rejects: 0,
        control: 0,
        bytesIn: JSON.stringify(egressRecord).length + 1,
        tables: { mediapackage_egress: { rows: 1, files: 1 } },
        rejectReasons: {},
      });
      assert.equal(typeof seconds, "number");
      assert.ok(bytesOut > 0);
      const asked = await aircheck(
        [
          "query",
          "select landing_key, client_ip, status_code from mediapackage_egress",
          "--lake",
          "lake",
          "--format",
          "json",
        ],
        folder,
      );
      const [row] = JSON.parse(asked.stdout);
      assert.deepEqual([row.client_ip, row.status_code], ["203.0.113.9", 200]);
      assert.match(row.landing_key, /^\/.*\/logs\/a\.json$/);
    }));

  it("ends with 1 and names the reasons when there were rejects; the rows beside them are in the lake", () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "a.json"), `${JSON.stringify(egressRecord)}\n{"cut":\n`);
      const { status, stdout, stderr } = await aircheck(["convert", "a.json", "--lake", "my lake"], folder);
      assert.equal(status, 1);
      assert.match(stdout, /2 = 1 row \+ 1 reject \+ 0 control messages/);
      assert.match(
        stderr,
        /^aircheck: 1 record could not become rows \(\w+ 1\): see them with aircheck query ".*" --lake 'my lake'\n$/,
      );
      const advice = await aircheck(
        ["query", "select reason, raw from rejects", "--lake", "my lake", "--format", "csv"],
        folder,
      );
      assert.match(advice.stdout, /^reason,raw\n\w+,"\{""cut"":/);
    }));

  it("masks client addresses with a salt from a file, and weighs with percentages from a file", () =>
    inFolder(async (folder) => {
      const ads = {
        eventType: "BEACON_FIRED",
        eventTimestamp: "2026-03-01T12:00:00Z",
        awsAccountId: "111122223333",
        originId: "arena",
        sessionId: "s",
        requestId: "r",
      };
      await writeFile(join(folder, "a.json"), JSON.stringify(egressRecord));
      await writeFile(join(folder, "b.json"), JSON.stringify(ads));
      await writeFile(join(folder, "salt"), "secret\n");
      await writeFile(
        join(folder, "sampling.json"),
        JSON.stringify({ version: 1, configurations: { arena: { percent: 20 } } }),
      );
      const words = [
        "convert",
        "a.json",
        "b.json",
        "--lake",
        "lake",
        "--privacy",
        "hash",
        "--salt-file",
        "salt",
        "--sampling",
        "sampling.json",
      ];
      const converted = await aircheck(words, folder);
      assert.equal(converted.status, 0, converted.stderr);
      const asked = await aircheck(
        [
          "query",
          "select client_ip, weight from mediapackage_egress union all select source, weight from mediatailor_ads",
          "--lake",
          "lake",
          "--format",
          "csv",
        ],
        folder,
      );
      assert.match(asked.stdout, /^[0-9a-f]{64},1$/m);
      assert.match(asked.stdout, /^mediatailor-ads,5$/m);
    }));
});

describe("aircheck query", () => {
  const lake = {
    mediapackage_egress: [
      { event_time: "2026-03-01T12:00:00Z", status_code: 200, status_class: "2xx", request_uri: 'a,"b"\n\u001b[31m' },
      { event_time: "2026-02-01T12:00:00Z", status_code: 404, status_class: "4xx", request_uri: "" },
    ],
  };

  it("answers a saved query as table, JSON and CSV; without a range it is the last day of the data", () =>
    inFolder(async (folder) => {
      await writeLake(folder, lake);
      const ask = async (...words: string[]) => (await aircheck(["query", ...words, "--lake", "."], folder)).stdout;
      assert.equal(
        await ask("status-codes"),
        "status_code  status_class  requests  percent\n-----------  ------------  --------  -------\n        200  2xx                  1      100\n",
      );
      assert.deepEqual(JSON.parse(await ask("status-codes", "--format", "json", "--from", "2026-01-01")), [
        { status_code: 200, status_class: "2xx", requests: 1, percent: 50 },
        { status_code: 404, status_class: "4xx", requests: 1, percent: 50 },
      ]);
      assert.equal(
        await ask("status-codes", "--format", "csv", "--from", "2026-02-01", "--to", "2026-02-02"),
        "status_code,status_class,requests,percent\n404,4xx,1,100\n",
      );
      assert.deepEqual(JSON.parse(await ask("ad-errors", "--format", "json")), []);
    }));

  it("keeps values whole in CSV, and keeps orders for the terminal out of a table", () =>
    inFolder(async (folder) => {
      await writeLake(folder, lake);
      const sql = "select request_uri as uri, extra from mediapackage_egress order by 1 desc";
      const csv = await aircheck(["query", sql, "--lake", ".", "--format", "csv"], folder);
      assert.equal(csv.stdout, 'uri,extra\n"a,""b""\n\u001b[31m",\n"",\n');
      const table = await aircheck(["query", sql, "--lake", "."], folder);
      assert.ok(!table.stdout.includes("\u001b"));
    }));

  it("lists every saved query when it is asked nothing", () =>
    inFolder(async (folder) => {
      const { status, stdout } = await aircheck(["query"], folder);
      assert.equal(status, 0);
      for (const { id, question } of savedQueries) assert.ok(stdout.includes(id) && stdout.includes(question), id);
    }));

  it("ends in silence when nobody reads on", () =>
    inFolder(async (folder) => {
      const child = startAircheck(["query", "select * from range(3000000)", "--lake", ".", "--format", "csv"], folder);
      let stderr = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      child.stdout.once("data", () => child.stdout.destroy());
      const status = await new Promise((resolve) => child.on("close", resolve));
      assert.deepEqual([status, stderr], [0, ""]);
    }));
});

describe("aircheck start", () => {
  it("builds the lake once and answers with one JSON document, the incident in it", () =>
    inFolder(async (folder) => {
      const words = ["start", "--once", "--json", "--hours", "1", "--seed", "11", "--until", "2026-03-01T12:00:00Z"];
      const { status, stdout, stderr } = await aircheck(words, folder);
      assert.equal(stderr, "");
      assert.equal(status, 0);
      const answer = JSON.parse(stdout);
      const { records, rows, rejects, control } = answer.conversion;
      assert.equal(records, rows + rejects + control);
      assert.deepEqual(answer.input, { kind: "traffic", seed: 11, hours: 1, endTime: "2026-03-01T12:00:00.000Z" });
      assert.deepEqual(
        answer.expected.map((one: { found: boolean }) => one.found),
        [true, true],
      );
    }));

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`serves its page until ${signal}, and ends with 0`, () =>
      inFolder(async (folder) => {
        const child = startAircheck(
          ["start", "--hours", "0.5", "--port", "0", "--until", "2026-03-01T12:00:00Z", "--json"],
          folder,
        );
        const closed = new Promise((resolve) => child.on("close", (status) => resolve(status)));
        const line = await new Promise<string>((resolve) => child.stdout.setEncoding("utf8").once("data", resolve));
        const { url } = JSON.parse(line);
        assert.match(await (await fetch(url)).text(), /The local twin/);
        child.kill(signal);
        child.kill(signal);
        assert.equal(await closed, 0);
      }));
  }
});
