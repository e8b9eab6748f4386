import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What another team writes; a mistake in a name has to be one for the compiler. */
const consumer = `
import { StackReference, type Output } from "@pulumi/pulumi";
import { type AircheckOutputs, contractVersion, OutputsError, parseAircheckOutputs, readAircheckOutputs } from "aircheck/outputs";
import schema from "aircheck/outputs.schema.json" with { type: "json" };

export const workgroup = (stack: string): Output<string> => readAircheckOutputs(new StackReference(stack)).query.workgroup;
export const role = (outputs: AircheckOutputs): string | null => outputs.query.readerRoleArn;
// @ts-expect-error there is no such output
export const wrong = (outputs: AircheckOutputs) => outputs.query.workgruop;

const version: 1 = contractVersion;
try {
  parseAircheckOutputs({ contractVersion: version });
} catch (error) {
  if (!(error instanceof OutputsError)) throw error;
  console.log(error.problems.length > 3 && schema.required.includes("query") ? "read" : "not read");
}
`;

const compilerOptions = {
  module: "NodeNext",
  target: "ES2022",
  strict: true,
  resolveJsonModule: true,
  types: ["node"],
  // The team's own libraries are not the question; aircheck's declarations are.
  skipLibCheck: false,
};

describe("the package, as another team installs it", function () {
  this.timeout(180_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aircheck-package-"));
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { maxBuffer: 2 ** 24 });
    const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf("[")));
    const installed = join(folder, "node_modules", "aircheck");
    await mkdir(installed, { recursive: true });
    await run("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
    // Its dependencies, as npm would have put them beside it.
    for (const name of ["@pulumi", "@types", "zod"]) {
      await symlink(resolve("node_modules", name), join(folder, "node_modules", name));
    }
    await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    await writeFile(join(folder, "consumer.ts"), consumer);
  });

  after(() => (folder === undefined ? undefined : rm(folder, { recursive: true, force: true })));

  it("has types and code of the outputs' contract, for a plain compiler and a plain Node.js", async () => {
    const config = { compilerOptions, files: ["consumer.ts"] };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
    await run(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-p", folder]).catch((error) =>
      assert.fail(String(Reflect.get(Object(error), "stdout"))),
    );
    const { stdout } = await run(process.execPath, ["consumer.js"], { cwd: folder });
    assert.equal(stdout, "read\n");
  });

  it("has the JSON Schema that is checked in, and the command", async () => {
    const packed = (name: string) => readFile(join(folder, "node_modules", "aircheck", name), "utf8");
    const schema = await packed("dist/outputs.schema.json");
    assert.equal(schema, await readFile("examples/consumer/aircheck-outputs.schema.json", "utf8"));
    assert.match(await packed("dist/cli.js"), /^#!\/usr\/bin\/env node\n/);
  });

  it("exports nothing else", async () => {
    await assert.rejects(
      run(process.execPath, ["--eval", 'import("aircheck/infra/outputs.ts")'], { cwd: folder }),
      /ERR_PACKAGE_PATH_NOT_EXPORTED/,
    );
  });
});
