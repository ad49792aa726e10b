import assert from "node:assert/strict";
import { test } from "node:test";
import { card } from "./cards";
import { act, answerWords, askLabel, heldWords, helpers, place, sides, timeNote, timer, turnWords } from "./floor";
import { NOON, PEOPLE, at, floor, hand, statement, yours } from "./frames.testing";
import { NO_MEDIA } from "./media";

const IN = { ...NO_MEDIA, state: "in" as const };

test("another's floor is a card with their name and side", () => {
  const shown = card(floor({ floor: { holder: "c1" } }), null);

  assert.deepEqual(shown, { mark: "b", yours: false, sign: "shape", heading: "Colin B. has the floor", side: "Council", words: "" });
});

test("your own floor is yours, and says that a pause does not end it", () => {
  const shown = card(floor(yours(100)), null);

  assert.equal(shown.heading, "You have the floor");
  assert.equal(shown.words, "Take your time. A pause does not end your turn.");
  assert.equal(shown.yours, true);
});

test("another side's own time says that yours had the same, or gets it", () => {
  const had = statement();
  const gets = { ...had, floor: { ...had.floor, statement: { side: "council", minutes: 8, planned_end: at(240), had: [] } } };

  assert.equal(
    card(floor(had), null).words,
    ": its time to speak without being interrupted. Your side had the same: 8 minutes.",
  );
  assert.equal(
    card(floor(gets), null).words,
    ": its time to speak without being interrupted. Your side gets the same: 8 minutes.",
  );
});

const others: [string, Record<string, unknown>, string | null, string, string][] = [
  ["nobody", {}, null, "Nobody has the floor", "Idris will say who is next."],
  ["the mediator speaks", { mode: "mediator_speaks" }, null, "Idris is speaking", ""],
  ["open talk, quiet", { mode: "open_talk" }, null, "Open talk: anyone may speak", ""],
  ["open talk, a voice", { mode: "open_talk" }, "c1", "Open talk: anyone may speak", ": Colin B. is speaking."],
  ["open talk, your own voice", { mode: "open_talk" }, "t1", "Open talk: anyone may speak", ""],
  ["a break", { mode: "break", paused: { since: at(0), until: at(600) } }, null, "We are on a break", "We go on at 12:10."],
  ["a pause", { mode: "paused", paused: { since: at(0), until: null } }, null, "The meeting is paused", "All clocks have stopped."],
  [
    "the mediator is away",
    { mode: "unattended", mediator: { seat: "mediator", here: false, away_since: at(-6) } },
    null,
    "Idris is reconnecting. The clocks have stopped",
    "",
  ],
  ["the mediator is back", { mode: "unattended" }, null, "Idris is here", "When Idris says so, we go on where we were."],
];

for (const [name, facts, speaker, heading, words] of others) {
  test(`the floor card: ${name}`, () => {
    const shown = card(floor({ floor: facts }), speaker);

    assert.deepEqual([shown.heading, shown.words], [heading, words]);
  });
}

test("before the mediator has come in there is no lost line to speak of", () => {
  const early = floor({
    floor: { mode: "unattended", mediator: { seat: "mediator", here: false, came: false, away_since: at(-6) } },
    you: { mic: { right: "held", reason: "unattended", until: null } },
  });
  const { heading, words } = card(early, null);

  assert.equal(heading, "We begin when Idris is here");
  assert.equal(words, "All microphones are held, on every side alike, until Idris is here.");
});

test("a trainee reads that the microphone stays off, and of nobody who holds it", () => {
  const learns = floor({ you: { seat: "trainee", process: true, mic: { right: "held", reason: "trainee", until: null }, can: [] } });

  assert.deepEqual(heldWords(learns), {
    before: "You are here to learn. Your microphone stays off ",
    strong: "for the whole meeting",
    after: ".",
  });
});

test("when the mediator stays away all microphones are held alike, and the card says until when", () => {
  const held = floor({
    floor: { mode: "unattended", mediator: { seat: "mediator", here: false, away_since: at(-30) } },
    you: { mic: { right: "held", reason: "unattended", until: null } },
  });

  assert.equal(card(held, null).words, "All microphones are held, on every side alike, until Idris is here.");
});

