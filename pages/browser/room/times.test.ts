import assert from "node:assert/strict";
import { test } from "node:test";
import { breakNotice } from "./breaks";
import { card } from "./cards";
import { desk } from "./desk.testing";
import { cueView } from "./deskwords";
import { heldWords, place, timer, turnWords } from "./floor";
import type { Floor } from "./frames";
import { NOON, at, floor, hand, yours } from "./frames.testing";
import { NO_MEDIA } from "./media";
import { passed, said } from "./said";

/** Each sentence that says a number, with the number as it begins and with another. */
const sentences: [string, (numbers: Record<string, number>) => string, Record<string, number>, string, string][] = [
  [
    "the answer to a question, on the card of who gives it",
    (numbers) => card(floor({ floor: { numbers, holder: "t1", turn_kind: "reply" }, you: { holds: true } }), null).words,
    { reply: 90 },
    "This is for your answer to the question, up to 1 minute.",
    "This is for your answer to the question, up to 90 seconds.",
  ],
  [
    "the answer to a question, on the card of others",
    (numbers) => card(floor({ floor: { numbers, holder: "c1", turn_kind: "reply" } }), null).words,
    { reply: 120 },
    ": replies to a question, up to 1 minute.",
    ": replies to a question, up to 2 minutes.",
  ],
  [
    "a place in the queue, to answer",
    (numbers) => place(floor({ floor: { numbers, queue: [{ ...hand("t1"), kind: "reply" }] }, you: { hand: "up", place: 1 } }), NOON).words,
    { reply: 30 },
    "To answer the question, up to 1 minute.",
    "To answer the question, up to 30 seconds.",
  ],
  [
    "a hand that was put down",
    (numbers) => place(floor({ floor: { numbers }, you: { undo_until: at(9), can: ["restore_hand"] } }), NOON).words,
    { undo: 20 },
    "Undo within 10 seconds",
    "Undo within 20 seconds",
  ],
  [
    "a hand that was put down, aloud",
    (numbers) => said(floor({ floor: { numbers }, you: { hand: "up", place: 1 } }), floor({ floor: { numbers }, you: { undo_until: at(9) } }), NO_MEDIA).polite,
    { undo: 20 },
    "Your hand is down. Undo within 10 seconds.",
    "Your hand is down. Undo within 20 seconds.",
  ],
  [
    "a microphone that is held",
    (numbers) => heldWords(floor({ floor: { numbers }, you: { mic: { right: "held", reason: "mediator", until: null } } }))?.strong ?? "",
    { hold: 30 },
    "within 1 minute",
    "within 30 seconds",
  ],
  [
    "a break that comes",
    (numbers) => breakNotice(floor({ floor: { numbers, break: "soon", break_due: at(numbers["break_ahead"] ?? 300) } }), NOON).slice(0, 19),
    { break_ahead: 600 },
    "Break in 5 minutes,",
    "Break in 10 minutes",
  ],
];

for (const [what, words, other, usual, changed] of sentences) {
  test(`${what}: the sentence says the number of this sitting`, () => {
    assert.equal(words({}), usual);
    assert.equal(words(other), changed);
  });
}

test("a break that is announced earlier is read for as long", () => {
  const soon = floor({ floor: { numbers: { break_ahead: 600 }, break: "soon", break_due: at(600) } });
  assert.equal(breakNotice(soon, NOON + 59_000).slice(0, 19), "Break in 9 minutes,");
  assert.equal(breakNotice(soon, NOON + 61_000), "");
});

function holder(left: number, cues?: [number, number]): Floor {
  const parts = yours(left);
  return floor({ ...parts, turn: { ...parts.turn, ...(cues ? { cues } : {}) } });
}

test("the signs of the time left, for the holder and on the desk", () => {
  const heard = (cues?: [number, number]) => passed(holder(200, cues), NOON + 139_500, NOON + 140_500, { time: true }).join();
  const cues = timer(holder(59, [60, 20]), NOON);

  assert.deepEqual([cues?.words, cues?.soon, timer(holder(59), NOON)?.soon], ["About 1 minute left", true, false]);
  assert.equal(turnWords(holder(15, [60, 20]), NOON), "about 20 seconds left");
  assert.deepEqual([heard(), heard([60, 20])], ["", "About 1 minute left."]);
});

test("how long two sides are heard at once begins with what it took to notice it", () => {
  const cue = { seats: ["c1"], since: NOON, over: false };
  const words = (numbers: Record<string, number>) => cueView(desk({ floor: { holder: "t1" }, desk: { numbers } }), cue, NOON + 1000)?.heading;

  assert.equal(words({}), "Two sides at once, for about 3 seconds");
  assert.equal(words({ overlap: 5 }), "Two sides at once, for about 5 seconds");
});
