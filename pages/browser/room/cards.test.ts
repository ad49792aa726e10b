import assert from "node:assert/strict";
import { test } from "node:test";
import { card } from "./cards";
import { at, floor, hand } from "./frames.testing";

const ROUND = { number: 1, minutes: 3, agreed: false, order: ["council", "family"], said: [], passed: [], back: [], next: "council", complete: false };

test("a round names the order of sides, and that one can pass", () => {
  const shown = card(floor({ floor: { mode: "round", round: ROUND } }), null);

  assert.deepEqual([shown.heading, shown.words], [
    "A round",
    "Each side in turn, no replies until the end. Order: council, family. You can pass.",
  ]);
});

test("a complete round is read back", () => {
  const round = { ...ROUND, said: ["council", "family"], next: null, complete: true };

  assert.equal(card(floor({ floor: { mode: "round", round } }), null).words, "Idris says back what each side said.");
});

test("an answer, the rest of a turn and a text say what they are", () => {
  const words = (kind: string, text: string | null = null) =>
    card(floor({ floor: { holder: "c1", turn_kind: kind, text } }), null).words;

  assert.equal(words("reply", "In the mornings"), ": answers a question in writing.");
  assert.deepEqual([words("turn"), words("reply"), words("finishing"), words("turn", "In the mornings")], [
    "",
    ": replies to a question, up to 1 minute.",
    ": was not finished, and goes on with the time that was left.",
    ": a turn in writing.",
  ]);
});

test("after an interruption everybody reads the same neutral card", () => {
  assert.equal(card(floor({ floor: { holder: "c1", still_until: at(20) } }), null).heading, "Colin B. still has the floor");
});

test("the planned end is shown to all only where the server sends it", () => {
  assert.equal(card(floor({ floor: { holder: "c1", planned_end: at(180) } }), null).words, " Until about 12:03.");
});

test("in private rooms the order is kept", () => {
  const shown = card(floor({ floor: { mode: "private_rooms", queue: [hand("t1")] } }), null);

  assert.equal(shown.words, "The order is kept. It goes on when we are back.");
});

test("who leads speaks; a trainee reads that the mediator does", () => {
  const heading = (leads: boolean) =>
    card(floor({ floor: { mode: "mediator_speaks" }, you: { seat: "mediator", process: true, leads } }), null).heading;

  assert.deepEqual([heading(true), heading(false)], ["You speak", "Idris is speaking"]);
});
