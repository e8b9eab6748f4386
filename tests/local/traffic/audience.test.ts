import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { openCountryLookup } from "../../../functions/transform/derive/country.ts";
import { agentGroups } from "../../../local/traffic/agents.ts";
import { addressV4, addressV6, demand, drawViewer } from "../../../local/traffic/audience.ts";
import { countries } from "../../../local/traffic/countries.ts";
import { randomStream } from "../../../local/traffic/random.ts";

describe("the audience", () => {
  it("has addresses that the geography data places in their country", () => {
    const countryOf = openCountryLookup();
    const random = randomStream(1, "test addresses");
    for (const { code, v4, v6 } of countries) {
      const addresses = [
        ...v4.flatMap((network) => Array.from({ length: 50 }, () => addressV4(random, network))),
        ...v6.flatMap((groups) => Array.from({ length: 50 }, () => addressV6(random, groups))),
      ];
      const right = addresses.filter((address) => countryOf(address) === code).length;
      // Databases change: a few addresses of a large network may have moved.
      assert.ok(right >= 0.95 * addresses.length, `${code}: ${right} of ${addresses.length}`);
    }
  });

  it("uses 80 to 120 different agents", () => {
    const agents = agentGroups.flatMap((group) => group.agents);
    assert.equal(new Set(agents).size, agents.length);
    assert.ok(agents.length >= 80 && agents.length <= 120, `${agents.length} agents`);
  });

  it("plays only what its player can", () => {
    const random = randomStream(1, "test viewers");
    for (let count = 0; count < 500; count++) {
      const { agent } = drawViewer(random, Date.parse("2025-06-20T20:00:00Z"), "dash");
      assert.doesNotMatch(agent, /AppleCoreMedia|iPhone|iPad/);
    }
  });

  it("is largest in the European evening and smallest in its night", () => {
    const hours = Array.from({ length: 24 }, (_, hour) => demand(Date.UTC(2025, 5, 20, hour, 30)));
    const busiest = hours.indexOf(Math.max(...hours));
    const quietest = hours.indexOf(Math.min(...hours));
    assert.ok(busiest >= 18 && busiest <= 20, `busiest hour is ${busiest} UTC`);
    assert.ok(quietest >= 2 && quietest <= 7, `quietest hour is ${quietest} UTC`);
  });
});
