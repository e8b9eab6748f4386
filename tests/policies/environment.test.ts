import assert from "node:assert/strict";
import fc from "fast-check";
import { environments } from "../../limits/limits.ts";
import { judgedAs } from "../../policies/environment.ts";

const of = (stackName: string, tags: Record<string, string> = {}, configured?: unknown) =>
  judgedAs({ configured, stackTags: new Map(Object.entries(tags)), stackName }).environment;

/** Everything a stack may be called, with what it is judged as. */
const names = [
  ["dev", "dev"],
  ["Development", "dev"],
  ["sandbox-anna", "dev"],
  ["test2", "dev"],
  ["staging", "staging"],
  ["eu-stage", "staging"],
  ["uat", "staging"],
  ["prod", "prod"],
  ["production", "prod"],
  ["prod-eu", "prod"],
  ["Prod", "prod"],
  ["PRD", "prod"],
  ["eu.live", "prod"],
  ["dev-to-prod", "prod"],
  ["dev-prodEu", "prod"],
  ["test-preprod", "prod"],
  ["dev-staging", "staging"],
  // Nobody says what these are.
  ["main", "prod"],
  ["my-account", "prod"],
  ["devices", "prod"],
  ["preprod", "prod"],
  ["", "prod"],
] as const;

describe("the environment of a stack", () => {
  for (const [name, environment] of names) {
    it(`is ${environment} for the name "${name}"`, () => assert.equal(of(name), environment));
  }

  it("is what the pack's configuration says, before tag and name", () => {
    assert.equal(of("prod", { environment: "prod" }, "dev"), "dev");
    assert.equal(of("dev", { environment: "dev" }, "prod"), "prod");
  });

  it("is prod where the configuration says what nobody knows", () => {
    for (const configured of ["prd-eu", "none", 5, null, {}, ["dev"], true])
      assert.equal(of("dev", {}, configured), "prod");
  });

  it("is not configured by an empty text", () => assert.equal(of("dev", {}, ""), "dev"));

  it("is what the tag says, before the name", () => {
    assert.equal(of("main", { environment: "dev" }), "dev");
    assert.equal(of("main", { environment: " Staging " }), "staging");
    assert.equal(of("dev", { environment: "prod" }), "prod");
  });

  it("is the strictest that the tags say, whatever the case of their keys", () => {
    assert.equal(of("main", { environment: "prod", "aircheck:environment": "dev" }), "prod");
    assert.equal(of("main", { "Aircheck:Environment": "staging", environment: "dev" }), "staging");
    assert.equal(of("test-acme", { Environment: "production" }), "prod");
  });

  it("is prod where the tag is wrong, whatever the name", () => {
    for (const tag of ["produktion", "", "constructor"]) assert.equal(of("dev", { environment: tag }), "prod");
  });

  it("is not made milder by a tag than the name says", () => {
    assert.equal(of("prod-eu", { environment: "dev" }), "prod");
    assert.equal(of("staging", { environment: "dev" }), "staging");
  });

  it("does not look at other tags", () => assert.equal(of("dev", { stage: "prod" }), "dev"));

  it("is one of the three, for any signs", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), fc.dictionary(fc.string(), fc.string()), (configured, name, tags) => {
        assert.ok(environments.includes(of(name, tags, configured)));
      }),
    );
  });

  it("says why", () => {
    const because = (stackName: string, tags: Record<string, string> = {}, configured?: unknown) =>
      judgedAs({ configured, stackTags: new Map(Object.entries(tags)), stackName }).because;
    assert.equal(because("prod-eu"), "as the stack's name prod-eu says");
    assert.equal(because("x", { environment: "dev" }), 'as the stack\'s tag environment says ("dev")');
    assert.equal(
      because("prod", { environment: "dev" }),
      "as the stack's name prod says, whatever its tag environment is",
    );
    assert.equal(because("x", {}, "dev"), 'as the pack\'s configuration says ("dev")');
    assert.match(because("x"), /^because neither configuration, tag nor name/);
  });
});
