import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk.testing";
import { person } from "./floor";
import { EVERYDAY, MORE, agreedWords, changedNumbers, groupsFor, inUnit, numberError, patiences, percentOf, rangeWords, startWords, timeWords } from "./sitting";

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

test("a number that cannot be is said at its field, in its own unit", () => {
  const floor = desk();
  const [reply, , , every] = EVERYDAY;
  const settling = MORE.flatMap((group) => group.numbers).find((one) => one.name === "settling");
  assert.ok(reply && every && settling);

  assert.deepEqual(
    ["15", "300", " 90 ", "14", "301", "", "soon"].map((typed) => numberError(floor, reply, typed)),
    ["", "", "", ...Array(4).fill("Write a number: 15 to 300 seconds.")],
  );
  assert.deepEqual([numberError(floor, every, "20"), numberError(floor, every, "19")], ["", "Write a number: 20 to 120 minutes."]);
  assert.deepEqual([numberError(floor, settling, "0"), numberError(floor, settling, "2.5")], ["", ""]);
});

test("how many numbers are not the starting ones", () => {
  const words = (numbers: Record<string, number>) => startWords(changedNumbers(desk({ desk: { numbers } })));

  assert.equal(words({ reply: 60, hold: 60 }), "All numbers are the starting ones.");
  assert.equal(words({ reply: 90, hold: 60 }), "1 number is not the starting one.");
  assert.equal(words({ reply: 90, hold: 30, of_tomorrow: 1 }), "2 numbers are not the starting ones.");
});

test("every number has one place, and its own words", () => {
  const all = [...EVERYDAY, ...MORE.flatMap((group) => group.numbers)];

  assert.equal(new Set(all.map((one) => one.name)).size, all.length);
  assert.equal(new Set(all.map((one) => one.word)).size, all.length);
});

test("round a real table nothing is asked that cannot happen there", () => {
  const codes = (inPerson: boolean) => groupsFor(desk({ floor: { in_person: inPerson } })).map((group) => group.code);

  assert.deepEqual(codes(false), ["asking", "turn", "overlap", "ahead", "unattended"]);
  assert.deepEqual(codes(true), ["asking", "turn", "ahead"]);
});

test("silence that can be set for a person follows the numbers of the sitting", () => {
  const words = (numbers: Record<string, number>) => patiences(desk({ desk: { numbers } })).map((one) => `${one.value}: ${one.word}`);

  assert.deepEqual(words({ patience: 8, needs_time: 30 }), ["8: Up to 8 seconds, as for everyone", "30: Up to 30 seconds", "none: Without limit"]);
  assert.deepEqual(words({ patience: 12, needs_time: 60 }), ["12: Up to 12 seconds, as for everyone", "60: Up to 1 minute", "none: Without limit"]);
});

test("who has agreed to the ground rules, and who has not yet", () => {
  assert.deepEqual(agreedWords(desk({ desk: { agreed: ["t1", "c1"] } })), {
    agreed: "Tessa A. and Colin B.",
    open: "Jo A., Dana W. and Dr Sami R.",
  });
});
