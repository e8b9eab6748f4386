import assert from "node:assert/strict";
import { remembered } from "../../../../functions/transform/record/remembered.ts";

describe("remembered", () => {
  it("asks once for each text", () => {
    const asked: string[] = [];
    const lengthOf = remembered((text) => asked.push(text) && text.length);
    assert.deepEqual(["a", "bb", "a", "bb"].map(lengthOf), [1, 2, 1, 2]);
    assert.deepEqual(asked, ["a", "bb"]);
  });

  it("forgets when there are too many texts, and stays right", () => {
    let asked = 0;
    const same = remembered((text) => {
      asked++;
      return text;
    });
    for (let i = 0; i < 20_001; i++) same(String(i));
    assert.equal(same("0"), "0");
    assert.equal(asked, 20_002);
  });
});
