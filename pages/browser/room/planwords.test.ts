import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk.testing";
import { frozen } from "./deskwords";
import { NEW, afterWhich, comesBack, draftErrors, draftFacts, draftOf, modesFor, ownMinutes, planOf, planWord, roundMinutes, rulesOf, stageAbout, stageNow } from "./planwords";

const stage = (code: string, name = "", mode = "queue") => ({ code, name, mode, minutes: 10, turn: 3, own: 8 });

test("a stage has the mediator's own name, else the usual one; a break is a break", () => {
  const plan = planOf(desk({ desk: { plan: [stage("childs_voice", "Rowan’s voice"), stage("break"), stage("options")] } }));

  assert.deepEqual(plan.map(planWord), ["Rowan’s voice", "Break", "Options"]);
});

test("without a plan of its own the sitting has the usual stages", () => {
  assert.equal(planOf(desk({ desk: { plan: [] } })).length, 8);
});

test("nobody joins the queue in a break, in private rooms and before the meeting has begun; in a pause one can", () => {
  const modes = ["break", "private_rooms", "unattended", "paused", "queue", "round"];

  assert.deepEqual(
    modes.filter((mode) => frozen(desk({ floor: { mode } }))),
    ["break", "private_rooms", "unattended"],
  );
});

test("private rooms cannot be chosen on screens, and can round a real table", () => {
  const offers = (inPerson: boolean, now: string) => modesFor(desk({ floor: { in_person: inPerson } }), now).some((one) => one.mode === "private_rooms");

  assert.deepEqual([offers(false, "queue"), offers(true, "queue"), offers(false, "private_rooms")], [false, true, true]);
  assert.equal(modesFor(desk(), "queue").length, 7);
  assert.deepEqual(
    [false, true].map((inPerson) => comesBack(desk({ floor: { in_person: inPerson } }), stage("private_rooms", "", "private_rooms")).mode),
    ["mediator_speaks", "private_rooms"],
  );
});

test("a stage says how turns are taken in it, and for how long", () => {
  const about = (one: ReturnType<typeof stage>, inPerson = false) => stageAbout(desk({ floor: { in_person: inPerson } }), one);

  assert.equal(about(stage("questions")), "Queue, 3 minutes a turn · 10 minutes");
  assert.equal(about(stage("first_turns", "", "statement")), "Uninterrupted turn, 8 minutes a side · 10 minutes");
  assert.equal(about(stage("welcome", "", "mediator_speaks")), "Mediator speaks · 10 minutes");
  assert.equal(about(stage("break")), "10 minutes");
  assert.equal(about(stage("private_rooms", "", "private_rooms"), true), "Private rooms · 10 minutes");
  assert.match(about(stage("private_rooms", "", "private_rooms")), /^Mediator speaks, as private rooms are not open/);
});

test("a new stage comes behind the one that runs, or a later one", () => {
  const floor = desk({ floor: { stage: { number: 2, count: 3, code: "questions", minutes: 10 } }, desk: { plan: [stage("welcome"), stage("questions"), stage("options")] } });

  assert.deepEqual(afterWhich(floor), [
    { number: 2, word: "2. Questions" },
    { number: 3, word: "3. Options" },
  ]);
  assert.equal(stageNow(floor)?.code, "questions");
});

test("a form at the desk begins with the minutes of the stage that runs", () => {
  const plan = [
    { code: "first_turns", name: "", mode: "statement", minutes: 35, turn: 3, own: 45 },
    { code: "questions", name: "", mode: "round", minutes: 30, turn: 5, own: 8 },
  ];
  const at = (number: number, round: { minutes: number } | null = null) => desk({ floor: { stage: { number, count: 2 }, round }, desk: { plan } });

  assert.deepEqual([ownMinutes(at(1)), roundMinutes(at(1))], [45, 3]);
  assert.deepEqual([ownMinutes(at(2)), roundMinutes(at(2))], [8, 5]);
  assert.equal(roundMinutes(at(2, { minutes: 2 })), 2);
});

test("a stage that is opened and saved is asked for as it was", () => {
  assert.deepEqual(draftFacts(draftOf(stage("options", "The bus"))), { code: "options", mode: "queue", minutes: 10, turn: 3, own: 8, called: "The bus" });
  assert.deepEqual(draftFacts({ ...NEW, code: "break", minutes: "15", called: " Tea " }), { code: "break", mode: "mediator_speaks", minutes: 15, called: "Tea" });
});

test("minutes that cannot be are said at their fields; of a break only its own", () => {
  const wrong = { ...NEW, minutes: "181", turn: "", own: "a few" };

  assert.deepEqual(draftErrors(NEW), {});
  assert.deepEqual(draftErrors(wrong), {
    minutes: "Write the minutes as a number from 1 to 180",
    turn: "Write the minutes as a number from 1 to 30",
    own: "Write the minutes as a number from 1 to 60",
  });
  assert.deepEqual(Object.keys(draftErrors({ ...wrong, code: "break" })), ["minutes"]);
  assert.deepEqual(["0", "1", "180", "-5", "2.5"].map((minutes) => "minutes" in draftErrors({ ...NEW, minutes })), [true, false, false, true, true]);
});

test("rules are lines of their own, each once, and at least one", () => {
  assert.deepEqual(rulesOf(["  Be  kind. ", "", "One at a time."]), { rules: ["Be kind.", "One at a time."], errors: {} });
  assert.deepEqual(rulesOf(["Be kind.", " Be kind."]).errors, { 1: "This rule stands there already" });
  assert.deepEqual(rulesOf([" ", ""]), { rules: [], errors: { 0: "Write at least one rule" } });
});
