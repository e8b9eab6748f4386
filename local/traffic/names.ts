/** Names of manifests and media files per packaging and service version; reference 11.2. */
import type { Endpoint } from "./endpoints.ts";
import { randomStream } from "./random.ts";

export type Track = "video" | "audio";

/** Path below the host, and query without `?` (empty when there is none). */
export interface Address {
  readonly path: string;
  readonly query: string;
}

export interface MediaNames {
  /** The first manifest; in DASH and MSS also the one that is asked for again. */
  manifest(): Address;
  /** Media playlist of a rendition, 1-based; undefined where there is one manifest for all. */
  playlist(rendition: number): Address | undefined;
  init(track: Track, rendition: number): Address | undefined;
  segment(track: Track, rendition: number, number: number): Address;
  /** Value of `manifest_type` in v2 logs; only `DASH` is published, the others follow its style. */
  readonly manifestType: string;
}

export function namesOf(endpoint: Endpoint): MediaNames {
  switch (endpoint.packaging) {
    case "hls":
      return endpoint.kind === "v2" ? v2Hls(endpoint) : v1Hls(endpoint);
    case "ll-hls":
      return v2LowLatency(endpoint);
    case "cmaf":
      return endpoint.kind === "v2" ? v2LowLatency(endpoint) : v1Cmaf(endpoint);
    case "dash":
      return endpoint.kind === "v2" ? v2Dash(endpoint) : v1Dash(endpoint);
    case "mss":
      return smooth(endpoint);
  }
}

/** v1 appends a cache buster that changes with the endpoint's configuration. */
function cacheBuster(basePath: string): string {
  return `m=${1_718_000_000 + randomStream(0, "cache buster", basePath).int(30_000_000)}`;
}

function v1Hls({ basePath }: Endpoint): MediaNames {
  const query = cacheBuster(basePath);
  return {
    manifestType: "HLS",
    manifest: () => ({ path: `${basePath}index.m3u8`, query: "" }),
    playlist: (rendition) => ({ path: `${basePath}index_${rendition}.m3u8`, query: "" }),
    init: () => undefined,
    segment: (_track, rendition, number) => ({ path: `${basePath}index_${rendition}_${number}.ts`, query }),
  };
}

function v1Dash({ basePath }: Endpoint): MediaNames {
  const query = cacheBuster(basePath);
  const file = (track: Track, rendition: number, what: string | number) => ({
    path: `${basePath}index_${track}_${rendition}_0_${what}.mp4`,
    query,
  });
  return {
    manifestType: "DASH",
    manifest: () => ({ path: `${basePath}index.mpd`, query: "" }),
    playlist: () => undefined,
    init: (track, rendition) => file(track, rendition, "init"),
    segment: file,
  };
}

function v1Cmaf({ basePath }: Endpoint): MediaNames {
  const query = cacheBuster(basePath);
  const sequence = randomStream(0, "csid", basePath).hex(8);
  // Playlists stand one folder deeper: their segments are `../cmafseg_…`.
  return {
    manifestType: "HLS",
    manifest: () => ({ path: `${basePath}playlist/index.m3u8`, query: "" }),
    playlist: (rendition) => ({ path: `${basePath}playlist/index_${rendition}.m3u8`, query: "" }),
    init: (track, rendition) => ({
      path: `${basePath}cmafseg_${track}_${rendition}_track_1_csid_${sequence}_2_init.mp4`,
      query,
    }),
    segment: (track, rendition, number) => ({
      path: `${basePath}cmafseg_${track}_${rendition}_${number}.mp4`,
      query,
    }),
  };
}

function v2Hls({ basePath }: Endpoint): MediaNames {
  return {
    manifestType: "HLS",
    manifest: () => ({ path: `${basePath}index.m3u8`, query: "" }),
    playlist: (rendition) => ({ path: `${basePath}index_${rendition}.m3u8`, query: "" }),
    init: () => undefined,
    segment: (_track, rendition, number) => ({ path: `${basePath}segment_${rendition}_${number}.ts`, query: "" }),
  };
}

function v2LowLatency({ basePath, packaging }: Endpoint): MediaNames {
  return {
    manifestType: packaging === "ll-hls" ? "LOW_LATENCY_HLS" : "HLS",
    manifest: () => ({ path: `${basePath}index.m3u8`, query: "" }),
    playlist: (rendition) => ({ path: `${basePath}index_${rendition}.m3u8`, query: "" }),
    init: (track, rendition) => ({ path: `${basePath}segment_${track}_${rendition}_init.mp4`, query: "" }),
    segment: (track, rendition, number) => ({
      path: `${basePath}segment_${track}_${rendition}_${number}.mp4`,
      query: "",
    }),
  };
}

function v2Dash({ basePath }: Endpoint): MediaNames {
  const file = (track: Track, rendition: number, what: string | number) => ({
    path: `${basePath}segment_${track}_${rendition}_${what}.mp4`,
    query: "",
  });
  return {
    manifestType: "DASH",
    manifest: () => ({ path: `${basePath}index.mpd`, query: "" }),
    playlist: () => undefined,
    init: (track, rendition) => file(track, rendition, "init"),
    segment: file,
  };
}

const smoothTicksPerSecond = 10_000_000;

function smooth({ basePath, ladder, segmentSeconds }: Endpoint): MediaNames {
  const below = `${basePath}index.ism/`;
  return {
    manifestType: "MSS",
    manifest: () => ({ path: `${below}Manifest`, query: "" }),
    playlist: () => undefined,
    init: () => undefined,
    segment: (track, rendition, number) => {
      const start = number * segmentSeconds * smoothTicksPerSecond;
      const level = track === "audio" ? 128_000 : (ladder[rendition - 1] ?? 128_000);
      const stream = track === "audio" ? "a_2_0" : "v";
      return { path: `${below}Events(203_0)/QualityLevels(${level})/Fragments(${stream}=${start})`, query: "" };
    },
  };
}
