import assert from "node:assert/strict";
import { test } from "node:test";
import { readDoors, readFloor } from "./frames";
import { NOON, at, floor, frame, hand } from "./frames.testing";

test("a frame becomes a floor: times in milliseconds, codes as words of a plate", () => {
  const read = floor({
    floor: { holder: "c1", queue: [hand("t1", true)], held: ["j1"] },
    you: { hand: "up", place: 1, can: ["lower_hand"] },
  });

  assert.equal(read.at, NOON);
  assert.equal(read.breakDue, NOON + 3_600_000);
  assert.deepEqual(read.queue, [{ seat: "t1", kind: "turn", moved: true, added: false, text: false, away: false }]);
  assert.deepEqual(
    read.people.map((one) => [one.name, one.side, one.mark, one.role]),
    [
      ["Idris V.", "Mediator", "n", ""],
      ["Tessa A.", "Family", "a", ""],
      ["Jo A.", "Family", "a", "Supporter"],
      ["Colin B.", "Council", "b", ""],
      ["Lena F.", "BSL", "n", "BSL"],
    ],
  );
  assert.deepEqual([read.handUp, read.place, read.can], [true, 1, ["lower_hand"]]);
});

test("what is private is not there when the server did not send it", () => {
  const read = floor();

  assert.equal(read.turn, null);
  assert.equal(read.desk, null);
});

test("something else is not a floor", () => {
  for (const other of [{ kind: "floor" }, { ...frame(), kind: "presence" }, { ...frame(), you: null }]) {
    assert.equal(readFloor(other), null);
  }
});

test("doors are read with how each person is known", () => {
  const doors = readDoors({
    kind: "doors",
    doors: [{ attendance: "r1", name: "Ravi P.", side: "council", standing: "witness", proof: "phone", since: at(-60), agreed: true }],
  });

  assert.deepEqual(doors, [
    { attendance: "r1", name: "Ravi P.", side: "council", standing: "witness", proof: "phone", since: NOON - 60_000, agreed: true },
  ]);
});
