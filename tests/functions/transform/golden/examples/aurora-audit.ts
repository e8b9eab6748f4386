/** Aurora MySQL audit lines; reference 6.2 and 6.3. */
import { type EventFacts, type ExpectedRow, examplesOf } from "../example.ts";

const loggedMs = 1_572_546_357_000;

const ofLog = ({ owner, logStream, logGroup }: EventFacts): ExpectedRow => ({
  ...(owner === undefined ? {} : { account: owner }),
  ...(logStream === undefined ? {} : { log_stream: logStream }),
  ...(logGroup === undefined || !logGroup.startsWith("/aws/rds/") ? {} : { cluster: "my-cluster" }),
});

const line = (time: string, rest: string): string => `${time},db-instance-name,${rest}`;
const from = { server_host: "db-instance-name", weight: 1 };
const someUser = { ...from, user_name: "someuser", client_host: "10.0.143.147", connection_id: 1_688_069 };

interface Case {
  readonly name: string;
  readonly texts: readonly [string, ...string[]];
  readonly row: ExpectedRow;
}

const cases: readonly Case[] = [
  {
    name: "the reference's line (6.2): commas and escaped quotes in the statement",
    texts: [
      `1572546356975302,db-instance-name,someuser,10.0.143.147,1688069,168876953,QUERY,testdb,'select ${"`user_id` as `userId`, `address` from `address_verification` where `ordinal`"} = 'primary'',0`,
    ],
    row: {
      ...someUser,
      event_time: "2019-10-31T18:25:56.975Z",
      event_time_us: 1_572_546_356_975_302,
      query_id: 168_876_953,
      operation: "QUERY",
      database_name: "testdb",
      object: "select `user_id` as `userId`, `address` from `address_verification` where `ordinal` = 'primary'",
      return_code: 0,
    },
  },
  {
    name: "a connection: no object, query id 0",
    texts: [line("1572546356975303", "someuser,10.0.143.147,1688069,0,CONNECT,testdb,,0")],
    row: {
      ...someUser,
      event_time: "2019-10-31T18:25:56.975Z",
      event_time_us: 1_572_546_356_975_303,
      query_id: 0,
      operation: "CONNECT",
      database_name: "testdb",
      return_code: 0,
    },
  },
  {
    name: "a failed connection: the code in the last field",
    texts: [line("1572546356975304", "nobody,ec2-1.example.com,1688070,0,FAILED_CONNECT,,,1045")],
    row: {
      ...from,
      user_name: "nobody",
      client_host: "ec2-1.example.com",
      connection_id: 1_688_070,
      event_time: "2019-10-31T18:25:56.975Z",
      event_time_us: 1_572_546_356_975_304,
      query_id: 0,
      operation: "FAILED_CONNECT",
      return_code: 1045,
    },
  },
  {
    name: "a table that was read: no return code",
    texts: [line("1572546356975305", "someuser,10.0.143.147,1688069,168876953,READ,testdb,address_verification,")],
    row: {
      ...someUser,
      event_time: "2019-10-31T18:25:56.975Z",
      event_time_us: 1_572_546_356_975_305,
      query_id: 168_876_953,
      operation: "READ",
      database_name: "testdb",
      object: "address_verification",
    },
  },
  {
    name: "a table that was renamed",
    texts: [line("1572546356975306", "someuser,10.0.143.147,1688069,9007199254740993,RENAME,testdb,old|newdb.new,")],
    row: {
      ...someUser,
      event_time: "2019-10-31T18:25:56.975Z",
      event_time_us: 1_572_546_356_975_306,
      query_id: "9007199254740993",
      operation: "RENAME",
      database_name: "testdb",
      object: "old|newdb.new",
    },
  },
  {
    name: "a statement that goes on in the next log events",
    texts: [
      line("1572546356975307", `someuser,10.0.143.147,1688069,2,QUERY,testdb,'select 1`),
      "  , [2]",
      "",
      String.raw`from dual where a = \'x\'',1064`,
    ],
    row: {
      ...someUser,
      event_time: "2019-10-31T18:25:56.975Z",
      event_time_us: 1_572_546_356_975_307,
      query_id: 2,
      operation: "QUERY",
      database_name: "testdb",
      object: "select 1\n  , [2]\n\nfrom dual where a = 'x'",
      return_code: 1064,
    },
  },
  {
    name: "passwords in statements",
    texts: [
      line(
        "1572546356975308",
        String.raw`someuser,10.0.143.147,1688069,3,QUERY,,'CREATE USER \'bob\'@\'%\' IDENTIFIED BY \'hunter2, s3cret\'',0`,
      ),
    ],
    row: {
      ...someUser,
      event_time: "2019-10-31T18:25:56.975Z",
      event_time_us: 1_572_546_356_975_308,
      query_id: 3,
      operation: "QUERY",
      object: "CREATE USER 'bob'@'%' IDENTIFIED BY '***'",
      return_code: 0,
    },
  },
  {
    name: "numbers that are none, and a number too large",
    texts: [line("1572546356975309", "someuser,10.0.143.147,many,99999999999999999999,QUERY,testdb,'do 1',E1")],
    row: {
      ...from,
      user_name: "someuser",
      client_host: "10.0.143.147",
      event_time: "2019-10-31T18:25:56.975Z",
      event_time_us: 1_572_546_356_975_309,
      operation: "QUERY",
      database_name: "testdb",
      object: "do 1",
      extra: '{"connection_id":"many","query_id":"99999999999999999999","return_code":"E1"}',
    },
  },
];

export const auroraAuditExamples = examplesOf(
  "aurora-audit",
  "aurora_audit",
  cases.map((one) => ({ ...one, loggedMs, fromEnvelope: ofLog })),
);
