import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERYONE, desk } from "./desk.testing";
import { NO_MEDIA } from "./media";
import { at } from "./frames.testing";
import { REASONS, heldUntil, lastUsed, reached, whyNoHold } from "./microphones";

test("interpreters are in the list and never muted", () => {
  const heard = new Map([["c2", { picture: null, micOn: true }]]);
  const list = reached(desk(), { ...NO_MEDIA, state: "in", people: heard });

  assert.deepEqual(
    list.map((one) => one.words),
    [
      "Tessa A., family: no microphone in this room",
      "Jo A., family: no microphone in this room",
      "Colin B., council: no microphone in this room",
      "Dana W., council: microphone on",
      "Dr Sami R., health: no microphone in this room",
      "Lena F., BSL: never muted",
    ],
  );
  assert.deepEqual(
    list.filter((one) => one.never).map((one) => one.seat),
    ["l1"],
  );
});

test("a hold is not possible for the holder, for a whole side, and for who speaks for another", () => {
  const spoken = EVERYONE.map((one) => (one.seat === "j1" ? { ...one, speaks_for: "t1" } : one));

  assert.match(whyNoHold(desk({ floor: { holder: "c1" } }), "c1"), /Colin has the floor/);
  assert.match(whyNoHold(desk(), "h1"), /whole side is never held/);
  assert.match(whyNoHold(desk({ floor: { people: spoken } }), "j1"), /speaks for another/);
  assert.match(whyNoHold(desk({ floor: { people: spoken } }), "t1"), /speaks for another/);
  assert.equal(whyNoHold(desk(), "c2"), "");
});

test("the last who is free on a side cannot be held as well, nor when the others are away", () => {
  const away = EVERYONE.map((one) => (one.seat === "c1" ? { ...one, here: false } : one));

  assert.match(whyNoHold(desk({ floor: { holds: [{ seat: "c1", until: at(30) }] } }), "c2"), /whole side/);
  assert.match(whyNoHold(desk({ floor: { people: away } }), "c2"), /whole side/);
});

test("a held microphone says until when, and the last use of a step is a clock time", () => {
  const floor = desk({
    floor: { holds: [{ seat: "c2", until: at(60) }] },
    desk: { steps: [{ seat: "c2", step: "nudge", at: at(-300), by: "mediator" }] },
  });

  assert.equal(heldUntil(floor, "c2"), Date.parse(at(60)));
  assert.equal(heldUntil(floor, "c1"), undefined);
  assert.deepEqual([lastUsed(floor, "c2", "nudge"), lastUsed(floor, "c2", "mute")], ["11:55", ""]);
});

test("every reason for a mute has words", () => {
  assert.deepEqual(
    REASONS.map((one) => one.code),
    ["noise", "echo", "left_on", "turn"],
  );
  assert.ok(REASONS.every((one) => /^\p{Lu}/u.test(one.word)));
});
