import type { Table } from "../types.ts";

export const mediatailorAsRun: Table = {
  id: "mediatailor_as_run",
  doc: "As-run log of channel assembly: what was played out. AWS publishes no schema, so the text is kept as it is.",
  fields: [
    {
      name: "raw",
      type: "string",
      doc: "The log event's text.",
      from: ["@message"],
      personal: "text-with-ip",
      distinct: "many",
    },
    { name: "account", type: "string", doc: "Account of the log group.", from: ["@owner"] },
    {
      name: "log_stream",
      type: "string",
      doc: "Log stream, which the service names after the channel.",
      from: ["@logStream"],
    },
  ],
};
