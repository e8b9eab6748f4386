/** The rules behind the runtime's own server: what the engine is told of secrets and of values that are not known. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type { Policies } from "@pulumi/policy";
import * as server from "@pulumi/policy/server.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { policies } from "../../policies/pack.ts";
import { unknown } from "./judging.ts";

// The very class that the messages of the protocol are made with.
const { Struct } = createRequire(import.meta.resolve("@pulumi/pulumi"))("google-protobuf/google/protobuf/struct_pb.js");

/** What the engine learns of a violation. */
interface Diagnostic {
  readonly policy: string;
  readonly mandatory: boolean;
  readonly message: string;
}

type Analyze = (
  call: { readonly request: unknown },
  answer: (error: Error | null, response: { getDiagnosticsList(): RawDiagnostic[] }) => void,
) => void;
interface RawDiagnostic {
  getPolicyname(): string;
  getEnforcementlevel(): number;
  getMessage(): string;
}

const make: (name: string, version: string, level: string, served: Policies) => Analyze = Reflect.get(
  server,
  "makeAnalyzeRpcFun",
);
const analyze = make("aircheck", "0.1.0", "advisory", policies);

/** How the engine marks a secret. */
const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

/** The diagnostics on a playback configuration of a stack named prod. */
function analyzed(properties: Record<string, unknown>): Promise<readonly Diagnostic[]> {
  const type = "aws-native:mediatailor:PlaybackConfiguration";
  const request = new analyzer.AnalyzeRequest();
  request.setType(type);
  request.setName("live");
  request.setUrn(`urn:pulumi:prod::aircheck::${type}::live`);
  request.setOptions(new analyzer.AnalyzerResourceOptions());
  request.setProperties(Struct.fromJavaScript(JSON.parse(JSON.stringify(properties))));
  return new Promise((done, failed) => {
    analyze({ request }, (error, response) => {
      if (error) return failed(error);
      const list = response.getDiagnosticsList().map((one) => ({
        policy: one.getPolicyname(),
        mandatory: one.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY,
        message: one.getMessage(),
      }));
      done(list);
    });
  });
}

const logging = (percentEnabled: unknown) => ({
  name: "live",
  logConfiguration: { percentEnabled, enabledLoggingStrategies: ["LEGACY_CLOUDWATCH"] },
});

describe("the pack behind the runtime's server", () => {
  it("lets a percentage within the limits pass, secret or not", async () => {
    assert.deepEqual(await analyzed(logging(10)), []);
    assert.deepEqual(await analyzed(logging(secret(10))), []);
  });

  it("sees what a secret is", async () => {
    for (const properties of [
      logging(secret(100)),
      { ...logging(1), logConfiguration: secret(logging(100).logConfiguration) },
    ]) {
      const [only, ...others] = await analyzed(properties);
      assert.deepEqual([only?.policy, only?.mandatory, others.length], ["mediatailor-logging-percent", true, 0]);
      assert.match(only?.message ?? "", /live logs 100 percent of sessions/);
    }
  });

  it("reports a percentage that is not known as a violation, and not as the engine's advice", async () => {
    const [only, ...others] = await analyzed(logging(unknown.number));
    assert.deepEqual([only?.policy, only?.mandatory, others.length], ["mediatailor-logging-percent", true, 0]);
    assert.match(only?.message ?? "", /logConfiguration\.percentEnabled cannot be known in a preview/);
  });
});
