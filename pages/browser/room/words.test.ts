import assert from "node:assert/strict";
import { test } from "node:test";
import { clockTime, firstName, initials, lasting, placeWord, timeLeft, waitedFor } from "./words";

test("places are words", () => {
  assert.deepEqual([1, 2, 3, 10, 11].map(placeWord), ["next", "second", "third", "tenth", "number 11"]);
});

test("clock times are London's, in summer and in winter", () => {
  assert.equal(clockTime(Date.parse("2026-11-25T09:05:00Z")), "9:05");
  assert.equal(clockTime(Date.parse("2026-07-01T09:05:00Z")), "10:05");
  assert.equal(clockTime(Date.parse("2026-11-25T00:10:00Z")), "0:10");
});

test("time left is said in calm steps", () => {
  const said = [200, 125, 89, 60, 31, 30, 11, 10, 1, 0, -5].map((seconds) => timeLeft(seconds, [30, 10]));

  assert.deepEqual(said, [
    "About 3 minutes left",
    "About 2 minutes left",
    "About 1 minute left",
    "About 1 minute left",
    "About 1 minute left",
    "About 30 seconds left",
    "About 30 seconds left",
    "About 10 seconds left",
    "About 10 seconds left",
    "Finish your sentence, then stop when you are ready",
    "Finish your sentence, then stop when you are ready",
  ]);
});

test("the signs of the time left come when this sitting says", () => {
  assert.deepEqual([121, 120, 21, 20, 1].map((seconds) => timeLeft(seconds, [120, 20])), [
    "About 2 minutes left",
    "About 2 minutes left",
    "About 2 minutes left",
    "About 20 seconds left",
    "About 20 seconds left",
  ]);
});

test("how long something lasts is in the unit that people think in", () => {
  assert.deepEqual([1, 1.5, 30, 60, 90, 120, 300].map(lasting), ["1 second", "1.5 seconds", "30 seconds", "1 minute", "90 seconds", "2 minutes", "5 minutes"]);
});

test("a name is called as its person is called", () => {
  assert.deepEqual(["Tessa A.", "Dr Sami R.", "Idris", "SEND Team"].map(firstName), ["Tessa", "Dr Sami R.", "Idris", "SEND Team"]);
  assert.deepEqual(["Tessa A.", "Dr Sami R.", "Idris"].map(initials), ["TA", "SR", "I"]);
});

test("waiting is said in minutes", () => {
  assert.deepEqual([0, 59_000, 60_000, 180_000].map(waitedFor), ["Just came", "Just came", "Waiting 1 minute", "Waiting 3 minutes"]);
});
