/** A real S3 server process for tests: `moto_server` of PyPI, started and stopped by the test that needs it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { S3Client } from "@aws-sdk/client-s3";

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Moto {
  readonly endpoint: string;
  /** For clients of other services. */
  readonly configuration: { readonly endpoint: string; readonly region: string; readonly credentials: Credentials };
  readonly client: S3Client;
  /** Variables that point the AWS SDK of another process to the server. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** The server does not accept anyone's credentials but wants some. */
const credentials: Credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** Ten a second. */
const startAttempts = 400;

/** Starts the server on a free port; where it cannot run, says so and skips the tests of the suite that asked. */
export async function startMotoOrSkip(context: Mocha.Context): Promise<Moto> {
  const moto = await startMoto();
  if (typeof moto !== "string") return moto;
  process.stderr.write(`    skipped, needs an S3 server: ${moto}; pip install 'moto[server]'\n`);
  return context.skip();
}

/** @returns the server, or the reason why there is none */
async function startMoto(): Promise<Moto | string> {
  const port = await freePort();
  const server = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
  });
  let failure: string | undefined;
  server.on("error", (error) => {
    failure = error.message;
  });
  server.on("exit", () => {
    failure ??= said.trim().split("\n").at(-1) ?? "it ended";
  });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let attempt = 0; !(await answers(endpoint)); attempt += 1) {
    if (attempt === startAttempts) failure ??= "it does not answer";
    if (failure !== undefined) {
      await end(server);
      return failure;
    }
    await delay(100);
  }
  const configuration = { endpoint, region: "us-east-1", credentials };
  const client = new S3Client({ ...configuration, forcePathStyle: true });
  return {
    endpoint,
    configuration,
    client,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    stop: async () => {
      client.destroy();
      await end(server);
    },
  };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill();
  await exited;
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("the probe has no port");
  return address.port;
}
