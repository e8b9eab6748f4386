/** What a player asks of an origin endpoint, in order and at its pace, and what it is answered. */
import { drawRequester, drawViewer, type Requester } from "./audience.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Timed } from "./interleave.ts";
import { type Address, type MediaNames, namesOf, type Track } from "./names.ts";
import type { Random } from "./random.ts";
import { answer, type FaultRate, type RequestKind } from "./responses.ts";

/** One request and its response. */
export interface Exchange extends Timed {
  readonly endpoint: Endpoint;
  readonly requester: Requester;
  readonly kind: RequestKind;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** Seconds; negative when it was not measured. */
  readonly timeToFirstByte: number;
  readonly manifestType: string;
}

const audioBitRate = 128_000;
const partSeconds = 1;

class Player {
  readonly endpoint: Endpoint;
  readonly names: MediaNames;
  readonly endMs: number;
  nowMs: number;
  rendition: number;
  readonly #random: Random;
  readonly #faultRate: FaultRate;
  readonly #requester: Requester;
  /** A viewer whose CDN token is wrong is refused everything and soon gives up. */
  readonly isRefused: boolean;
  /** Some VOD players ask for ranges. */
  readonly #asksRanges: boolean;

  constructor(random: Random, endpoint: Endpoint, startMs: number, faultRate: FaultRate) {
    this.#random = random;
    this.#faultRate = faultRate;
    this.endpoint = endpoint;
    this.names = namesOf(endpoint);
    this.#requester = drawRequester(random, drawViewer(random, startMs, endpoint.packaging));
    this.nowMs = startMs;
    this.endMs = startMs + Math.min(random.logNormal(70, 0.9), 900) * 1000;
    this.rendition = 1 + Math.floor((0.35 + 0.65 * random.float()) * endpoint.ladder.length);
    this.isRefused = random.chance(0.006);
    this.#asksRanges = !endpoint.isLive && random.chance(0.3);
  }

  /** Asks, and asks again a moment later when the answer was a fault. Moves the clock past the transfer. */
  *fetch(kind: RequestKind, address: Address, bytes: number): Generator<Exchange, number> {
    const random = this.#random;
    for (let attempt = 0; ; attempt++) {
      const timeMs = this.nowMs;
      const outcome = answer(random, {
        kind,
        bytes,
        faultProbability: this.#faultRate(this.endpoint, timeMs),
        isRefused: this.isRefused,
        isLive: this.endpoint.isLive,
        isCdn: this.#requester.isCdn,
        asksRanges: this.#asksRanges,
      });
      this.nowMs += Math.max(outcome.timeToFirstByte, 0) * 1000 + outcome.sentBytes / random.between(1500, 9000);
      yield {
        timeMs,
        endpoint: this.endpoint,
        requester: this.#requester,
        kind,
        path: address.path,
        query: address.query,
        manifestType: kind === "manifest" || kind === "blocking-reload" ? this.names.manifestType : "",
        receivedBytes: 180 + random.int(520),
        ...outcome,
      };
      if (outcome.status < 400 || attempt === 2 || this.isRefused) return outcome.status;
      this.nowMs += random.between(400, 1500);
    }
  }

