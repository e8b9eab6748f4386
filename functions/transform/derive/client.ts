/** Who asked, from the User-Agent header; reference 11.4. */
import Bowser from "bowser";
import { cdnRules, type Device, deviceRules, playerRules, type Rule, systemRules } from "./client-rules.ts";

interface Client {
  readonly device: Device | null;
  /** Operating system. */
  readonly os: string | null;
  /** Browser or player. */
  readonly browser: string | null;
  /** CDN that asked in place of a viewer, `tool` for programs nobody watches with, `player`, or null when it does not tell. */
  readonly cdn: string | null;
}

/** What tells devices apart stands early; the service cuts agents at 8 KB only, and patterns take time. */
const maxCharacters = 1024;

const devices = new Set<string>(["desktop", "mobile", "tablet", "tv", "bot"]);
const browsers = new Set(Object.values(Bowser.BROWSER_MAP));
const systems = new Set(Object.values(Bowser.OS_MAP));

/** Describes the sender of a request; what the text does not tell is null. Never throws. */
export function describeUserAgent(userAgent: string): Client {
  const agent = userAgent.slice(0, maxCharacters);
  const cdn = firstMatch(cdnRules, agent);
  const isViewer = cdn === null || cdn === "tool";
  if (!isViewer) return { device: null, os: null, browser: null, cdn };
  const ofBrowser = describedByBowser(agent);
  const device = firstMatch(deviceRules, agent) ?? ofBrowser.device;
  const os = firstMatch(systemRules, agent) ?? ofBrowser.os;
  const browser = firstMatch(playerRules, agent) ?? ofBrowser.browser;
  const isPlayer = device !== "bot" && (device !== null || browser !== null);
  return { device, os, browser, cdn: cdn ?? (isPlayer ? "player" : null) };
}

function firstMatch<Result>(rules: readonly Rule<Result>[], agent: string): Result | null {
  return rules.find((rule) => rule.agent.test(agent))?.is ?? null;
}

/** Only names that bowser knows: for others it repeats the beginning of the text. */
function describedByBowser(agent: string): Omit<Client, "cdn"> {
  // It refuses the empty text.
  if (agent === "") return { device: null, os: null, browser: null };
  const { platform, os, browser } = Bowser.parse(agent);
  return {
    device: isDevice(platform.type) ? platform.type : null,
    os: known(os.name, systems),
    browser: known(browser.name, browsers),
  };
}

function isDevice(type: string | undefined): type is Device {
  return type !== undefined && devices.has(type);
}

function known(name: string | undefined, names: ReadonlySet<string>): string | null {
  return name !== undefined && names.has(name) ? name : null;
}
