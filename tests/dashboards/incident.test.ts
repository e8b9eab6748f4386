import assert from "node:assert/strict";
import type { FixtureRow } from "../local/query/lake-fixture.ts";
import { ask, columnsOf } from "./ask.ts";

function requests(count: number, minute: string, status: number, endpoint: string | null = "hls"): FixtureRow[] {
  return Array.from({ length: count }, () => ({
    event_time: `2026-03-01T${minute}:10Z`,
    channel_id: "arena",
    endpoint_id: endpoint,
    status_code: status,
    status_class: `${Math.floor(status / 100)}xx`,
  }));
}

function ads(count: number, minute: string, event_type: string): FixtureRow[] {
  return Array.from({ length: count }, (_, index) => ({
    event_time: `2026-03-01T${minute}:20Z`,
    playback_configuration: "arena-live",
    event_type,
    session_id: `s${index}`,
    weight: 10,
  }));
}

function change(time: string, event_name: string, changes_state = true): FixtureRow {
  return { event_time: time, event_name, event_source: "mediapackage.amazonaws.com", user_name: "kim", changes_state };
}

describe("the incident query", () => {
  it("joins bad minutes of one endpoint, and starts a new incident after a longer gap", async () => {
    const answer = await ask("incident", {
      mediapackage_egress: ["12:00", "12:01", "12:06", "12:12"].flatMap((minute) => [
        ...requests(6, minute, 503),
        ...requests(6, minute, 200),
      ]),
    });
    assert.deepEqual(columnsOf(answer, "kind", "subject", "part", "started", "ended", "observed", "percent_failed"), [
      ["origin-5xx", "arena", "hls", "2026-03-01T12:00:00.000Z", "2026-03-01T12:07:00.000Z", 18, 50],
      ["origin-5xx", "arena", "hls", "2026-03-01T12:12:00.000Z", "2026-03-01T12:13:00.000Z", 6, 50],
    ]);
  });

  it("passes over few failures, and over a small share of many requests", async () => {
    const answer = await ask("incident", {
      mediapackage_egress: [...requests(4, "12:00", 500), ...requests(6, "13:00", 500), ...requests(60, "13:00", 200)],
    });
    assert.deepEqual(answer, []);
  });

  it("finds an endpoint with few requests by several bad minutes, and not by single failures", async () => {
    const minutes = ["12:00", "12:02", "12:04", "12:06", "12:08"];
    const found = await ask("incident", {
      mediapackage_egress: minutes.flatMap((minute) => [
        ...requests(2, minute, 503, "few"),
        ...requests(2, minute, 200, "few"),
        ...requests(1, minute, 503, "single"),
      ]),
    });
    assert.deepEqual(columnsOf(found, "part", "observed", "percent_failed"), [["few", 10, 50]]);
  });

  it("finds failures that name no endpoint", async () => {
    const answer = await ask("incident", { mediapackage_egress: requests(5, "12:00", 500, null) });
    assert.deepEqual(columnsOf(answer, "part", "observed"), [[null, 5]]);
  });

  it("shows the changes of the hour before, nearest first, also across midnight, and no later, refused or reading call", async () => {
    const answer = await ask("incident", {
      mediapackage_egress: requests(9, "00:10", 503),
      cloudtrail_events: [
        change("2026-02-28T23:05:00Z", "TooEarly"),
        change("2026-02-28T23:55:00Z", "UpdateOriginEndpoint"),
        change("2026-03-01T00:09:00Z", "UpdateChannel"),
        change("2026-03-01T00:09:30Z", "DescribeChannel", false),
        { ...change("2026-03-01T00:09:40Z", "RefusedChange"), error_code: "AccessDenied" },
        change("2026-03-01T00:12:00Z", "RestoreChannel"),
      ],
    });
    assert.deepEqual(columnsOf(answer, "change", "changed_by", "minutes_after_change"), [
      ["UpdateChannel", "kim", 1],
      ["UpdateOriginEndpoint", "kim", 15],
    ]);
  });

  it("finds errors at the ad decision server among ad requests, and estimates how many there were", async () => {
    const answer = await ask("incident", {
      mediatailor_ads: [
        ...ads(8, "12:00", "ERROR_ADS_TIMEOUT"),
        ...ads(20, "12:00", "MAKING_ADS_REQUEST"),
        ...ads(1, "12:30", "ERROR_ADS_TIMEOUT"),
        ...ads(90, "12:00", "BEACON_FIRED"),
      ],
    });
    // Eight sessions of one error each at weight 10: the half width is 1.96 √(8 · 10 · 9) = 52.6.
    assert.deepEqual(
      columnsOf(answer, "kind", "subject", "part", "observed", "estimated", "low_95", "high_95", "percent_failed"),
      [["ad-errors", "arena-live", "ERROR_ADS_TIMEOUT", 8, 80, 27, 133, 40]],
    );
  });
});
