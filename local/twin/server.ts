/** Serves the twin's page to this machine only. */
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { savedQuery, sixQuestions } from "../../dashboards/index.ts";
import { openLake } from "../query/lake.ts";
import { rangeFor, runSaved } from "../query/saved.ts";
import type { TwinSummary } from "./build.ts";
import { type AnsweredQuestion, twinPage } from "./page.ts";
import { icon, stylesheet } from "./style.ts";

const address = "127.0.0.1";
const ownNames = new Set(["127.0.0.1", "localhost"]);

/** The port cannot be listened on; the message says what to do. */
export class PortError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PortError";
  }
}

export interface TwinServer {
  readonly url: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** Asks the lake the six questions, by the hour. */
export async function answerQuestions(lakeDir: string): Promise<AnsweredQuestion[]> {
  const lake = await openLake(lakeDir);
  try {
    const answers: AnsweredQuestion[] = [];
    for (const id of sixQuestions) {
      const query = savedQuery(id);
      if (!query) throw new Error(`the query ${id} is missing from the dashboards`);
      const range = await rangeFor(lake, query, { bucket: "hour" });
      answers.push({ query, result: await runSaved(lake, query, range) });
    }
    return answers;
  } finally {
    lake.close();
  }
}

/**
 * The page and what belongs to it.
 *
 * The page shows logs, so no other site may read it: a name that is not this machine's own is refused (a foreign name can be
 * made to point here, DNS rebinding), nothing is loaded from elsewhere, and no script runs.
 */
export function twinApp(page: string): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: "no-referrer",
      xFrameOptions: "DENY",
      // Meant for names that have a certificate.
      strictTransportSecurity: false,
    }),
  );
  app.use(async (context, next) => {
    const host = (context.req.header("host") ?? "").replace(/:\d+$/, "").toLowerCase();
    if (!ownNames.has(host)) return context.text(`this server answers to ${[...ownNames].join(" and ")} only\n`, 403);
    if (!["GET", "HEAD"].includes(context.req.method)) {
      return context.text("only GET and HEAD are allowed\n", 405, { allow: "GET, HEAD" });
    }
    return next();
  });
  app.get("/", (context) => context.html(page));
  app.get("/style.css", (context) => context.body(stylesheet, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/icon.svg", (context) => context.body(icon, 200, { "content-type": "image/svg+xml" }));
  app.notFound((context) => context.text("there is nothing here: go to /\n", 404));
  return app;
}

/**
 * Serves a lake's page.
 *
 * @param port 0 for any that is free
 * @throws PortError; LakeError when the lake cannot be asked
 */
export async function serveTwin(summary: TwinSummary, port: number): Promise<TwinServer> {
  const page = String(await twinPage(summary, await answerQuestions(summary.lakeDir)));
  const server = createAdaptorServer({ fetch: twinApp(page).fetch });
  await listen(server, port);
  const bound = server.address();
  if (bound === null || typeof bound === "string")
    throw new PortError(`port ${port} cannot be used: give another with --port`);
  return { url: `http://${address}:${bound.port}/`, close: () => closeServer(server) };
}

function listen(server: ReturnType<typeof createAdaptorServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is taken" : `cannot be used (${error.code ?? error.message})`;
      reject(new PortError(`port ${port} ${why}: give another with --port, or --port 0 for any that is free`));
    });
    server.listen(port, address, resolve);
  });
}

function closeServer(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
