import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk.testing";
import { endChange, endNotice, nearEnd } from "./ends";
import { at, floor, NOON } from "./frames.testing";

const ends = (seconds: number, left: number | null) => ({ floor: { ends: { at: at(seconds), left } } });

test("what the server says of the end is said once, and read for a minute", () => {
  const [before, near] = [floor(ends(900, null)), floor(ends(900, 15))];

  assert.equal(endChange(before, near), "15 minutes left.");
  assert.equal(endChange(near, near), "");
  assert.equal(endChange(near, floor(ends(900, 5))), "5 minutes left.");
  assert.deepEqual([endNotice(before, NOON), endNotice(near, NOON), endNotice(near, NOON + 60_000)], ["", "15 minutes left.", ""]);
});

test("no clock of a browser makes the end come near", () => {
  const quiet = floor(ends(7200, null));

  for (const wrong of [6900, 7199, 7201, 9000]) assert.equal(endNotice(quiet, NOON + wrong * 1000), "");
});

test("the mediator may plan a later end, and all are told", () => {
  assert.equal(nearEnd(desk(ends(900, null))), null);
  assert.equal(nearEnd(desk(ends(900, 15))), "This meeting is planned to end at 12:15");
  assert.equal(nearEnd(floor(ends(900, 15))), null);
  assert.equal(endChange(floor(ends(900, 15)), floor(ends(1800, null))), "The meeting is now planned to end at 12:30.");
});
