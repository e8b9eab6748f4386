/**
 * What user agents give away, as data: lists of patterns, the first match wins.
 *
 * Media players send agents of their own, which say little and look like no browser; their rules stand here. Browsers are
 * left to bowser, whose names for systems are used here too.
 */
export type Device = "desktop" | "mobile" | "tablet" | "tv" | "console" | "speaker" | "bot";

export interface Rule<Result> {
  readonly agent: RegExp;
  readonly is: Result;
}

/** CDNs and tools by reference 11.4; CloudFront is told by the whole text. All but CloudFront are guesses. */
export const cdnRules: readonly Rule<string>[] = [
  { agent: /^Amazon CloudFront$/, is: "cloudfront" },
  { agent: /akamai/i, is: "akamai" },
  { agent: /fastly/i, is: "fastly" },
  { agent: /cloudflare/i, is: "cloudflare" },
  { agent: /varnish/i, is: "varnish" },
  { agent: /limelight|edgio/i, is: "limelight" },
  { agent: /cdn77/i, is: "cdn77" },
  { agent: /bunnycdn/i, is: "bunnycdn" },
  { agent: /mediatailor/i, is: "mediatailor" },
  { agent: /curl\/|python-|python\/|go-http-client|okhttp|HealthChecker|Wget|GoogleHC|kube-probe/i, is: "tool" },
  {
    agent: /aiohttp|libwww-perl|Apache-HttpClient|^Java\/|node-fetch|^axios|PostmanRuntime|aws-(?:cli|sdk)/i,
    is: "tool",
  },
];

/** Nobody watches through these; CUBOT is a telephone. */
const bots =
  /(?<!cu)bot\b|crawler|spider|slurp|HealthChecker|GoogleHC|kube-probe|pingdom|uptime|datadog|facebookexternalhit/i;

export const deviceRules: readonly Rule<Device>[] = [
  { agent: bots, is: "bot" },
  { agent: /HomePod|AudioAccessory|SmartSpeaker|Alexa|\bEcho\b|Sonos/i, is: "speaker" },
  { agent: /PlayStation|Xbox|Nintendo/i, is: "console" },
  { agent: /Apple ?TV|tvOS/i, is: "tv" },
  {
    agent: /\bAFT\w{1,8}\b|Fire ?TV|Android ?TV|Google ?TV|Chromecast|\bCrKey\b|BRAVIA|\bSHIELD\b|MiTV|MIBOX/i,
    is: "tv",
  },
  {
    agent: /\bRoku\b|HbbTV|Smart-?TV|SmartHub|NetCast|NETTV|VIDAA|VIERA|AQUOS|webOS\.TV|Web0S|\bTV Safari\//i,
    is: "tv",
  },
  { agent: /Tizen(?!.*Mobile)/i, is: "tv" },
  { agent: /\biPad\b|\bKF[A-Z]{2,6}\b|\bSM-[TX]\d{3}|\bTablet\b(?! PC)/, is: "tablet" },
  { agent: /\biPhone\b|\biPod\b/, is: "mobile" },
  { agent: /AppleCoreMedia.*Macintosh|\bCrOS\b/, is: "desktop" },
  // Players on Android do not say what they run on, and most run on telephones. Browsers do: they are left to bowser.
  { agent: /^(?!Mozilla\/).*(?:Android|Dalvik|stagefright)/i, is: "mobile" },
];

export const systemRules: readonly Rule<string>[] = [
  { agent: /HomePod|AudioAccessory/, is: "audioOS" },
  { agent: /Apple ?TV|tvOS/i, is: "tvOS" },
  { agent: /watchOS|Apple ?Watch/i, is: "watchOS" },
  { agent: /PlayStation/i, is: "PlayStation" },
  { agent: /Xbox/i, is: "Xbox" },
  { agent: /Nintendo/i, is: "Nintendo" },
  { agent: /\bAFT\w{1,8}\b|Fire ?TV|\bKF[A-Z]{2,6}\b/, is: "Fire OS" },
  { agent: /\bRoku\b/i, is: "Roku" },
  { agent: /Tizen/i, is: "Tizen" },
  { agent: /webOS|Web0S|NetCast/i, is: "WebOS" },
  { agent: /VIDAA/i, is: "VIDAA" },
  { agent: /\bCrKey\b(?!.*Android)/, is: "Cast OS" },
  { agent: /\biPhone\b|\biPad\b|\biPod\b/, is: "iOS" },
  { agent: /AppleCoreMedia.*Macintosh/, is: "macOS" },
  { agent: /stagefright|Dalvik/i, is: "Android" },
];

/** Players and their libraries; a browser that a device is built around bears the name of the device. */
export const playerRules: readonly Rule<string>[] = [
  { agent: /AppleCoreMedia/, is: "AppleCoreMedia" },
  { agent: /ExoPlayer|AndroidXMedia3/i, is: "ExoPlayer" },
  { agent: /\bRoku\b/i, is: "Roku" },
  { agent: /\bVLC\b|LibVLC/i, is: "VLC" },
  { agent: /\bLavf\/|\bffmpeg\b/i, is: "FFmpeg" },
  { agent: /GStreamer/i, is: "GStreamer" },
  { agent: /\bKodi\b/i, is: "Kodi" },
  { agent: /\bmpv\b/i, is: "mpv" },
  { agent: /NSPlayer|Windows-Media-Player/i, is: "Windows Media Player" },
  { agent: /QuickTime/i, is: "QuickTime" },
  { agent: /stagefright/i, is: "stagefright" },
  { agent: /hls\.js/i, is: "hls.js" },
  { agent: /\bshaka\b/i, is: "Shaka Player" },
  { agent: /THEOplayer/i, is: "THEOplayer" },
  { agent: /bitmovin/i, is: "Bitmovin" },
  { agent: /AlexaMediaPlayer/i, is: "Alexa" },
  { agent: /Sonos/i, is: "Sonos" },
  { agent: /\bCrKey\b/, is: "Chromecast" },
  { agent: /PlayStation/i, is: "PlayStation" },
  { agent: /Web0S|webOS\.TV|NetCast/i, is: "WebOS Browser" },
  { agent: /HbbTV/i, is: "HbbTV" },
  { agent: /^Dalvik\//, is: "Android app" },
  { agent: /CFNetwork/, is: "Apple app" },
];
