import assert from "node:assert/strict";
import { test } from "node:test";
import { PEOPLE, floor, hand, statement, yours } from "./frames.testing";
import { NO_MEDIA, type MediaView } from "./media";
import { stage, tile } from "./tiles";
import { person } from "./floor";

const IN: MediaView = { ...NO_MEDIA, state: "in" };

function seats(shown: ReturnType<typeof stage>): string[] {
  return shown.tiles.map((one) => one.person.seat);
}

test("the holder is large; mediator and you come first among the others", () => {
  const shown = stage(floor({ floor: { holder: "c1" } }), IN);

  assert.equal(shown.big?.person.seat, "c1");
  assert.deepEqual(seats(shown), ["mediator", "t1", "j1", "l1"]);
});

test("when you hold the floor you see listeners of one size, yourself last and never large", () => {
  const shown = stage(floor(yours(60)), IN);

  assert.equal(shown.big, null);
  assert.equal(shown.even, true);
  assert.deepEqual(seats(shown), ["mediator", "j1", "c1", "l1", "t1"]);
});

test("in open talk the voice heard last is large, and never your own", () => {
  const open = floor({ floor: { mode: "open_talk" } });

  assert.deepEqual(
    [stage(open, { ...IN, speaker: "c1" }).big?.person.seat, stage(open, { ...IN, speaker: "c1" }).big?.state],
    ["c1", "Speaking"],
  );
  assert.equal(stage(open, { ...IN, speaker: "t1" }).big?.person.seat, "mediator");
  assert.equal(stage(open, IN).big?.person.seat, "mediator");
});

test("a voice changes nothing while somebody has the floor", () => {
  assert.equal(stage(floor({ floor: { holder: "c1" } }), { ...IN, speaker: "j1" }).big?.person.seat, "c1");
});

test("the order of small pictures does not change with hands", () => {
  const before = stage(floor({ floor: { holder: "c1" } }), IN);
  const after = stage(floor({ floor: { holder: "c1", queue: [hand("l1"), hand("j1")] } }), IN);

  assert.deepEqual(seats(after), seats(before));
});

const states: [string, Parameters<typeof floor>[0], string, string][] = [
  ["the holder", { floor: { holder: "c1" } }, "c1", "Has the floor"],
  ["the next", { floor: { queue: [hand("c1")] } }, "c1", "Next"],
  ["the second", { floor: { queue: [hand("j1"), hand("c1")] } }, "c1", "Second"],
  ["waiting while a round goes on", { floor: { mode: "round", queue: [hand("c1")] } }, "c1", "Waits"],
  ["held", statement(), "j1", "Held"],
  ["your microphone is off", {}, "t1", "Off"],
  ["another's microphone is nobody's business", {}, "c1", ""],
];

for (const [name, parts, seat, state] of states) {
  test(`under a picture: ${name}`, () => {
    const shown = floor(parts);

    assert.equal(tile(shown, person(shown, seat), IN).state, state);
  });
}

test("only process people see that someone has lost connection", () => {
  const people = PEOPLE.map((one) => (one.seat === "c1" ? { ...one, here: false } : one));
  const other = floor({ floor: { people } });
  const desk = floor({ floor: { people }, you: { seat: "mediator", process: true } });

  assert.equal(tile(other, person(other, "c1"), IN).state, "");
  assert.equal(tile(desk, person(desk, "c1"), IN).state, "Lost connection");
});
