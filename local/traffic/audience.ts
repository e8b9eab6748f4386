/** Who watches, from where, when, with what, and what stands between them and the origin. */
import { type AgentGroup, agentGroups, type Packaging } from "./agents.ts";
import { type Country, countries } from "./countries.ts";
import { type Random, randomStream, Weighted } from "./random.ts";

export interface Viewer {
  readonly country: string;
  /** The viewer's own address. */
  readonly address: string;
  readonly agent: string;
}

/** What the origin sees of a viewer. */
export interface Requester {
  readonly address: string;
  readonly agent: string;
  readonly isCdn: boolean;
}

/**
 * Demand at an instant relative to the peak, 0–1: low at night, a small bump at noon, a peak at half past eight in the
 * evening, each country by its own clock.
 */
export function demand(timeMs: number): number {
  let sum = 0;
  for (const country of countries) sum += country.share * localDemand(country, timeMs);
  return sum / totalShare;
}

/** Mean of {@link demand} over a window, to scale a rate that is given as a mean. */
export function meanDemand(startMs: number, endMs: number): number {
  const steps = 144;
  let sum = 0;
  for (let step = 0; step < steps; step++) sum += demand(startMs + ((step + 0.5) * (endMs - startMs)) / steps);
  return sum / steps;
}

const totalShare = countries.reduce((sum, country) => sum + country.share, 0);

function localDemand(country: Country, timeMs: number): number {
  const hour = (((timeMs / 3_600_000 + country.utcOffsetHours) % 24) + 24) % 24;
  return 0.12 + 0.16 * bump(hour, 12.8, 2) + 0.25 * bump(hour, 18, 3) + 0.72 * bump(hour, 20.5, 2.1);
}

function bump(hour: number, centre: number, width: number): number {
  const away = Math.abs(hour - centre);
  const distance = Math.min(away, 24 - away) / width;
  return Math.exp((-distance * distance) / 2);
}

const groupsByPackaging = new Map<Packaging, Weighted<AgentGroup>>();

function agentFor(random: Random, packaging: Packaging): string {
  let groups = groupsByPackaging.get(packaging);
  if (groups === undefined) {
    groups = new Weighted(
      agentGroups.filter((group) => group.plays.includes(packaging)),
      (group) => group.weight,
    );
    groupsByPackaging.set(packaging, groups);
  }
  const { agents } = groups.pick(random);
  // Newer versions come first in the lists and are more common.
  return agents[Math.floor(random.float() * random.float() * agents.length)] ?? random.pick(agents);
}

/** A viewer who can play the packaging and is awake. */
export function drawViewer(random: Random, timeMs: number, packaging: Packaging): Viewer {
  const awake = new Weighted(countries, (country) => country.share * localDemand(country, timeMs));
  const country = awake.pick(random);
  const useV6 = random.chance(0.34);
  return {
    country: country.code,
    address: useV6 ? addressV6(random, random.pick(country.v6)) : addressV4(random, random.pick(country.v4)),
    agent: agentFor(random, packaging),
  };
}

interface Front {
  readonly name: string;
  readonly weight: number;
  readonly networks: readonly string[];
  /** What the CDN says instead of the viewer's agent; without it the viewer's passes through. Reference 11.4. */
  readonly agent?: string;
}

const fronts = new Weighted<Front>(
  [
    { name: "none", weight: 30, networks: [] },
    { name: "cloudfront", weight: 38, networks: ["130.176.0.0/17", "64.252.64.0/18"], agent: "Amazon CloudFront" },
    { name: "akamai", weight: 10, networks: ["23.192.0.0/11", "2.16.0.0/13"], agent: "AkamaiGHost" },
    { name: "akamai-transparent", weight: 8, networks: ["23.192.0.0/11", "2.16.0.0/13"] },
    { name: "fastly", weight: 8, networks: ["151.101.0.0/16", "199.232.0.0/16"], agent: "Fastly/1.0 (shield)" },
    { name: "fastly-transparent", weight: 6, networks: ["151.101.0.0/16", "199.232.0.0/16"] },
  ],
  (front) => front.weight,
);

const edgesPerFront = 48;

/** Puts a CDN, or nothing, before a viewer. A CDN asks from a few dozen edges, some much busier than others. */
export function drawRequester(random: Random, viewer: Viewer): Requester {
  const front = fronts.pick(random);
  if (front.networks.length === 0) return { address: viewer.address, agent: viewer.agent, isCdn: false };
  const edge = Math.floor(random.float() * random.float() * edgesPerFront);
  return { address: edgeAddress(front, edge), agent: front.agent ?? viewer.agent, isCdn: true };
}

const edgeAddresses = new Map<string, string>();

function edgeAddress(front: Front, edge: number): string {
  const key = `${front.name} ${edge}`;
  let address = edgeAddresses.get(key);
  if (address === undefined) {
    // Edges belong to the world, not to a plan: every seed meets the same ones.
    const random = randomStream(0, "edge", key);
    address = addressV4(random, random.pick(front.networks));
    edgeAddresses.set(key, address);
  }
  return address;
}

/** An address of a network in CIDR notation. */
export function addressV4(random: Random, network: string): string {
  const [base = "", prefix = "32"] = network.split("/");
  const first = base.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const value = first + random.int(2 ** (32 - Number(prefix)));
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

/** An address that begins with the given groups. */
export function addressV6(random: Random, groups: string): string {
  const parts = groups.split(":");
  while (parts.length < 8) parts.push((1 + random.int(0xffff)).toString(16));
  return parts.join(":");
}
