import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { CountryDatabaseError, openCountryLookup } from "../../../../functions/transform/derive/country.ts";
import { mmdbFile } from "./mmdb-file.ts";

describe("country of an address", () => {
  const country = openCountryLookup();

  it("comes from the packaged database for IPv4 and IPv6", () => {
    assert.equal(country("8.8.8.8"), "US");
    assert.equal(country("2001:4860:4860::8888"), "US");
    assert.equal(country("193.0.6.139"), "NL");
  });

  it("is found in every form an address is logged in", () => {
    for (const text of ["8.8.8.8/32", "8.8.8.0/24", "8.8.8.8:443", " 8.8.8.8 ", "::ffff:8.8.8.8", "008.008.008.008"]) {
      assert.equal(country(text), "US", text);
    }
    for (const text of [
      "[2001:4860:4860::8888]:443",
      "[2001:4860:4860::8888]",
      "2001:4860::/32",
      "2001:4860:4860::8888%eth0",
    ]) {
      assert.equal(country(text), "US", text);
    }
  });

  it("is null for what is no address", () => {
    for (const text of [
      "",
      "-",
      "mediatailor.amazonaws.com",
      "1.2.3",
      "256.1.1.1",
      "8.8.8.8, 1.1.1.1",
      ":::",
      "[",
      "[]:1",
      "AWS Internal",
    ]) {
      assert.equal(country(text), null, text);
    }
    fc.assert(fc.property(fc.string(), (text) => assert.ok(/^[A-Z]{2}$/.test(country(text) ?? "XX"))));
  });

  it("is two letters or null for any address", () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => assert.match(country(text) ?? "XX", /^[A-Z]{2}$/)));
  });

  describe("from another file", () => {
    let folder = "";
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "aircheck-country-"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    function lookupIn(content: Buffer) {
      const file = join(folder, "test.mmdb");
      writeFileSync(file, content);
      return openCountryLookup(file);
    }

    it("is null where an address belongs to nobody, whatever the database says", () => {
      const anywhere = lookupIn(mmdbFile({ country_code: "NZ" }));
      const addresses = [
        "10.1.2.3",
        "127.0.0.1",
        "169.254.1.1",
        "172.31.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "224.0.0.1",
        "198.18.0.1",
        "192.0.0.1",
      ];
      const documentation = ["192.0.2.1", "198.51.100.1", "203.0.113.17", "2001:db8::1", "3fff::1", "ff02::1"];
      for (const address of [
        ...addresses,
        ...documentation,
        "255.255.255.255",
        "0.0.0.0",
        "::",
        "::1",
        "fe80::1",
        "fd00::1",
      ]) {
        assert.equal(anywhere(address), null, address);
      }
    });

    it("is read in the forms of this set and of MaxMind's", () => {
      assert.equal(lookupIn(mmdbFile({ country_code: "NZ" }))("9.9.9.9"), "NZ");
      assert.equal(lookupIn(mmdbFile({ country: { iso_code: "FJ" } }))("2600::1"), "FJ");
    });

    it("is null when the record has no usable code", () => {
      const records = [
        { country_code: "" },
        { country_code: 7 },
        { country: { geoname_id: 1 } },
        { country: "NZ" },
        { city: "x" },
        "NZ",
      ];
      for (const record of records) assert.equal(lookupIn(mmdbFile(record))("9.9.9.9"), null, JSON.stringify(record));
    });

    it("is an error that names the file when it is missing", () => {
      assert.throws(
        () => openCountryLookup(join(folder, "none.mmdb")),
        (error) =>
          error instanceof CountryDatabaseError &&
          /none\.mmdb cannot be read .*give a MaxMind DB file/.test(error.message),
      );
    });

    it("is an error that names the file when it is no database", () => {
      const lookup = lookupIn(Buffer.from("no database"));
      assert.equal(lookup("10.0.0.1"), null);
      assert.throws(() => lookup("9.9.9.9"), CountryDatabaseError);
    });
  });
});
