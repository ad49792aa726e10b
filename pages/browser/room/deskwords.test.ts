import assert from "node:assert/strict";
import { test } from "node:test";
import { MINA, EVERYONE, desk, signal } from "./desk.testing";
import { ago, cueView, entryWords, mayAnswer, privateTo, signalView, stoppedTime, yieldWords } from "./deskwords";
import { NOON, at, hand } from "./frames.testing";

function shown(facts: Record<string, unknown>) {
  const floor = desk({ desk: { told: [signal(1, facts)] } });
  const told = floor.desk?.told[0];
  assert.ok(told);
  return signalView(floor, told, NOON);
}

test("a signal says what, who and how long ago; one that asks for an act stands out", () => {
  const pause = shown({});
  const slower = shown({ what: "slower", seat: "c1", at: at(-125) });

  assert.deepEqual([pause.words, pause.from, pause.kind], ["Pause, please", "Tessa A., family. 20 seconds ago", "wait"]);
  assert.deepEqual([slower.words, slower.from, slower.kind], ["Slower", "Colin B., council. 2 minutes ago", ""]);
});

test("a word that was not understood has no name", () => {
  const word = shown({ what: "word", word: "EOTAS", seat: null });

  assert.deepEqual([word.words, word.from], ["“EOTAS”: what is it?", "Sent without a name. 20 seconds ago"]);
});

test("a seen signal says when by the clock; one that waited too long was passed on", () => {
  const seen = shown({ seen_at: at(-1), at: at(-240) });

  assert.deepEqual([seen.kind, seen.from, seen.seen], ["seen", "Tessa A., family. 11:56", "Seen"]);
  assert.equal(shown({ escalated: true }).escalated, true);
});

test("a colleague who has seen a signal is named, and whoever was not of this room is not", () => {
  const people = [...EVERYONE, MINA];
  const seen = (by: string) => {
    const shown = desk({ floor: { people }, desk: { told: [signal(1, { seen_at: at(-1), seen_by: by })] } });
    const told = shown.desk?.told[0];
    return told ? signalView(shown, told, NOON).seen : "";
  };

  assert.deepEqual(["mediator", "mina", "coordinator", "gone"].map(seen), [
    "Seen",
    "Seen by Mina",
    "Seen by a coordinator",
    "Seen by the mediation team",
  ]);
});

test("ages go in steps that do not tick", () => {
  assert.deepEqual([3, 12, 19, 59, 60, 185].map((seconds) => ago(seconds * 1000)), [
    "Just now",
    "10 seconds ago",
    "10 seconds ago",
    "50 seconds ago",
    "1 minute ago",
    "3 minutes ago",
  ]);
});

test("who else sees what is private is named", () => {
  assert.equal(privateTo(desk(), "this"), "Only you see this");
  assert.equal(privateTo(desk({ floor: { people: [...EVERYONE, MINA] } }), "these"), "Only you and Mina see these");
});

test("the cue names sides and not the person who was heard, and says that it is approximate", () => {
  const floor = desk({ floor: { holder: "t1" }, desk: { cue: { seats: ["c1", "c2", "h1"], since: at(-4), over: false } } });
  const cue = cueView(floor, floor.desk?.cue ?? null, NOON);

  assert.equal(cue?.heading, "Two sides at once, for about 5 seconds");
  assert.deepEqual(
    cue?.heard.map((side) => side.word),
    ["Council", "Health"],
  );
  assert.equal(cue?.words, "Tessa’s time has stopped. Nothing was muted. This is approximate.");
});

test("when they are not heard any more, the time is said to run again", () => {
  const floor = desk({ floor: { holder: "t1" }, desk: { cue: { seats: ["c1"], since: at(-9), over: true } } });

  assert.match(cueView(floor, floor.desk?.cue ?? null, NOON)?.words ?? "", /^Tessa’s time runs again/);
});

test("what is said of the rest of the time is what is done with it", () => {
  const turn = (left: number) => ({ seat: "t1", allowed: 180, left, running: false, grace: 20, ends_at: null });
  const words = (kind: string, left: number) => yieldWords(desk({ floor: { holder: "t1", turn_kind: kind }, turn: turn(left) }));

  assert.equal(words("turn", 60), "The rest of the time is kept");
  assert.equal(words("reply", 20), "The rest of the time is kept");
  assert.match(words("finishing", 60), /not kept again/);
  assert.match(words("turn", 0.5), /no rest to keep/);
});

test("there is no cue without a holder", () => {
  const floor = desk({ desk: { cue: { seats: ["c1"], since: at(-4), over: false } } });

  assert.equal(cueView(floor, floor.desk?.cue ?? null, NOON), null);
});

test("stopped time says what is kept, without seconds", () => {
  const left = (seconds: number) => stoppedTime(desk({ floor: { holder: "t1" }, turn: { seat: "t1", allowed: 180, left: seconds, running: false } }));

  assert.equal(left(118), "time stopped, about 2 minutes kept");
  assert.equal(left(40), "time stopped, about half a minute is kept");
});

test("an entry has its note in quotes, and a text turn the time to read it out", () => {
  assert.deepEqual(entryWords({ note: "A question", reason: null, words: null, reads: null }, "You"), ["“A question”"]);
  assert.deepEqual(entryWords({ note: null, reason: null, words: "…", reads: 42 }, "You or Mina"), ["About 40 seconds. You or Mina read it out"]);
  assert.deepEqual(entryWords({ note: null, reason: null, words: "…", reads: 125 }, ""), ["About 2 minutes"]);
});

test("everyone but the holder can be asked for a reply, and nobody twice", () => {
  const floor = desk({ floor: { holder: "t1", queue: [{ ...hand("c1"), kind: "reply" }, hand("c2")] } });

  assert.deepEqual(
    mayAnswer(floor).map((one) => one.seat),
    ["j1", "c2", "h1"],
  );
});
