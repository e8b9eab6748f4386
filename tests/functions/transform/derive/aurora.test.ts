import assert from "node:assert/strict";
import fc from "fast-check";
import { clusterOfLogGroup, maskPasswords } from "../../../../functions/transform/derive/aurora.ts";

describe("cluster of a log group", () => {
  it("is the third folder of its name", () => {
    assert.equal(clusterOfLogGroup("/aws/rds/cluster/ads-prod/audit"), "ads-prod");
  });

  it("is null for other log groups", () => {
    for (const name of [
      "/aws/rds/instance/ads/audit",
      "/aws/rds/cluster/ads",
      "/aws/rds/cluster//audit",
      "",
      "x/aws/rds/cluster/a/audit",
    ]) {
      assert.equal(clusterOfLogGroup(name), null, name);
    }
  });
});

describe("passwords in SQL (reference 6.3)", () => {
  const cases: readonly [sql: string, masked: string][] = [
    ["CREATE USER 'u'@'h' IDENTIFIED BY 'secret' REQUIRE SSL", "CREATE USER 'u'@'h' IDENTIFIED BY '***' REQUIRE SSL"],
    ["identified\n by\t'secret', b identified by \"secret\"", "identified\n by\t'***', b identified by '***'"],
    ["IDENTIFIED BY 'se\\'secret' x", "IDENTIFIED BY '***' x"],
    ["IDENTIFIED BY 'se''secret' x", "IDENTIFIED BY '***' x"],
    ["IDENTIFIED BY 'secret", "IDENTIFIED BY '***'"],
    ["IDENTIFIED BY 'secret\\", "IDENTIFIED BY '***'"],
    ["IDENTIFIED BY 'secret''", "IDENTIFIED BY '***'"],
    ["IDENTIFIED BY '' REQUIRE SSL; SET x = ''", "IDENTIFIED BY '***' REQUIRE SSL; SET x = ''"],
    ["IDENTIFIED BY PASSWORD '*secret'", "IDENTIFIED BY PASSWORD '***'"],
    ["IDENTIFIED WITH mysql_native_password AS '*secret'", "IDENTIFIED WITH mysql_native_password AS '***'"],
    ["IDENTIFIED WITH 'plugin' BY 'secret' REPLACE 'secret'", "IDENTIFIED WITH 'plugin' BY '***' REPLACE '***'"],
    ["IDENTIFIED VIA ed25519 USING 'secret'", "IDENTIFIED VIA ed25519 USING '***'"],
    ["IDENTIFIED WITH p AS 0xABC", "IDENTIFIED WITH p AS '***'"],
    ["IDENTIFIED BY _utf8'secret'", "IDENTIFIED BY '***'"],
    ["IDENTIFIED/* c' */BY -- d'\n'secret'", "IDENTIFIED/* c' */BY -- d'\n'***'"],
    ["/*!50000 IDENTIFIED BY 'secret' */", "/*!50000 IDENTIFIED BY '***' */"],
    ["SELECT OLD_PASSWORD ( 'secret' ), 'kept'", "SELECT OLD_PASSWORD ( '***' ), 'kept'"],
    ["SET PASSWORD FOR 'u'@'%' = 'secret'", "SET PASSWORD FOR 'u'@'%' = '***'"],
    ["set password='secret' replace 'secret'", "set password='***' replace '***'"],
    ["SET PASSWORD = PASSWORD('secret')", "SET PASSWORD = PASSWORD('***')"],
    [
      "CHANGE MASTER TO MASTER_USER='u', MASTER_PASSWORD='secret'",
      "CHANGE MASTER TO MASTER_USER='u', MASTER_PASSWORD='***'",
    ],
    ["UPDATE t SET `password` := 'secret', n = 'kept'", "UPDATE t SET `password` := '***', n = 'kept'"],
    ["UPDATE t SET passwd = 'secret'", "UPDATE t SET passwd = '***'"],
    // A whole audit line, its quotes escaped; and statements inside of statements.
    [
      "1,h,u,h,1,2,QUERY,db,'ALTER USER x IDENTIFIED BY \\'secret\\'',0",
      "1,h,u,h,1,2,QUERY,db,'ALTER USER x IDENTIFIED BY \\'***\\'',0",
    ],
    ['{"m":"IDENTIFIED BY \\\\\'secret\\\\\'\'"}', '{"m":"IDENTIFIED BY \\\\\'***\\\\\'\'"}'],
    ["'SET PASSWORD FOR \\'u\\' = \\'secret\\''", "'SET PASSWORD FOR \\'u\\' = \\'***\\''"],
    ["'IDENTIFIED BY \\'secret", "'IDENTIFIED BY \\'***\\'"],
    ["PREPARE s FROM 'ALTER USER x IDENTIFIED BY ''secret'''", "PREPARE s FROM 'ALTER USER x IDENTIFIED BY ''***'''"],
  ];
  for (const [sql, masked] of cases) {
    it(`are masked: ${sql}`, () => assert.equal(maskPasswords(sql), masked));
  }

  const kept = [
    "",
    "SELECT 'kept' FROM t WHERE a = \"b\"",
    "SELECT * FROM t WHERE name = 'password' AND y = 'kept'",
    "SELECT 'identified by', 'kept'",
    "SELECT password, 'kept' FROM `a``b`",
    "SELECT 1 AS password; REPLACE 'kept'",
    "SELECT password FROM t GROUP BY 'kept' -- identified by 'kept'",
    "SELECT password # = 'kept'",
    "INSERT INTO users (password) VALUES ('kept')",
    "CREATE USER u IDENTIFIED BY RANDOM PASSWORD; SELECT x AS 'kept'",
  ];
  for (const sql of kept) {
    it(`are not seen in: ${sql || "nothing"}`, () => assert.equal(maskPasswords(sql), sql));
  }

  const secret = fc.string({ unit: fc.constantFrom("s", "3", " ", "'", '"', "\\", "é", ",", "-"), minLength: 1 });
  it("leave no trace, whatever they are made of", () => {
    fc.assert(
      fc.property(secret, (text) => {
        const quoted = `'${text.replace(/['\\]/g, "\\$&")}'`;
        const doubled = `"${text.replace(/\\/g, "\\\\").replace(/"/g, '""')}"`;
        assert.equal(maskPasswords(`ALTER USER u IDENTIFIED BY ${quoted}, x`), "ALTER USER u IDENTIFIED BY '***', x");
        assert.equal(maskPasswords(`SELECT PASSWORD(${doubled}), x`), "SELECT PASSWORD('***'), x");
      }),
    );
  });

  it("are masked once, and any text is taken", () => {
    const words = fc.constantFrom(
      "IDENTIFIED ",
      "BY ",
      "PASSWORD",
      "'",
      '"',
      "\\'",
      "=",
      "(",
      "/*",
      "*/",
      "--",
      " ",
      "`",
      ";",
      "x",
      "''",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((parts) => parts.join("")),
        ),
        (sql) => {
          maskPasswords(sql);
          assert.equal(maskPasswords(maskPasswords(`SET PASSWORD = ${sql}`)).startsWith("SET PASSWORD = "), true);
        },
      ),
    );
  });

  it("are looked for in linear time", () => {
    for (const piece of ["password", "identified ", "''", "/*", "\\", "replace ", "set password for "]) {
      maskPasswords(`password '${piece.repeat(50_000)}`);
      maskPasswords(`${piece.repeat(50_000)} password`);
    }
  });
});
