import assert from "node:assert/strict";
import { test } from "node:test";
import { nextSeat } from "./deskfloor";
import { desk } from "./desk.testing";
import { moved, passing, roundLines, roundSides } from "./rounds";

const ROUND = {
  number: 1,
  minutes: 3,
  agreed: false,
  order: ["council", "health", "family"],
  said: [] as string[],
  passed: [] as string[],
  back: [] as string[],
  later: [] as string[],
  missing: null as string | null,
  next: "council" as string | null,
  complete: false,
};

function round(facts: Partial<typeof ROUND>, holder: string | null = null, next: string | null = "c1") {
  return desk({ floor: { mode: "round", holder, round: { ...ROUND, ...facts } }, desk: { next } });
}

test("each side has one state: has spoken, passed, comes back, next, speaks, to come", () => {
  const states = (facts: Partial<typeof ROUND>, holder: string | null = null) => roundLines(round(facts, holder)).map((line) => line.state);

  assert.deepEqual(states({}), ["next", "to come", "to come"]);
  assert.deepEqual(states({}, "c2"), ["speaks", "to come", "to come"]);
  assert.deepEqual(states({ said: ["council"], back: ["health"], next: "family" }), ["said", "back", "next"]);
  assert.deepEqual(states({ said: ["council", "family"], back: ["health"], next: "health" }), ["said", "next", "said"]);
  assert.deepEqual(states({ said: ["council", "family"], passed: ["health"], next: null, complete: true }), ["said", "passed", "said"]);
  assert.deepEqual(states({ said: ["council", "family"], next: null, missing: "health" }), ["said", "missing", "said"]);
  assert.deepEqual(states({ said: ["council", "family"], next: null, later: ["health"], complete: true }), ["said", "later", "said"]);
});

test("the side that speaks can pass, else the next; who came back once does not come back again", () => {
  assert.deepEqual(passing(round({})), { code: "council", again: false, gone: false });
  assert.deepEqual(passing(round({ next: "health" }, "t1")), { code: "family", again: false, gone: false });
  assert.deepEqual(passing(round({ back: ["health"], next: "health" })), { code: "health", again: true, gone: false });
  assert.equal(passing(round({ next: null, complete: true })), null);
  assert.deepEqual(passing(round({ next: null, missing: "health", back: ["health"] })), { code: "health", again: false, gone: true });
});

test("while a side speaks the big button does not name that side again", () => {
  assert.equal(nextSeat(round({})), "c1");
  assert.equal(nextSeat(round({}, "c1")), null);
  assert.equal(nextSeat(round({}, "c2")), null);
});

test("an agreed order is changed by one place at a time, and ends are ends", () => {
  assert.deepEqual(moved(ROUND.order, "health", -1), ["health", "council", "family"]);
  assert.deepEqual(moved(ROUND.order, "health", 1), ["council", "family", "health"]);
  assert.deepEqual(moved(ROUND.order, "council", -1), ROUND.order);
  assert.deepEqual(moved(ROUND.order, "family", 1), ROUND.order);
});

test("a round has every side with somebody who takes turns", () => {
  assert.deepEqual(
    roundSides(desk()).map((side) => side.code),
    ["family", "council", "health"],
  );
});