test("a holder who has lost connection is waited for", () => {
  const away = PEOPLE.map((one) => (one.seat === "c1" ? { ...one, here: false } : one));

  assert.equal(card(floor({ floor: { holder: "c1", people: away } }), null).words, ": Colin B. has lost connection. We wait.");
});

test("someone who speaks for the holder is named", () => {
  const helped = PEOPLE.map((one) => (one.seat === "j1" ? { ...one, speaks_for: "t1" } : one));
  const shown = card(floor({ floor: { holder: "t1", people: helped }, you: { seat: "c1" } }), null);

  assert.equal(shown.words, " Jo A. is speaking for Tessa A.");
});

test("the holder's time goes down by the server's clock, in words and a bar", () => {
  assert.deepEqual(timer(floor(yours(121)), NOON), { words: "About 2 minutes left", left: 121 / 180, soon: false, still: false, over: false });
  assert.deepEqual(timer(floor(yours(121)), NOON + 92_000), { words: "About 30 seconds left", left: 29 / 180, soon: true, still: false, over: false });
  assert.deepEqual(timer(floor(yours(121)), NOON + 125_000), {
    words: "Finish your sentence, then stop when you are ready",
    left: -4 / 180,
    soon: true,
    still: false,
    over: false,
  });
});

test("after twenty seconds over, the holder alone reads that the next waits; while somebody speaks over them time stands still", () => {
  assert.equal(timer(floor(yours(121)), NOON + 140_000)?.over, false);
  assert.equal(timer(floor(yours(121)), NOON + 142_000)?.over, true);
  assert.equal(timer(floor(yours(121, false)), NOON)?.still, true);
});

test("while somebody speaks over the holder they read that their time stands still, and not that they were cut off", () => {
  assert.equal(timeNote(floor(yours(121)), NOON), "");
  assert.equal(
    timeNote(floor(yours(121, false)), NOON),
    "Somebody else seems to be speaking too, so your time has stopped. It runs on when they stop. Nothing of it is lost.",
  );
  assert.match(timeNote(floor(yours(121)), NOON + 142_000), /^Idris will come to the next person soon/);
});

test("once the turn is lost its owner reads that they were not finished, and how to go on; nobody else does", () => {
  const lost = { you: { can: ["raise_hand", "not_finished"], rest: { left: 60, until: at(60) } } };

  assert.deepEqual([timeNote(floor(lost), NOON), place(floor(lost), NOON).heading], ["", "You were not finished"]);
  assert.equal(act(floor(lost), IN), "not finished");
  assert.equal(place(floor({ you: { seat: "c1" } }), NOON).heading, "When you want to speak");
});

test("a stopped clock stands still", () => {
  assert.equal(timer(floor(yours(121, false)), NOON + 60_000)?.words, "About 2 minutes left");
});

test("nobody but the holder has a timer, and process people have words", () => {
  const parts = yours(62);
  const desk = floor({ ...parts, you: { seat: "mediator", process: true, can: [] } });

  assert.equal(timer(desk, NOON), null);
  assert.equal(turnWords(desk, NOON), "about 1 minute left of 3");
  assert.equal(turnWords(desk, NOON + 70_000), "asked to finish");
  assert.equal(turnWords(floor({ floor: { holder: "c1" } }), NOON), "");
});

test("a microphone held by the stage says why and until when", () => {
  const words = heldWords(floor(statement()));

  assert.equal(
    words && words.before + words.strong + words.after,
    "Everyone who is listening is held, on every side, so nobody is talked over. It ends when Colin finishes, about 12:04. Then you can use it again.",
  );
});

test("a microphone held because the mediator is away ends when the mediator is here", () => {
  const words = heldWords(
    floor({ floor: { mode: "unattended" }, you: { mic: { right: "held", reason: "unattended", until: null } } }),
  );

  assert.equal(words?.strong, "when Idris is here");
});

