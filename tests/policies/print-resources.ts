/**
 * Prints what a stack file registers, as JSON for the pack: `npx tsx tests/policies/print-resources.ts FILE STACK`.
 */
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { z } from "zod";
import { runProgram } from "../infra/run-program.ts";

/** What a policy is shown of a resource: inputs before it is made, outputs with the rest of the stack. */
export interface ProgramResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** `type::name`; undefined where it has none. */
  readonly parent: string | undefined;
  /** For each input, `type::name` of the resources that it was made from. */
  readonly madeFrom: Readonly<Record<string, readonly string[]>>;
}

/** The engine's request, as far as it is read here. */
interface Registration {
  getType(): string;
  getName(): string;
  getParent(): string;
  getPropertydependenciesMap(): { forEach(visit: (value: { getUrnsList(): string[] }, key: string) => void): void };
}

// The stand-in of the engine tells nobody what a resource was made from, and what a component registers in the end.
const relations = new Map<string, Pick<ProgramResource, "parent" | "madeFrom">>();
let monitor: MockMonitor | undefined;
const { registerResource } = MockMonitor.prototype;
MockMonitor.prototype.registerResource = function (request: Registration, callback) {
  const madeFrom: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((urns, property) => {
    madeFrom[property] = urns.getUrnsList().map(shortened);
  });
  const parent = shortened(request.getParent()) || undefined;
  monitor = this;
  relations.set(`${request.getType()}::${request.getName()}`, { parent, madeFrom });
  return registerResource.call(this, request, callback);
};

const [file = "", stack = ""] = process.argv.slice(2);
const registered = await runProgram(file, stack);
const states = new Map([...(monitor?.resources ?? [])].map(([urn, { state }]) => [shortened(urn), state]));
const resources = registered.map(({ type, name, inputs }): ProgramResource => {
  const { parent, madeFrom } = relations.get(`${type}::${name}`) ?? { parent: undefined, madeFrom: {} };
  return { type, name, inputs, outputs: plainState(states.get(`${type}::${name}`)), parent, madeFrom };
});
process.stdout.write(JSON.stringify(resources));

/** `urn:pulumi:dev::aircheck::aircheck:storage:PrivateBucket$aws:s3/bucket:Bucket::lake` is `aws:s3/bucket:Bucket::lake`. */
function shortened(urn: string): string {
  return urn.split("::").slice(-2).join("::").split("$").at(-1) ?? "";
}

/** A component's state is a message of the engine's protocol. */
function plainState(state: unknown): Readonly<Record<string, unknown>> {
  const message = z.object({ toJavaScript: z.custom<() => unknown>((value) => typeof value === "function") });
  const struct = message.safeParse(state);
  return z
    .record(z.string(), z.unknown())
    .parse(struct.success ? Reflect.apply(struct.data.toJavaScript, state, []) : (state ?? {}));
}
