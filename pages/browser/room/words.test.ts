import assert from "node:assert/strict";
import { test } from "node:test";
import { clockTime, firstName, initials, placeWord, timeLeft, waitedFor } from "./words";

test("places are words", () => {
  assert.deepEqual([1, 2, 3, 10, 11].map(placeWord), ["next", "second", "third", "tenth", "number 11"]);
});

test("clock times are London's, in summer and in winter", () => {
  assert.equal(clockTime(Date.parse("2026-11-25T09:05:00Z")), "9:05");
  assert.equal(clockTime(Date.parse("2026-07-01T09:05:00Z")), "10:05");
  assert.equal(clockTime(Date.parse("2026-11-25T00:10:00Z")), "0:10");
});

test("time left is said in calm steps", () => {
  const said = [200, 125, 89, 60, 31, 30, 11, 10, 1, 0, -5].map(timeLeft);

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

test("a name is called as its person is called", () => {
  assert.deepEqual(["Tessa A.", "Dr Sami R.", "Idris", "SEND Team"].map(firstName), ["Tessa", "Dr Sami R.", "Idris", "SEND Team"]);
  assert.deepEqual(["Tessa A.", "Dr Sami R.", "Idris"].map(initials), ["TA", "SR", "I"]);
});

test("waiting is said in minutes", () => {
  assert.deepEqual([0, 59_000, 60_000, 180_000].map(waitedFor), ["Just came", "Just came", "Waiting 1 minute", "Waiting 3 minutes"]);
});
