import assert from "node:assert/strict";
import { test } from "node:test";
import { card } from "./cards";
import { MINA, desk } from "./desk.testing";
import { heldWords } from "./floor";
import { PEOPLE, at, floor } from "./frames.testing";
import { NO_MEDIA } from "./media";
import { anyMediator, byWords, mediatorName, mediatorTeam, whoDid, youOr } from "./mediators";
import { lastUsed } from "./microphones";
import { mutedWords } from "./muted";
import { said } from "./said";
import { stage, tile } from "./tiles";
import { person } from "./floor";

type Facts = Record<string, unknown>;

const TIA = { ...PEOPLE[0], seat: "tia", name: "Tia O.", office: "trainee" };
const TWO = [...PEOPLE, MINA, TIA];

/** A floor with two mediators and a trainee; who is not here has lost connection. */
function two(facts: Facts = {}, you: Facts = {}, away: string[] = []) {
  const people = TWO.map((one) => ({ ...one, here: !away.includes(one.seat ?? "") }));
  return floor({ floor: { people, ...facts }, you });
}

test("one mediator is named, two are both, and a trainee never", () => {
  assert.deepEqual([mediatorName(floor()), anyMediator(floor()), mediatorTeam(floor())], ["Idris", "Idris", "Idris"]);
  assert.deepEqual([mediatorName(two()), anyMediator(two()), mediatorTeam(two())], ["Idris or Mina", "Idris or Mina", "the mediators"]);
});

test("while one of two is away the other is named for what comes next", () => {
  const alone = two({ mediator: { seat: "mina", here: true, away_since: null } }, {}, ["mediator"]);

  assert.deepEqual([mediatorName(alone), mediatorTeam(alone)], ["Mina", "Mina"]);
  assert.equal(card(alone, null).words, "Mina will say who is next.");
});

test("while both are away who was here last is named", () => {
  const lost = two({ mode: "unattended", mediator: { seat: "mina", here: false, away_since: at(-6) } }, {}, ["mediator", "mina"]);

  assert.equal(card(lost, null).heading, "Mina is reconnecting. The clocks have stopped");
});

const AWAY = ["mediator", "mina"];
const LOST = { mode: "unattended", mediator: { seat: "mina", here: false, away_since: at(-6) } };

test("who comes back is named: the one who was lost is back, another is here", () => {
  const before = two(LOST, {}, AWAY);
  const mina = two({ ...LOST, mediator: { seat: "mina", here: true, away_since: null } }, {}, ["mediator"]);
  const idris = two({ ...LOST, mediator: { seat: "mediator", here: true, away_since: null } }, {}, ["mina"]);

  assert.deepEqual([said(before, mina, NO_MEDIA).alert, said(before, idris, NO_MEDIA).alert], ["Mina is back.", "Idris is here."]);
  assert.deepEqual([card(mina, null).heading, card(mina, null).words], ["Mina is here", "When Mina says so, we go on where we were."]);
});

test("a hold names who holds, on every screen", () => {
  const hold = { holds: [{ seat: "t1", by: "mina", until: at(60) }], held: ["t1"] };
  const mine = two(hold, { mic: { right: "held", reason: "mediator", until: at(60) } });
  const other = two(hold, { seat: "c1" });

  assert.match(heldWords(mine)?.before ?? "", /^Mina holds your microphone/);
  assert.equal(said(two(), mine, NO_MEDIA).alert, "Mina holds your microphone until 12:01. It ends by itself.");
  assert.equal(tile(other, person(other, "t1"), NO_MEDIA).state, "Held by Mina");
});

test("a tick and a mute name who it was", () => {
  const told = (seen: Facts) => two({}, { told: [{ number: 1, what: "slower", at: at(0), seen_at: null, escalated: false, ...seen }] });
  const heard = (by: string) => said(told({}), told({ seen_at: at(9), seen_by: by }), NO_MEDIA).polite;

  assert.deepEqual([heard("mina"), heard("coordinator")], ["Mina has seen: slower.", "A coordinator has seen: slower."]);
  const muted = two({}, { muted: { number: 1, by: "mina", reason: "echo" } });
  assert.equal(mutedWords(muted, "echo"), "Mina muted your microphone: an echo. You can turn it on again.");
});

test("who has left the room is not called by another's name", () => {
  assert.equal(whoDid(floor(), "mina"), "The mediation team");
  assert.equal(byWords(floor(), "mina"), "by the mediation team");
});

test("a desk says you, or your colleague", () => {
  const speaks = (seat: string, leads = true) => two({ mode: "mediator_speaks" }, { seat, process: true, leads });

  assert.deepEqual([youOr(desk()), youOr(speaks("mina"))], ["You", "You or Idris"]);
  assert.equal(card(speaks("mina"), null).heading, "You or Idris speak");
  assert.equal(card(speaks("tia", false), null).heading, "Idris or Mina is speaking");
});

test("a step that a colleague took is told apart from one's own", () => {
  const steps = [
    { seat: "c1", step: "nudge", at: at(-300), by: "mediator" },
    { seat: "c1", step: "mute", at: at(-60), by: "mina" },
  ];
  const shown = desk({ floor: { people: TWO }, desk: { steps } });

  assert.deepEqual([lastUsed(shown, "c1", "nudge"), lastUsed(shown, "c1", "mute")], ["11:55", "11:59, by Mina"]);
});

test("among the pictures both mediators come first, and the one who is here is large", () => {
  const holding = stage(two({ holder: "c1" }), NO_MEDIA);
  const alone = stage(two({ mediator: { seat: "mina", here: true, away_since: null } }, {}, ["mediator"]), NO_MEDIA);

  assert.deepEqual(holding.tiles.slice(0, 3).map((one) => one.person.seat), ["mediator", "mina", "t1"]);
  assert.equal(alone.big?.person.seat, "mina");
});
