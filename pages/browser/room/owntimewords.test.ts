import assert from "node:assert/strict";
import { test } from "node:test";
import { floor } from "./frames.testing";
import { ownTimeWords } from "./owntimewords";

test("more time is said in words, and by what it makes of a turn", () => {
  const words = (stretch: number, usual: number) => ownTimeWords({ stretch, usual, yours: usual * stretch });

  assert.equal(words(1.5, 120), "You have half as much time again: 3 minutes instead of 2.");
  assert.equal(words(1.5, 180), "You have half as much time again: 4 and a half minutes instead of 3.");
  assert.equal(words(2, 480), "You have twice as much time: 16 minutes instead of 8.");
  assert.equal(words(1.25, 480), "You have a quarter more time: 10 minutes instead of 8.");
  assert.equal(words(1.25, 180), "You have a quarter more time: 3 minutes 45 seconds instead of 3 minutes.");
  assert.equal(words(1.5, 60), "You have half as much time again: 1 and a half minutes instead of 1.");
});

test("the frame says it to the person it is about; without it there is nothing to say", () => {
  assert.deepEqual(floor({ you: { time: { stretch: 1.5, usual: 120, yours: 180 } } }).time, { stretch: 1.5, usual: 120, yours: 180 });
  assert.deepEqual([floor().time, floor({ you: { time: null } }).time, floor({ you: { time: { stretch: 1.5 } } }).time], [null, null, null]);
});
