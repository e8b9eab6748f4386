/** Running a component to its end, and looking at what it registered. */
import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { type MockOptions, type Registered, useMocks } from "./mocks.ts";

/** Everything that `make` registers, once nothing is pending. */
export async function registrationsOf(make: () => unknown, options: MockOptions = {}): Promise<Registrations> {
  const registered = await useMocks(options);
  await make();
  // Waits until nothing is pending; the next test puts a new stand-in in place.
  await runtime.disconnect();
  return new Registrations(registered);
}

export class Registrations {
  readonly all: readonly Registered[];

  constructor(all: readonly Registered[]) {
    this.all = all;
  }

  /** Those of a type, named by its token or the last part of it (`Bucket`), by name: they are registered in no fixed order. */
  of(type: string): readonly Registered[] {
    return this.all
      .filter((one) => one.type === type || one.type.split(":").at(-1) === type)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The only one of a type, or the one of that name. */
  one(type: string, name?: string): Registered {
    const found = this.of(type).filter((one) => name === undefined || one.name === name);
    assert.equal(found.length, 1, `${found.length} of ${type} ${name ?? ""} among ${this.of(type).map((r) => r.name)}`);
    const [only] = found;
    assert.ok(only);
    return only;
  }

  /** The inputs of one, as plain JSON. */
  inputs(type: string, name?: string): Record<string, unknown> {
    return JSON.parse(JSON.stringify(this.one(type, name).inputs));
  }

  /** The statements of the policy document in an input. */
  statements(type: string, name: string, input = "policy"): readonly Statement[] {
    return JSON.parse(String(this.inputs(type, name)[input])).Statement;
  }
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}