  *fetchManifest(): Generator<Exchange, number> {
    const { packaging, ladder } = this.endpoint;
    const typical = packaging === "dash" || packaging === "mss" ? 9000 : 420 * ladder.length;
    return yield* this.fetch("manifest", this.names.manifest(), this.#random.logNormal(typical, 0.25));
  }

  *fetchPlaylist(query = ""): Generator<Exchange, number> {
    const address = this.names.playlist(this.rendition);
    if (address === undefined) return yield* this.fetchManifest();
    const kind = query === "" ? "manifest" : "blocking-reload";
    return yield* this.fetch(kind, { path: address.path, query }, this.#random.logNormal(2600, 0.35));
  }

  *fetchInit(): Generator<Exchange> {
    for (const track of this.#tracks()) {
      const address = this.names.init(track, this.#renditionOf(track));
      if (address !== undefined) yield* this.fetch("init", address, this.#random.between(760, 1500));
    }
  }

  *fetchSegment(number: number, seconds = this.endpoint.segmentSeconds): Generator<Exchange> {
    for (const track of this.#tracks()) {
      const bitRate = track === "audio" ? audioBitRate : (this.endpoint.ladder[this.rendition - 1] ?? audioBitRate);
      const bytes = (bitRate / 8) * seconds * this.#random.logNormal(1, 0.14);
      yield* this.fetch("segment", this.names.segment(track, this.#renditionOf(track), number), bytes);
    }
  }

  /** Now and then the bandwidth changes. @returns whether the rendition did */
  adapt(): boolean {
    if (!this.#random.chance(0.06)) return false;
    const wanted = this.rendition + (this.#random.chance(0.5) ? 1 : -1);
    const allowed = Math.min(Math.max(wanted, 1), this.endpoint.ladder.length);
    const changed = allowed !== this.rendition;
    this.rendition = allowed;
    return changed;
  }

  /** TS segments hold both tracks; the other containers have one file per track. */
  #tracks(): readonly Track[] {
    return this.endpoint.packaging === "hls" ? ["video"] : ["video", "audio"];
  }

  #renditionOf(track: Track): number {
    return track === "audio" ? this.endpoint.ladder.length + 1 : this.rendition;
  }
}

/** One playback from the first manifest until the viewer leaves. */
export function playback(
  random: Random,
  endpoint: Endpoint,
  startMs: number,
  faultRate: FaultRate,
): Generator<Exchange> {
  const player = new Player(random, endpoint, startMs, faultRate);
  if (player.isRefused) return refused(player);
  if (!endpoint.isLive) return playVod(player, random);
  return endpoint.packaging === "ll-hls" ? playLowLatency(player) : playLive(player);
}

function* refused(player: Player): Generator<Exchange> {
  for (let attempt = 0; attempt < 3; attempt++) {
    yield* player.fetchManifest();
    player.nowMs += 2000;
  }
}

/** Gets what is needed before the first segment; a viewer whose playback does not start tries again. */
function* begin(player: Player): Generator<Exchange, boolean> {
  while (!(yield* fetchFirstManifests(player))) {
    player.nowMs += 4000;
    if (player.nowMs >= player.endMs) return false;
  }
  yield* player.fetchInit();
  return true;
}

function* fetchFirstManifests(player: Player): Generator<Exchange, boolean> {
  if ((yield* player.fetchManifest()) >= 400) return false;
  return player.names.playlist(player.rendition) === undefined || (yield* player.fetchPlaylist()) < 400;
}

function* playLive(player: Player): Generator<Exchange> {
  if (!(yield* begin(player))) return;
  const segmentMs = player.endpoint.segmentSeconds * 1000;
  let number = Math.floor(player.nowMs / segmentMs) - 3;
  for (const last = number + 2; number <= last; number++) yield* player.fetchSegment(number);
  let dueMs = player.nowMs;
  while (player.nowMs < player.endMs) {
    dueMs += segmentMs;
    player.nowMs = Math.max(player.nowMs, dueMs);
    if (player.adapt()) yield* player.fetchInit();
    // DASH and MSS manifests hold for some segments; a live HLS playlist is read once per segment.
    const rereads = player.names.playlist(player.rendition) !== undefined || number % 3 === 0;
    if (rereads) yield* player.fetchPlaylist();
    yield* player.fetchSegment(number++);
  }
}

function* playLowLatency(player: Player): Generator<Exchange> {
  if (!(yield* begin(player))) return;
  const partsPerSegment = player.endpoint.segmentSeconds / partSeconds;
  let part = Math.floor(player.nowMs / (partSeconds * 1000));
  while (player.nowMs < player.endMs) {
    const number = Math.floor(part / partsPerSegment);
    // A blocking reload asks for the part that is next to come and waits for it.
    yield* player.fetchPlaylist(`_HLS_msn=${number}&_HLS_part=${part % partsPerSegment}`);
    yield* player.fetchSegment(number, partSeconds);
    part++;
    player.nowMs = Math.max(player.nowMs, part * partSeconds * 1000 - 600);
  }
}

function* playVod(player: Player, random: Random): Generator<Exchange> {
  if (!(yield* begin(player))) return;
  const segmentMs = player.endpoint.segmentSeconds * 1000;
  let number = random.chance(0.7) ? 1 : 1 + random.int(300);
  const bufferedSegments = 5;
  let dueMs = player.nowMs - bufferedSegments * segmentMs;
  while (player.nowMs < player.endMs) {
    if (player.adapt()) {
      if (player.names.playlist(player.rendition) !== undefined) yield* player.fetchPlaylist();
      yield* player.fetchInit();
    }
    yield* player.fetchSegment(number++);
    if (random.chance(0.015)) {
      number = Math.max(1, number + random.int(120) - 40);
      dueMs = player.nowMs - bufferedSegments * segmentMs;
    }
    dueMs += segmentMs;
    player.nowMs = Math.max(player.nowMs, dueMs);
  }
}
