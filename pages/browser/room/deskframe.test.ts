import assert from "node:assert/strict";
import { test } from "node:test";
import { desk, signal } from "./desk.testing";
import { NOON, at, floor } from "./frames.testing";

test("notes, cue, signals, the mirror and settings are read for the desk", () => {
  const read = desk({
    desk: {
      entries: [{ note: "A question", reason: null, words: null, reads: null }],
      cue: { seats: ["c1"], since: at(-3), over: false },
      told: [signal(2, { what: "word", word: "EOTAS", seat: null })],
      mirror: { nudge: { family: 1 }, mute: {}, hold: { council: 2 } },
      steps: [{ seat: "c1", step: "hold", at: at(-60), by: "mediator" }],
      stretch: { t1: 1.5 },
      patience: { t1: 30, j1: null },
      plan: [{ code: "break", name: "Tea", mode: "queue", minutes: 10, turn: 3 }],
    },
  }).desk;

  assert.deepEqual(read?.entries, [{ note: "A question", reason: null, words: null, reads: null }]);
  assert.deepEqual(read?.cue, { seats: ["c1"], since: NOON - 3000, over: false });
  assert.deepEqual([read?.told[0]?.word, read?.told[0]?.seat, read?.told[0]?.at], ["EOTAS", null, NOON - 20_000]);
  assert.deepEqual([read?.mirror.nudge["family"], read?.mirror.hold["council"]], [1, 2]);
  assert.deepEqual(read?.steps, [{ seat: "c1", step: "hold", at: NOON - 60_000, by: "mediator" }]);
  assert.deepEqual([read?.stretch, read?.patience], [{ t1: 1.5 }, { t1: 30, j1: null }]);
  assert.deepEqual([read?.numbers["reply"], read?.ranges["reply"]], [60, [15, 300]]);
  assert.deepEqual(read?.plan, [{ code: "break", name: "Tea", mode: "queue", minutes: 10, turn: 3, own: null }]);
});

test("a desk of an older server has nothing private, and does not fail", () => {
  const read = floor({ desk: { next: "t1", owed: ["c1"] } }).desk;

  assert.deepEqual([read?.next, read?.owed, read?.stated, read?.told, read?.cue, read?.plan], ["t1", ["c1"], null, [], null, []]);
});
