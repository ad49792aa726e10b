import assert from "node:assert/strict";
import { test } from "node:test";
import { NOON, PEOPLE, at, floor, hand, statement, yours } from "./frames.testing";
import { NO_MEDIA, type MediaView } from "./media";
import { atDoors, passed, said } from "./said";

const IN: MediaView = { ...NO_MEDIA, state: "in" };
type Parts = Parameters<typeof floor>[0];

const waiting = (place: number): Parts => ({ floor: { queue: [hand("c1"), hand("t1")] }, you: { hand: "up", place } });

const AWAY = { floor: { mode: "unattended", mediator: { seat: "mediator", here: false, away_since: at(-6) } } };
const EARLY = {
  floor: { mode: "unattended", mediator: { seat: "mediator", here: false, came: false, away_since: at(-6) } },
  you: { mic: { right: "held", reason: "unattended", until: null } },
};

const changes: [string, Parts, Parts, string, string][] = [
  ["another gets the floor", {}, { floor: { holder: "c1" } }, "Colin B., council, has the floor.", ""],
  ["open talk begins", {}, { floor: { mode: "open_talk" } }, "Open talk. Anyone may speak.", ""],
  ["the mediator speaks", {}, { floor: { mode: "mediator_speaks" } }, "Idris is speaking.", ""],
  ["you get the floor", {}, yours(180), "", "You have the floor. Your microphone is off: turn it on to speak."],
  ["the rules change", {}, { floor: { rules: ["Be kind."] } }, "The ground rules have changed.", ""],
  [
    "the rules change, and you are asked again",
    { floor: { rules: ["Be brief."] } },
    { floor: { rules: ["Be kind."] }, you: { again: true } },
    "The ground rules have changed. You are asked again whether you agree.",
    "",
  ],
  ["the rules stay", { floor: { rules: ["Be kind."] } }, { floor: { rules: ["Be kind."] } }, "", ""],
  ["a hand goes up", {}, waiting(2), "You asked to speak. You are second.", ""],
  ["the place changes", waiting(2), waiting(1), "You are next.", ""],
  [
    "a signal is seen",
    { you: { told: [{ number: 1, what: "slower", at: at(0), seen_at: null, escalated: false }] } },
    { you: { told: [{ number: 1, what: "slower", at: at(0), seen_at: at(9), seen_by: "mediator", escalated: false }] } },
    "Idris has seen: slower.",
    "",
  ],
  [
    "nobody has seen a signal",
    { you: { told: [{ number: 1, what: "pause", at: at(0), seen_at: null, escalated: false }] } },
    { you: { told: [{ number: 1, what: "pause", at: at(0), seen_at: null, escalated: true }] } },
    "Nobody has answered. A coordinator has been told.",
    "",
  ],
  [
    "you are asked a question",
    {},
    { floor: { queue: [{ ...hand("t1"), kind: "reply" }] }, you: { place: 1 } },
    "You are asked a question. You are next, to answer it.",
    "",
  ],
  ["an answer in writing", {}, { floor: { holder: "c1", turn_kind: "reply", text: "Yes" } }, "Colin B., council, answers a question in writing.", ""],
  [
    "the answer comes to be in writing",
    { floor: { holder: "c1", turn_kind: "reply" } },
    { floor: { holder: "c1", turn_kind: "reply", text: "Yes" } },
    "Colin B., council, answers a question in writing.",
    "",
  ],
  [
    "your turn was interrupted",
    yours(60),
    { you: { can: ["not_finished"], rest: { left: 60, until: at(60) } } },
    "Nobody has the floor. You were not finished. Your time is kept.",
    "",
  ],
  [
    "the mediator holds your microphone",
    {},
    {
      floor: { holds: [{ seat: "t1", by: "mediator", until: at(240) }] },
      you: { mic: { right: "held", reason: "mediator", until: at(240) } },
    },
    "",
    "Idris holds your microphone until 12:04. It ends by itself.",
  ],
  [
    "a round is complete",
    { floor: { mode: "round", round: { number: 1, order: ["family"], complete: false } } },
    { floor: { mode: "round", round: { number: 1, order: ["family"], complete: true } } },
    "The round is complete.",
    "",
  ],
  ["the place stays", waiting(2), waiting(2), "", ""],
  ["a hand goes down", waiting(2), { you: { undo_until: at(10) } }, "Your hand is down. Undo within 10 seconds.", ""],
  [
    "the microphone is held",
    {},
    statement(),
    "Colin B., council, has the floor.",
    "Your microphone is held until Colin finishes, about 12:04.",
  ],
  ["the microphone is free", statement(), {}, "Nobody has the floor.", "Your microphone is free again."],
  [
    "the mediator is lost",
    {},
    AWAY,
    "",
    "Idris is reconnecting. The clocks have stopped.",
  ],
  [
    "the mediator stays away",
    AWAY,
    { ...AWAY, you: { mic: { right: "held", reason: "unattended", until: null } } },
    "",
    "Idris has lost connection. All microphones are held alike.",
  ],
  ["the mediator is back", AWAY, { floor: { ...AWAY.floor, mediator: { seat: "mediator", here: true, away_since: null } } }, "", "Idris is back."],
  ["the mediator has not come yet", {}, EARLY, "", "We begin when Idris is here. All microphones are held alike."],
  ["the mediator comes", EARLY, {}, "", "Idris is here."],
  ["the stage changes", {}, { floor: { stage: { number: 6, count: 8, code: "private_rooms", minutes: 25, since: at(0) } } }, "Stage 6: private rooms.", ""],
  ["a break", {}, { floor: { mode: "break", paused: { since: at(0), until: at(600) } } }, "We are on a break until 12:10.", ""],
];

