import assert from "node:assert/strict";
import fc from "fast-check";
import { compareSequencers, ForeignMessageError, parseMessage } from "../../../functions/transform/events.ts";
import { eventBridgeEvent, s3Notification, s3Record, s3TestEvent } from "./factories.ts";

describe("messages about landing objects", () => {
  it("name every object of a notification", () => {
    assert.deepEqual(
      parseMessage(s3Notification({ key: "landing/a", sequencer: "0A" }, { key: "landing/b", sequencer: "0B" })),
      [
        { bucket: "landing-bucket", key: "landing/a", sequencer: "0A" },
        { bucket: "landing-bucket", key: "landing/b", sequencer: "0B" },
      ],
    );
  });

  it("have form-encoded keys in notifications", () => {
    const [object] = parseMessage(JSON.stringify({ Records: [withKey("landing/red+flower%2B1%C3%A9%252F.gz")] }));
    assert.equal(object?.key, "landing/red flower+1é%2F.gz");
  });

  it("have plain keys in EventBridge events", () => {
    const [object] = parseMessage(eventBridgeEvent({ key: "landing/a+b %2B.gz", versionId: "v1", sequencer: "0C" }));
    assert.deepEqual(object, { bucket: "landing-bucket", key: "landing/a+b %2B.gz", versionId: "v1", sequencer: "0C" });
  });

  it("keep any key through encoding", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary" }), (key) => {
        assert.equal(parseMessage(s3Notification({ key }))[0]?.key, key);
        assert.equal(parseMessage(eventBridgeEvent({ key }))[0]?.key, key);
      }),
    );
  });

  it("name a version only where there is one", () => {
    const versions = ["v1", "null", "", null].map((versionId) => parseMessage(s3Notification({ versionId }))[0]);
    assert.deepEqual(
      versions.map((object) => object?.versionId),
      ["v1", undefined, undefined, undefined],
    );
  });

  it("may lack a sequencer, as events made for a replay do", () => {
    const { s3, ...rest } = s3Record();
    assert.ok(s3);
    const bare = { ...rest, s3: { bucket: { name: "b" }, object: { key: "k" } } };
    assert.deepEqual(parseMessage(JSON.stringify({ Records: [bare] })), [{ bucket: "b", key: "k", sequencer: "" }]);
  });

  it("announce nothing when they only test the way", () => {
    assert.deepEqual(parseMessage(s3TestEvent()), []);
  });

  it("are of every way of creating an object", () => {
    for (const eventName of ["ObjectCreated:Put", "ObjectCreated:CompleteMultipartUpload", "s3:ObjectCreated:Copy"]) {
      assert.equal(parseMessage(s3Notification({ eventName })).length, 1);
    }
  });

  const foreign: Record<string, string> = {
    "no JSON": "Hello Bob <script>",
    "no object": "[1, 2]",
    null: "null",
    "an empty object": "{}",
    "no records": '{"Records": []}',
    "a removed object": s3Notification({ eventName: "ObjectRemoved:Delete" }),
    "another service": s3Notification({ eventSource: "aws:sns" }),
    "an EventBridge event of another kind": eventBridgeEvent({}, "Object Deleted"),
    "a key that cannot be decoded": JSON.stringify({ Records: [withKey("landing/100%.gz")] }),
    "an empty key": s3Notification({ key: "" }),
    "one foreign record among good ones": s3Notification({}, { eventName: "ObjectTagging:Put" }),
  };

  for (const [what, body] of Object.entries(foreign)) {
    it(`are refused when they hold ${what}`, () => {
      assert.throws(() => parseMessage(body), ForeignMessageError);
    });
  }

  it("are refused with the place of the mistake and without their content", () => {
    assert.throws(
      () => parseMessage(s3Notification({ eventSource: "aws:secret-thing" })),
      (error) => {
        assert.ok(error instanceof ForeignMessageError);
        assert.match(error.message, /Records\.0\.eventSource/);
        assert.match(error.message, /allowed are S3 notifications and EventBridge events/);
        assert.doesNotMatch(error.message, /secret-thing|203\.0\.113/);
        return true;
      },
    );
    assert.throws(() => parseMessage("Hello Bob"), /it is not JSON/);
    assert.throws(() => parseMessage('"Hello"'), /the whole: /);
  });
});

describe("sequencers", () => {
  it("are compared as numbers written with different widths", () => {
    assert.equal(compareSequencers("0A", "0B"), -1);
    assert.equal(compareSequencers("F", "10"), -1);
    assert.equal(compareSequencers("100", "0FF"), 1);
    assert.equal(compareSequencers("00ff", "FF"), 0);
    assert.equal(compareSequencers("", "1"), -1);
    assert.equal(compareSequencers("", ""), 0);
  });

  it("order as the numbers they are", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 80n }),
        fc.bigInt({ min: 0n, max: 2n ** 80n }),
        fc.nat(5),
        (a, b, zeros) => {
          const order = compareSequencers("0".repeat(zeros) + a.toString(16), b.toString(16).toUpperCase());
          assert.equal(order, a < b ? -1 : a > b ? 1 : 0);
        },
      ),
    );
  });
});

function withKey(key: string): Record<string, unknown> {
  return { ...s3Record(), s3: { bucket: { name: "landing-bucket" }, object: { key } } };
}
