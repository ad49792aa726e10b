import assert from "node:assert/strict";
import { test } from "node:test";
import { MINA } from "./desk.testing";
import { PEOPLE, at, floor } from "./frames.testing";
import { unseenWords } from "./telling";

type Facts = Record<string, unknown>;

function told(...facts: Facts[]) {
  return facts.map((one, index) => ({ number: index + 1, what: "upset", word: null, at: at(-60), seen_at: null, seen_by: null, escalated: false, ...one }));
}

function words(facts: Facts[], people: unknown[] = PEOPLE): string {
  return unseenWords(floor({ floor: { people }, you: { told: told(...facts) } }));
}

test("what was told and not seen is said, and never what it was", () => {
  assert.equal(words([{}]), "You told Idris something at 11:59. Nobody has seen it yet.");
  assert.equal(words([{}, { what: "word", word: "EOTAS" }]), "You told Idris 2 things. Nobody has seen them yet.");
  assert.equal(words([{}], [...PEOPLE, MINA]), "You told the mediators something at 11:59. Nobody has seen it yet.");
});

test("after a minute a coordinator has been told of it", () => {
  assert.equal(words([{ escalated: true }]), "You told Idris something at 11:59. Nobody has seen it yet. A coordinator has been told.");
});

test("what was seen is not said any more, and what was never told neither", () => {
  assert.deepEqual([words([{ seen_at: at(-5), seen_by: "mediator", escalated: true }]), words([])], ["", ""]);
});

test("one's own word comes back with its tick", () => {
  const shown = floor({ you: { told: told({ what: "word", word: "EOTAS", seen_at: at(-5), seen_by: "mediator" }) } });

  assert.deepEqual(shown.told[0], {
    number: 1,
    what: "word",
    word: "EOTAS",
    at: Date.parse(at(-60)),
    seenAt: Date.parse(at(-5)),
    seenBy: "mediator",
    escalated: false,
  });
});
