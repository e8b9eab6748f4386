import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { type ClientIpPolicy, maskAddresses, maskerFor } from "../../../../functions/transform/derive/privacy.ts";

const salt = new Uint8Array([1, 2, 3]);
const truncate = maskerFor({ mode: "truncate" });
const hashed = maskerFor({ mode: "hash", salt });
const hmac = (address: string) => createHmac("sha256", salt).update(address).digest("hex");

describe("client addresses in a text", () => {
  const cases: readonly [what: string, text: string, truncated: string, hashedText: string][] = [
    ["a whole field", "192.0.2.77", "192.0.2.0", hmac("192.0.2.77")],
    ["a prefix length", "192.0.2.7/24", "192.0.2.0/24", `${hmac("192.0.2.7")}/24`],
    ["a port", "192.0.2.77:443", "192.0.2.0:443", `${hmac("192.0.2.77")}:443`],
    ["padded numbers", "192.000.002.077", "192.0.2.0", hmac("192.0.2.77")],
    ["IPv6", "2001:DB8:1:0:0:0:0:5", "2001:db8:1::", hmac("2001:db8:1::5")],
    ["IPv6 in capitals and short", "2001:DB8:1::5", "2001:db8:1::", hmac("2001:db8:1::5")],
    ["brackets and a port", "[2001:db8:1::5]:443", "[2001:db8:1::]:443", `[${hmac("2001:db8:1::5")}]:443`],
    ["a port behind eight groups", "1:2:3:4:5:6:7:8:443", "[1:2:3::]:443", `${hmac("1:2:3:4:5:6:7:8")}:443`],
    ["a port of five digits", "1:2:3::8:50443", "[1:2:3::]:50443", `${hmac("1:2:3::8")}:50443`],
    ["an escaped port", "1%3A2%3A3%3A%3A8%3A50443", "%5B1%3A2%3A3%3A%3A%5D%3A50443", `${hmac("1:2:3::8")}%3A50443`],
    ["a prefix of IPv6", "2001:db8:1::5/64", "2001:db8:1::/64", `${hmac("2001:db8:1::5")}/64`],
    ["a zone", "fe80:0:1:2::9%eth0", "fe80:0:1::%eth0", `${hmac("fe80:0:1:2::9")}%eth0`],
    ["a zone in a URL", "[fe80::9%25en1]", "[fe80::%25en1]", `[${hmac("fe80::9")}%25en1]`],
    ["IPv4 mapped to IPv6", "::ffff:192.0.2.9", "192.0.2.0", hmac("192.0.2.9")],
    ["IPv4 mapped to IPv6 and a port", "::ffff:192.0.2.9:443", "192.0.2.0:443", `${hmac("192.0.2.9")}:443`],
    ["the same in hexadecimal", "::FFFF:C000:209", "192.0.2.0", hmac("192.0.2.9")],
    ["IPv4 at the end of IPv6", "64:ff9b::192.0.2.9", "64:ff9b::", hmac("64:ff9b::c000:209")],
    ["6to4, which holds an IPv4 address", "2002:c000:209::1", "2002:c000:200::", hmac("2002:c000:209::1")],
    [
      "escaped colons",
      "ip=2001%3adb8%3A1%3A%3A5&x=1",
      "ip=2001%3adb8%3a1%3a%3a&x=1",
      `ip=${hmac("2001:db8:1::5")}&x=1`,
    ],
    ["colons escaped twice", "u=2001%253Adb8%253A%253A5", "u=2001%253Adb8%253A%253A", `u=${hmac("2001:db8::5")}`],
    ["escaped dots", "ip=192%2E0%2E2%2E9", "ip=192.0.2.0", `ip=${hmac("192.0.2.9")}`],
    [
      "an escape before IPv4",
      "x=%20192.0.2.9%2C198.51.100.9",
      "x=%20192.0.2.0%2C198.51.100.0",
      `x=%20${hmac("192.0.2.9")}%2C${hmac("198.51.100.9")}`,
    ],
    ["an escape before IPv6", "x=%3D1:2:3::4", "x=%3D1:2:3::", `x=%3D${hmac("1:2:3::4")}`],
    [
      "JSON escapes before it",
      '"\\n192.0.2.9\\u00261:2:3::4\\f1:2:3::4"',
      '"\\n192.0.2.0\\u00261:2:3::\\f1:2:3::"',
      `"\\n${hmac("192.0.2.9")}\\u0026${hmac("1:2:3::4")}\\f${hmac("1:2:3::4")}"`,
    ],
    [
      "a list of headers",
      '[{"name":"X-Forwarded-For","value":"192.0.2.9, 1:2:3::4"}]',
      '[{"name":"X-Forwarded-For","value":"192.0.2.0, 1:2:3::"}]',
      `[{"name":"X-Forwarded-For","value":"${hmac("192.0.2.9")}, ${hmac("1:2:3::4")}"}]`,
    ],
    [
      "words around",
      "connect to ads.example/192.0.2.9:443 failed",
      "connect to ads.example/192.0.2.0:443 failed",
      `connect to ads.example/${hmac("192.0.2.9")}:443 failed`,
    ],
    ["labels around", "client:1:2:3::4:timed out", "client:1:2:3:::timed out", `client:${hmac("1:2:3::4")}:timed out`],
    ["two colons behind a label", "ip::1:2:3::4", "ip::1:2:3::", `ip::${hmac("1:2:3::4")}`],
    ["letters on both sides of IPv4", "ip192.0.2.9x", "ip192.0.2.0x", `ip${hmac("192.0.2.9")}x`],
    ["an escaped colon before IPv4", "ip%3A192.0.2.9", "ip%3A192.0.2.0", `ip%3A${hmac("192.0.2.9")}`],
    ["a label before IPv4", "12:30:45:192.0.2.9", "12:30:45:192.0.2.0", `12:30:45:${hmac("192.0.2.9")}`],
    [
      "a sentence around",
      "It was 1:2:3::4. Or 192.0.2.9.",
      "It was 1:2:3::. Or 192.0.2.0.",
      `It was ${hmac("1:2:3::4")}. Or ${hmac("192.0.2.9")}.`,
    ],
    ["a host name that begins with it", "192.0.2.9.example", "192.0.2.0.example", `${hmac("192.0.2.9")}.example`],
    [
      "underscores around",
      "s_192.0.2.9_1:2:3::4_",
      "s_192.0.2.0_1:2:3::_",
      `s_${hmac("192.0.2.9")}_${hmac("1:2:3::4")}_`,
    ],
    ["a number that is no IPv4 behind IPv6", "1:2:3::4.5.6.777", "1:2:3::.5.6.777", `${hmac("1:2:3::4")}.5.6.777`],
  ];
  for (const [what, text, truncated, hashedText] of cases) {
    it(`are masked with ${what}`, () => {
      assert.equal(truncate(text), truncated);
      assert.equal(hashed(text), hashedText);
    });
  }

  const harmless = [
    "",
    "2020-07-13T18:59:56.293656Z at 12:30:45 or 01:00:00:00",
    "arn:aws:mediapackage:us-west-2:111122223333:channels/x",
    "arn:aws:mediatailor:us-east-1:111122223333:playbackConfiguration/c",
    "arn:aws:apigateway:us-east-1::/restapis/a",
    "arn:aws-cn:iam::123456789012:role/x arn:aws:s3:::bucket/key arn:aws:iam::*:role",
    "arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis",
    "e039fd39-09f0-46b2-aca9-9871cc116cde",
    "75ee4f20e5df43e5821e5cb17ea19238",
    "https://a.example:443/out/v1/x/hls_7_145095.ts?m=1538005779",
    "Chrome/91.0.4472.124 Safari/537.36 Edg/120.0.2210.91",
    "Chrome/120.0.0.0 Safari/537.36",
    "ua=Mozilla%2F5.0%20Chrome%2F120.0.0.0%20Safari",
    '\\"Chromium\\";v=\\"120.0.0.0\\"',
    "AppleCoreMedia/1.0.0.20G75 (iPhone; U)",
    "Roku/DVP-12.0 (12.0.0.4182-88)",
    "Instagram 123.0.0.21.115 1.3.6.1.4.1",
    "std::vector std::ab::cd Foo::Bar x::",
    "aa:bb:cc:dd:ee:ff",
    "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff",
    "::",
    '{"a":1,"b":{"c":[2,3]},"time":"1:2:3"}',
    "1.2.3 256.1.1.1 1.2.3.1000",
    "12345678:1:2:3",
  ];
  for (const text of harmless) {
    it(`are not seen in ${text || "nothing"}`, () => {
      assert.equal(truncate(text), text);
      assert.equal(hashed(text), text);
    });
  }

  it("stay as they are under `keep`", () => {
    assert.equal(maskAddresses("192.0.2.9 2001:db8::1", { mode: "keep" }), "192.0.2.9 2001:db8::1");
  });

  it("need a salt to be hashed", () => {
    const policy: ClientIpPolicy = { mode: "hash", salt: new Uint8Array() };
    assert.throws(() => maskAddresses("192.0.2.9", policy), /salt of client address hashes is empty/);
  });

  it("hash to other values with another salt", () => {
    const other = maskAddresses("192.0.2.9", { mode: "hash", salt: new Uint8Array([9]) });
    assert.match(other, /^[0-9a-f]{64}$/);
    assert.notEqual(other, hashed("192.0.2.9"));
  });

  // Anything that can stand next to an address without becoming part of it.
  const between = fc.constantFrom(
    " ",
    ", ",
    '"',
    "\\n",
    "=",
    "%20",
    "%3D",
    "%252C",
    "&ip=",
    "](",
    "\\u0026",
    "; x-y ",
    "\n",
    "|",
  );
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  const text = fc
    .array(fc.tuple(between, address, between), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.flat().join(""));

  it("are truncated to nothing but networks, whatever stands around", () => {
    fc.assert(
      fc.property(between, fc.ipV4(), between, (before, ip, after) => {
        assert.equal(truncate(`${before}${ip}${after}`), `${before}${ip.replace(/\d+$/, "0")}${after}`);
      }),
    );
    const groups = fc.array(fc.integer({ min: 1, max: 0xffff }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(between, groups, between, (before, numbers, after) => {
        fc.pre(numbers[0] !== 0x2002);
        const words = numbers.map((number) => number.toString(16));
        const network = `${words.slice(0, 3).join(":")}::`;
        assert.equal(truncate(`${before}${words.join(":")}${after}`), `${before}${network}${after}`);
      }),
    );
  });

  it("leave none of the originals when there is a host part to hide", () => {
    fc.assert(
      fc.property(between, address, between, (before, ip, after) => {
        const masked = truncate(`${before}${ip}${after}`);
        fc.pre(truncate(ip) !== ip);
        assert.ok(!masked.includes(`${before}${ip}${after}`), masked);
        assert.ok(!hashed(`${before}${ip}${after}`).includes(ip) || /^[0-9a-f]?::$/.test(ip));
      }),
    );
  });

  it("are truncated once: a second time changes nothing", () => {
    const pieces = fc.constantFrom(
      ":",
      "::",
      ".",
      "1",
      "ff",
      "2001",
      "12345",
      "%3A",
      "%25",
      "g",
      " ",
      "0.0",
      "[",
      "192.0.2.9",
      "x",
    );
    const near = fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(text, near, fc.string()), (original) => {
        const once = truncate(original);
        assert.equal(truncate(once), once);
      }),
      { numRuns: 5000 },
    );
  });

  it("hash alike in every spelling", () => {
    fc.assert(
      fc.property(fc.ipV6(), (ip) => {
        const [head = "", tail] = ip.split("::");
        const left = head === "" ? [] : head.split(":");
        const right = tail ? tail.split(":") : [];
        const length = left.length + right.length + (ip.includes(".") ? 1 : 0);
        const whole = tail === undefined ? left : [...left, ...new Array<string>(8 - length).fill("0000"), ...right];
        const spelled = whole.join(":").toUpperCase();
        assert.equal(hashed(spelled), hashed(ip));
        assert.equal(hashed(spelled.replaceAll(":", "%3A")), hashed(ip).replaceAll(":", "%3A"));
      }),
    );
  });

  it("are looked for in linear time", () => {
    for (const piece of ["a", "1", ":", "1:", "1.", "%25", "z:1:", "\\", "arn:", "1::z:"]) {
      assert.ok(truncate(`${piece.repeat(100_000)} 192.0.2.9`).endsWith(" 192.0.2.0"), piece);
    }
  });
});
