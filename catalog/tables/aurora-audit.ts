import type { Table } from "../types.ts";

export const auroraAudit: Table = {
  id: "aurora_audit",
  doc: "Audit log of Aurora MySQL: connections, statements and the tables they touched.",
  fields: [
    { name: "server_host", type: "string", doc: "DB instance.", from: ["serverhost"], nullTexts: [""] },
    {
      name: "user_name",
      type: "string",
      personal: "identity",
      doc: "Database user.",
      from: ["username"],
      nullTexts: [""],
    },
    {
      name: "client_host",
      type: "string",
      personal: "ip",
      doc: "Host or address of the client.",
      from: ["host"],
      nullTexts: [""],
    },
    { name: "connection_id", type: "bigint", doc: "Connection.", from: ["connectionid"], nullTexts: [""] },
    {
      name: "query_id",
      type: "bigint",
      doc: "Joins the rows of tables with their statement; several rows per statement, 0 for connection events.",
      from: ["queryid"],
      nullTexts: [""],
    },
    {
      name: "operation",
      type: "string",
      doc: "CONNECT, QUERY, READ, WRITE, CREATE, ALTER, RENAME, DROP, …",
      from: ["operation"],
    },
    { name: "database_name", type: "string", doc: "Active schema.", from: ["database"], nullTexts: [""] },
    {
      name: "object",
      type: "string",
      personal: "text-with-ip",
      doc: "Statement text (QUERY), its passwords masked, or table name.",
      from: ["object"],
      nullTexts: [""],
      mask: "password",
    },
    {
      name: "return_code",
      type: "int",
      doc: "Return code; NULL for rows of tables.",
      from: ["retcode"],
      nullTexts: [""],
    },
    { name: "account", type: "string", doc: "Account of the log group.", from: ["@owner"] },
    { name: "log_stream", type: "string", doc: "Log stream: instance and file.", from: ["@logStream"] },
    { name: "cluster", type: "string", rule: "aurora_cluster", doc: "DB cluster, from the log group's name." },
  ],
};
