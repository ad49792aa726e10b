import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk.testing";
import { floor } from "./frames.testing";
import { partsNow, sharesWords } from "./shares";

const FAIR = [
  { side: "family", parts: 2 },
  { side: "council", parts: 1 },
  { side: "health", parts: 1 },
];

test("everybody reads which shares were agreed, and nothing where all have the same", () => {
  assert.equal(sharesWords(desk({ floor: { fair: FAIR } })), "family 2 parts, council 1 part, health 1 part");
  assert.equal(sharesWords(floor({ floor: { fair: [{ side: "family", parts: 1 }, { side: "council", parts: 3 }] } })), "family 1 part, council 3 parts");
  assert.equal(sharesWords(desk()), "");
  assert.equal(sharesWords(desk({ floor: { fair: [] } })), "");
});

test("the form begins with what is agreed now", () => {
  assert.deepEqual(partsNow(desk({ floor: { fair: FAIR } })), { family: 2, council: 1, health: 1 });
  assert.deepEqual(partsNow(desk()), { family: 1, council: 1, health: 1 });
});
