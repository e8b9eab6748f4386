/** Audit lines of the advertising database, an Aurora MySQL cluster (reference 6.2 and 6.3). */
import { arrivals } from "./arrivals.ts";
import { interleave } from "./interleave.ts";
import { type TrafficPlan, timeWindow } from "./plan.ts";
import { type Random, randomStream } from "./random.ts";
import { auroraCluster, type LogRecord, routes } from "./routes.ts";

const connectionsPerSecond = 0.02;
const database = "adops";

interface Statement {
  readonly sql: string;
  /** Tables it touches, each with the operation of its row. */
  readonly tables: readonly (readonly [operation: string, table: string])[];
}

/** `?` is replaced by a number. */
const statements: readonly Statement[] = [
  {
    sql: "select `id`, `title`, `duration` from `creative` where `campaign_id` = ? and `status` = 'active' order by `id`",
    tables: [["READ", "creative"]],
  },
  {
    sql: "SELECT c.id, c.name, SUM(d.impressions) FROM campaign c JOIN delivery d ON d.campaign_id = c.id WHERE d.day = '2025-06-?' GROUP BY c.id, c.name",
    tables: [
      ["READ", "campaign"],
      ["READ", "delivery"],
    ],
  },
  {
    sql: "UPDATE `campaign` SET `name` = 'It''s summer, finally', `budget` = ?.50 WHERE `id` = ?",
    tables: [["WRITE", "campaign"]],
  },
  {
    sql: "insert into delivery (day, campaign_id, impressions) values ('2025-06-18', ?, ?), ('2025-06-19', ?, ?)",
    tables: [["WRITE", "delivery"]],
  },
  { sql: "SELECT 'a\\b', \"quoted, text\" FROM dual LIMIT ?", tables: [] },
  { sql: "select *\n  from placement\n where id in (?, ?, ?)", tables: [["READ", "placement"]] },
  { sql: "SELECT 1", tables: [] },
  { sql: "COMMIT", tables: [] },
];

/** Shows that passwords in statements are masked on the way to the lake. */
const passwordChange = "ALTER USER 'report'@'%' IDENTIFIED BY 'not-a-real-secret'";

export function auroraAudit(plan: TrafficPlan): Generator<LogRecord> {
  const queryIds = { next: 168_876_000 };
  return interleave(
    arrivals(
      randomStream(plan.seed, "aurora", "arrivals"),
      timeWindow(plan),
      () => connectionsPerSecond,
      (timeMs, index) => connection(randomStream(plan.seed, "aurora", index), timeMs, index, queryIds),
    ),
  );
}

function* connection(random: Random, startMs: number, index: number, queryIds: { next: number }): Generator<LogRecord> {
  const instance = `${auroraCluster}-instance-${1 + random.int(2)}`;
  const user = random.pick(["ads_api", "ads_api", "ads_api", "report", "etl"]);
  const host = `10.0.${140 + random.int(4)}.${2 + random.int(250)}`;
  const connectionId = 1_688_000 + index;
  // Four files at a time share the lines of an instance.
  const logStream = `${instance}.audit.log.${random.int(4)}`;
  let timeMs = startMs;
  const line = (queryId: number, operation: string, object: string, returnCode: string): LogRecord => ({
    route: routes.auroraAudit,
    timeMs,
    logStream,
    text: [
      Math.floor(timeMs * 1000),
      instance,
      user,
      host,
      connectionId,
      queryId,
      operation,
      operation === "FAILED_CONNECT" ? "" : database,
      object,
      returnCode,
    ].join(","),
  });

  if (random.chance(0.05)) {
    yield line(0, "FAILED_CONNECT", "", "1045");
    return;
  }
  yield line(0, "CONNECT", "", "0");
  for (let count = 1 + random.int(6); count > 0; count--) {
    timeMs += random.logNormal(400, 1);
    const queryId = queryIds.next++;
    const statement = random.chance(0.004) ? { sql: passwordChange, tables: [] } : random.pick(statements);
    const sql = statement.sql.replace(/\?/g, () => String(1 + random.int(28)));
    for (const [operation, table] of statement.tables) yield line(queryId, operation, table, "");
    yield line(queryId, "QUERY", quoted(sql), random.chance(0.01) ? "1205" : "0");
  }
  timeMs += random.logNormal(3000, 0.8);
  yield line(0, "DISCONNECT", "", "0");
}

/** As the plugin writes a statement: in single quotes, with backslashes before what would end or break the line. */
function quoted(sql: string): string {
  const escaped = sql.replace(/[\\'\n]/g, (character) => (character === "\n" ? "\\n" : `\\${character}`));
  return `'${escaped}'`;
}
