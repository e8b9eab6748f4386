import assert from "node:assert/strict";
import fc from "fast-check";
import { describeUserAgent } from "../../../../functions/transform/derive/client.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("client described by its user agent (reference 11.4)", () => {
  const viewers: readonly [agent: string, device: string | null, os: string | null, browser: string | null][] = [
    ["AppleCoreMedia/1.0.0.20G75 (iPhone; U; CPU OS 16_6 like Mac OS X; en_us)", "mobile", "iOS", "AppleCoreMedia"],
    ["AppleCoreMedia/1.0.0.20G75 (iPad; U; CPU OS 16_6 like Mac OS X; en_us)", "tablet", "iOS", "AppleCoreMedia"],
    ["AppleCoreMedia/1.0.0.12B466 (Apple TV; U; CPU OS 8_1_3 like Mac OS X; en_us)", "tv", "tvOS", "AppleCoreMedia"],
    ["AppleCoreMedia/1.0.0.21A559 (Macintosh; U; Intel Mac OS X 14_0)", "desktop", "macOS", "AppleCoreMedia"],
    ["AppleCoreMedia/1.0.0.20L563 (HomePod; U; CPU OS 16_5)", "speaker", "audioOS", "AppleCoreMedia"],
    ["App/3 (tvOS 17.1) CFNetwork/1485", "tv", "tvOS", "Apple app"],
    ["App/3.2 CFNetwork/1408 Darwin/22", null, null, "Apple app"],
    ["App/1.0 (Linux;Android 11) ExoPlayerLib/2.18.1", "mobile", "Android", "ExoPlayer"],
    ["App/1.0 (Linux;Android 13) AndroidXMedia3/1.2.0", "mobile", "Android", "ExoPlayer"],
    ["Dalvik/2.1.0 (Linux; U; Android 7.1.2; AFTMM Build/NS6265)", "tv", "Fire OS", "Android app"],
    ["stagefright/1.2 (Linux;Android 7.0)", "mobile", "Android", "stagefright"],
    ["Roku/DVP-12.0 (12.0.0.4182-88)", "tv", "Roku", "Roku"],
    [`Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) ${webkit} 76.0/6.0 TV Safari/537.36`, "tv", "Tizen", "Tizen"],
    [`Mozilla/5.0 (Linux; Tizen 2.3; SM-Z130H) ${webkit} Version/2.3 Mobile Safari/537.3`, "mobile", "Tizen", "Tizen"],
    [`Mozilla/5.0 (Web0S; Linux/SmartTV) ${webkit} Chrome/79.0.0.0 Safari/537.36`, "tv", "WebOS", "WebOS Browser"],
    [`Mozilla/5.0 (X11; Linux armv7l) ${webkit} Chrome/90.0 Safari/537.36 CrKey/1.56`, "tv", "Cast OS", "Chromecast"],
    ["Mozilla/5.0 (PlayStation 5 3.03/SmartTV) AppleWebKit/605.1.15", "console", "PlayStation", "PlayStation"],
    [`Mozilla/5.0 (Windows NT 10.0; Xbox; Xbox One) ${webkit} Edge/18.17763`, "console", "Xbox", "Microsoft Edge"],
    ["HbbTV/1.4.1 (+DRM; Samsung)", "tv", null, "HbbTV"],
    [`Mozilla/5.0 (Linux; Android 9; BRAVIA 4K) ${webkit} Chrome/90.0.0.0 Safari/537.36`, "tv", "Android", "Chrome"],
    ["VLC/3.0.18 LibVLC/3.0.18", null, null, "VLC"],
    ["Lavf/58.76.100", null, null, "FFmpeg"],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/120.0.0.0 Safari/537.36`,
      "desktop",
      "Windows",
      "Chrome",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0", "desktop", "Linux", "Firefox"],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/120.0.0.0`, "desktop", "Chrome OS", "Chrome"],
    [
      `Mozilla/5.0 (Linux; Android 13; Pixel 7) ${webkit} Chrome/116.0.0.0 Mobile Safari/537.36`,
      "mobile",
      "Android",
      "Chrome",
    ],
    [
      `Mozilla/5.0 (Linux; Android 12; SM-X200) ${webkit} Chrome/119.0.0.0 Safari/537.36`,
      "tablet",
      "Android",
      "Chrome",
    ],
    [
      `Mozilla/5.0 (Linux; Android 9; CUBOT NOTE) ${webkit} Chrome/116.0 Mobile Safari/537.36`,
      "mobile",
      "Android",
      "Chrome",
    ],
    [
      "sabr/3.0 Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US) AppleWebKit/528.18 Version/4.0 Safari/528.17",
      "desktop",
      "Windows",
      "Safari",
    ],
  ];
  for (const [agent, device, os, browser] of viewers) {
    it(`is ${device}, ${os}, ${browser} for ${agent}`, () => {
      assert.deepEqual(describeUserAgent(agent), { device, os, browser, cdn: "player" });
    });
  }

  const others: readonly [agent: string, cdn: string | null, device: string | null][] = [
    ["Amazon CloudFront", "cloudfront", null],
    ["Amazon CloudFront/2", null, null],
    ["AkamaiGHost", "akamai", null],
    ["Fastly/1", "fastly", null],
    ["Cloudflare-Traffic-Manager/1.0", "cloudflare", null],
    ["Varnish health", "varnish", null],
    ["Edgio", "limelight", null],
    ["Limelight", "limelight", null],
    ["CDN77", "cdn77", null],
    ["BunnyCDN", "bunnycdn", null],
    ["AWS Elemental MediaTailor", "mediatailor", null],
    ["curl/8.1", "tool", null],
    ["python-requests/2.31", "tool", null],
    ["Go-http-client/1.1", "tool", null],
    ["okhttp/4.9.0", "tool", null],
    ["ELB-HealthChecker/2.0", "tool", "bot"],
    ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", null, "bot"],
    ["something 1", null, null],
    ["", null, null],
  ];
  for (const [agent, cdn, device] of others) {
    it(`is no viewer: ${agent || "the empty text"} is ${cdn}, ${device}`, () => {
      const client = describeUserAgent(agent);
      assert.equal(client.cdn, cdn);
      assert.equal(client.device, device);
      assert.equal(client.os, null);
    });
  }

  it("does not repeat the words of an agent that it does not know", () => {
    assert.equal(describeUserAgent("Jane Doe's box/1 x").browser, null);
  });

  it("does not throw, whatever the text is", () => {
    const words = fc.constantFrom(
      "Android ",
      "Windows ",
      "Mozilla/5.0 ",
      "(",
      "Tizen",
      "iPhone",
      "OS 16_",
      "/",
      "Version/",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(words).map((parts) => parts.join("")),
        ),
        (agent) => {
          assert.deepEqual(Object.keys(describeUserAgent(agent)).sort(), ["browser", "cdn", "device", "os"]);
        },
      ),
    );
    describeUserAgent("Android ".repeat(100_000));
  });
});
