import assert from "node:assert/strict";
import { isIP } from "node:net";
import fc from "fast-check";
import { formatAddress, parseAddress } from "../../../../functions/transform/derive/address.ts";

function canonical(text: string): string | null {
  const address = parseAddress(text);
  return address && formatAddress(address);
}

describe("IP address", () => {
  it("has one canonical text (RFC 5952)", () => {
    const cases: readonly [string, string][] = [
      ["192.0.2.1", "192.0.2.1"],
      ["192.000.002.001", "192.0.2.1"],
      ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
      ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
      ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
      ["0:0:0:0:0:0:0:0", "::"],
      ["1::", "1::"],
      ["::1", "::1"],
      ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
      ["64:ff9b::192.0.2.1", "64:ff9b::c000:201"],
      ["1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"],
      ["::ffff:192.0.2.1", "192.0.2.1"],
    ];
    for (const [text, expected] of cases) assert.equal(canonical(text), expected, text);
  });

  it("is nothing else", () => {
    const none = [
      "",
      "1.2.3",
      "1.2.3.4.5",
      "1.2.3.256",
      "1.2.3.0004",
      "1.2.3.x",
      ":",
      ":::",
      "1:2",
      "1::2::3",
      "12345::",
      "g::",
      "1:2:3:4:5:6:7:8:9",
      "1:2:3:4:5:6:7:8::",
      "1.2.3.4::",
      "::1.2.3.256",
      "1:2:3:4:5:6:7:1.2.3.4",
      "[::1]",
      "::1%eth0",
      " ::1",
    ];
    for (const text of none) assert.equal(parseAddress(text), null, text);
  });

  it("is what Node.js takes for one, and formats to the same address", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const formatted = canonical(text) ?? "";
        assert.ok(isIP(formatted) > 0, formatted);
        assert.equal(canonical(formatted), formatted);
      }),
    );
    const near = fc.array(fc.constantFrom("1", "0", "ff", "abcd", ":", "::", ".", "255", "1.2.3.4"), { maxLength: 17 });
    fc.assert(
      fc.property(
        near.map((parts) => parts.join("")),
        (text) => {
          // Node.js refuses padded numbers, logs have them.
          fc.pre(!/\b0\d+\b/.test(text));
          assert.equal(parseAddress(text) !== null, isIP(text) > 0, text);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
