import assert from "node:assert/strict";
import type { FixtureRow } from "../local/query/lake-fixture.ts";
import { ask, columnsOf } from "./ask.ts";

const noon = "2026-03-01T12:00:00Z";

function egress(count: number, row: FixtureRow): FixtureRow[] {
  return Array.from({ length: count }, () => ({ event_time: noon, status_code: 200, status_class: "2xx", ...row }));
}

describe("saved queries about requests", () => {
  it("count an event that was delivered twice once", async () => {
    const twice = { event_id: "same", request_type: "segment", sent_bytes: 7 };
    const answer = await ask("request-volume", {
      mediapackage_egress: [...egress(2, twice), ...egress(1, { request_type: "segment", sent_bytes: 1 })],
    });
    assert.deepEqual(columnsOf(answer, "time", "request_type", "requests", "sent_bytes"), [
      ["2026-03-01T12:00:00.000Z", "segment", 2, 8],
    ]);
  });

  it("look at the range from its first instant until just before its last", async () => {
    const at = (event_time: string) => egress(1, { event_time, request_type: "x" });
    const rows = [
      "2026-02-28T23:59:59.999Z",
      "2026-03-01T00:00:00Z",
      "2026-03-01T23:59:59.999Z",
      "2026-03-02T00:00:00Z",
    ].flatMap(at);
    const answer = await ask("request-volume", { mediapackage_egress: rows });
    assert.deepEqual(columnsOf(answer, "time", "requests"), [
      ["2026-03-01T00:00:00.000Z", 1],
      ["2026-03-01T23:00:00.000Z", 1],
    ]);
  });

  it("give each status code its share", async () => {
    const answer = await ask("status-codes", {
      mediapackage_egress: [...egress(3, {}), ...egress(1, { status_code: 404, status_class: "4xx" })],
    });
    assert.deepEqual(columnsOf(answer, "status_code", "status_class", "requests", "percent"), [
      [200, "2xx", 3, 75],
      [404, "4xx", 1, 25],
    ]);
  });

  it("keep requests of unknown countries", async () => {
    const answer = await ask("geography", {
      mediapackage_egress: [...egress(2, { country: "DE", sent_bytes: 5 }), ...egress(1, { status_class: "5xx" })],
    });
    assert.deepEqual(columnsOf(answer, "country", "requests", "sent_bytes", "percent_5xx"), [
      ["DE", 2, 10, 0],
      [null, 1, null, 100],
    ]);
  });

  it("leave requests without any device, system or browser out of devices and browsers", async () => {
    const answer = await ask("devices-and-browsers", {
      mediapackage_egress: [...egress(1, { cdn: "cloudfront" }), ...egress(2, { device: "tv", os: "Tizen" })],
    });
    assert.deepEqual(columnsOf(answer, "device", "os", "browser", "requests", "percent"), [
      ["tv", "Tizen", null, 2, 100],
    ]);
  });

  it("show what share each CDN has", async () => {
    const answer = await ask("cdn-share", {
      mediapackage_egress: [...egress(3, { cdn: "cloudfront" }), ...egress(1, { cdn: "fastly", status_class: "5xx" })],
    });
    assert.deepEqual(columnsOf(answer, "cdn", "percent", "percent_5xx"), [
      ["cloudfront", 75, 0],
      ["fastly", 25, 100],
    ]);
  });

  it("tell a client that went away from an error", async () => {
    const answer = await ask("error-rate", {
      mediapackage_egress: [
        ...egress(7, {}),
        ...egress(1, { status_code: 503, status_class: "5xx" }),
        ...egress(1, { status_code: 404, status_class: "4xx" }),
        ...egress(1, { status_code: 460, status_class: "4xx" }),
      ],
    });
    assert.deepEqual(
      columnsOf(answer, "requests", "errors_5xx", "percent_5xx", "percent_4xx", "percent_client_abort"),
      [[10, 1, 10, 10, 10]],
    );
  });

  it("leave waiting reloads, unmeasured and failed requests out of performance", async () => {
    const row = { request_type: "manifest", is_ttfb_valid: true };
    const answer = await ask("performance", {
      mediapackage_egress: [
        ...egress(9, { ...row, time_to_first_byte: 0.01 }),
        ...egress(1, { ...row, time_to_first_byte: 0.5, is_blocking_reload: false }),
        ...egress(5, { ...row, time_to_first_byte: 3, is_blocking_reload: true }),
        ...egress(5, { ...row, time_to_first_byte: -1, is_ttfb_valid: false }),
        ...egress(5, { ...row, time_to_first_byte: 9, status_class: "5xx" }),
      ],
    });
    assert.deepEqual(columnsOf(answer, "requests", "p50_ms", "p90_ms", "p99_ms"), [[10, 10, 10, 500]]);
  });

  it("name the endpoint and the minute that failed most", async () => {
    const fails = { channel_id: "c", endpoint_id: "bad", status_code: 503, status_class: "5xx" };
    const answer = await ask("failing-endpoints", {
      mediapackage_egress: [
        ...egress(3, fails),
        ...egress(1, { ...fails, event_time: "2026-03-01T12:01:00Z" }),
        ...egress(9, { endpoint_id: "good" }),
      ],
    });
    assert.deepEqual(columnsOf(answer, "minute", "endpoint_id", "errors_5xx", "percent_5xx", "median_5xx_status"), [
      ["2026-03-01T12:00:00.000Z", "bad", 3, 100, 503],
      ["2026-03-01T12:01:00.000Z", "bad", 1, 100, 503],
    ]);
  });
});

