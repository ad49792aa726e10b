import assert from "node:assert/strict";
import { test } from "node:test";
import { breakChange, breakFact, breakNotice, dueHeading, isBack, notBack } from "./breaks";
import { card } from "./cards";
import { desk } from "./desk.testing";
import type { Floor } from "./frames";
import { at, floor, NOON } from "./frames.testing";
import { facts } from "./stages";

const rests = (over: boolean) => ({ mode: "break", break: null, paused: { since: at(0), until: at(600), over } });

test("a time that has passed is on no screen: then the break is due", () => {
  const later = floor({ floor: { break: "later", break_due: at(3600) } });
  const due = floor({ floor: { break: "due", break_due: at(-60) } });

  assert.deepEqual(facts(later, true), ["Break at 13:00", "Not recorded"]);
  assert.deepEqual(facts(due, true), ["Break due", "Not recorded"]);
  assert.equal(breakFact(floor({ floor: rests(false) })), "");
});

test("it is announced for a minute, and while it is due everybody reads so", () => {
  const soon = floor({ floor: { break: "soon", break_due: at(300) } });

  assert.equal(breakNotice(soon, NOON), "Break in 5 minutes, at 12:05.");
  assert.equal(breakNotice(soon, NOON + 61_000), "");
  assert.equal(breakNotice(floor({ floor: { break: "due", break_due: at(-60) } }), NOON), "A break is due. Idris says when.");
});

test("that a break was asked for stands on every screen, and no name with it", () => {
  const later = floor({ floor: { break: "later", break_due: at(3600) } });
  const asked = floor({ floor: { break: "asked", break_due: at(0) } });

  assert.deepEqual(facts(asked, true), ["Break asked for", "Not recorded"]);
  assert.equal(breakNotice(asked, NOON), "A break has been asked for. Idris says when.");
  assert.equal(breakChange(later, asked), "A break has been asked for.");
  assert.equal(breakChange(asked, later), "The break is now planned for 13:00.");
  assert.equal(dueHeading(desk({ floor: { break: "asked", break_due: at(0) } })), "A break has been asked for");
});

test("the mediator has it in one press, or puts it off; nobody else has the buttons", () => {
  const due = { floor: { break: "due", break_due: at(-60) } };

  assert.equal(dueHeading(desk(due)), "A break is due");
  assert.equal(dueHeading(floor(due)), null);
  assert.equal(dueHeading(desk()), null);
});

test("what changes about a break is said once", () => {
  const later = floor({ floor: { break: "later", break_due: at(301) } });
  const soon = floor({ floor: { break: "soon", break_due: at(300) } });
  const due = floor({ floor: { break: "due", break_due: at(0) } });

  assert.equal(breakChange(later, soon), "Break in 5 minutes, at 12:05.");
  assert.equal(breakChange(soon, soon), "");
  assert.equal(breakChange(soon, due), "A break is due.");
  assert.equal(breakChange(due, soon), "The break is now planned for 12:05.");
  assert.equal(breakChange(due, floor({ floor: rests(false) })), "");
});

test("at its announced end everybody is told that the break is over, and what comes next", () => {
  const [going, over] = [rests(false), rests(true)].map((facts) => floor({ floor: facts, you: { can: ["back_again"] } })) as [Floor, Floor];

  assert.equal(breakChange(going, over), "The break is over. Idris starts again when everybody is back.");
  assert.equal(breakChange(over, over), "");
  assert.deepEqual([card(over, null).heading, card(over, null).words], ["The break is over", "Idris starts again when everybody is back."]);
  assert.equal(card(going, null).words, "We go on at 12:10.");
});

test("who is back hears that it is seen", () => {
  const away = floor({ floor: rests(true), you: { can: ["back_again"] } });
  const back = floor({ floor: rests(true), you: { can: [] } });

  assert.deepEqual([isBack(away), isBack(back), isBack(floor())], [false, true, false]);
  assert.equal(breakChange(away, back), "You are back. Idris can see it.");
  assert.equal(breakChange(back, back), "");
});

test("process people read who is not back, and when everybody is", () => {
  assert.deepEqual(notBack(desk({ floor: rests(true), desk: { not_back: ["t1", "c1"] } })), ["Tessa A.", "Colin B."]);
  assert.deepEqual(notBack(desk({ floor: rests(true), desk: { not_back: [] } })), []);
  assert.equal(notBack(desk()), null);
});