test("a free microphone, and any microphone round a table, has nothing to say", () => {
  assert.equal(heldWords(floor()), null);
  assert.equal(heldWords(floor({ ...statement(), floor: { ...statement().floor, in_person: true } })), null);
});

const places: [string, Parameters<typeof floor>[0], string, string][] = [
  ["no hand", {}, "When you want to speak", "Ask, and we keep a turn for you."],
  ["no hand, open talk", { floor: { mode: "open_talk" } }, "When you want to speak", "Turn on your microphone, or ask and we keep a turn for you."],
  ["next", { floor: { queue: [hand("t1")] }, you: { hand: "up", place: 1 } }, "You are next", "Have your microphone ready"],
  ["second", { floor: { queue: [hand("c1"), hand("t1")] }, you: { hand: "up", place: 2 } }, "You are second", "Colin B. is next, then you"],
  [
    "third",
    { floor: { queue: [hand("c1"), hand("j1"), hand("t1")] }, you: { hand: "up", place: 3 } },
    "You are third",
    "Colin B. is next",
  ],
  [
    "on a break",
    { floor: { mode: "break", queue: [hand("t1")] }, you: { hand: "up", place: 1 } },
    "You are next",
    "Your place is kept. We are on a break.",
  ],
  [
    "lowered by accident",
    { you: { undo_until: at(10), can: ["raise_hand", "restore_hand"] } },
    "Your hand is down",
    "Undo within 10 seconds",
  ],
];

for (const [name, parts, heading, words] of places) {
  test(`own place: ${name}`, () => {
    const shown = place(floor(parts), NOON);

    assert.deepEqual([shown.heading, shown.words], [heading, words]);
  });
}

test("the undo goes when its ten seconds are over", () => {
  const lowered = floor({ you: { undo_until: at(10), can: ["raise_hand", "restore_hand"] } });

  assert.equal(place(lowered, NOON + 9_999).kind, "undo");
  assert.equal(place(lowered, NOON + 10_000).kind, "none");
});

test("who is asked a question reads how to answer it: aloud or in writing, before it comes or with the floor", () => {
  const queue = [{ ...hand("t1"), kind: "reply" }];
  const asked = (reply_text: string | null) => floor({ floor: { queue }, you: { place: 1, reply_text, can: ["write_reply"] } });

  assert.equal(answerWords(asked(null)), "You can answer aloud when you have the floor, or write your answer now.");
  assert.equal(place(asked(null), NOON).words, "To answer the question, up to 1 minute.");
  assert.equal(answerWords(asked("Yes")), "Your answer waits in writing. It is read directly after the question.");
  assert.equal(place(asked("Yes"), NOON).words, "Your answer in writing is read then.");
  assert.equal(answerWords(floor(yours(60))), "You can answer aloud, or in writing. Then your words are on every screen.");
});

test("there is at most one big action", () => {
  assert.equal(act(floor(), IN), "ask");
  assert.equal(act(floor({ you: { hand: "up", place: 1, can: ["lower_hand"] } }), IN), "none");
  assert.equal(act(floor(yours(60)), IN), "open mic");
  assert.equal(act(floor(yours(60)), { ...IN, micOn: true }), "finish");
  assert.equal(act(floor(yours(60)), NO_MEDIA), "finish");
  assert.equal(askLabel(floor(statement())), "Ask to speak after this");
  assert.equal(askLabel(floor()), "Ask to speak");
});

test("a principal may let a supporter of the same side speak", () => {
  assert.deepEqual(helpers(floor()).map((one) => one.seat), ["j1"]);
  assert.deepEqual(helpers(floor({ you: { seat: "j1" } })), []);
  assert.deepEqual(helpers(floor({ you: { seat: "c1" } })), []);
});

test("sides have their people and their waiting hands", () => {
  const seen = sides(floor({ floor: { queue: [hand("j1"), hand("t1")] } }));

  assert.deepEqual(
    seen.map((side) => [side.word, side.people.map((one) => one.seat), side.waiting]),
    [
      ["Family", ["t1", "j1"], 2],
      ["Council", ["c1"], 0],
    ],
  );
});