describe("saved queries about people", () => {
  it("show changes only, the latest first", async () => {
    const answer = await ask("changes", {
      cloudtrail_events: [
        { event_time: "2026-03-01T10:00:00Z", event_name: "PutPlaybackConfiguration", changes_state: true },
        {
          event_time: "2026-03-01T11:00:00Z",
          event_name: "DeleteChannel",
          changes_state: true,
          error_code: "AccessDenied",
        },
        { event_time: "2026-03-01T11:30:00Z", event_name: "ListChannels", changes_state: false },
      ],
    });
    assert.deepEqual(columnsOf(answer, "event_name", "error_code"), [
      ["DeleteChannel", "AccessDenied"],
      ["PutPlaybackConfiguration", null],
    ]);
  });

  it("count failed connects in both spellings, and no successful one", async () => {
    const row = { event_time: noon, cluster: "db", user_name: "eve", client_host: "10.0.0.9" };
    const answer = await ask("audit-failed-connects", {
      aurora_audit: [
        { ...row, operation: "FAILED_CONNECT", return_code: 1045 },
        { ...row, operation: "CONNECT", return_code: 1044 },
        { ...row, operation: "CONNECT", return_code: 0 },
      ],
    });
    assert.deepEqual(columnsOf(answer, "user_name", "failed_connects", "lowest_code", "highest_code"), [
      ["eve", 2, 1044, 1045],
    ]);
  });

  it("count statements, not the tables that they touched", async () => {
    const row = { event_time: noon, user_name: "app", database_name: "ads" };
    const answer = await ask("audit-statements", {
      aurora_audit: [
        { ...row, operation: "QUERY", return_code: 0 },
        { ...row, operation: "QUERY", return_code: 1146 },
        { ...row, operation: "READ" },
      ],
    });
    assert.deepEqual(columnsOf(answer, "user_name", "statements", "failed"), [["app", 2, 1]]);
  });
});

describe("saved queries about the lake itself", () => {
  it("count rejects by reason", async () => {
    const row = { event_time: noon, source: "cloudtrail", detail: "d", raw_bytes: 10 };
    const answer = await ask("rejects-by-reason", {
      rejects: [
        { ...row, reason: "not_json" },
        { ...row, reason: "not_json" },
        { ...row, reason: "no_time" },
      ],
    });
    assert.deepEqual(columnsOf(answer, "source", "reason", "records", "raw_bytes"), [
      ["cloudtrail", "not_json", 2, 20],
      ["cloudtrail", "no_time", 1, 10],
    ]);
  });

  it("count the fields that the catalog does not know, over all tables", async () => {
    const answer = await ask("drift", {
      mediapackage_egress: [
        { event_time: noon, extra: '{"new_field":{"a":1},"status_code":"n/a"}' },
        { event_time: noon, extra: '{"new_field":2}' },
        { event_time: noon },
      ],
      aurora_audit: [{ event_time: noon, extra: '{"more":"x"}' }],
    });
    assert.deepEqual(columnsOf(answer, "table_name", "field", "records"), [
      ["mediapackage_egress", "new_field", 2],
      ["aurora_audit", "more", 1],
      ["mediapackage_egress", "status_code", 1],
    ]);
  });

  it("count what was delivered twice", async () => {
    const answer = await ask("duplicates", {
      mediapackage_egress: [...egress(3, { event_id: "a" }), ...egress(1, {})],
    });
    assert.deepEqual(columnsOf(answer, "table_name", "row_count", "events", "duplicates"), [
      ["mediapackage_egress", 4, 2, 2],
    ]);
  });

  it("put the source that fell silent first", async () => {
    const answer = await ask("lag", {
      mediapackage_egress: egress(1, { source: "quick", event_time: "2026-03-01T23:59:30Z" }),
      aurora_audit: [{ source: "slow", event_time: "2026-03-01T22:00:00Z" }],
    });
    assert.deepEqual(columnsOf(answer, "source", "minutes_behind"), [
      ["slow", 120],
      ["quick", 0.5],
    ]);
  });
});
