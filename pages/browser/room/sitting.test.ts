import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk.testing";
import { person } from "./floor";
import { agreedWords, inUnit, percentOf, rangeWords, timeWords } from "./sitting";

test("the time of a person is said in words, and only where it is not the ordinary", () => {
  const floor = desk({ desk: { stretch: { t1: 1.5 }, patience: { t1: 30, j1: null } } });
  const words = (seat: string) => timeWords(floor, person(floor, seat));

  assert.equal(words("t1"), "Tessa A.: half as long again, silence up to 30 seconds");
  assert.equal(words("j1"), "Jo A.: silence without limit");
  assert.equal(words("c1"), "");
  assert.deepEqual([percentOf(floor, "t1"), percentOf(floor, "c1")], [150, 100]);
});

test("numbers and ranges are in the unit that people think in", () => {
  assert.equal(rangeWords(15, 300, "seconds"), "15 to 300 seconds");
  assert.equal(rangeWords(1200, 7200, "minutes"), "20 to 120 minutes");
  assert.equal(inUnit(3000, "minutes"), 50);
});

test("who has agreed to the ground rules, and who has not yet", () => {
  assert.deepEqual(agreedWords(desk({ desk: { agreed: ["t1", "c1"] } })), {
    agreed: "Tessa A. and Colin B.",
    open: "Jo A., Dana W. and Dr Sami R.",
  });
});