for (const [name, before, after, polite, alert] of changes) {
  test(`said: ${name}`, () => {
    const words = said(floor(before), floor(after), IN);

    // A change of mode is also said by the floor; what is asked here is what this person hears.
    assert.deepEqual(words, { polite, alert });
  });
}

test("someone who joins is named, and who waits at a door is not", () => {
  const before = floor({ floor: { people: PEOPLE.slice(0, 3) } });

  assert.equal(said(before, floor({ floor: { people: PEOPLE.slice(0, 4) } }), IN).polite, "Colin B., council, has joined.");
});

test("the first floor of a page tells only what concerns the person", () => {
  assert.deepEqual(said(null, floor({ floor: { holder: "c1" } }), IN), { polite: "", alert: "" });
  assert.deepEqual(said(null, floor(waiting(2)), IN), { polite: "You are second.", alert: "" });
});

test("a page opened anew says that what was asked has not been seen, and a change does not say it again", () => {
  const asked = { you: { told: [{ number: 1, what: "upset", at: at(-60), seen_at: null, escalated: false }] } };

  assert.equal(said(null, floor(asked), IN).polite, "You told Idris something at 11:59. Nobody has seen it yet.");
  assert.equal(said(floor(asked), floor({ ...asked, version: 2 }), IN).polite, "");
});

test("other people's moves that do not change your place are not said", () => {
  const before = floor({ floor: { queue: [hand("t1"), hand("c1")] }, you: { hand: "up", place: 1 } });
  const after = floor({ floor: { queue: [hand("t1"), hand("j1"), hand("c1", true)] }, you: { hand: "up", place: 1 } });

  assert.deepEqual(said(before, after, IN), { polite: "", alert: "" });
});

test("without sound here, no microphone is spoken of", () => {
  assert.equal(said(floor(), floor(yours(180)), NO_MEDIA).alert, "You have the floor.");
});

const shown = { time: true };

test("thirty seconds and the end are said to the holder, ten seconds are not", () => {
  const own = floor(yours(60));
  const heard: string[] = [];
  for (let second = 0; second < 65; second += 1) {
    heard.push(...passed(own, NOON + second * 1000, NOON + (second + 1) * 1000, shown));
  }

  assert.deepEqual(heard, ["About 30 seconds left.", "Please finish your sentence."]);
});

test("a hidden time is not spoken", () => {
  assert.deepEqual(passed(floor(yours(60)), NOON + 29_000, NOON + 31_000, { ...shown, time: false }), []);
});

test("the desk hears who came to which door, once", () => {
  const door = { attendance: "r1", name: "Ravi P.", side: "council", standing: "witness", proof: "phone", since: NOON, agreed: true };

  assert.equal(atDoors([], [door]), "Ravi P. waits at the council door.");
  assert.equal(atDoors([door], [door]), "");
});
