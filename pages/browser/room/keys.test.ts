import assert from "node:assert/strict";
import { test } from "node:test";
import { floor, hand } from "./frames.testing";
import { KEYS, participantKey } from "./keys";
import { NO_MEDIA } from "./media";
import type { RoomState } from "./state";

function state(facts: Partial<RoomState>): RoomState {
  return {
    line: "open",
    dropped: false,
    floor: floor({ you: { can: ["raise_hand", "write_turn", "tell"] } }),
    media: { ...NO_MEDIA, state: "in" },
    doors: [],
    refused: "",
    refusedAt: "",
    now: 0,
    timeHidden: false,
    sounds: true,
    sheet: null,
    note: "",
    draftTurn: null,
    draftReply: null,
    muted: null,
    recapSeen: "",
    keys: true,
    ...facts,
  };
}

test("no key does anything until the person turns them on, nor over a sheet", () => {
  for (const { key } of KEYS) {
    assert.equal(participantKey(key, state({ keys: false })), null);
    assert.equal(participantKey(key, state({ sheet: "tell" })), null);
  }
});

test("H asks, and takes the hand down again", () => {
  const waiting = floor({ floor: { queue: [hand("t1")] }, you: { hand: "up", place: 1, can: ["lower_hand"] } });

  assert.deepEqual(participantKey("h", state({})), { do: "ask", kind: "raise_hand" });
  assert.deepEqual(participantKey("H", state({ floor: waiting })), { do: "ask", kind: "lower_hand" });
});

test("a key never opens a held microphone", () => {
  const held = floor({ you: { mic: { right: "held", reason: "mediator", until: null }, can: [] } });

  assert.equal(participantKey("m", state({ floor: held })), null);
  assert.deepEqual(participantKey("m", state({})), { do: "microphone", on: true });
});

test("what cannot be done now has no key", () => {
  assert.deepEqual(
    KEYS.map(({ key }) => participantKey(key, state({ floor: floor({ you: { can: [] } }) }))).filter(Boolean),
    [{ do: "microphone", on: true }, { do: "tell place" }],
  );
});
