/** User agents of players as they look in the field, grouped by what the player can play. */

export type Packaging = "hls" | "ll-hls" | "cmaf" | "dash" | "mss";

export interface AgentGroup {
  readonly name: string;
  /** Share among the groups that can play a packaging. */
  readonly weight: number;
  readonly plays: readonly Packaging[];
  readonly agents: readonly string[];
}

const chromium = "AppleWebKit/537.36 (KHTML, like Gecko)";
const any: readonly Packaging[] = ["hls", "ll-hls", "cmaf", "dash", "mss"];

export const agentGroups: readonly AgentGroup[] = [
  {
    name: "desktop browsers",
    weight: 24,
    plays: ["hls", "ll-hls", "cmaf", "dash"],
    agents: [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chromium} Chrome/138.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chromium} Chrome/137.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chromium} Chrome/131.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (Windows NT 6.1; Win64; x64) ${chromium} Chrome/109.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${chromium} Chrome/138.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${chromium} Chrome/136.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (X11; Linux x86_64) ${chromium} Chrome/137.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${chromium} Chrome/138.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chromium} Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0`,
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chromium} Chrome/134.0.0.0 Safari/537.36 Edg/134.0.0.0`,
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chromium} Chrome/137.0.0.0 Safari/537.36 OPR/121.0.0.0`,
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chromium} Chrome/136.0.0.0 YaBrowser/25.6.0.0 Safari/537.36`,
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
      "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
    ],
  },
  {
    name: "Apple browsers",
    weight: 10,
    plays: ["hls", "ll-hls", "cmaf"],
    agents: [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0.7204.33 Mobile/15E148 Safari/604.1",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
      "Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
    ],
  },
  {
    name: "Apple apps",
    weight: 22,
    plays: ["hls", "ll-hls", "cmaf"],
    agents: [
      "AppleCoreMedia/1.0.0.22F76 (iPhone; U; CPU OS 18_5 like Mac OS X; de_de)",
      "AppleCoreMedia/1.0.0.22E252 (iPhone; U; CPU OS 18_4_1 like Mac OS X; en_gb)",
      "AppleCoreMedia/1.0.0.21H16 (iPhone; U; CPU OS 17_7 like Mac OS X; fr_fr)",
      "AppleCoreMedia/1.0.0.20H350 (iPhone; U; CPU OS 16_7_10 like Mac OS X; it_it)",
      "AppleCoreMedia/1.0.0.22F76 (iPad; U; CPU OS 18_5 like Mac OS X; en_us)",
      "AppleCoreMedia/1.0.0.21H16 (iPad; U; CPU OS 17_7 like Mac OS X; es_es)",
      "AppleCoreMedia/1.0.0.22L572 (Apple TV; U; CPU OS 18_5 like Mac OS X; de_de)",
      "AppleCoreMedia/1.0.0.21M80 (Apple TV; U; CPU OS 17_6_1 like Mac OS X; en_us)",
      "AppleCoreMedia/1.0.0.24F74 (Macintosh; U; Intel Mac OS X 15_5; de_de)",
      "AppleCoreMedia/1.0.0.22N581 (Apple Vision; U; CPU OS 2_5 like Mac OS X; en_us)",
      "ExampleTV/7.14.2 (com.example.tv; build:71402; iOS 18.5.0) Alamofire/5.9.1",
    ],
  },
  {
    name: "Android",
    weight: 22,
    plays: ["hls", "ll-hls", "cmaf", "dash"],
    agents: [
      "ExampleTV/7.14.0 (Linux;Android 15) AndroidXMedia3/1.6.1",
      "ExampleTV/7.13.1 (Linux;Android 14) AndroidXMedia3/1.5.1",
      "ExampleTV/7.12.0 (Linux;Android 13) AndroidXMedia3/1.4.1",
      "ExampleTV/6.40.3 (Linux;Android 12) ExoPlayerLib/2.19.1",
      "ExampleTV/6.22.0 (Linux;Android 11) ExoPlayerLib/2.18.7",
      "ExampleTV/5.9.1 (Linux;Android 9) ExoPlayerLib/2.11.8",
      `Mozilla/5.0 (Linux; Android 10; K) ${chromium} Chrome/138.0.0.0 Mobile Safari/537.36`,
      `Mozilla/5.0 (Linux; Android 10; K) ${chromium} Chrome/135.0.0.0 Mobile Safari/537.36`,
      `Mozilla/5.0 (Linux; Android 10; K) ${chromium} Chrome/138.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (Linux; Android 14; SM-S921B) ${chromium} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
      `Mozilla/5.0 (Linux; Android 13; SM-X700) ${chromium} SamsungBrowser/26.0 Chrome/122.0.0.0 Safari/537.36`,
      "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
      "Dalvik/2.1.0 (Linux; U; Android 13; SM-A536B Build/TP1A.220624.014)",
      "Dalvik/2.1.0 (Linux; U; Android 12; Redmi Note 9 Pro Build/SKQ1.211019.001)",
      "stagefright/1.2 (Linux;Android 7.0)",
      "okhttp/4.12.0",
    ],
  },
  {
    name: "Fire TV and Android TV",
    weight: 12,
    plays: any,
    agents: [
      "Mozilla/5.0 (Linux; Android 9; AFTMM Build/PS7681; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/128.0.6613.187 Mobile Safari/537.36",
      "Mozilla/5.0 (Linux; Android 11; AFTKRT Build/RS8157; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.102 Mobile Safari/537.36",
      "Dalvik/2.1.0 (Linux; U; Android 9; AFTSSS Build/PS7681)",
      "Dalvik/2.1.0 (Linux; U; Android 7.1.2; AFTT Build/NS6297)",
      "ExampleTV/7.10.0 (Linux;Android 9) AndroidXMedia3/1.3.1 (AFTMM)",
      "ExampleTV/7.14.0 (Linux;Android 14) AndroidXMedia3/1.6.1 (Google TV Streamer)",
      "Dalvik/2.1.0 (Linux; U; Android 12; BRAVIA 4K VH21 Build/STT2.230505.001)",
      "Dalvik/2.1.0 (Linux; U; Android 11; MIBOX4 Build/RTT1.211110.001)",
      "Dalvik/2.1.0 (Linux; U; Android 11; SHIELD Android TV Build/RQ1A.210105.003)",
      `Mozilla/5.0 (X11; Linux armv7l) ${chromium} Chrome/114.0.5735.199 Safari/537.36 CrKey/1.56.500000`,
      `Mozilla/5.0 (Linux; Android 12.0; Build/STTL.240206.002) ${chromium} Chrome/122.0.6261.90 Safari/537.36 CrKey/1.56.500000 DeviceType/AndroidTV`,
    ],
  },
  {
    name: "Samsung and LG",
    weight: 16,
    plays: any,
    agents: [
      "Mozilla/5.0 (SMART-TV; LINUX; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) 108.0.5359.1/8.0 TV Safari/537.36",
      "Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36",
      "Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36",
      "Mozilla/5.0 (SMART-TV; LINUX; Tizen 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/5.0 TV Safari/537.36",
      "Mozilla/5.0 (SMART-TV; Linux; Tizen 4.0) AppleWebKit/538.1 (KHTML, like Gecko) Version/4.0 TV Safari/538.1",
      "Mozilla/5.0 (SMART-TV; Linux; Tizen 2.4.0) AppleWebkit/538.1 (KHTML, like Gecko) SamsungBrowser/1.1 TV Safari/538.1",
      "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.270 Safari/537.36 WebAppManager",
      "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.211 Safari/537.36 WebAppManager",
      "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.88 Safari/537.36 WebAppManager",
      "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.79 Safari/537.36 WebAppManager",
      "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/538.2 (KHTML, like Gecko) Large Screen WebAppManager Safari/538.2",
      "Mozilla/5.0 (Linux; U; Android 9; en-US; VIDAA/7.0 (Hisense; SmartTV; 65U7KQ)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.152 Safari/537.36",
      "Opera/9.80 (Linux armv7l; HbbTV/1.2.1 (; Philips; 40HFL5011T12; ; PHILIPSTV; CE-HTML/1.0 NETTV/4.4.1) en) Presto/2.12.407 Version/12.51",
      "Mozilla/5.0 (Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/92.0.4515.166 Safari/537.36 OPR/46.0.2207.0 HbbTV/1.6.1 (+DRM; VESTEL; MB180; 1.0.0)",
    ],
  },
  {
    name: "Roku",
    weight: 5,
    plays: any,
    agents: [
      "Roku/DVP-14.5 (14.5.4.5934-AB)",
      "Roku/DVP-14.0 (14.0.4.4802-C2)",
      "Roku/DVP-13.0 (13.0.0.4180-46)",
      "Roku/DVP-11.5 (11.5.0.4312-88)",
      "Roku4640X/DVP-7.70 (297.70E04154A)",
    ],
  },
  {
    name: "consoles",
    weight: 5,
    plays: ["hls", "cmaf", "dash", "mss"],
    agents: [
      "Mozilla/5.0 (PlayStation; PlayStation 5/11.20) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15",
      "Mozilla/5.0 (PlayStation; PlayStation 5/9.60) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15",
      "Mozilla/5.0 (PlayStation 4 12.02) AppleWebKit/605.1.15 (KHTML, like Gecko)",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/44.0.2403.157 Safari/537.36 Edge/18.19041",
      "Mozilla/5.0 (Nintendo Switch; WebApplet) AppleWebKit/613.0 (KHTML, like Gecko) NF/6.0.3.25.0 NintendoBrowser/5.1.0.35151",
    ],
  },
  {
    name: "set-top boxes and speakers",
    weight: 3,
    plays: any,
    agents: [
      "Mozilla/5.0 (Linux; armv7l; STB; ARRIS VIP5002W) AppleWebKit/537.36 (KHTML, like Gecko) WPE/2.38 Safari/537.36",
      "Mozilla/5.0 (QtEmbedded; U; Linux; C) AppleWebKit/533.3 (KHTML, like Gecko) MAG200 stbapp ver: 4 rev: 2721 Mobile Safari/533.3",
      "Enigma2 HbbTV/1.1.1 (+PVR+RTSP+DL;OpenPLi;;;)",
      "Linux UPnP/1.0 Sonos/83.1-61240 (ZPS27)",
      `Mozilla/5.0 (Linux; Android) ${chromium} Chrome/88.0.4324.109 Safari/537.36 CrKey/1.54.248666 DeviceType/Chromecast`,
    ],
  },
  {
    name: "tools and probes",
    weight: 2,
    plays: any,
    agents: [
      "curl/8.14.1",
      "curl/7.88.1",
      "Lavf/61.7.100",
      "VLC/3.0.21 LibVLC/3.0.21",
      "mpv/0.38.0",
      "python-requests/2.32.4",
      "Go-http-client/1.1",
      "GStreamer souphttpsrc 1.24.8 libsoup/3.6.0",
      "Amazon-Route53-Health-Check-Service (ref 6a1f0c3e-2f41-4c0e-9a75-3c2d5d6e0b1a; report http://amzn.to/1vsZADi)",
      "Kodi/21.2 (X11; Linux x86_64) Ubuntu/24.04 App_Bitness/64 Version/21.2-(21.2.0)-Git:20250112-5f0d2c1",
      "HLSAnalyzer/2.4 (stream monitor; +https://monitor.example.com)",
      "",
    ],
  },
];

/** Encoders that push to MediaPackage. */
export const encoderAgents = {
  hls: "AWS Elemental MediaLive",
  hlsBackup: "Elemental Live/2.27.1.3 (HLS Output)",
  cmaf: "AWS Elemental MediaLive CMAF Ingest/1.0",
} as const;

/** MediaTailor's own requests to the origin; the real text is not published (reference 12, question 29). */
export const mediaTailorAgent = "AWS Elemental MediaTailor (origin fetch)";
