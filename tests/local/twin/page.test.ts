import assert from "node:assert/strict";
import { request } from "node:http";
import { savedQuery } from "../../../dashboards/index.ts";
import { emptyReport } from "../../../functions/transform/report.ts";
import type { TwinSummary } from "../../../local/twin/build.ts";
import { formatBytes, formatCell } from "../../../local/twin/format.ts";
import { twinPage } from "../../../local/twin/page.ts";
import { serveTwin, twinApp } from "../../../local/twin/server.ts";
import { inFolder, writeLake } from "../query/lake-fixture.ts";

const hostile = `<img src=x onerror="alert('1')">&`;

function summaryOf(lakeDir: string): TwinSummary {
  return {
    input: { kind: "logs", folder: hostile },
    lakeDir,
    conversion: { ...emptyReport(), files: 1, seconds: 0.1, records: 1_234, rejectReasons: { [hostile]: 1 } },
    incidents: [
      {
        kind: "origin-5xx",
        subject: hostile,
        part: "",
        started: "2026-03-01T12:00:00.000Z",
        ended: "2026-03-01T12:05:00.000Z",
        observed: 7,
        estimated: 7,
        low95: 7,
        high95: 7,
        percentFailed: 50,
        changes: [{ time: "", service: "", name: hostile, changedBy: hostile, minutesBefore: 1 }],
      },
    ],
    expected: [],
  };
}

describe("the twin's page", () => {
  it("escapes every text that logs or people chose", async () => {
    const query = savedQuery("geography");
    assert.ok(query);
    const result = { columns: [{ name: hostile, type: "VARCHAR" }], rows: [[hostile], [{ key: hostile }]] };
    const page = String(await twinPage(summaryOf(hostile), [{ query, result }]));
    assert.doesNotMatch(page, /<img/);
    assert.equal(page.split("&lt;img src=x onerror=").length - 1, 9);
  });

  it("loads nothing from elsewhere, and runs no script", async () => {
    const page = String(await twinPage(summaryOf("lake"), []));
    assert.doesNotMatch(page, /<script|<[^>]*\s(on\w+|style)=|(href|src)="(?![/#])/);
    assert.match(page, /<html lang="en">/);
    assert.match(page, /1,234/);
  });

  it("answers on this machine, for its own names only, to reading only", async () => {
    const app = twinApp("<p>page</p>");
    const ask = (path: string, host: string, method = "GET") =>
      app.request(`http://127.0.0.1:8787${path}`, { method, headers: { host } });
    const page = await ask("/", "127.0.0.1:8787");
    assert.equal(page.status, 200);
    assert.equal(await page.text(), "<p>page</p>");
    assert.equal(
      page.headers.get("content-security-policy"),
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    assert.equal(page.headers.get("x-content-type-options"), "nosniff");
    assert.equal((await ask("/style.css", "localhost")).headers.get("content-type"), "text/css; charset=utf-8");
    assert.equal((await ask("/icon.svg", "LOCALHOST:1")).status, 200);
    for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8787", ""]) {
      assert.equal((await ask("/", host)).status, 403, host);
    }
    const post = await ask("/", "localhost", "POST");
    assert.deepEqual([post.status, post.headers.get("allow")], [405, "GET, HEAD"]);
    assert.equal((await ask("/", "localhost", "HEAD")).status, 200);
    assert.equal((await ask("/etc/passwd", "localhost")).status, 404);
  });

  it("is served with the answers of a lake, until it is closed; a taken port says what to do", () =>
    inFolder(async (folder) => {
      await writeLake(folder, {
        mediapackage_egress: [
          { event_time: "2026-03-01T12:00:00Z", status_code: 200, status_class: "2xx", country: "NZ" },
        ],
      });
      const server = await serveTwin(summaryOf(folder), 0);
      try {
        const page = await (await fetch(server.url)).text();
        assert.match(page, /<td>NZ<\/td>/);
        for (const id of [
          "request-volume",
          "status-codes",
          "geography",
          "devices-and-browsers",
          "error-rate",
          "performance",
        ]) {
          assert.ok(page.includes(`<h2 id="${id}">`), id);
        }
        assert.equal(await statusFor(server.url, "evil.example"), 403);
        await assert.rejects(
          serveTwin(summaryOf(folder), Number(new URL(server.url).port)),
          /is taken: give another with --port/,
        );
      } finally {
        await server.close();
      }
      await assert.rejects(fetch(server.url));
    }));
});

/** `fetch` does not let anybody set the host. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

describe("numbers and values for people", () => {
  it("are short", () => {
    assert.deepEqual([0, 1, 999, 1000, 1_234_567, 2.5e12, 1e18].map(formatBytes), [
      "0 B",
      "1 B",
      "999 B",
      "1 kB",
      "1.23 MB",
      "2.5 TB",
      "1,000,000 TB",
    ]);
    assert.deepEqual(
      [
        null,
        "x",
        1.5,
        true,
        ["a"],
        "2026-03-01T12:00:00.000Z",
        "2026-03-01T12:00:05.000Z",
        "2026-03-01T12:00:05.250Z",
      ].map(formatCell),
      ["", "x", "1.5", "true", '["a"]', "2026-03-01 12:00", "2026-03-01 12:00:05", "2026-03-01T12:00:05.250Z"],
    );
  });
});
